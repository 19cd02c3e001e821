"""What a run of the command is told, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.config.target import TargetError
from conformance.config.target_file import build_target
from freespee_conformance.configuration import BY_VARIABLE, PREFIX, configure, from_environment

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://host/2.4.9"
ACCOUNT = {"API_USERNAME": "ada", "API_PASSWORD": "correct-horse"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A directory below one that has a target file."""
    (tmp_path / "conformance.toml").write_text(
        f'base_url = "{URL}"\nca_bundle = "ca.pem"\n[limits]\nrequests = 5\ntimeout = 7\n'
    )
    (tmp_path / "a" / "b").mkdir(parents=True)
    return tmp_path / "a" / "b"


def test_options_win_over_the_environment_and_both_over_the_file(project: Path) -> None:
    """Each value has its source; what wins over the file is told to pytest beside it."""
    environ = {PREFIX + "MAX_REQUESTS": "6", PREFIX + "RATE": "2"}

    configuration = configure({"requests_per_second": 3.0}, environ, project)

    said = configuration.said
    assert {name: said[name].value for name in ("requests", "requests_per_second", "timeout")} == {
        "requests": 6,
        "requests_per_second": 3.0,
        "timeout": 7,
    }
    assert said["requests"].source == PREFIX + "MAX_REQUESTS in the environment"
    assert said["timeout"].source == str(project.parents[1] / "conformance.toml")
    assert configuration.words == [
        f"--target={project.parents[1] / 'conformance.toml'}",
        f"--reports={project / 'reports'}",
        "--max-requests=6",
        "--rate=3.0",
    ]


def test_a_target_file_of_another_server_is_not_used(project: Path) -> None:
    """Claims about one server hold for no other; a file that is named counts all the same."""
    other = "https://other/2.4.9"
    file = str(project.parents[1] / "conformance.toml")
    found = configure({"base_url": other}, {}, project)
    named = configure({"base_url": other, "target_file": file}, {}, project)

    assert (found.file, found.value("requests")) == (None, None)
    assert "is about another base URL" in found.remarks[0]
    assert named.value("requests") == 5
    assert configure({"base_url": f"{URL}/"}, {}, project).value("requests") == 5


def test_the_settings_are_shown_with_their_sources_and_without_secrets(project: Path) -> None:
    """Of the credentials it is said whether they are set, and where."""
    environ = {"API_USERNAME": "ada", "API_PASSWORD_FILE": "/run/secrets/password"}
    text = "\n".join(configure({"allow_writes": True}, environ, project).lines(environ))
    rows = {line.split()[0]: line.split()[1:] for line in text.splitlines()}

    assert rows["allow_writes"] == ["true", "option"]
    assert rows["limits.seconds"] == ["1800", "default"]
    assert rows["API_USERNAME"] == ["(set)", "API_USERNAME", "in", "the", "environment"]
    assert rows["API_PASSWORD"] == ["(set)", "API_PASSWORD_FILE", "in", "the", "environment"]
    assert "ada" not in text


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("MAX_REQUEST", "1", "the nearest known one is 'FREESPEE_CONFORMANCE_MAX_REQUESTS'"),
        ("MAX_REQUESTS", "many", "MAX_REQUESTS: 'many' is not a whole number above 0"),
        ("SEED", "x", "SEED: 'x' is not a whole number"),
        ("PROFILE", "huge", "'huge' is none of quick, standard"),
        ("ALLOW_WRITES", "maybe", "'maybe' is neither true nor false"),
    ],
)
def test_a_variable_that_says_nothing_is_refused(variable: str, value: str, message: str) -> None:
    """A misspelt permission must not be lost silently."""
    with pytest.raises(TargetError, match=message):
        from_environment({PREFIX + variable: value})


def test_every_option_has_a_variable_and_an_empty_one_says_nothing() -> None:
    """As CI systems pass on what is not set."""
    assert {PREFIX + name for name in ("BASE_URL", "TARGET", "CA_BUNDLE", "PROXY", "TIMEOUT")} <= (
        BY_VARIABLE.keys()
    )
    assert from_environment(dict.fromkeys(BY_VARIABLE, "")) == {}
    assert from_environment({PREFIX + "ALLOW_WRITES": "0"})["allow_writes"].value is False


def test_credentials_are_read_from_files(tmp_path: Path) -> None:
    """As orchestrators mount them, with a line's end that is no part of them."""
    (tmp_path / "password").write_text("correct horse\r\n")
    environ = {"API_USERNAME": "ada", "API_PASSWORD_FILE": str(tmp_path / "password")}

    target = build_target({"base_url": URL, "reports": str(tmp_path)}, environ)

    assert (target.credentials.username, target.credentials.password) == ("ada", "correct horse")


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({**ACCOUNT, "API_PASSWORD_FILE": "/none"}, "are both set"),
        ({"API_USERNAME": "ada", "API_PASSWORD_FILE": "/none"}, r"cannot be read \(No such file"),
        ({"API_USERNAME": "ada"}, "API_PASSWORD not set"),
    ],
)
def test_credentials_that_cannot_be_had_are_named(environ: dict[str, str], message: str) -> None:
    """The message names variable and file, and no secret."""
    with pytest.raises(TargetError, match=message) as caught:
        build_target({"base_url": URL}, environ)

    assert "correct-horse" not in str(caught.value)

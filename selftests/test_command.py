"""The installed command, as somebody at a terminal would use it."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from calling import called, environment_with
from running import LONGEST, all_at, at

from freespee_conformance import session
from freespee_conformance.command import run
from freespee_conformance.suite_root import ROOT
from reference.faults import faults
from reference.server import Reference
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.whole_run


def named(value: list[str] | str) -> str:
    """Return the id of a case: the words of the command line."""
    return " ".join(value) if isinstance(value, list) else ""


RULE = "--rule=ping-answers-ok"
HOSTILE = {
    "PYTEST_ADDOPTS": "--exitfirst -k nothing --maxfail=1",
    "PY_COLORS": "1",
    "PYTEST_PLUGINS": "a_plugin_that_does_not_exist",
    "HYPOTHESIS_DATABASE_FILE": "/none",
    "PYTHONOPTIMIZE": "2",
    "PYTHONWARNINGS": "error",
}
"""What a user's environment may say to pytest."""


@pytest.fixture(scope="module")
def serving() -> Iterator[Serving]:
    """A reference server on a socket."""
    with Serving(Reference()) as served:
        yield served


@pytest.fixture
def words_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The words that pytest would be told, by whatever command is run in an empty directory."""
    told: list[str] = []

    def start(words: list[str], *, keep_examples: bool) -> int:
        told[:] = [*words, *(["examples are kept"] if keep_examples else [])]
        return 0

    monkeypatch.setattr(session, "start", start)
    monkeypatch.chdir(tmp_path)
    return told


def test_a_smoke_run_leaves_its_results_in_the_working_directory(
    serving: Serving, tmp_path: Path
) -> None:
    """Nothing else is left there, nor beside the suite; colours go to terminals alone."""
    ended = called("smoke", *at(serving)[0].split("=")[1:], *at(serving)[1:], cwd=tmp_path)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]
    assert (tmp_path / "reports" / "run.json").exists()
    assert "\x1b" not in ended.stdout
    assert "NOTHING BROKEN" in ended.stdout


def test_the_users_settings_of_pytest_change_nothing(serving: Serving, tmp_path: Path) -> None:
    """Neither variables, nor configuration, conftest and modules of the working directory."""
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -k nothing\n")
    (tmp_path / "conftest.py").write_text("raise RuntimeError('the user has a conftest')\n")
    for name in ("conformance", "suites", "requests"):
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('not the one that is meant')\n")

    ended = subprocess.run(  # noqa: S603  (our own program)
        [
            *(sys.executable, "-P", "-m", "freespee_conformance", "check", serving.base_url),
            *(f"--ca-bundle={serving.ca_file}", RULE),
        ],
        cwd=tmp_path,
        env=environment_with(HOSTILE),
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "1 of 1 rules hold" in ended.stdout
    assert "\x1b" not in ended.stdout


def test_a_broken_rule_ends_with_1_and_a_wrong_password_with_10(tmp_path: Path) -> None:
    """The exit codes of the run are those of the command."""
    broken = next(each for each in faults() if "ping-answers-ok" in each.breaks)
    with Serving(broken()) as served:
        words = ("check", served.base_url, f"--ca-bundle={served.ca_file}", "--statement=S56")
        failed = called(*words, cwd=tmp_path, FREESPEE_CONFORMANCE_STRICT_SHOULD="1")
        refused = called(*words, cwd=tmp_path, API_PASSWORD="wrong")

    assert (failed.returncode, refused.returncode) == (1, 10)
    assert "NOT CONFORMANT" in failed.stdout


def test_a_signal_ends_the_rules_and_not_the_clean_up(serving: Serving, tmp_path: Path) -> None:
    """It goes to the command alone, as a CI system sends it: the run ends with 2 and results."""
    with (
        subprocess.Popen(  # noqa: S603  (our own program)
            [
                *(sys.executable, "-m", "freespee_conformance", "check", serving.base_url),
                *(all_at(serving)[1:]),
            ],
            cwd=tmp_path,
            env=environment_with({}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process
    ):
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("."):
                break
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
        assert process.wait(LONGEST) == 2, rest

    assert "interrupted by SIGTERM" in rest
    assert (tmp_path / "reports" / "run.json").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["certfy"], "Did you mean 'certify'?"),
        (["certify", "--alow-writes"], "--allow-writes"),
        (["certify", "https://host/2.4.9"], "permit that with --allow-writes"),
        (["certify", "--profile", "quick"], "takes a profile of standard, thorough"),
        (["certify", ""], "is not an https URL"),
        (["check", "--seed", "x"], "'x' is not a whole number"),
        (["check", "--target", "none.toml"], "the target file 'none.toml' does not exist"),
        (["explain", "numpages"], "nothing is called 'numpages'"),
        (["explain", "ping-answers-okay"], "the nearest name is 'ping-answers-ok'"),
        (["check", "-k", "put"], "freespee-conformance check -- -k put"),
        (["list", "-kput", "--level", "MUST"], "freespee-conformance list -- -kput"),
        (["smoke", "--allow-writes"], "No such option '--allow-writes'"),
        (["smoke", "--records-may-stay"], "No such option '--records-may-stay'"),
        (["plan", "--record-costs", "full"], "No such option '--record-costs'"),
        (["explain"], "Missing argument"),
        (["cleanup", "reports", "--older-than", "soon"], "is not an age like 24h or 7d"),
        (["init", "http://host"], "is not an https URL"),
        (["serve", "--port", "70000"], "70000"),
        (["serve", "--surrounding", "none"], "freespee-conformance serve: error: argument"),
        (["serve", "--versions", ","], "usage: freespee-conformance serve "),
        (["cleanup", "none", "--delete"], "freespee-conformance: there is no directory 'none'"),
        ([], "Commands:"),
    ],
    ids=named,
)
def test_wrong_usage_ends_with_4(
    words_of: list[str], capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    """Never with 1 or 2, which say something else; and nothing was run."""
    assert run(words) == 4
    assert message in " ".join(capsys.readouterr().err.split())
    assert words_of == []


def test_a_bug_of_ours_ends_with_3(
    words_of: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says nothing about the server."""

    def fail(*_: object, **__: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(session, "start", fail)

    assert run(["smoke"]) == 3
    assert "a bug of the suite" in capsys.readouterr().err
    assert words_of == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["certify"], ["--require=full"]),
        (["smoke"], ["-m", "smoke"]),
        (["check"], ["--no-allow-writes"]),
        (["check", "--allow-writes"], ["--allow-writes"]),
        (["check", "--rule", "a", "--rule", "b"], ["--no-allow-writes", "--rule=a", "--rule=b"]),
        (["plan", "--rate", "2"], ["--plan", "--rate=2.0"]),
        (["list", "--level", "MUST"], ["--list-rules", "--level=MUST"]),
        (["list", "--", "-k", "put"], ["--list-rules", "-k", "put"]),
        (["check", "--profile", "development"], ["--profile=development", "examples are kept"]),
        (["smoke", "--", "-x", "--co"], ["-m", "smoke", "-x", "--co"]),
    ],
    ids=named,
)
def test_each_command_tells_pytest_what_it_is_about(
    words_of: list[str], words: list[str], told: list[str]
) -> None:
    """And what stands behind -- as it is."""
    assert run(words) == 0
    assert words_of[0] == str(ROOT / "suites")
    assert [each for each in told if each not in words_of] == []


def test_the_version_names_suite_rules_and_python(capsys: pytest.CaptureFixture[str]) -> None:
    """Two users can see whether they have the same rules."""
    assert run(["--version"]) == 0
    line = r"freespee-conformance \d{4}\.\d+\.\d+, rules [0-9a-f]{12}, Python \d+\.\d+\.\d+\n"
    assert re.fullmatch(line, capsys.readouterr().out)


def test_a_port_that_is_taken_is_told_by_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Under its own name, with the exit code of wrong usage."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", "--port", str(port)]) == 4

    assert capsys.readouterr().err.startswith("freespee-conformance serve: ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    """The script that they evaluate is printed, and asks the command."""
    assert run(["completion", shell]) == 0
    assert f"_FREESPEE_CONFORMANCE_COMPLETE={shell}_complete" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("shell", "word", "said"),
    [
        ("bash", "2", ["plain,ping-answers-ok"]),
        ("zsh", "2", ["plain", "ping-answers-ok", "_"]),
        ("fish", "ping-", ["plain,ping-answers-ok"]),
    ],
)
def test_names_of_rules_are_completed(
    tmp_path: Path, shell: str, word: str, said: list[str]
) -> None:
    """As `--rule` and `explain` take them, in the form that each shell reads."""
    asked = {"_FREESPEE_CONFORMANCE_COMPLETE": f"{shell}_complete", "COMP_CWORD": word}
    answered = called(cwd=tmp_path, COMP_WORDS="freespee-conformance explain ping-", **asked)

    assert said[0] in answered.stdout
    assert set(said) <= set(re.split(r"[\n\t]", answered.stdout))

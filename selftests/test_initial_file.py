"""The target file that `init` writes, and how the other commands find one."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from calling import called
from running import ACCOUNT

from conformance.config.target_file import SCHEMA_FILE, read_target_file
from freespee_conformance.command import run
from reference.server import Reference
from reference.serving import Serving
from reference.variants import variants

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.whole_run

RULE = "--rule=ping-answers-ok"


@pytest.fixture(scope="module")
def serving() -> Iterator[Serving]:
    """A reference server on a socket."""
    with Serving(Reference()) as served:
        yield served


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and the credentials in the environment."""
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_init_writes_a_target_file_that_can_be_used(serving: Serving, project: Path) -> None:
    """It is found by the next command, has each key, and no secret; a file there stays."""
    words = ["init", serving.base_url, f"--ca-bundle={serving.ca_file}"]

    assert (run(words), run(words), run([*words, "--force"])) == (0, 4, 0)

    text = (project / "conformance.toml").read_text(encoding="utf-8")
    said = read_target_file(project / "conformance.toml")
    assert text.startswith("#:schema ./conformance.schema.json\n")
    assert (project / "conformance.schema.json").read_bytes() == SCHEMA_FILE.read_bytes()
    assert (said["base_url"], said["claims"]["pagesize"]) == (serving.base_url, True)
    assert [value for value in ACCOUNT.values() if f'"{value}"' in text] == []
    assert called("smoke", cwd=project).returncode == 0


def test_everything_that_init_proposes_can_be_said(serving: Serving, project: Path) -> None:
    """Each line that is commented out is one that a target file may have."""
    run(["init", serving.base_url, f"--ca-bundle={serving.ca_file}"])
    written = project / "conformance.toml"
    lines = written.read_text(encoding="utf-8").splitlines()
    proposed = [re.sub(r"^# (?=\[?[\w.]+(\]| = ))", "", line) for line in lines]
    written.write_text("\n".join(proposed), encoding="utf-8")

    assert len(tomllib.loads("\n".join(proposed))["limits"]) == 7
    assert read_target_file(written)["claims"]["required"] == {"customers": {"custnr": "{number}"}}


def test_init_says_why_a_server_cannot_be_looked_at(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It ends with 10, and writes nothing."""
    assert run(["init", "https://127.0.0.1:9/2.4.9"]) == 10
    assert "cannot be reached: the connection was refused" in capsys.readouterr().err
    assert list(project.iterdir()) == []


def test_a_variant_is_certified_from_a_target_file_found_above(tmp_path: Path) -> None:
    """`check` in a directory below it takes the file, and says so."""
    with Serving(variants()[0]()) as served:
        (tmp_path / "conformance.toml").write_text(
            f'base_url = "{served.base_url}"\nca_bundle = "{served.ca_file}"\nallow_writes = true\n'
        )
        (tmp_path / "below").mkdir()
        ended = called("check", RULE, cwd=tmp_path / "below")

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert f"target file: {tmp_path / 'conformance.toml'}" in ended.stderr
    assert (tmp_path / "below" / "reports" / "run.json").exists()

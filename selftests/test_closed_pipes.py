"""Output that somebody stops reading, as head does: the command ends without a word about that."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from calling import environment_with
from running import LONGEST, all_at

from conformance.clients.record_log import NAME, read_record_log
from reference.server import Reference
from reference.serving import Serving

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.whole_run


def read_a_line_of(*words: str, cwd: Path) -> tuple[int, str]:
    """Run the command, read the first line of its output and close it; return how it ended.

    Its exit code, and what it said on standard error.
    """
    with subprocess.Popen(  # noqa: S603  (our own program)
        [sys.executable, "-m", "freespee_conformance", *words],
        cwd=cwd,
        env=environment_with({}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        return process.wait(LONGEST), said


@pytest.mark.parametrize(
    "words",
    [["list"], ["--help"], ["explain", "S13"], ["certify", "--show-config"]],
    ids=lambda words: words[0],
)
def test_what_only_tells_ends_with_0(tmp_path: Path, words: list[str]) -> None:
    """Nothing is said of the pipe, and no exit code that stands for something else."""
    assert read_a_line_of(*words, cwd=tmp_path) == (0, "")


def test_output_that_nobody_has_ever_read_is_dropped(tmp_path: Path) -> None:
    """Also what is written while the command ends."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as unread:
        ended = subprocess.run(
            [sys.executable, "-m", "freespee_conformance", "list"],
            cwd=tmp_path,
            env=environment_with({}),
            stdout=unread,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=LONGEST,
        )

    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_run_ends_its_rules_and_cleans_up(tmp_path: Path) -> None:
    """It ends with 2, as one that was interrupted: its results are there, its records are gone."""
    with Serving(Reference()) as serving:
        url, *options = all_at(serving, "--seed=1")
        words = ["check", url.partition("=")[2], *options, "--chapter=Consuming", "--", "-v"]
        code, said = read_a_line_of(*words, cwd=tmp_path)

    run = json.loads((tmp_path / "reports" / "run.json").read_text(encoding="utf-8"))
    assert (code, run["verdict"]) == (2, "interrupted")
    assert "Traceback" not in said
    log = tmp_path / "reports" / NAME
    assert not log.exists() or read_record_log(log).is_clean

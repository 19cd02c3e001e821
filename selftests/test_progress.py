"""How far a run is, is told on a terminal, and nowhere else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

from running import ROOT, suite
from test_api import TARGET

from conformance.results.run import Run
from conformance.results.run_kind import RunKind
from conformance.runner.progress import Progress
from conformance.wire.exchanges import Exchange
from conformance.wire.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FEW = "suites/test_base_url.py"


def on_a_terminal(directory: Path, *options: str) -> str:
    """Run a few rules on a terminal; return what it shows."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--reports={directory}"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    with subprocess.Popen(  # noqa: S603  (our own program)
        [*command, FEW, *options], cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, env=kept
    ):
        os.close(theirs)
        shown = b""
        while True:
            try:
                octets = os.read(ours, 4096)
            except OSError:  # how Linux tells that nobody writes any more
                break
            if not octets:
                break
            shown += octets
    os.close(ours)
    return shown.decode()


def test_a_terminal_shows_how_far_a_run_is(tmp_path: Path) -> None:
    """One line tells cases, requests and seconds, from before the first request to the clean-up."""
    lines = on_a_terminal(tmp_path).split("\r")

    told = [line.strip() for line in lines if " cases" in line and " of " in line]
    assert told[0].endswith("cases: contacting the target")
    assert any(" requests" in line and line.endswith("s left") for line in told[1:])
    assert any(line.startswith("cleaning up") for line in lines)
    assert "CONFORMANT" in lines[-1] or any("NOTHING BROKEN" in line for line in lines)


def test_whoever_asks_for_each_case_gets_it(tmp_path: Path) -> None:
    """With -v each case has a line of its own, and none is rewritten."""
    shown = on_a_terminal(tmp_path, "-v")

    assert "PASSED" in shown
    assert "contacting the target" not in shown


def test_a_pipe_gets_no_line_that_is_rewritten() -> None:
    """What is piped has pytest's lines, one for a module."""
    output = suite(FEW).output

    assert f"{FEW} ." in output
    assert "contacting the target" not in output


def test_a_silent_target_is_told(request: pytest.FixtureRequest) -> None:
    """Where nothing has come for some seconds, the line says how old the last answer is."""
    progress = Progress(request.config, Run(TARGET, 1, RunKind.FULL), journal := Journal())
    journal.add(Exchange("api", "GET", "https://host/customers", {}, b"", None, 0.0))

    told = [progress.text(seconds) for seconds in (1.0, 2.0, 8.0)]
    journal.add(Exchange("api", "GET", "https://host/customers", {}, b"", None, 0.0))

    assert ["ago" in each for each in told] == [False, False, True]
    assert "1 request, last answer 7 s ago" in told[-1]
    assert "ago" not in progress.text(9.0)

"""How far a run is, is told on a terminal, and nowhere else."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from running import ACCOUNT, ROOT, at, suite

from reference.server import Reference
from reference.serving import Serving

if TYPE_CHECKING:
    from pathlib import Path

    from reference.message import Request, Response

FEW = "suites/test_base_url.py"


def on_a_terminal(directory: Path, *options: str) -> str:
    """Run a few rules on a terminal; return what it shows."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--reports={directory}"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    kept |= ACCOUNT if "--base-url" in " ".join(options) else {}
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


def test_a_silent_target_is_told(tmp_path: Path) -> None:
    """Where nothing comes for some seconds, the line says how old the last answer is."""
    with Serving(TakesItsTime()) as serving:
        shown = on_a_terminal(tmp_path, *at(serving, "--max-seconds=7"))

    assert re.search(r"0 requests, no answer for [2-9] s", shown)
    assert re.search(r"[1-9] requests?, last answer [2-9] s ago", shown)


class TakesItsTime(Reference):
    """Answers everything after three seconds."""

    def respond(self, request: Request) -> Response:
        """Wait."""
        time.sleep(3)
        return super().respond(request)

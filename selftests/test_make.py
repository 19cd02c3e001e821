"""make passes signals on to a run, and waits for it: tried with a stand-in for pytest."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from running import LONGEST, ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.whole_run

RUN = f"""#!{sys.executable}
import pathlib, signal, sys, time
def clean_up(*_):
    time.sleep(1.0)
    pathlib.Path("cleaned").write_text(" ".join(sys.argv[1:]))
    sys.exit(2)
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, clean_up)
pathlib.Path("started").touch()
time.sleep(60)
"""


def program(path: Path, text: str) -> None:
    """Write a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("goal", ["certify", "smoke"])
def test_make_waits_for_the_clean_up_of_a_run(tmp_path: Path, goal: str, name: str) -> None:
    """Ctrl-C reaches all of a terminal's programs, SIGTERM make alone; the run ends by itself."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    program(tmp_path / ".venv" / "bin" / "tox", "#!/bin/sh\n")
    program(tmp_path / ".tox" / goal / "bin" / "pytest", RUN)
    (tmp_path / ".venv" / "ready").touch()
    process = subprocess.Popen(  # noqa: S603  (our own program)
        [shutil.which("make") or "make", goal],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    deadline = time.monotonic() + LONGEST
    while not (tmp_path / "started").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    if name == "SIGINT":
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGTERM)
    process.communicate(timeout=LONGEST)

    given = (tmp_path / "cleaned").read_text(encoding="utf-8")
    assert given.startswith("suites ")
    assert ("--require=full" in given) is (goal == "certify")
    assert process.returncode != 0

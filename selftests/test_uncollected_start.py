"""Python's garbage collector is off while a session starts, and on again before its first test."""

from __future__ import annotations

import gc
import subprocess
import sys

from running import ROOT

ASKED = """\
import gc, pytest

class Asks:
    def pytest_configure(self):
        print("configured:", gc.isenabled())

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self):
        print("ready:", gc.isenabled())

pytest.main(["suites/test_paging.py", "-q", "--collect-only"], [Asks()])
"""


def test_a_session_starts_without_the_collector() -> None:
    """It is off when the rules are collected, and on when they are there."""
    ended = subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, "-c", ASKED], cwd=ROOT, capture_output=True, text=True, check=False
    )

    said = [line for line in ended.stdout.splitlines() if line.endswith(("True", "False"))]
    assert said == ["configured: False", "ready: True"], ended.stdout + ended.stderr


def test_tests_have_a_collector() -> None:
    """What was there before them is kept out of its way."""
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0

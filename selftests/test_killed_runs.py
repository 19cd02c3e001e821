"""A run that is killed at any moment: the command cleanup restores the account, byte for byte."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from observing import Observing
from running import ACCOUNT, LONGEST, ROOT, all_at

from conformance.clients.record_log import NAME
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.whole_run

KILLS = 50
MOMENTS = 5
"""The seed of the moments."""
WRITING = (
    "--profile=quick",
    "suites/consuming/test_creating.py",
    "suites/consuming/test_deleting.py",
    "suites/consuming/test_sub_resources.py",
    "suites/consuming/test_updating.py",
    "suites/walks",
)


def environment() -> dict[str, str]:
    """Return the environment of a run with the account's credentials."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return {**kept, **ACCOUNT}


def run_until(server: Observing, serving: Serving, directory: Path, requests: float) -> int:
    """Start a run that writes, and kill it once it has sent so many requests; its exit code."""
    options = all_at(serving, f"--reports={directory}", *WRITING)
    process = subprocess.Popen(  # noqa: S603  (our own program)
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + LONGEST
    while process.poll() is None and len(server.requests) < requests:
        if time.monotonic() > deadline:
            break
        time.sleep(0.001)
    process.kill()
    return process.wait()


def cleaned_up(directory: Path) -> subprocess.CompletedProcess[str]:
    """Clean up after a run."""
    return subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, "-m", "conformance", "cleanup", str(directory), "--delete"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )


def account_of(server: Observing) -> list[str]:
    """Return what the server itself has of every record that a caller can change."""
    return list(map(repr, server.everything()))


def kill_again_and_again(directory: Path, kills: int) -> Iterator[tuple[int, int, bool, str]]:
    """Kill runs at random moments; give the moment, the records left, whether all is as before.

    The moments are anywhere between the first request of a run and its last, its own clean-up
    included. What the command cleanup said is given as well.
    """
    moments = random.Random(MOMENTS)  # noqa: S311  (moments, not secrets)
    server = Observing()
    before = account_of(server)
    with Serving(server) as serving:
        run_until(server, serving, directory / "whole", float("inf"))
        whole = len(server.requests)
        assert account_of(server) == before
        for number in range(kills):
            server.requests.clear()
            moment, reports = moments.randint(1, whole), directory / str(number)
            run_until(server, serving, reports, moment)
            left = len(account_of(server)) - len(before)
            done = cleaned_up(reports) if (reports / NAME).exists() else None
            restored = account_of(server) == before and (done is None or done.returncode == 0)
            yield moment, left, restored, done.stdout + done.stderr if done else ""


@pytest.mark.proof
def test_whenever_a_run_is_killed_cleanup_restores_the_account(tmp_path: Path) -> None:
    """It ends with 0, and the server has each record as it was, and none more."""
    outcomes = list(kill_again_and_again(tmp_path, KILLS))

    assert [each for each in outcomes if not each[2]] == []
    assert sum(left > 0 for _, left, _, _ in outcomes) > KILLS // 2

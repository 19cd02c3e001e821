"""A reference server in a process of its own, and the run that its printed line starts."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pytest
from running import ROOT, Outcome, suite

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LAST_LINE = "Ctrl-C ends it.\n"
EIGHT_THREADS = "--concurrency=8"


@dataclass(frozen=True)
class Elsewhere:
    """What `python -m reference` prints: of itself, and as the line that runs the suite."""

    base_url: str
    ca_file: str
    account: Mapping[str, str]
    options: Sequence[str]


@contextmanager
def served_elsewhere() -> Iterator[Elsewhere]:
    """Give what a server prints, while it serves."""
    with subprocess.Popen(
        [sys.executable, "-m", "reference"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            said = ""
            while not said.endswith(LAST_LINE):
                said += process.stdout.readline() or pytest.fail(f"it ended: {said}")
            yield read(said)
        finally:
            process.kill()


def read(said: str) -> Elsewhere:
    """Read what a server prints."""
    line = re.search(r"(?m)^ +(API_USERNAME=.*)$", said.replace("\\\n", " "))
    assert line is not None
    words = shlex.split(line[1])
    at = words.index("pytest")
    told = dict(re.findall(r"(?m)^(Base URL|Authority's file) +(.*)$", said))
    return Elsewhere(
        base_url=told["Base URL"],
        ca_file=told["Authority's file"],
        account=dict(word.split("=", 1) for word in words[:at]),
        options=words[at + 1 :],
    )


@cache
def run_elsewhere() -> Outcome:
    """Run the whole suite as a server prints it, on eight threads, once for all tests."""
    with served_elsewhere() as elsewhere:
        return suite(*elsewhere.options, EIGHT_THREADS, account=elsewhere.account)

"""What the suite costs beside the requests that it sends.

Certifies the reference server, which runs in a process of its own, then sends the same requests
again to the same server with a bare `requests.Session`, and prints the ratios of CPU time and of
wall time, for several rounds in one process. The garbage collector is off for both.

    python benchmarks/overhead.py [--rounds N]
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from served import served

from conformance.wire.journal import Journal
from reference import seed

if TYPE_CHECKING:
    from served import Where

    from conformance.wire.exchanges import Exchange


class Watched:
    """A pytest plugin that keeps every exchange of a run, in order."""

    def __init__(self) -> None:
        """Start with none."""
        self.exchanges: list[Exchange] = []

    def pytest_sessionstart(self) -> None:
        """Have every journal tell what is added to it."""
        add, keep = Journal.add, self.exchanges.append

        def watched(self: Journal, exchange: Exchange, began: float | None = None) -> None:
            keep(exchange)
            add(self, exchange, began)

        Journal.add = watched  # type: ignore[method-assign]
        self._add = add

    def pytest_unconfigure(self) -> None:
        """Leave the journals as they were."""
        Journal.add = self._add  # type: ignore[method-assign]


@dataclass(frozen=True, slots=True)
class Took:
    """What something took: seconds of the clock, and of the processor."""

    wall: float
    cpu: float


@contextlib.contextmanager
def timed() -> Iterator[list[Took]]:
    """Measure what is done in this context; the list gets one item when it ends."""
    took: list[Took] = []
    wall, cpu = time.perf_counter(), time.process_time()
    yield took
    took.append(Took(time.perf_counter() - wall, time.process_time() - cpu))


def certified(serving: Where) -> tuple[Took, list[Exchange]]:
    """Run the suite against a server: what the whole session took, and what it exchanged."""
    watched = Watched()
    os.environ["API_USERNAME"], os.environ["API_PASSWORD"] = seed.USERNAME, seed.PASSWORD
    with (
        tempfile.TemporaryDirectory() as reports,
        contextlib.redirect_stdout(io.StringIO()),
        timed() as took,
    ):
        code = pytest.main(
            [
                "suites",
                "-pno:cacheprovider",  # so that earlier sessions have no say
                "-Wignore::pytest.PytestAssertRewriteWarning",
                f"--base-url={serving.base_url}",
                f"--http-url={serving.http_url}",
                f"--ca-bundle={serving.ca_file}",
                f"--denied-address={seed.DENIED_ADDRESS}",
                f"--reports={reports}",
                "--allow-writes",
            ],
            plugins=[watched],
        )
    if code:
        sys.exit(f"the suite ended with {code}: there is nothing to compare")
    return took[0], watched.exchanges


def repeated(exchanges: Sequence[Exchange], ca_file: str) -> Took:
    """Send the requests again with one bare session: what all of them took."""
    gc.collect()
    gc.disable()
    with requests.Session() as session, timed() as took:
        session.trust_env = False
        session.verify = ca_file
        for exchange in exchanges:
            with contextlib.suppress(requests.RequestException):
                session.request(
                    exchange.method,
                    exchange.url,
                    headers=dict(exchange.request_headers),
                    data=exchange.request_body or None,
                    allow_redirects=False,
                )
    gc.enable()
    return took[0]


def main() -> None:
    """Measure, and print a line for each round and the median ratio."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="rounds, after one to warm up")
    rounds = parser.parse_args().rounds
    ratios = []
    for position in range(rounds + 1):
        with served(again=True) as serving:
            suite, exchanges = certified(serving)
            bare = repeated(exchanges, serving.ca_file)
        if position or rounds == 0:
            ratios.append(suite.cpu / bare.cpu)
            print(  # noqa: T201  (what this program is for)
                f"{len(exchanges)} requests: suite {suite.wall:.1f} s (CPU {suite.cpu:.1f} s), "
                f"bare session {bare.wall:.1f} s (CPU {bare.cpu:.1f} s), ratio "
                f"{suite.wall / bare.wall:.2f} (CPU {ratios[-1]:.2f})"
            )
        del exchanges  # a later round would find memory full of what this one has kept
        gc.unfreeze()
        gc.collect()
    print(f"median ratio of CPU time {statistics.median(ratios):.2f}")  # noqa: T201


if __name__ == "__main__":
    main()

"""What the suite costs beside the requests that it sends.

Certifies the embedded reference server, then sends the same requests again to the same server with
a bare `requests.Session`, and prints both times and their ratio, for several rounds in one process.

    python benchmarks/overhead.py [--rounds N]
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests

if TYPE_CHECKING:
    from collections.abc import Sequence

sys.path.insert(0, str(Path(__file__).parents[1]))

from conformance.wire.journal import Journal
from reference import seed
from reference.server import Reference
from reference.serving import Serving

if TYPE_CHECKING:
    from conformance.wire.exchanges import Exchange
    from reference.digest import Credentials


class AcceptsReplays(Reference):
    """Takes a digest again that it has had before, so that the same requests get in twice."""

    def count_fits(self, credentials: Credentials) -> bool:
        """Take every count for a new one."""
        del credentials
        return True


class Watched:
    """A pytest plugin that keeps every exchange of a run, in order."""

    def __init__(self) -> None:
        """Start with none."""
        self.exchanges: list[Exchange] = []

    def pytest_sessionstart(self) -> None:
        """Have every journal tell what is added to it."""
        add, keep = Journal.add, self.exchanges.append

        def watched(self: Journal, exchange: Exchange) -> None:
            keep(exchange)
            add(self, exchange)

        Journal.add = watched  # type: ignore[method-assign]
        self._add = add

    def pytest_unconfigure(self) -> None:
        """Leave the journals as they were."""
        Journal.add = self._add  # type: ignore[method-assign]


def certified(serving: Serving) -> tuple[float, list[Exchange]]:
    """Run the suite against a server: seconds of the whole session, and what it exchanged."""
    watched = Watched()
    os.environ["API_USERNAME"], os.environ["API_PASSWORD"] = seed.USERNAME, seed.PASSWORD
    with tempfile.TemporaryDirectory() as reports, contextlib.redirect_stdout(io.StringIO()):
        started = time.perf_counter()
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
        seconds = time.perf_counter() - started
    if code:
        sys.exit(f"the suite ended with {code}: there is nothing to compare")
    return seconds, watched.exchanges


def repeated(exchanges: Sequence[Exchange], ca_file: Path) -> float:
    """Send the requests again with one bare session: seconds for all of them."""
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(ca_file)
        started = time.perf_counter()
        for exchange in exchanges:
            with contextlib.suppress(requests.RequestException):
                session.request(
                    exchange.method,
                    exchange.url,
                    headers=dict(exchange.request_headers),
                    data=exchange.request_body or None,
                    allow_redirects=False,
                )
        return time.perf_counter() - started


def main() -> None:
    """Measure, and print a line for each round and the median ratio."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="rounds, after one to warm up")
    rounds = parser.parse_args().rounds
    ratios = []
    for position in range(rounds + 1):
        with Serving(AcceptsReplays()) as serving:
            suite, exchanges = certified(serving)
            bare = repeated(exchanges, serving.ca_file)
        if position:
            ratios.append(suite / bare)
            print(  # noqa: T201  (what this program is for)
                f"{len(exchanges)} requests: suite {suite:.2f} s, bare session {bare:.2f} s, "
                f"ratio {suite / bare:.2f}"
            )
    print(f"median ratio {statistics.median(ratios):.2f}")  # noqa: T201


if __name__ == "__main__":
    main()

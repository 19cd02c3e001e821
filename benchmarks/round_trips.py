"""What a full run takes at real round-trip times, with several workers, and as an account grows.

    python benchmarks/round_trips.py [--delays 0 50 150] [--workers 1 8] [--customers 8] [--calls N]

The reference server runs in a process of its own, behind a TCP proxy that delays. One line a run:
its requests, seconds, CPU seconds of the suite, and its peak memory. Read ratios: the machine's
speed is in every line.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from delay import Delay
from served import served

from reference import seed
from reference.seed_calls import CALLS


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    requests: int
    seconds: float
    cpu_seconds: float
    megabytes: float
    word: str

    def __str__(self) -> str:
        """Return it as one line."""
        return (
            f"{self.requests} requests, {self.seconds:.1f} s, CPU {self.cpu_seconds:.1f} s, "
            f"{self.megabytes:.0f} MB, {self.word}"
        )


def moved(url: str, delay: Delay) -> str:
    """Return a URL at the port where a proxy listens."""
    parts = urlsplit(url)
    return parts._replace(netloc=f"{parts.hostname}:{delay.port}").geturl()


def run(base_url: str, http_url: str, ca_file: str, workers: int) -> Cost:
    """Run the whole suite once, and return what it took."""
    account = {"API_USERNAME": seed.USERNAME, "API_PASSWORD": seed.PASSWORD}
    with tempfile.TemporaryDirectory() as reports:
        options = [
            f"--base-url={base_url}",
            f"--http-url={http_url}",
            f"--ca-bundle={ca_file}",
            f"--denied-address={seed.DENIED_ADDRESS}",
            f"--reports={reports}",
            f"--concurrency={workers}",
            "--allow-writes",
        ]
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603  (our own program)
            [sys.executable, "-m", "pytest", "suites", "-q", "-pno:cacheprovider", *options],
            cwd=ROOT,
            env={**os.environ, **account},
            stdout=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        said = json.loads((Path(reports) / "run.json").read_text(encoding="utf-8"))
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(said["requests"]["total"], seconds, cpu, usage.ru_maxrss / 1024, said["verdict"])


def main() -> None:
    """Measure each combination, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--delays", type=int, nargs="+", default=[0, 50, 150], metavar="MS")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 8], metavar="N")
    parser.add_argument("--customers", type=int, default=len(seed.CUSTOMER_SEEDS), metavar="N")
    parser.add_argument("--calls", type=int, default=CALLS, metavar="N")
    asked = parser.parse_args()
    with served(asked.customers, asked.calls) as where:
        for delay, workers in itertools.product(asked.delays, asked.workers):
            with ExitStack() as stack:
                https, http = (
                    moved(url, stack.enter_context(Delay(urlsplit(url).port or 0, delay / 1000)))
                    for url in (where.base_url, where.http_url)
                )
                cost = run(https, http, where.ca_file, workers)
            print(f"{delay} ms, {workers} at a time: {cost}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()

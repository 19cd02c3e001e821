"""Serves the reference server to a benchmark, in a process of its own, until its input ends.

    python benchmarks/served.py CUSTOMERS CALLS {once,again}

Prints one JSON object: where it is served, and the file of its authority. With "again" a digest is
taken again that was taken before, so that the same requests get in twice.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

if TYPE_CHECKING:
    from collections.abc import Iterator

sys.path.insert(0, str(Path(__file__).parents[1]))

from reference import seed
from reference.seed_calls import CALLS
from reference.server import Reference
from reference.serving import Serving

if TYPE_CHECKING:
    from reference.digest import Credentials


class AcceptsReplays(Reference):
    """Takes a digest again that it has had before."""

    def count_fits(self, credentials: Credentials) -> bool:
        """Take every count for a new one."""
        del credentials
        return True


@dataclass(frozen=True, slots=True)
class Where:
    """Where a server is, over HTTPS and over HTTP, and the file of its authority."""

    base_url: str
    http_url: str
    ca_file: str


@contextmanager
def served(
    customers: int = len(seed.CUSTOMER_SEEDS), calls: int = CALLS, *, again: bool = False
) -> Iterator[Where]:
    """Serve an account with so many customers and call records."""
    told = [str(customers), str(calls), "again" if again else "once"]
    with subprocess.Popen(  # noqa: S603  (our own program)
        [sys.executable, __file__, *told], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        if process.stdin is None or process.stdout is None:
            sys.exit("the server has no pipes")
        yield Where(**json.loads(process.stdout.readline()))
        process.stdin.close()


def main() -> None:
    """Serve until standard input ends."""
    customers, calls, replays = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "again"
    kind = AcceptsReplays if replays else Reference
    more = {
        number: (seed.USERNAME, {"name": f"Customer {number}", "custnr": f"n-{number}"})
        for number in range(1000, 1000 + customers - len(seed.CUSTOMER_SEEDS))
    }
    with (
        patch.object(seed, "CUSTOMER_SEEDS", {**seed.CUSTOMER_SEEDS, **more}),
        Serving(kind(versions=seed.VERSIONS, calls=calls)) as serving,
    ):
        where = {
            "base_url": serving.base_url,
            "http_url": serving.http_url,
            "ca_file": str(serving.ca_file),
        }
        print(json.dumps(where), flush=True)  # noqa: T201  (what this program is for)
        sys.stdin.read()


if __name__ == "__main__":
    main()

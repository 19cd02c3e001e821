"""Serves the reference server to a benchmark until its standard input ends.

    python benchmarks/served.py CUSTOMERS CALLS

Prints one JSON object: where it is served, and the file of its authority.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1]))

from reference import seed
from reference.server import Reference
from reference.serving import Serving


def main() -> None:
    """Serve an account with so many customers and call records."""
    customers, calls = map(int, sys.argv[1:])
    more = {
        number: (seed.USERNAME, {"name": f"Customer {number}", "custnr": f"n-{number}"})
        for number in range(1000, 1000 + customers - len(seed.CUSTOMER_SEEDS))
    }
    with (
        patch.object(seed, "CUSTOMER_SEEDS", {**seed.CUSTOMER_SEEDS, **more}),
        Serving(Reference(versions=seed.VERSIONS, calls=calls)) as serving,
    ):
        where = [serving.base_url, serving.http_url, str(serving.ca_file)]
        print(json.dumps(where), flush=True)  # noqa: T201  (what this program is for)
        sys.stdin.read()


if __name__ == "__main__":
    main()

"""Certifications one after the other in one process, and what that process holds after each.

    python selftests/soaking.py TIMES OPTION...

writes a line of JSON after each run: its exit code, the bytes of memory, the open descriptors and
the threads of this process.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
from pathlib import Path

import pytest

STATUS = Path("/proc/self/statm")


def main(times: str, *options: str) -> None:
    """Certify so many times."""
    told = sys.stdout
    for _ in range(int(times)):
        with open(os.devnull, "w", encoding="utf-8") as sys.stdout:  # noqa: PTH123
            exit_code = pytest.main(["-q", "-p", "no:cacheprovider", *options])
        sys.stdout = told
        gc.collect()
        pages = int(STATUS.read_text(encoding="ascii").split()[1])
        held = {
            "exit_code": int(exit_code),
            "memory": pages * os.sysconf("SC_PAGE_SIZE"),
            "descriptors": len(list(Path("/proc/self/fd").iterdir())),
            "threads": threading.active_count(),
        }
        print(json.dumps(held), flush=True)  # noqa: T201  (what this program is for)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Where the suite lies, and how Python finds it: below this package in the wheel, else a checkout.

Nothing of the suite may be imported before `expose` was called.
"""

from __future__ import annotations

import sys
from pathlib import Path

_HERE = Path(__file__).parent
ROOT = suite if (suite := _HERE / "suite").is_dir() else _HERE.parent
"""The directory with conftest.py, tox.ini, suites/, schemas/, conformance/ and the others."""

SUITES = ROOT / "suites"
CONFIGURATION = ROOT / "tox.ini"


def expose() -> None:
    """Let Python find the suite's packages, before others that may have one of their names."""
    path = str(ROOT)
    if path in sys.path:
        sys.path.remove(path)
    sys.path.insert(0, path)

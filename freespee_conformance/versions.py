"""Which suite this is: its version, and a hash of all that judges."""

from __future__ import annotations

import hashlib
import platform

from conformance import __version__
from freespee_conformance.suite_root import ROOT

JUDGING = ("conformance", "schemas", "strategies", "suites")
"""The directories whose files decide a verdict."""

IGNORED = frozenset({".pyc", ".pyo"})


def hash_of_rules() -> str:
    """Return the first digits of a hash of all that judges: the same wherever it is installed."""
    digest = hashlib.sha256()
    files = [
        path
        for name in JUDGING
        for path in (ROOT / name).rglob("*")
        if path.is_file() and path.suffix not in IGNORED
    ]
    for path in sorted([*files, ROOT / "conftest.py"], key=lambda each: each.parts):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:12]


def version_line() -> str:
    """Return the versions of the suite and of Python, and the hash of the rules."""
    return (
        f"freespee-conformance {__version__}, rules {hash_of_rules()}, "
        f"Python {platform.python_version()}"
    )

"""The installed command, called as by somebody at a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from running import ACCOUNT, LONGEST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def called(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a directory, with the credentials of the reference server."""
    return subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, "-m", "freespee_conformance", *words],
        cwd=cwd,
        env=environment_with(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )


def environment_with(more: Mapping[str, str]) -> dict[str, str]:
    """Return this environment without what pytest says in it, and with more."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return {**kept, **ACCOUNT, **more}

"""What is said on standard error comes after what was said before it on standard output."""

from __future__ import annotations

import sys
from contextlib import suppress


def write_after_output(text: str) -> None:
    """Write on standard error, after all that waits to be written on standard output.

    Piped, the two often end in one place (`2>&1`, a CI's log), and only the latter is buffered.
    """
    with suppress(OSError):  # the results have it as well
        sys.stdout.flush()
        sys.stderr.write(text)

"""Where a run starts to count its texts and numbers, so that no two runs make up the same."""

from __future__ import annotations

import secrets
import time

LEAST_NUMBER = 1_000_000_000
"""The least number of ten digits; runs start at random places between it and its half more."""

_CHANCE = 0xFFFF
"""The part of a run's start, about a minute of milliseconds, in which two runs differ by chance."""


def start_of_texts() -> str:
    """Return the hexadecimal digits that all texts of a run have: when it began, and chance."""
    now = time.time_ns() // 1_000_000
    return f"{now & ~_CHANCE | secrets.randbits(16):x}"


def first_number() -> int:
    """Return the number from which on a run counts."""
    return LEAST_NUMBER + secrets.randbelow(LEAST_NUMBER // 2)

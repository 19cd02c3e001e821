"""Numbers of things, as a sentence says them."""

from __future__ import annotations


def number_of(number: int, thing: str) -> str:
    """Return a number with what it counts, in the plural unless it is one."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"

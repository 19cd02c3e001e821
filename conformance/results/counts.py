"""Numbers of things, as a sentence says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_NAMED = 5
"""How many rules a sentence names before it counts the rest."""


def number_of(number: int, thing: str) -> str:
    """Return a number with what it counts, in the plural unless it is one."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def named_few(names: Sequence[str]) -> str:
    """Return names with commas between them: the first few, and how many more there are."""
    rest = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")

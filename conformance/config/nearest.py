"""The known name that is nearest to one that somebody has written wrongly."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a name resembles most, in whichever case; None where none does."""
    by_folded = {each.casefold(): each for each in known}
    found = difflib.get_close_matches(name.casefold(), by_folded, n=1)
    return by_folded[found[0]] if found else None


def hint(name: str, known: Iterable[str], what: str = "the nearest") -> str:
    """Return the end of a sentence that names the nearest name; "" where none is near."""
    near = nearest(name, known)
    return f"; {what} is {near!r}" if near else ""

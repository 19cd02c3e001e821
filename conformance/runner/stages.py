"""The stages of a run: what may lock the account comes when nothing else is left to try.

Rules of the stage `offending` send credentials that are refused: wrong passwords, tampered digests,
right ones from an address that is not on the list. A server may lock the account, or the address,
after some of them: then the rules before have been judged. Passive rules judge the journal of all.
"""

from __future__ import annotations

from enum import IntEnum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


class Stage(IntEnum):
    """When a rule has its turn; a mark of that name says which stage it is, if not the first."""

    USUAL = auto()
    OFFENDING = auto()
    PASSIVE = auto()


def stage_of(item: pytest.Item) -> Stage:
    """Return the stage that an item belongs to."""
    marked = (each for each in Stage if item.get_closest_marker(each.name.lower()) is not None)
    return max(marked, default=Stage.USUAL)

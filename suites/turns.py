"""How much of a space a run walks through: all of it if thorough, else what the seed chooses."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

from hypothesis import core, settings

from conformance.config.profiles import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


def turns(space: Sequence[object]) -> range:
    """Return how often to choose from a space: once, or as often as it has elements."""
    thorough = settings().max_examples >= EXAMPLES["thorough"]
    return range(len(space) if thorough else 1)


def chosen(space: Sequence[T], turn: int, *about: object) -> T:
    """Return the element of a space that a turn of the seed falls on; `about` names the rule."""
    first = Random(f"{core.global_force_seed} {about}").randrange(len(space))  # noqa: S311
    return space[(first + turn) % len(space)]

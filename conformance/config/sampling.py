"""Which part of a space a run walks through: all of it, or a part that the seed draws."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

from hypothesis import core, settings

from conformance.config.profiles import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_DRAWN = "left to a thorough run, or to one of another seed"
"""Why a case of a part of a space is not tried."""

_Member = TypeVar("_Member")


def walks_everything() -> bool:
    """Tell whether the profile of the run is one that leaves nothing out."""
    return settings().max_examples >= EXAMPLES["thorough"]


def drawn(space: Sequence[_Member], most: int, about: str) -> list[_Member]:
    """Return at most so many members of a space, in its order; all of them in a thorough run.

    The seed of the run and what it is `about` decide which.
    """
    if walks_everything() or len(space) <= most:
        return list(space)
    random = Random(f"{core.global_force_seed} {about}")  # noqa: S311  (nothing secret)
    return [space[place] for place in sorted(random.sample(range(len(space)), most))]


def one_of(space: Sequence[_Member], about: str) -> _Member:
    """Return one member of a space, which the seed of the run draws."""
    return Random(f"{core.global_force_seed} {about}").choice(space)  # noqa: S311  (likewise)

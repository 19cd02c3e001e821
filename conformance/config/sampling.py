"""How much of a space a run walks: one member of each stratum, or all of it in a thorough run."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

from hypothesis import core, settings

from conformance.config.profiles import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_Member = TypeVar("_Member")


def walks_everything() -> bool:
    """Tell whether the profile in force is one that walks through all of a space."""
    return settings.default is not None and settings.default.max_examples >= EXAMPLES["thorough"]


def strength() -> int:
    """Return of how many dimensions at once every combination is tried."""
    return 3 if walks_everything() else 2


def sampled(strata: Mapping[str, Sequence[_Member]]) -> list[_Member]:
    """Return all members in a thorough run, or else one of each stratum, which the seed chooses.

    What is drawn from one stratum does not depend on the others; an empty one gives nothing.
    """
    if walks_everything():
        return [member for members in strata.values() for member in members]
    return [
        Random(f"{core.global_force_seed} {name}").choice(members)  # noqa: S311  (to repeat it)
        for name, members in strata.items()
        if members
    ]

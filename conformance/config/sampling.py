"""How much of a space a run walks: all of it, or a seeded part with something of each stratum."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

from hypothesis import core, settings

from conformance.config.profiles import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_Point = TypeVar("_Point")

QUICK_SHARE = 4
"""Of so many strata a quick run takes one."""


def part_of_space(
    strata: Mapping[str, Sequence[_Point]], most: int | None = None, about: object = ""
) -> list[_Point]:
    """Return the points of a space that a run of this profile tries.

    `strata` are the space, divided into parts that a server may treat alike. A thorough run takes
    every point; any other takes one of each stratum, drawn by the seed of the run, and of them at
    most `most`. Equal seeds give equal points, other ones for each `about`.
    """
    examples = settings.default.max_examples if settings.default else EXAMPLES["standard"]
    if examples >= EXAMPLES["thorough"]:
        return [point for points in strata.values() for point in points]
    chance = Random(f"{core.global_force_seed} {about}")  # noqa: S311  (which of them, and nobody's secret)
    drawn = [chance.choice(points) for points in strata.values()]
    few = len(drawn) // QUICK_SHARE if examples <= EXAMPLES["quick"] else len(drawn)
    chance.shuffle(drawn)
    return drawn[: few if most is None else min(few, most)]

"""How much of a space a run walks: all of it in a thorough run, or else a part.

The profile says how large the part is, and the seed of the run draws it: the same profile and seed
walk the same part.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

from hypothesis import core, settings

from conformance.config.profiles import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NOT_DRAWN = "left to a thorough run, or to one of another seed"
"""Why a case of a part of a space is not tried."""

QUICK_SHARE = 4
"""Of so many members of a share a quick run takes one."""

_Member = TypeVar("_Member")


def walks_everything() -> bool:
    """Tell whether the profile in force is one that leaves nothing out."""
    return _examples() >= EXAMPLES["thorough"]


def strength() -> int:
    """Return of how many dimensions at once every combination is tried."""
    return 3 if walks_everything() else 2


def one_of(space: Sequence[_Member], about: object) -> _Member:
    """Return one member of a space; what it is `about` decides which, beside the seed."""
    return _random(about).choice(space)


def examples_among(cases: int) -> settings:
    """Return the settings of a rule of several cases, which share the examples of the profile.

    In a thorough run each case tries all of them.
    """
    examples = _examples()
    return settings(max_examples=examples if walks_everything() else -(-examples // cases))


def drawn(space: Sequence[_Member], most: int, about: object) -> list[_Member]:
    """Return at most so many members of a space, in its order; all of them in a thorough run."""
    if walks_everything() or len(space) <= most:
        return list(space)
    return [space[at] for at in sorted(_random(about).sample(range(len(space)), most))]


def sampled(strata: Mapping[str, Sequence[_Member]]) -> list[_Member]:
    """Return one member of each stratum of a space; all members in a thorough run.

    What is drawn from one stratum does not depend on the others; an empty one gives nothing.
    """
    if walks_everything():
        return _all_of(strata)
    return [one_of(members, name) for name, members in strata.items() if members]


def first_of_each(strata: Mapping[str, Sequence[_Member]]) -> list[_Member]:
    """Return the first member of each stratum, the likeliest; all members in a thorough run."""
    if walks_everything():
        return _all_of(strata)
    return [members[0] for members in strata.values()]


def some_of_strata(
    strata: Mapping[str, Sequence[_Member]], most: int | None = None, about: object = ""
) -> list[_Member]:
    """Return one member of each stratum of a space, `most` of them; all in a thorough run.

    A quick run takes a quarter of them.
    """
    if walks_everything():
        return _all_of(strata)
    random = _random(about)
    chosen = [random.choice(members) for members in strata.values()]
    few = -(-len(chosen) // QUICK_SHARE) if _examples() <= EXAMPLES["quick"] else len(chosen)
    random.shuffle(chosen)
    return chosen[: few if most is None else min(few, most)]


def share(members: Sequence[_Member], *, standard: int) -> list[_Member]:
    """Return members of one stratum: all in a thorough run, `standard` in one of that profile.

    A quick run takes a quarter of that. A fifth of a share is drawn, one at least; the others are
    the first members, which are the likeliest to be wrong or stand for most of the others.
    """
    if walks_everything():
        return list(members)
    count = standard if _examples() >= EXAMPLES["standard"] else -(-standard // QUICK_SHARE)
    first = count - max(1, count // 5)
    rest = members[first:]
    return [*members[:first], *drawn(rest, count - first, f"{standard} of {len(members)}")]


def _all_of(strata: Mapping[str, Sequence[_Member]]) -> list[_Member]:
    return [member for members in strata.values() for member in members]


def _examples() -> int:
    """Return how many examples the profile in force tries."""
    profile = settings.default
    return EXAMPLES["standard"] if profile is None else profile.max_examples


def _random(about: object) -> Random:
    return Random(f"{core.global_force_seed} {about}")  # noqa: S311  (to repeat it, no secret)

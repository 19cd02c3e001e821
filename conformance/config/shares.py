"""How much of a space a rule walks through: a share by the profile, chosen by the seed."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

from hypothesis import core, settings

from conformance.config.profiles import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Sequence

_Member = TypeVar("_Member")


def share(members: Sequence[_Member], *, standard: int) -> list[_Member]:
    """Return the members of one stratum of a space that the profile and the seed choose.

    A thorough run takes all, a standard one `standard` of them, a quick one a quarter of that. A
    fifth of a share is drawn, one at least; the others are the first members, which are the
    likeliest to be wrong or stand for most of the others. The same profile and seed choose the same
    ones.
    """
    examples = settings().max_examples
    if examples >= EXAMPLES["thorough"]:
        return list(members)
    count = standard if examples >= EXAMPLES["standard"] else -(-standard // 4)
    first = count - max(1, count // 5)
    rest = list(members[first:])
    drawn = Random(f"{core.global_force_seed} {rest}").sample(  # noqa: S311  (no secret)
        range(len(rest)), min(count - first, len(rest))
    )
    return [*members[:first], *(rest[at] for at in sorted(drawn))]

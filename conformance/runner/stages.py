"""What a rule needs of the account while others are active; cases of one stage run at a time.

A rule has at most one of the marks, its own or else that of its module, and belongs to the stage
TOGETHER without any.
"""

from __future__ import annotations

from enum import Enum, IntEnum, auto
from typing import TYPE_CHECKING, Final

import pytest

from conformance.rules import rule_of
from conformance.runner.arguments import is_known
from conformance.runner.stateful import Walks

if TYPE_CHECKING:
    from collections.abc import Iterable


class Stage(Enum):
    """When a case runs, in this order, and beside what."""

    SOLE = "sole"
    """Beside others that read: what it looks for may be gone as soon as anybody else writes."""
    TOGETHER = "together"
    """Beside any other."""
    QUIET = "quiet"
    """Beside others that read: the account has to stay as it is."""
    OFFENDING = "offending"
    """Beside others with wrong credentials, which may have the account locked for all."""
    ALONE = "alone"
    """Beside none: what it looks for is gone as soon as anybody asks anything."""


_BY_MARK: Final = {each.value: each for each in Stage}

SOLE_FIRST: Final = "sole_first"
"""The mark of walks: the known ones are sole, and those that are drawn run beside others."""

IN_TURN: Final = "in_turn"
"""The mark of modules whose cases run one after another, in the order in which they are written."""

PASSIVE: Final = "passive"
"""The mark of rules that judge what all others have exchanged."""

MARKS: Final = {
    Stage.SOLE.value: "the only one that writes while it runs",
    SOLE_FIRST: "known walks are the only ones that write; those that are drawn run beside others",
    IN_TURN: "goes on with records that cases before it in its module have left",
    Stage.QUIET.value: "nobody writes while it runs",
    Stage.OFFENDING.value: "has wrong credentials, which may have the account locked for all",
    Stage.ALONE.value: "nobody else asks anything while it runs",
}
"""The marks of rules that cannot run beside any other, with what they say."""


class Turn(IntEnum):
    """When a case has its turn where one runs at a time, and in which order all are reported.

    What may have the account locked comes when nothing else is left to try.
    """

    USUAL = auto()
    OFFENDING = auto()
    PASSIVE = auto()


def turn_of(item: pytest.Item) -> Turn:
    """Return when a case has its turn."""
    marked = (each for each in Turn if item.get_closest_marker(each.name.lower()) is not None)
    return max(marked, default=Turn.USUAL)


def parts_of(item: pytest.Item) -> dict[Stage, Walks]:
    """Return the stages of a case, with the walks that it takes in each."""
    marked = (_BY_MARK[mark.name] for mark in item.iter_markers() if mark.name in _BY_MARK)
    stage = next(marked, Stage.TOGETHER)  # the closest: a rule's own mark before its module's
    if item.get_closest_marker(SOLE_FIRST) is not None:
        return {Stage.SOLE: Walks.KNOWN, stage: Walks.DRAWN}
    return {stage: Walks.ALL}


def lanes_of(items: Iterable[pytest.Function]) -> list[list[pytest.Function]]:
    """Return cases in lanes: those of one run one after another."""
    lanes: dict[object, list[pytest.Function]] = {}
    for item in items:
        in_turn = item.get_closest_marker(IN_TURN) is not None
        lanes.setdefault(item.path if in_turn else item, []).append(item)
    return [*lanes.values()]


def performable(items: Iterable[pytest.Item]) -> list[pytest.Function]:
    """Return the cases that can be performed apart from pytest's own loop."""
    return [
        item
        for item in items
        if isinstance(item, pytest.Function)
        and rule_of(item) is not None
        and item.get_closest_marker(PASSIVE) is None
        and is_known(item)
    ]

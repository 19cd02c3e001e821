"""Which cases a fault is shown to: those of the rules that it names, and a part of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from conformance.rules import STATED, Rule
from proof.sample import Sample, is_passive, judges_each_answer, judges_whole_runs
from reference.faults.page_counts import RoundsPagesDown
from reference.server import Reference
from reference.variants.strict_and_lenient import OffersTheLeast

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMED = "every-page-counts-its-pages"
MANY = 400


class Item:
    """As much of a test item as is looked at."""

    def __init__(self, name: str, rule: str, passive: pytest.Mark | None = None) -> None:
        """Have a name, and the marks of a rule's case."""
        marked = pytest.mark.rule(Rule(rule, ("S04",), STATED, "A title")).mark
        self.name = name
        self._marks = {"rule": marked, "passive": passive}

    def get_closest_marker(self, name: str) -> pytest.Mark | None:
        """Return one of the marks."""
        return self._marks[name]


def items(*made: Item) -> Sequence[pytest.Item]:
    """Return items as those of pytest."""
    return cast("Sequence[pytest.Item]", made)


OTHERS = items(*(Item(f"test_other[{number}]", "other") for number in range(MANY)))


def test_a_fault_meets_its_own_rules_and_some_of_the_others() -> None:
    """About one in so many, always the same; without a number all of them."""
    (own,) = items(Item("test_own", NAMED))
    met = [each.name for each in OTHERS if Sample(40).has(RoundsPagesDown, each)]

    assert Sample(40).has(RoundsPagesDown, own)
    assert not Sample(40).draws(RoundsPagesDown, own)
    assert [each.name for each in OTHERS if Sample(40).draws(RoundsPagesDown, each)] == met
    assert MANY / 80 < len(met) < MANY / 20
    assert met == [each.name for each in OTHERS if Sample(40).has(RoundsPagesDown, each)]
    assert [each for each in OTHERS if not Sample().has(RoundsPagesDown, each)] == []


@pytest.mark.parametrize("kind", [Reference, OffersTheLeast])
def test_what_is_no_fault_meets_every_case(kind: type[Reference]) -> None:
    """Also a variant from which a rule may deviate."""
    assert [each for each in OTHERS if not Sample(40).has(kind, each)] == []
    assert Sample(40).passive_of(kind, OTHERS) == []


def test_named_passive_rules_are_awaited() -> None:
    """Where a fault meets a part of the cases; where it meets all, none needs to be waited for."""
    own, other = items(
        Item("test_own", NAMED, pytest.mark.passive(each_answer=True).mark),
        Item("test_other", "other", pytest.mark.passive.mark),
    )

    assert Sample(40).passive_of(RoundsPagesDown, [own, other]) == [own]
    assert Sample(1).passive_of(RoundsPagesDown, [own, other]) == []


def test_passive_items_say_what_they_judge() -> None:
    """All answers together, unless they say that it is each by itself, or those of one server."""
    plain, passive, each, whole = items(
        Item("test_plain", "a"),
        Item("test_passive", "b", pytest.mark.passive.mark),
        Item("test_each", "c", pytest.mark.passive(each_answer=True).mark),
        Item("test_whole", "d", pytest.mark.passive(whole_run=True).mark),
    )

    found = [
        (is_passive(item), judges_each_answer(item), judges_whole_runs(item))
        for item in (plain, passive, each, whole)
    ]
    assert found == [
        (False, False, False),
        (True, False, False),
        (True, True, False),
        (True, False, True),
    ]

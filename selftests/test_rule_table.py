"""The table of rules at the end of a run, and the numbers in its sentences."""

from __future__ import annotations

import pytest

from conformance.results.counts import number_of
from conformance.results.terminal import row
from conformance.rules import STATED, Rule


@pytest.mark.parametrize("statements", ["S01", "S01 S02 S03", "S01 S02 S03 S04 S05"])
@pytest.mark.parametrize("id_", ["short", "an-id-that-is-longer-than-its-column-of-the-table"])
def test_a_blank_stands_between_columns(statements: str, id_: str) -> None:
    """Whatever they hold: who copies an id gets the id."""
    rule = Rule(id_, tuple(statements.split()), STATED, "A rule.")

    assert row(rule, 7).split() == ["MUST", *statements.split(), id_, "7", "cases"]
    assert row(rule, 1).split() == ["MUST", *statements.split(), id_]


def test_one_is_no_plural() -> None:
    """Everything else is, as in a run that has sent nothing."""
    assert [number_of(number, "request") for number in (0, 1, 2)] == [
        "0 requests",
        "1 request",
        "2 requests",
    ]

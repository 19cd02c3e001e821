"""Requests at the same time are each answered as if they came alone (S06, S11, S33)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks import at_once
from conformance.rules import STATED, rule
from conformance.verdicts import observable_if

if TYPE_CHECKING:
    from conformance.clients.api import Api


@rule("posts-at-once-create-each", statements="S11", basis=STATED)
def test_posts_at_once_create_each(api: Api) -> None:
    """Of several POSTs at the same time each that succeeds creates a record of its own."""
    taken = at_once.posted_at_once(api)

    observable_if(len(taken) > 1, "only one POST at a time is taken")
    assert [
        f"the POST of custnr {each.number} was taken, and made {len(each.records)} records"
        for each in taken
        if len(each.records) != 1
    ] == []
    assert [
        f"the POST of custnr {each.number} is answered with another record"
        for each in taken
        if each.is_answered_with_another
    ] == []


@rule("puts-at-once-keep-each-field", statements="S12", basis=STATED)
def test_puts_at_once_keep_each_field(api: Api) -> None:
    """PUTs of two fields of a record at the same time change both: neither resets the other."""
    lost = at_once.put_at_once(api)

    assert lost == {}


@rule("gets-at-once-are-not-mixed-up", statements="S06 S33 S35", basis=STATED)
def test_gets_at_once_are_not_mixed_up(api: Api) -> None:
    """GETs at the same time are each answered with the record and type that were asked for."""
    mixed = at_once.mixed_up(api)

    assert mixed == []

"""The numbers of a source: alternative ones, a list within a record, and its own (S11, S12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.alternative_numbers import (
    LISTS,
    listed_with_others_numbers,
    numbers_changed,
    numbers_of,
    source_with_numbers,
)
from conformance.rules import STATED, rule
from conformance.spec.addressing import request_for
from conformance.spec.equal_ways import FORM, written_as
from conformance.spec.resources import SOURCES
from conformance.verdicts import applicable_if
from conformance.wire.records import readable_records

if TYPE_CHECKING:
    from conformance.clients.api import Api


@rule("put-keeps-alternative-numbers", statements="S12", basis=STATED)
@pytest.mark.parametrize("body", [FORM, "JSON"])
def test_put_keeps_alternative_numbers(api: Api, body: str) -> None:
    """PUT of a source's name keeps its alternative numbers, a list within the record.

    Not applicable where a source shows none after a POST with two.
    """
    source = source_with_numbers(api)
    form = api.offers.require(SOURCES, "PUT")
    before = numbers_of(api, source)

    asked = request_for("PUT", source, form, data={"name": api.fresh()})
    response = api.send(written_as(body, asked))

    applicable_if(response.ok, f"{body} is refused with {response.status_code}")
    assert numbers_of(api, source) == before


@rule("alternative-numbers-come-back", statements="S12", basis=STATED)
@pytest.mark.parametrize("which", LISTS)
def test_alternative_numbers_come_back(api: Api, which: str) -> None:
    """PUT of a list of alternative numbers stores as many, at the times sent, unless refused.

    The list takes the place of the one before. Not applicable where a source shows none.
    """
    changed = numbers_changed(api, which)

    assert changed == []


@rule("list-shows-alternative-numbers", statements="S06 S07", basis=STATED)
def test_list_shows_alternative_numbers(api: Api) -> None:
    """A list of sources shows of each the alternative numbers that a GET of it shows."""
    different = listed_with_others_numbers(api)

    assert different == {}


@rule("answer-to-a-post-shows-the-stored-number", statements="S11 S06", basis=STATED)
@pytest.mark.parametrize("separator", [" ", "-"], ids=["a blank", "a hyphen"])
def test_answer_to_a_post_shows_the_stored_number(api: Api, separator: str) -> None:
    """The answer to POST of a source whose number has a separator shows the number that GET shows.

    Not applicable where such a number is refused, or the answer shows none.
    """
    values = api.values(SOURCES)
    number = values.get("phonenr", "")
    sent = {**values, "phonenr": f"{number[:4]}{separator}{number[4:]}"}

    response = api.post(SOURCES.collection, data=sent)

    api.ledger.note_answered(response, SOURCES)
    shown = readable_records(response, SOURCES)
    applicable_if(shown and shown[0].get("phonenr"), "the answer shows no number")
    made = api.created(SOURCES, response, values)
    assert api.read(made).get("phonenr") == shown[0].get("phonenr")

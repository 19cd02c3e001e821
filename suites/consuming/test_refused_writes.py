"""A write that is refused leaves nothing behind: no value, and no claim to one (S39, S11, S12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.text_packs import fields_for_texts
from conformance.rules import STATED, rule
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import applicable_if

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conformance.clients.api import Api

LIKE_NUMBERS: Mapping[str, Callable[[str], str]] = {
    "in capitals": str.upper,
    "with an accent": lambda number: number.replace("oe", "öé"),
    "with a blank behind": lambda number: f"{number} ",
}
"""Numbers that are not the same, but to a collation."""

NO_CHOICE = {"receive_monthly_report": "no number"}
"""A value that the document has not among those to choose from."""


@rule("refused-post-takes-no-number", statements="S11 S39", basis=STATED)
def test_refused_post_takes_no_number(api: Api) -> None:
    """POST of a customer is taken whose number one had that was refused for another value.

    Inconclusive where another number is refused then, too.
    """
    values = api.values(CUSTOMERS)
    refused = api.post(CUSTOMERS.collection, data={**values, **NO_CHOICE})
    applicable_if(not refused.ok, "it takes any text for a choice")

    response = api.post(CUSTOMERS.collection, data=values)

    api.ledger.note_answered(response, CUSTOMERS)
    api.create_new(CUSTOMERS)
    assert response.ok


@rule("post-of-a-number-like-anothers-leaves-it", statements="S11", basis=STATED)
@pytest.mark.parametrize("likeness", LIKE_NUMBERS)
def test_post_of_a_number_like_anothers_leaves_it(api: Api, likeness: str) -> None:
    """POST of a customer leaves one whose number a collation takes for the same, stored or not."""
    number = f"{api.fresh()}-oe"
    made = api.create_new(CUSTOMERS, custnr=number)
    before = api.read(made)

    response = api.post(
        CUSTOMERS.collection,
        data={**api.values(CUSTOMERS), "custnr": LIKE_NUMBERS[likeness](number)},
    )

    api.ledger.note_answered(response, CUSTOMERS)
    assert api.find(made) == before


@rule("put-of-a-taken-number-changes-nothing", statements="S12 S39", basis=STATED)
def test_put_of_a_taken_number_changes_nothing(api: Api) -> None:
    """PUT of a customer with the number of another one stores none of its texts if it is refused.

    Not applicable where such a number is taken.
    """
    texts = dict.fromkeys(fields_for_texts(api, CUSTOMERS), api.fresh())
    made, number = api.create(CUSTOMERS), api.fresh()
    api.create_new(CUSTOMERS, custnr=number)
    before = api.read(made)

    response = api.put(made.path, data={**texts, "custnr": number})

    applicable_if(not response.ok, "a number may belong to two customers")
    assert api.find(made) == before


@rule("write-after-a-refused-one-is-stored", statements="S12 S39", basis=STATED)
def test_write_after_a_refused_one_is_stored(api: Api) -> None:
    """PUT of a name is stored, also right after one with another customer's number was refused."""
    made, number, name = api.create(CUSTOMERS), api.fresh(), api.fresh()
    api.create_new(CUSTOMERS, custnr=number)
    refused = api.put(made.path, data={"custnr": number})
    applicable_if(not refused.ok, "a number may belong to two customers")

    api.update(made, {"name": name})

    assert api.read(made).get("name") == name

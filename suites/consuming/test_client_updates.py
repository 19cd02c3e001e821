"""PUT as clients use it: what was read is sent back, with a change or without (S04, S12)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from conformance.checks.client_updates import (
    BESIDE_THE_NAME,
    PERHAPS_REFUSED,
    TAKEN,
    changed_diary,
    diary_of,
    flags_still_set,
    updated,
)
from conformance.checks.text_packs import like_texts_changed
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.equal_ways import WRITE_WAYS
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.verdicts import applicable_if
from strategies.looks import LIKE_TEXTS
from suites.parameters import each_resource
from suites.turns import chosen, turns

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

pytestmark = pytest.mark.in_turn

REPORT = "receive_monthly_report"
OF_SOURCES = ("all as it is but the name", "what it had first")
PERHAPS_OF_OTHERS = "all that was read, with a new name"

each_update = pytest.mark.parametrize(
    ("resource", "update"),
    [(CUSTOMERS, each) for each in TAKEN] + [(SOURCES, each) for each in OF_SOURCES],
    ids=str,
)
each_doubtful_update = pytest.mark.parametrize(
    ("resource", "update"),
    [(CUSTOMERS, each) for each in PERHAPS_REFUSED]
    + [(each, PERHAPS_OF_OTHERS) for each in (GREETINGS, SOURCES, USERS)]
    + [(SOURCES, "all that was read but what is empty, with a new name")],
    ids=str,
)
each_turn = pytest.mark.parametrize("turn", turns(WRITE_WAYS), ids=str)


@rule("update-as-a-client-sends-it-is-stored", statements="S12 S04", basis=STATED)
@each_turn
@each_update
def test_update_as_a_client_sends_it_is_stored(
    api: Api, resource: Resource, update: str, turn: int
) -> None:
    """PUT of fields that a record has, some of them changed, succeeds and stores each of them.

    With its own number, with all values at once in either order, and with values that the record
    had before or first.
    """
    diary = changed_diary(api, resource)
    sent = TAKEN[update](diary, api.fresh())

    response, wrong = updated(api, diary, chosen(WRITE_WAYS, turn), sent)

    assert response.ok
    assert wrong == []


@rule("doubtful-update-is-taken-or-refused", statements="S12", basis=STATED)
@each_turn
@each_doubtful_update
def test_doubtful_update_is_taken_or_refused(
    api: Api, resource: Resource, update: str, turn: int
) -> None:
    """PUT of all that was read, of nothing new or of unknown fields stores what it can, or nothing.

    A field that is not the caller's to write may stay as it was; what was not sent stays.
    """
    diary = diary_of(api, resource)
    sent = PERHAPS_REFUSED[update](diary, api.fresh())

    _, wrong = updated(api, diary, chosen(WRITE_WAYS, turn), sent)

    assert wrong == []


@rule("put-follows-put", statements="S12", basis=STATED)
@each_resource
def test_put_follows_put(api: Api, resource: Resource) -> None:
    """Three PUTs of one record, with no read between them, succeed, and the last name shows.

    It is the name that the first one sent.
    """
    form, made = api.offers.require(resource, "PUT"), api.shared_record(resource)
    first, second = api.fresh(), api.fresh()

    answers = [
        api.ask("PUT", made, form, data={"name": first}),
        api.ask("PUT", made, form, data={"name": second}),
        api.ask("PUT", made, form, data={"name": first}),
    ]

    assert [answer.ok for answer in answers] == [True, True, True]
    assert api.read(made).get("name") == first


@rule("put-of-the-same-name-finds-the-record", statements="S12 S42", basis=STATED)
@each_resource
def test_put_of_the_same_name_finds_the_record(api: Api, resource: Resource) -> None:
    """PUT of the name that a record has, and of nothing else, is not answered 404."""
    form, made = api.offers.require(resource, "PUT"), api.create(resource)
    same = {"name": str(api.read(made).get("name"))}

    response = api.ask("PUT", made, form, data=same)

    assert response.status_code != HTTPStatus.NOT_FOUND


@rule("flag-that-was-set-is-unset", statements="S12", basis=STATED)
def test_flag_that_was_set_is_unset(api: Api) -> None:
    """PUT of 0 for the flags of a source that a PUT of 1 has set stores 0, where it is taken.

    Not applicable where a source shows no flags, or none that callers set.
    """
    still_set = flags_still_set(api)

    assert still_set == []


@rule("put-keeps-what-was-put-since-a-read", statements="S12", basis=STATED)
@pytest.mark.parametrize("resource", BESIDE_THE_NAME, ids=str)
def test_put_keeps_what_was_put_since_a_read(api: Api, resource: Resource) -> None:
    """PUT of one field keeps the name that a PUT before it wrote after the record was read."""
    form, made, name = api.offers.require(resource, "PUT"), api.create(resource), api.fresh()
    api.read(made)
    api.ask("PUT", made, form, data={"name": name})

    api.ask("PUT", made, form, data=BESIDE_THE_NAME[resource])

    assert api.read(made).get("name") == name


@rule("zero-beside-a-name-is-stored", statements="S12", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, USERS], ids=str)
def test_zero_beside_a_name_is_stored(api: Api, resource: Resource) -> None:
    """PUT of a report setting of 0 beside a new name, where another was stored, stores it."""
    form, made = api.offers.require(resource, "PUT"), api.create(resource)
    api.ask("PUT", made, form, data={REPORT: "2"})
    applicable_if(str(api.read(made).get(REPORT)) == "2", f"{REPORT} is not the caller's to set")

    api.ask("PUT", made, form, data={"name": api.fresh(), REPORT: "0"})

    assert str(api.read(made).get(REPORT)) == "0"


@rule("refused-values-are-not-stored-later", statements="S12 S39", basis=STATED)
def test_refused_values_are_not_stored_later(api: Api) -> None:
    """PUT of one field stores none of those that a refused PUT before it named."""
    form, made, name = api.offers.require(CUSTOMERS, "PUT"), api.create(CUSTOMERS), api.fresh()
    refused = api.ask("PUT", made, form, data={"name": name, REPORT: "no number"})
    applicable_if(not refused.ok, f"{REPORT} takes any text")

    api.ask("PUT", made, form, data=BESIDE_THE_NAME[CUSTOMERS])

    assert api.read(made).get("name") != name


@rule("number-that-was-given-up-is-free", statements="S11 S12", basis=INFERRED)
def test_number_that_was_given_up_is_free(api: Api) -> None:
    """POST of a customer with a number that another one had before a PUT is taken."""
    number = api.fresh()
    made = api.create_new(CUSTOMERS, custnr=number)
    given_up = api.put(made.path, data={"custnr": api.fresh()})
    applicable_if(given_up.ok, "a customer keeps its number")

    response = api.post(CUSTOMERS.collection, data={**api.values(CUSTOMERS), "custnr": number})

    api.ledger.note_answered(response, CUSTOMERS)
    api.create_new(CUSTOMERS)
    assert response.ok


@rule("own-number-in-other-letter-case-is-free", statements="S12", basis=INFERRED)
def test_own_number_in_other_letter_case_is_free(api: Api) -> None:
    """PUT of a customer's own number in capitals is taken, where another number is."""
    made, number = api.create_new(CUSTOMERS), f"{api.fresh()}-ab"
    first = api.put(made.path, data={"custnr": number})
    applicable_if(first.ok, f"another number is refused with {first.status_code}")

    response = api.put(made.path, data={"custnr": number.upper()})

    assert response.ok


@rule("text-like-the-one-before-is-stored", statements="S12 S26", basis=STATED)
@pytest.mark.parametrize(
    ("resource", "pairs"),
    [(CUSTOMERS, LIKE_TEXTS), *((each, LIKE_TEXTS[:2]) for each in (GREETINGS, SOURCES, USERS))],
    ids=str,
)
def test_text_like_the_one_before_is_stored(
    api: Api, resource: Resource, pairs: tuple[tuple[str, str], ...]
) -> None:
    """PUT stores a text that differs from the one before in letter case, accents or zeros alone.

    So it does with other texts that a loose comparison takes for the same. A text may be refused.
    """
    changed = like_texts_changed(api, resource, pairs)

    assert changed == []

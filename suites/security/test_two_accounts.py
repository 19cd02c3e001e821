"""What the credentials of one account open is that account, and no other (S19, S20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import (
    foreign_calls,
    foreign_probes,
    foreign_writes,
    paging,
    shared_greetings,
)
from conformance.checks.two_accounts import (
    DIRECTIONS,
    accounts,
    namesakes,
)
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.resources import CDRS, CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.verdicts import applicable_if
from conformance.wire.recorder import observed
from suites.parameters import in_both_directions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

pytestmark = [pytest.mark.offending, pytest.mark.in_turn]


@rule("other-account-is-not-shown", statements="S19 S07", basis=STATED)
@in_both_directions
def test_other_account_is_not_shown(api: Api, other: Api, direction: str) -> None:
    """No GET shows a record of another account: by id, in a list, by a filter, in any type."""
    both = accounts(api, other, direction)

    shown = foreign_probes.shown(both)

    assert shown == []


@rule("other-account-is-not-counted", statements="S19 S23 S47", basis=STATED)
@in_both_directions
def test_other_account_is_not_counted(api: Api, other: Api, direction: str) -> None:
    """A filter that matches records of another account alone has a total of 0, if it has one."""
    both = accounts(api, other, direction)

    counted = foreign_probes.counted(both)

    assert counted == []


@rule("calls-of-another-account-are-not-shown", statements="S19 S07 S23", basis=STATED)
@in_both_directions
def test_calls_of_another_account_are_not_shown(api: Api, other: Api, direction: str) -> None:
    """No call is in the lists of two accounts, and none is found by another account's ids."""
    both = accounts(api, other, direction)

    common = foreign_calls.calls_in_common(both)

    assert common == []


@rule("same-query-shows-each-account-its-calls", statements="S19 S07 S23", basis=STATED)
@pytest.mark.parametrize(
    "query", foreign_calls.SAME_QUERIES.values(), ids=foreign_calls.SAME_QUERIES
)
def test_same_query_shows_each_account_its_calls(
    api: Api, other: Api, query: Mapping[str, str]
) -> None:
    """GET of calls by a query that another account has just sent shows none of its calls."""
    both = accounts(api, other, DIRECTIONS[0])
    api.offers.require_path(CDRS.collection)

    common = foreign_calls.calls_of_both(both, query)

    assert common == []


@rule("same-query-shows-each-account-its-recordings", statements="S19 S07", basis=STATED)
@in_both_directions
def test_same_query_shows_each_account_its_recordings(api: Api, other: Api, direction: str) -> None:
    """GET of recordings right after another account asked for its own shows none of these."""
    both = accounts(api, other, direction)

    shown = foreign_calls.recordings_after_another(both)

    assert shown == []


@rule("same-query-has-each-account-its-total", statements="S19 S47", basis=STATED)
@in_both_directions
def test_same_query_has_each_account_its_total(api: Api, other: Api, direction: str) -> None:
    """GET of calls has as many as its total says right after another account asked for the same."""
    both = accounts(api, other, direction)
    paging.first(both.looking, CDRS)

    page = paging.first(both.owner, CDRS)

    observed("pages", 1)
    assert paging.miscounted([page]) == []


@rule("recording-of-another-account-is-not-shown", statements="S19 S07", basis=STATED)
@in_both_directions
def test_recording_of_another_account_is_not_shown(api: Api, other: Api, direction: str) -> None:
    """GET of a recording by its id, in a path or a parameter, never shows another account's."""
    both = accounts(api, other, direction)

    shown = foreign_calls.recordings_in_common(both)

    assert shown == []


@rule("greeting-of-all-names-no-other-source", statements="S19 S07", basis=STATED)
def test_greeting_of_all_names_no_other_source(api: Api, other: Api) -> None:
    """GET of a greeting that two accounts share names none of the other one's sources as its user.

    It is one of the system that a source of the second account uses.
    """
    greeting, source = shared_greetings.used_by_the_other(api, other)

    shown = api.read(greeting)

    assert source.id not in shared_greetings.users_of(shown)


@rule("other-account-is-not-changed", statements="S19 S12", basis=STATED)
@in_both_directions
def test_other_account_is_not_changed(api: Api, other: Api, direction: str) -> None:
    """PUT of a record of another account changes nothing of it, in whichever way it is asked."""
    both = accounts(api, other, direction)

    changed = foreign_writes.changed(both)

    assert changed == []


@rule("namesake-in-another-account-is-left", statements="S19 S12 S05", basis=STATED)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_namesake_in_another_account_is_left(api: Api, other: Api, method: str) -> None:
    """PUT and DELETE of a customer leave the other account's of the same name and number alone."""
    form = api.offers.require(CUSTOMERS, method)
    accounts(api, other, DIRECTIONS[0])
    ours, theirs, before = namesakes(api, other)

    api.ask(method, ours, form, data={"name": api.fresh()})

    assert other.find(theirs) == before


@rule("nothing-is-made-in-another-account", statements="S19 S11", basis=STATED)
@in_both_directions
def test_nothing_is_made_in_another_account(api: Api, other: Api, direction: str) -> None:
    """POST and PUT with another account's customer_id give that customer no record."""
    both = accounts(api, other, direction)

    made = foreign_writes.made_in_the_other_account(both)

    assert made == []


@rule("known-value-shows-no-other-account", statements="S19 S11", basis=STATED)
@pytest.mark.parametrize(
    ("resource", "field", "end"),
    [(CUSTOMERS, "custnr", ""), (USERS, "email", "@example.com")],
    ids=str,
)
def test_known_value_shows_no_other_account(
    api: Api, other: Api, resource: Resource, field: str, end: str
) -> None:
    """POST with a value that a record of another account has shows nothing of that record."""
    accounts(api, other, DIRECTIONS[0])
    value, name = f"{other.fresh()}{end}", other.fresh()
    other.create_new(resource, **{field: value, "name": name})

    response = api.post(resource.collection, data={**api.values(resource), field: value})

    api.ledger.note_answered(response, resource)
    assert name not in response.text


@rule("other-account-is-not-linked", statements="S19 S12", basis=INFERRED)
def test_other_account_is_not_linked(api: Api, other: Api) -> None:
    """PUT of a source with another account's greeting does not link it to that greeting."""
    theirs = accounts(api, other, DIRECTIONS[0]).theirs()
    applicable_if(GREETINGS in theirs.records, "the second account can have no greetings")
    greeting, source = theirs.records[GREETINGS], api.shared_record(SOURCES)
    own = api.shared_record(GREETINGS)
    applicable_if(
        greeting.id not in {own.id, *api.ledger.made_ids(GREETINGS)},
        "greetings of both accounts have the same ids",
    )

    api.put(source.path, data={GREETINGS.id_field: greeting.id})

    assert str(api.read(source).get(GREETINGS.id_field)) != greeting.id


@rule("source-stays-in-its-account", statements="S19 S12", basis=STATED)
def test_source_stays_in_its_account(api: Api, other: Api) -> None:
    """PUT of a source with another account's customer_id does not give it to that customer."""
    theirs = accounts(api, other, DIRECTIONS[0]).theirs().customer
    form, source = api.offers.require(SOURCES, "PUT"), api.create(SOURCES)

    api.ask("PUT", source, form, data={CUSTOMERS.id_field: theirs.id})

    shown = api.find(source) or {}
    assert shown != {}
    assert str(shown.get(CUSTOMERS.id_field)) != theirs.id


@rule("delete-of-a-foreign-customer-leaves-what-it-has", statements="S19 S05", basis=STATED)
@in_both_directions
def test_delete_of_a_foreign_customer_leaves_what_it_has(
    api: Api, other: Api, direction: str
) -> None:
    """DELETE of another account's customer, which is refused, leaves the records that it has."""
    both = accounts(api, other, direction)
    theirs = both.theirs()
    before = foreign_writes.left(both, theirs)

    response = both.looking.ask("DELETE", theirs.customer)

    applicable_if(not response.ok, "it is answered with success")
    after = foreign_writes.left(both, theirs)
    assert [f"its {each} is gone" for each in before if each not in after] == []


@rule("other-account-is-not-deleted", statements="S19 S23", basis=STATED)
@in_both_directions
def test_other_account_is_not_deleted(api: Api, other: Api, direction: str) -> None:
    """DELETE of a record of another account leaves it as it is, in whichever way it is asked."""
    both = accounts(api, other, direction)

    deleted = foreign_writes.deleted(both)

    assert deleted == []

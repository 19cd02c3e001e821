"""GET returns one record by its id, and the list of all records (S05, S06, S07)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.answers import readable_ids
from conformance.checks.filtered import owned_unlike_its_owner, unlike, with_long_values
from conformance.rules import INFERRED, RELIED_ON, STATED, rule
from conformance.spec.addressing import Form, Identity
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.verdicts import applicable_if
from conformance.wire.records import (
    id_of,
    ids_in,
    neighbours,
    readable_records,
    record_with_id,
)
from suites.parameters import each_form, each_resource, each_sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.clients.api import Api
    from conformance.spec.addressing import Options
    from conformance.spec.resources import Resource


@rule("get-one-answers-that-record", statements="S06", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, SOURCES, USERS], ids=str)
@each_sample
def test_get_one_answers_that_record(api: Api, resource: Resource, place: int) -> None:
    """GET of a customer, source or user by its id in the path returns that record and no other."""
    wanted = api.samples.of(resource)[place]

    response = api.ask("GET", wanted)

    assert ids_in(response, resource) == [wanted.id]


@rule("get-by-id-parameter", statements="S05", basis=RELIED_ON)
@pytest.mark.parametrize("resource", [CUSTOMERS, SOURCES, USERS], ids=str)
@each_sample
def test_get_by_id_parameter(api: Api, resource: Resource, place: int) -> None:
    """GET of a customer, source or user by an id parameter returns that record and no other."""
    wanted = api.samples.of(resource)[place]

    response = api.ask("GET", wanted, Form.PARAMETERS)

    assert ids_in(response, resource) == [wanted.id]


@rule("get-by-id-parameter-agrees-with-path", statements="S05 S06", basis=RELIED_ON)
@pytest.mark.parametrize("resource", [CUSTOMERS, SOURCES, USERS], ids=str)
def test_get_by_id_parameter_agrees_with_path(api: Api, resource: Resource) -> None:
    """GET of a customer, source or user is the same by an id in the path or as a parameter."""
    identity = api.samples.of(resource)[0]

    path = api.ask("GET", identity, Form.PATH)
    parameter = api.ask("GET", identity, Form.PARAMETERS)
    again = api.ask("GET", identity, Form.PATH)

    known = [readable_records(path, resource), readable_records(again, resource)]
    assert readable_records(parameter, resource) in known


@rule("get-by-custnr-parameter", statements="S05", basis=RELIED_ON)
def test_get_by_custnr_parameter(api: Api) -> None:
    """GET /customers with a custnr in the query returns customers, all of them with that custnr."""
    custnr = api.samples.value_of(CUSTOMERS, "custnr")

    response = api.get("/customers", params={"custnr": custnr})

    assert {record.get("custnr") for record in readable_records(response, CUSTOMERS)} == {custnr}


@rule("get-unknown-id-answers-nobody", statements="S06", basis=STATED)
@each_resource
@each_form
def test_get_unknown_id_answers_nobody(api: Api, resource: Resource, form: Form) -> None:
    """GET with an id that no record has returns no record, in path and parameter form."""
    known = api.samples.of(resource)[0]
    unknown = known.with_id(api.samples.unused_id(resource, known.parent_id))

    response = api.ask("GET", unknown, form)

    assert ids_in(response, resource) == []


@rule("get-one-agrees-with-list", statements="S06 S07", basis=STATED)
@each_resource
@each_sample
def test_get_one_agrees_with_list(api: Api, resource: Resource, place: int) -> None:
    """A record read by its id has every field and value that the list shows for it."""
    wanted = api.samples.of(resource)[place]
    before = api.read(wanted)

    listed = api.listed(resource, wanted.parent_id)

    applicable_if(api.read(wanted) == before, "the record changes meanwhile")
    assert [
        f"{field} is {value!r} in the list, and {before.get(field)!r} by the id {wanted.id}"
        for record in listed
        for field, value in record.items()
        if id_of(resource, record) == wanted.id
        if field not in before or before[field] != value
    ] == []


@rule("filtered-record-is-as-read", statements="S06 S23", basis=STATED)
@pytest.mark.parametrize("field", ["customer_id", "custnr"])
@pytest.mark.parametrize("resource", [SOURCES, USERS], ids=str)
def test_filtered_record_is_as_read(api: Api, resource: Resource, field: str) -> None:
    """A record that a list shows by a filter has the fields and values that its own id shows.

    Its customer has other values in fields of the same name.
    """
    made, filters = owned_unlike_its_owner(api, resource)
    before = api.read(made)

    listed = api.get(resource.collection, params={field: filters[field]})

    assert unlike(record_with_id(listed, made), before) == {}


@rule("list-shows-long-values-whole", statements="S07 S06", basis=STATED)
@each_resource
def test_list_shows_long_values_whole(api: Api, resource: Resource) -> None:
    """A list shows long values of a record as its own id shows them."""
    made, filters = with_long_values(api, resource)
    before = api.read(made)

    listed = api.get(resource.collection, params=filters)

    assert unlike(record_with_id(listed, made), before) == {}


@rule("list-holds-created", statements="S07", basis=STATED)
@each_resource
def test_list_holds_created(api: Api, resource: Resource) -> None:
    """The list that GET on a collection returns holds each new record exactly once."""
    first = api.create_new(resource)
    second = api.create_new(resource, first.parent_id)

    listed = [id_of(resource, record) for record in api.listed(resource, first.parent_id)]

    assert [listed.count(identity.id) for identity in (first, second)] == [1, 1]


@rule("list-each-once", statements="S07", basis=STATED)
@pytest.mark.parametrize(
    "resource", [pytest.param(CUSTOMERS, marks=pytest.mark.smoke), SOURCES, USERS], ids=str
)
def test_list_each_once(api: Api, resource: Resource) -> None:
    """GET of customers, sources and users lists no record twice."""
    api.offers.require_path(resource.collection)

    listed = ids_in(api.get(resource.collection), resource)

    counted = {each: listed.count(each) for each in listed}
    assert [
        f"id {each} is listed {count} times" for each, count in counted.items() if count > 1
    ] == []


@pytest.mark.quiet
@rule("list-holds-each-readable-record", statements="S07", basis=STATED)
def test_list_holds_each_readable_record(api: Api) -> None:
    """A customer that can be read by its id is also in the list of all customers."""
    before = {id_of(CUSTOMERS, record) for record in api.samples.existing(CUSTOMERS)}
    known = neighbours(before) | api.samples.mentioned_customers()
    others = known - api.ledger.made_ids(CUSTOMERS)
    asked = [Identity(CUSTOMERS, id_) for id_ in others]

    readable = readable_ids(api, asked)

    after = {id_of(CUSTOMERS, record) for record in api.listed(CUSTOMERS)}
    missing = [Identity(CUSTOMERS, id_) for id_ in readable - before - after]
    lost = readable_ids(api, missing)
    assert [f"customer {each} is read by its id, and not listed" for each in sorted(lost)] == []


@pytest.mark.sole
@rule("list-forgets-deleted", statements="S05 S07", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, GREETINGS, USERS], ids=str)
def test_list_forgets_deleted(api: Api, resource: Resource) -> None:
    """A deleted customer, greeting or user is no longer listed or returned; another one still is.

    Sources are left out: a deleted one is in quarantine for a while, in which it may still be
    shown.
    """
    form = api.offers.require(resource, "DELETE")
    kept = api.create(resource)
    deleted = api.create(resource, kept.parent_id)

    api.ask("DELETE", deleted, form)

    listed = {id_of(resource, record) for record in api.listed(resource, kept.parent_id)}
    assert deleted.id not in listed
    assert api.find(deleted) is None
    assert api.find(kept) is not None


@pytest.mark.quiet
@rule("foreign-record-hidden", statements="S07", basis=INFERRED)
def test_foreign_record_hidden(api: Api) -> None:
    """A customer of another account is neither in the list nor returned by its id."""
    foreign = api.samples.foreign_customers()

    shown = readable_ids(api, foreign)

    listed = {id_of(CUSTOMERS, record) for record in api.listed(CUSTOMERS)}
    assert shown == set()
    assert [each.id for each in foreign if each.id in listed] == []


@pytest.mark.quiet
@rule("foreign-record-hidden-everywhere", statements="S07", basis=INFERRED)
@pytest.mark.parametrize("way", ["as XML", "its greetings", "its sources", "PUT of nothing"])
def test_foreign_record_hidden_everywhere(api: Api, way: str) -> None:
    """GET as XML, GET of greetings or sources, and PUT return no record of a foreign customer.

    A foreign customer is one of another account. The PUT is empty, so that it does no harm where it
    is executed.
    """
    foreign = api.samples.foreign_customer()
    method, path, options = FOREIGN_WAYS[way](foreign.id)

    response = api.request(method, path, **options)

    shown = [
        record
        for resource in (CUSTOMERS, GREETINGS, SOURCES)
        for record in readable_records(response, resource)
        if str(record.get("customer_id")) == foreign.id
    ]
    assert shown == []


def xml_of(foreign: str) -> tuple[str, str, Options]:
    """Return the GET of a customer as XML."""
    return "GET", f"/customers/{foreign}", {"headers": {"Accept": "application/xml"}}


FOREIGN_WAYS: dict[str, Callable[[str], tuple[str, str, Options]]] = {
    "as XML": xml_of,
    "its greetings": lambda foreign: ("GET", f"/customers/{foreign}/voicemail_greetings", {}),
    "its sources": lambda foreign: ("GET", "/sources", {"params": {"customer_id": foreign}}),
    "PUT of nothing": lambda foreign: ("PUT", f"/customers/{foreign}", {"data": {}}),
}

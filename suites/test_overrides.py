"""The method of a POST can be overridden in the query or by a header field (S52, S53, S54)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import overrides
from conformance.checks.answers import named_readings
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import Form, Override, Request, overridden
from conformance.spec.resources import CUSTOMERS, GREETINGS
from conformance.verdicts import applicable_if
from conformance.wire.recorder import observed
from conformance.wire.records import CLOCKS
from suites.parameters import each_described_resource, each_overriding_way

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.addressing import Options
    from conformance.spec.resources import Record, Resource


HEADER = Override.HEADER.value
WAYS = (Override.QUERY, Override.HEADER)


UNUSUAL = {"receive_monthly_report": "2", "freespee_caller_id": "1"}
"""Choices other than the usual ones, which a form may leave out."""


@rule("override-by-query-puts", statements="S52", basis=STATED)
@each_described_resource
def test_override_by_query_puts(api: Api, resource: Resource) -> None:
    """POST with _method=PUT in the query updates a customer or greeting from the form body."""
    form = api.offers.require(resource, "PUT")
    made, name = api.shared_record(resource), api.fresh()

    api.update(made, {"name": name}, form, Override.QUERY)

    assert api.read(made).get("name") == name


@rule("override-by-query-deletes", statements="S52", basis=STATED)
@each_described_resource
def test_override_by_query_deletes(api: Api, resource: Resource) -> None:
    """POST with _method=DELETE in the query deletes that customer or greeting and no other."""
    form = api.offers.require(resource, "DELETE")
    kept = api.shared_record(resource)
    deleted = api.create(resource, kept.parent_id)

    api.ask("DELETE", deleted, form, Override.QUERY)

    assert api.find(deleted) is None
    assert api.find(kept) is not None


@rule("override-by-header-puts", statements="S53", basis=STATED)
@each_described_resource
def test_override_by_header_puts(api: Api, resource: Resource) -> None:
    """POST with X-HTTP-Method-Override: PUT updates a customer or greeting from the form body."""
    form = api.offers.require(resource, "PUT")
    made, name = api.shared_record(resource), api.fresh()

    api.update(made, {"name": name}, form, Override.HEADER)

    assert api.read(made).get("name") == name


@rule("override-by-header-deletes", statements="S53", basis=STATED)
@each_described_resource
def test_override_by_header_deletes(api: Api, resource: Resource) -> None:
    """POST with X-HTTP-Method-Override: DELETE deletes that customer or greeting and no other."""
    form = api.offers.require(resource, "DELETE")
    kept = api.shared_record(resource)
    deleted = api.create(resource, kept.parent_id)

    api.ask("DELETE", deleted, form, Override.HEADER)

    assert api.find(deleted) is None
    assert api.find(kept) is not None


@rule("override-deletes-what-a-delete-does", statements="S54 S05", basis=INFERRED)
@each_overriding_way
def test_override_deletes_what_a_delete_does(api: Api, override: Override) -> None:
    """An overridden DELETE of a customer does to its source and user what a plain one does."""
    plain = overrides.left_by_a_delete(api, Override.NATIVE)

    by_override = overrides.left_by_a_delete(api, override)

    assert by_override == plain


@rule("override-header-in-any-case", statements="S53", basis=STATED)
def test_override_header_in_any_case(api: Api) -> None:
    """The header field X-HTTP-Method-Override works with its name in lower case, too."""
    api.offers.require_override(Override.HEADER)
    made, value = api.shared_record(CUSTOMERS), api.fresh()

    api.post(made.path, data={"name": value}, headers={HEADER.lower(): "PUT"})

    assert api.read(made).get("name") == value


@rule("override-puts-in-parameter-form", statements="S52 S53 S10", basis=STATED)
@each_overriding_way
def test_override_puts_in_parameter_form(api: Api, override: Override) -> None:
    """PUT by override updates a greeting in parameter form, as the native PUT does."""
    made, name = api.shared_record(GREETINGS), api.fresh()
    overrides.require_native_put(api, GREETINGS, Form.PARAMETERS)

    api.ask("PUT", made, Form.PARAMETERS, override, data={"name": name})

    assert api.read(made).get("name") == name


@rule("override-deletes-in-parameter-form", statements="S52 S53 S10", basis=STATED)
def test_override_deletes_in_parameter_form(api: Api) -> None:
    """DELETE by override deletes the greeting that the query names, and no other.

    The parameter _method may stand before or after the ids.
    """
    kept = api.shared_record(GREETINGS)
    overrides.require_native_delete(api, api.create(GREETINGS, kept.parent_id), Form.PARAMETERS)

    failed = overrides.delete_failures(api, kept, Form.PARAMETERS)

    assert failed == []


@rule("override-keeps-what-was-not-sent", statements="S54 S12", basis=STATED)
@each_overriding_way
def test_override_keeps_what_was_not_sent(api: Api, override: Override) -> None:
    """PUT by override keeps every field of a customer that it does not name, and adds none."""
    api.offers.require_override(override)
    made = api.create(CUSTOMERS, **api.account.optional())
    api.put(made.path, data={**api.account.optional(), **UNUSUAL})
    before = api.read(made)

    api.update(made, {"name": api.fresh()}, override=override)

    assert unnamed(api.read(made)) == unnamed(before)


def unnamed(record: Record) -> Record:
    """Return what an update of the name leaves as it is: neither the name nor the clocks."""
    return {field: value for field, value in record.items() if field not in CLOCKS | {"name"}}


@rule("override-shows-in-every-reading", statements="S54 S06", basis=STATED)
@each_overriding_way
def test_override_shows_in_every_reading(api: Api, override: Override) -> None:
    """After PUT by override a customer has its new name by path, by parameters and in the list."""
    api.offers.require_override(override)
    made, name = api.shared_record(CUSTOMERS), api.fresh()
    observed("readings", len(api.every_reading(made)))

    api.update(made, {"name": name}, override=override)

    old = [(way, each) for way, each in named_readings(api, made) if each.get("name") != name]
    assert [f"{way} still shows {each.get('name')!r}" for way, each in old] == []


@rule("override-is-not-answered-from-before", statements="S54 S06", basis=STATED)
def test_override_is_not_answered_from_before(api: Api) -> None:
    """After a successful DELETE by override, a greeting read before is no longer returned."""
    form = api.offers.require(GREETINGS, "DELETE")
    made = api.create(GREETINGS, api.shared_record(GREETINGS).parent_id)
    observed("readings", len(api.every_reading(made)))

    response = api.ask("DELETE", made, form, Override.QUERY)

    after = api.every_reading(made)
    applicable_if(response.ok, f"it is refused with {response.status_code}")
    assert after == []


@rule("override-answers-as-the-method", statements="S54 S38", basis=INFERRED)
@each_overriding_way
def test_override_answers_as_the_method(api: Api, override: Override) -> None:
    """PUT of a customer by override has the status, type and record of a native PUT."""
    api.offers.require_override(override)
    made, names = api.shared_record(CUSTOMERS), (api.fresh(), api.fresh())

    native = api.ask("PUT", made, data={"name": names[0]})
    by_override = api.ask("PUT", made, override=override, data={"name": names[1]})

    expected = overrides.summary_of(native, names[0])
    assert overrides.summary_of(by_override, names[1]) == expected


@rule("override-deletes-answer-as-the-method", statements="S54 S38", basis=INFERRED)
@each_overriding_way
def test_override_deletes_answer_as_the_method(api: Api, override: Override) -> None:
    """DELETE of a greeting by override has the status and type of a native DELETE."""
    form = api.offers.require(GREETINGS, "DELETE")
    parent_id = api.shared_record(GREETINGS).parent_id
    one, other = api.create(GREETINGS, parent_id), api.create(GREETINGS, parent_id)

    native = api.ask("DELETE", one, form)
    by_override = api.ask("DELETE", other, form, override)

    applicable_if(native.ok and by_override.ok, "one of the two is refused")
    first, second = [(each.status_code, each.media_type) for each in (native, by_override)]
    assert second == first


@rule("override-keeps-the-response-type", statements="S54 S34 S35", basis=INFERRED)
@pytest.mark.parametrize("by", ["suffix", "Accept"])
@each_overriding_way
def test_override_keeps_the_response_type(api: Api, by: str, override: Override) -> None:
    """PUT by override, with XML asked for, is answered in the type of a native PUT.

    XML is asked for by suffix or by Accept. A PUT that is refused is not judged.
    """
    made = api.shared_record(CUSTOMERS)
    places = {
        "suffix": (made.path.replace("/customers/", "/customers.xml/"), "*/*"),
        "Accept": (made.path, "application/xml"),
    }
    path, accept = places[by]
    options: Options = {"data": {"name": api.fresh()}, "headers": {"Accept": accept}}

    native = api.put(path, **options)
    by_override = api.send(overridden(Request("PUT", path, options), override))

    applicable_if(native.ok and by_override.ok, "one of the two is refused")
    assert by_override.media_type == native.media_type


@rule("override-stores-as-the-method", statements="S54 S12 S17", basis=INFERRED)
def test_override_stores_as_the_method(api: Api) -> None:
    """PUT of a customer by override stores the values of a native PUT, custom fields included."""
    api.offers.require_override(*WAYS)

    native = overrides.stored_by(api, Override.NATIVE)
    by_query = overrides.stored_by(api, Override.QUERY)
    by_header = overrides.stored_by(api, Override.HEADER)

    assert by_query == native
    assert by_header == native


@rule("override-may-be-said-twice", statements="S52 S53", basis=INFERRED)
def test_override_may_be_said_twice(api: Api) -> None:
    """PUT by _method and by the header field at once updates a customer, as by either of them."""
    api.offers.require_override(*WAYS)
    made, name = api.shared_record(CUSTOMERS), api.fresh()

    api.post(f"{made.path}?_method=PUT", data={"name": name}, headers={HEADER: "PUT"})

    assert api.read(made).get("name") == name


@rule("override-is-for-one-request", statements="S52 S54", basis=STATED)
def test_override_is_for_one_request(api: Api) -> None:
    """A plain POST to a customer's path that changes nothing does not behind an overridden one."""
    made, before = api.shared_record_with_values(CUSTOMERS)
    overrides.posted_plainly(api, made)
    applicable_if(api.find(made) == before, "a plain POST to a record's path changes it")
    name = api.fresh()
    api.update(made, {"name": name}, override=Override.QUERY)
    applicable_if(api.read(made).get("name") == name, "the override has no effect")

    overrides.posted_plainly(api, made)

    assert api.read(made).get("name") == name

"""The method of a POST can be overridden in the query or by a header field (S52, S53, S54)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import overrides
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import Form, Override, Request, overridden
from conformance.spec.resources import CUSTOMERS, GREETINGS
from conformance.wire.recorder import observed
from conformance.wire.records import CLOCKS, record_with_id
from suites.parameters import each_described_resource

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource


HEADER = Override.HEADER.value
WAYS = (Override.QUERY, Override.HEADER)


@rule("override-by-query-puts", statements="S52", basis=STATED)
@each_described_resource
def test_override_by_query_puts(api: Api, resource: Resource) -> None:
    """POST with _method=PUT in the query updates a customer or greeting from the form body."""
    form = api.offers.require(resource, "PUT")
    made, name = api.create(resource), api.fresh()

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

    assert (api.find(deleted), api.find(kept) is None) == (None, False)


@rule("override-by-header-puts", statements="S53", basis=STATED)
@each_described_resource
def test_override_by_header_puts(api: Api, resource: Resource) -> None:
    """POST with X-HTTP-Method-Override: PUT updates a customer or greeting from the form body."""
    form = api.offers.require(resource, "PUT")
    made, name = api.create(resource), api.fresh()

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

    assert (api.find(deleted), api.find(kept) is None) == (None, False)


@rule("override-header-in-any-case", statements="S53", basis=STATED)
def test_override_header_in_any_case(api: Api) -> None:
    """The header field X-HTTP-Method-Override works with its name in lower case, too."""
    api.offers.require_override(Override.HEADER)
    made, value = api.create(CUSTOMERS), api.fresh()

    api.post(made.path, data={"name": value}, headers={HEADER.lower(): "PUT"})

    assert api.read(made).get("name") == value


@rule("override-puts-in-parameter-form", statements="S52 S53 S10", basis=STATED)
def test_override_puts_in_parameter_form(api: Api) -> None:
    """PUT by override updates a greeting in parameter form, as the native PUT does."""
    made = api.shared_record(GREETINGS)
    overrides.require_native_put(api, made, Form.PARAMETERS)

    failed = overrides.put_failures(api, made, Form.PARAMETERS)

    assert failed == []


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
def test_override_keeps_what_was_not_sent(api: Api) -> None:
    """PUT by override keeps every field of a customer that it does not name, and adds none."""
    for override in WAYS:
        api.offers.require_override(override)
    made = api.create(CUSTOMERS, **api.account.optional())
    before = api.read(made)

    read = []
    for override in WAYS:
        api.update(made, {"name": api.fresh()}, override=override)
        read.append(api.read(made))

    free = CLOCKS | {"name"}
    kept = {field: value for field, value in before.items() if field not in free}
    assert [{name: each[name] for name in each if name not in free} for each in read] == [kept] * 2


@rule("override-shows-in-every-reading", statements="S54 S06", basis=STATED)
def test_override_shows_in_every_reading(api: Api) -> None:
    """After PUT by override a customer has its new name by path, by parameters and in the list."""
    for override in WAYS:
        api.offers.require_override(override)
    made = api.create(CUSTOMERS)
    before, stale = api.every_reading(made), []

    for override in WAYS:
        api.update(made, {"name": (name := api.fresh())}, override=override)
        stale += [each for each in api.every_reading(made) if each.get("name") != name]

    observed("readings", len(before))
    assert stale == []


@rule("override-is-not-answered-from-before", statements="S54 S06", basis=STATED)
def test_override_is_not_answered_from_before(api: Api) -> None:
    """After a successful DELETE by override, a greeting read before is no longer returned."""
    form = api.offers.require(GREETINGS, "DELETE")
    made = api.create(GREETINGS, api.shared_record(GREETINGS).parent_id)
    before = [record_with_id(api.ask("GET", made, each), made) for each in Form]

    response = api.ask("DELETE", made, form, Override.QUERY)

    after = [record_with_id(api.ask("GET", made, each), made) for each in Form]
    observed("readings", len([each for each in before if each]))
    assert [each for each in after if each and response.ok] == []


@rule("override-answers-as-the-method", statements="S54 S38", basis=INFERRED)
def test_override_answers_as_the_method(api: Api) -> None:
    """PUT of a customer by override has the status, type and record of a native PUT."""
    for override in WAYS:
        api.offers.require_override(override)
    made, data = api.shared_record(CUSTOMERS), {"name": api.fresh()}

    answers = [api.ask("PUT", made, override=override, data=data) for override in Override]

    native, *overridden = [overrides.summary_of(answer) for answer in answers]
    assert overridden == [native, native]


@rule("override-deletes-answer-as-the-method", statements="S54 S38", basis=INFERRED)
def test_override_deletes_answer_as_the_method(api: Api) -> None:
    """DELETE of a greeting by override has the status and type of a native DELETE."""
    form = api.offers.require(GREETINGS, "DELETE")
    parent_id = api.shared_record(GREETINGS).parent_id
    made = [api.create(GREETINGS, parent_id) for _ in Override]

    answers = [api.ask("DELETE", each, form, way) for each, way in zip(made, Override, strict=True)]

    native, *others = [(each.status_code, each.media_type) for each in answers if each.ok]
    assert others == [native] * len(others)


@rule("override-keeps-the-response-type", statements="S54 S34 S35", basis=INFERRED)
@pytest.mark.parametrize("by", ["suffix", "Accept"])
def test_override_keeps_the_response_type(api: Api, by: str) -> None:
    """PUT by override, with XML asked for, is answered in the type of a native PUT.

    XML is asked for by suffix or by Accept. A PUT that is refused is not judged.
    """
    made = api.shared_record(CUSTOMERS)
    path = made.path.replace("/customers/", "/customers.xml/") if by == "suffix" else made.path
    headers = {"Accept": "application/xml" if by == "Accept" else "*/*"}
    asked = Request("PUT", path, {"data": {"name": api.fresh()}, "headers": headers})

    answers = [api.send(overridden(asked, override)) for override in Override]

    native, *others = [(each.ok, each.media_type) for each in answers]
    assert [each for each in others if each[0] and native[0] and each != native] == []


@rule("override-stores-as-the-method", statements="S54 S12 S17", basis=INFERRED)
def test_override_stores_as_the_method(api: Api) -> None:
    """PUT of a customer by override stores the values of a native PUT, custom fields included."""
    for override in WAYS:
        api.offers.require_override(override)

    native, by_query, by_header = (overrides.stored_by(api, each) for each in Override)

    assert (by_query, by_header) == (native, native)

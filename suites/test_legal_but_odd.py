"""Requests that are legal but odd: never a 500, and served where the right is plain (S37, S45)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import legal_but_odd
from conformance.checks.answers import shown_record
from conformance.checks.representations import body_kind
from conformance.readings import reading
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import request_for
from conformance.spec.media_types import FORM_TYPE, JSON_TYPE, XML
from conformance.spec.resources import CUSTOMERS, GREETINGS
from conformance.spec.status_codes import LISTED, TROUBLE
from conformance.wire.records import ids_in, record_with_id

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.clients.raw_http import RawHttp

SERVED = LISTED - TROUBLE
"""The status codes of an answer that tells of no trouble."""


@rule("odd-override-carries-out-no-other-method", statements="S52 S45", basis=STATED)
def test_odd_override_carries_out_no_other_method(api: Api) -> None:
    """POST with an override in brackets, twice or without a value causes no 500, deletes nothing.

    It may be taken for the override that it looks like, for none, or be refused.
    """
    made = api.shared_record(CUSTOMERS, "odd overrides")

    answered = legal_but_odd.odd_overrides(api, made)

    assert {which: each for which, each in answered.items() if each not in SERVED} == {}
    assert legal_but_odd.gone_after(answered, api.find(made)) == []


@rule("odd-value-stores-no-other", statements="S12 S04 S45", basis=STATED)
def test_odd_value_stores_no_other(api: Api) -> None:
    """PUT of a name in brackets, or among empty pairs, stores that name or leaves it as it was."""
    made, before = api.shared_record_with_values(CUSTOMERS)

    wrong = legal_but_odd.odd_values(api, made, before.get("name"))

    assert wrong == {}


@rule("odd-query-causes-no-trouble", statements="S45 S37", basis=STATED)
@pytest.mark.parametrize("which", legal_but_odd.ODD_QUERIES)
def test_odd_query_causes_no_trouble(api: Api, which: str) -> None:
    """GET with parameters in brackets, twice, or without name or value is answered, but not 500."""
    response = api.get(legal_but_odd.ODD_QUERIES[which])

    assert response.status_code in SERVED


@rule("odd-query-is-served", statements="S23 S27", basis=INFERRED)
@pytest.mark.parametrize("which", legal_but_odd.SERVED_QUERIES)
def test_odd_query_is_served(api: Api, which: str) -> None:
    """GET with a filter among empty pairs or unknown parameters finds what the filter names."""
    made, record = api.shared_record_with_values(CUSTOMERS)
    custnr = str(record.get("custnr"))

    response = api.get(legal_but_odd.served_query(which, custnr))

    assert ids_in(response, CUSTOMERS) == [made.id]


@rule("delete-that-names-a-type-is-served", statements="S05 S28", basis=INFERRED)
@pytest.mark.parametrize("named", [JSON_TYPE, FORM_TYPE])
def test_delete_that_names_a_type_is_served(api: Api, courier: Client, named: str) -> None:
    """DELETE with the type of a body that it has not, as clients send it, deletes the greeting."""
    form = api.offers.require(GREETINGS, "DELETE")
    made = api.create(GREETINGS)
    asked = request_for("DELETE", made, form)
    params = asked.options.get("params", {})

    courier.delete(asked.path, params=params, headers={"Content-Type": named})

    assert api.find(made) is None


@rule("field-names-in-lower-case", statements="S35 S28", basis=STATED)
def test_field_names_in_lower_case(api: Api) -> None:
    """GET with the field accept in lower case, as many clients write it, is answered in XML."""
    made = shown_record(api, CUSTOMERS)

    response = api.send(legal_but_odd.in_lower_case(made.path))

    assert response.ok
    assert body_kind(response) == XML


@rule("host-in-capitals-is-the-same", statements="S28 S03", basis=STATED)
def test_host_in_capitals_is_the_same(api: Api, courier: Client) -> None:
    """GET with the name of the host in capital letters, which is the same name, shows the same."""
    made = shown_record(api, CUSTOMERS)
    capitals = legal_but_odd.host_in_capitals(courier, made)

    response = courier.get(made.path, headers=capitals)

    assert record_with_id(response, made) is not None


@rule("no-body-and-no-length", statements="S53 S37", basis=INFERRED)
def test_no_body_and_no_length(api: Api, raw_http: RawHttp) -> None:
    """POST with neither body nor length, overridden to DELETE, is served or asked for a length."""
    api.offers.require(GREETINGS, "DELETE")
    made = api.create(GREETINGS, api.shared_record(CUSTOMERS).id)

    response = legal_but_odd.without_length(raw_http, made.path)

    left = api.find(made)
    assert reading("post-without-length").accepts(legal_but_odd.effect(response, left))


@rule("trailers-are-no-data", statements="S04 S45", basis=INFERRED)
def test_trailers_are_no_data(api: Api, raw_http: RawHttp) -> None:
    """PUT of a form in chunks with extensions and a trailer field stores what the chunks hold."""
    made, name = api.shared_record(CUSTOMERS), api.fresh()

    response = legal_but_odd.with_trailers(raw_http, made.path, f"name={name}".encode())

    assert response.status_code not in TROUBLE
    assert api.read(made).get("name") == name


@rule("long-request-is-answered", statements="S37 S45", basis=INFERRED)
@pytest.mark.parametrize("which", legal_but_odd.LONG_REQUESTS)
def test_long_request_is_answered(courier: Client, which: str) -> None:
    """A very long query, path, field or body is answered with a listed code that is not 500."""
    response = courier.send(legal_but_odd.LONG_REQUESTS[which]())

    assert response.status_code in SERVED

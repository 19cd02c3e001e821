"""Overrides that the document leaves open do no harm (S52 to S54)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import overrides
from conformance.readings import reading
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import Options, Override
from conformance.spec.resources import CUSTOMERS, GREETINGS
from conformance.spec.status_codes import REFUSING
from conformance.wire.records import id_of

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Record
    from conformance.wire.responses import Response


HEADER = Override.HEADER.value
UNKNOWN = ("DELETES", "FROBNICATE")


@rule("override-in-lower-case", statements="S54", basis=INFERRED)
def test_override_in_lower_case(api: Api) -> None:
    """POST with _method=put in lower case updates the customer or is refused.

    The accepted refusals are 400, 403, 404, 405 and 501.
    """
    api.offers.require_override(Override.QUERY)
    made, name = api.shared_record(CUSTOMERS), api.fresh()

    response = api.post(made.path, params={"_method": "put"}, data={"name": name})

    seen = overrides.effect_of(api, response, made, name)
    assert reading("letter-case-of-an-override").accepts(seen)


@rule("override-unknown-changes-nothing", statements="S54 S45", basis=STATED)
@pytest.mark.parametrize("method", UNKNOWN)
@pytest.mark.parametrize("where", ["query", "header"])
def test_override_unknown_changes_nothing(api: Api, method: str, where: str) -> None:
    """POST with an override to an unknown method is ignored or refused, and changes nothing.

    The accepted statuses are 200, 400, 403, 404, 405 and 501.
    """
    made, before = api.shared_record_with_values(CUSTOMERS)
    data = {"name": api.fresh()}

    overriding = {
        "query": Options(data=data, params={"_method": method}),
        "header": Options(data=data, headers={HEADER: method}),
    }

    response = api.post(made.path, **overriding[where])

    assert reading("unknown-override").accepts(response.status_code)
    assert api.find(made) == before


@rule("override-conflict-is-decided", statements="S54 S45", basis=INFERRED)
def test_override_conflict_is_decided(api: Api) -> None:
    """POST with PUT in _method and DELETE in the header field does one of both, or is refused.

    The accepted refusals are 400, 403, 404, 405 and 501.
    """
    api.offers.require(GREETINGS, "DELETE")
    made, name = api.create(GREETINGS), api.fresh()

    response = api.post(
        made.path, params={"_method": "PUT"}, headers={HEADER: "DELETE"}, data={"name": name}
    )

    assert reading("conflicting-overrides").accepts(overrides.effect_of(api, response, made, name))


@rule("override-in-the-body", statements="S54 S45", basis=INFERRED)
def test_override_in_the_body(api: Api) -> None:
    """POST with _method in the form body is refused, or creates a record without that field.

    The accepted refusals are 400, 403, 404, 405 and 501.
    """
    values = api.values(CUSTOMERS)

    response = api.post("/customers", data={**values, "_method": "PUT"})

    stored = api.stored(CUSTOMERS, response, "custnr", values["custnr"])
    seen = result_of_post(response, stored, "a parameter like any other")
    odd = [id_of(CUSTOMERS, record) for record in stored if "_method" in record]
    assert [f"customer {id_} was created with a field _method" for id_ in odd] == []
    assert reading("override-in-the-body").accepts(seen)


@rule("override-empty", statements="S54 S14", basis=INFERRED)
@pytest.mark.parametrize("where", ["query", "header"])
def test_override_empty(api: Api, where: str) -> None:
    """POST with an empty override creates the record as without it, or is refused.

    The accepted refusals are 400, 403, 404, 405 and 501.
    """
    values = api.values(CUSTOMERS)
    empty = {
        "query": Options(data=values, params={"_method": ""}),
        "header": Options(data=values, headers={HEADER: ""}),
    }

    response = api.post("/customers", **empty[where])

    stored = api.stored(CUSTOMERS, response, "custnr", values["custnr"])
    assert reading("empty-override", where).accepts(result_of_post(response, stored, "ignored"))


def result_of_post(response: Response, stored: list[Record], taken: str) -> str:
    """Return what a POST has come to: `taken` if a record is stored, refused, or its status."""
    if stored:
        return taken
    known = response.status_code in REFUSING
    return "refused" if known else f"answered {response.status_code}"


@rule("override-of-get-changes-nothing", statements="S52 S53", basis=INFERRED)
@pytest.mark.parametrize("where", ["query", "header"])
def test_override_of_get_changes_nothing(api: Api, where: str) -> None:
    """GET with an override to DELETE is answered or refused, and leaves the record unchanged.

    The accepted statuses are 200, 400, 403, 404, 405 and 501.
    """
    made, before = api.shared_record_with_values(GREETINGS)

    overriding = {
        "query": Options(params={"_method": "DELETE"}),
        "header": Options(headers={HEADER: "DELETE"}),
    }

    response = api.get(made.path, **overriding[where])

    assert reading("override-of-a-get", where).accepts(response.status_code)
    assert api.find(made) == before

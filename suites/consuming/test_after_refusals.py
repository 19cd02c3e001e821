"""What was refused leaves nothing: no record, no value, no type (S11, S16, S33)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.custom_fields import undefined_fields
from conformance.rules import STATED, rule
from conformance.spec.media_types import XML_TYPE
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import applicable_if
from suites.parameters import each_resource_with_custom_fields

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

UNKNOWN = "/cf-unknown"


@rule("post-takes-nothing-from-a-refused-one", statements="S11", basis=STATED)
def test_post_takes_nothing_from_a_refused_one(api: Api) -> None:
    """POST of a customer stores no value that only a POST before it had, which was refused."""
    known = api.read(api.create_new(CUSTOMERS))
    more = {"email": f"{api.fresh()}@example.com", "corporateid": api.fresh()}
    values = {**api.values(CUSTOMERS), **more, "custnr": str(known.get("custnr"))}
    refused = api.post(CUSTOMERS.collection, data=values)
    api.ledger.note_answered(refused, CUSTOMERS)
    applicable_if(not refused.ok, "a second customer of one number is created")

    made = api.create_new(CUSTOMERS)

    record = api.read(made)
    assert {name: record.get(name) for name in more if record.get(name) == more[name]} == {}


@rule("refused-custom-field-creates-nothing", statements="S11 S16", basis=STATED)
@each_resource_with_custom_fields
def test_refused_custom_field_creates_nothing(api: Api, resource: Resource) -> None:
    """POST with an undefined custom field, where it is refused for that, creates no record."""
    values = api.values(resource)
    field = undefined_fields(api, resource)[0]

    response = api.post(resource.collection, data={**values, field: "undefined"})

    made = api.holding(resource, "name", values["name"])
    applicable_if(not response.ok, "an undefined custom field is not refused")
    assert made == []


@rule("type-is-for-one-request", statements="S33 S34", basis=STATED)
def test_type_is_for_one_request(api: Api) -> None:
    """GET of a list is answered in JSON, also where a request before it, refused, was for XML."""
    refused = api.get(f"{UNKNOWN}.xml", headers={"Accept": XML_TYPE})
    applicable_if(not refused.ok, "an unknown resource is not refused")

    response = api.get(CUSTOMERS.collection)

    applicable_if(response.ok, f"the list is refused with {response.status_code}")
    assert not response.looks_like_xml

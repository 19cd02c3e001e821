"""Each method does at each place what it is for, whatever else it carries (S06, S11 to S14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import method_places
from conformance.rules import STATED, rule
from conformance.spec.addressing import Form
from conformance.spec.method_places import Carrier
from conformance.verdicts import applicable_if
from suites.parameters import each_resource

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

FIRST_REFUSAL = 400
each_absence = pytest.mark.parametrize("absence", ["unknown", "deleted", "no id"])


@rule("reading-writes-nothing", statements="S06 S12 S14", basis=STATED)
def test_reading_writes_nothing(api: Api) -> None:
    """GET and HEAD change and create nothing at any place, whatever data they carry."""
    api.gate.permit_method("POST")
    customer, greeting = method_places.records_of_ours(api)
    before = method_places.state(api, customer, greeting)

    sent = method_places.send_reads(api, customer, greeting)

    assert method_places.state(api, customer, greeting) == before
    assert method_places.made_by(api, customer.id, sent) == []


@rule("creating-changes-no-record", statements="S11 S14", basis=STATED)
def test_creating_changes_no_record(api: Api) -> None:
    """POST leaves a customer and a greeting as they are that it names, in its path or its data."""
    customer, greeting = method_places.records_of_ours(api)
    before = method_places.state(api, customer, greeting)

    sent = method_places.send_posts(api, customer, greeting)

    method_places.made_by(api, customer.id, sent)
    assert method_places.state(api, customer, greeting) == before


@rule("refused-post-at-a-record-creates-nothing", statements="S11 S14 S39", basis=STATED)
@each_resource
def test_refused_post_at_a_record_creates_nothing(api: Api, resource: Resource) -> None:
    """POST to the path of a record, where it is refused, has created no record of that name."""
    made = api.shared_record(resource)
    values = api.values(resource, made.parent_id)

    response = api.post(made.path, data=values)

    applicable_if(not response.ok, "it is answered with success")
    assert api.holding(resource, "name", values["name"], made.parent_id) == []


@rule("json-put-creates-nothing", statements="S13 S14 S25", basis=STATED)
def test_json_put_creates_nothing(api: Api) -> None:
    """PUT of JSON where no record is creates none: at any place, native or by an override."""
    customer, greeting = method_places.records_of_ours(api)

    sent = method_places.send_upserts(api, greeting)

    assert method_places.made_by(api, customer.id, sent) == []


@rule("nothing-is-made-below-what-is-not-there", statements="S08 S11 S42", basis=STATED)
@each_absence
@pytest.mark.parametrize(
    "way", [(Form.PATH, Carrier.FORM), (Form.PARAMETERS, Carrier.JSON)], ids=["path", "JSON"]
)
def test_nothing_is_made_below_what_is_not_there(
    api: Api, absence: str, way: tuple[Form, Carrier]
) -> None:
    """POST of a greeting below a customer who is not there creates none, by path or in the body."""
    customer, _ = method_places.records_of_ours(api)
    parent_id, name = method_places.unknown_parent(api, absence), api.fresh()

    response = method_places.create_below(api, parent_id, *way, name)

    nearest = method_places.nearest_customer(parent_id, customer)
    assert method_places.ids_answered(api, response, parent_id) == []
    assert method_places.greetings_named(api, name, nearest) == []


@rule("foreign-record-is-out-of-reach", statements="S19 S12", basis=STATED)
def test_foreign_record_is_out_of_reach(api: Api) -> None:
    """PUT of nothing is not answered with success at another account's customer, in any way.

    It is empty, so that it does no harm where it is carried out; at our own it succeeds.
    """
    theirs = api.samples.foreign_customer()
    method_places.require_put_of_nothing(api)

    answered = method_places.put_nothing(api, theirs)

    assert {way: status for way, status in answered.items() if status < FIRST_REFUSAL} == {}

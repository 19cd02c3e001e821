"""The path form and the parameter form of sub-resources are equal for every method (S08 to S10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.request_data import without_owner
from conformance.rules import STATED, rule
from conformance.spec.addressing import Form, Identity, collection_path
from conformance.spec.resources import CUSTOMERS, GREETINGS
from conformance.wire.records import id_of, ids_in, readable_records, records_by_id
from suites.parameters import each_form, each_sample

if TYPE_CHECKING:
    from conformance.clients.api import Api


@rule("sub-resource-path-form", statements="S08", basis=STATED)
@each_sample
def test_sub_resource_path_form(api: Api, place: int) -> None:
    """GET /customers/ID/voicemail_greetings/ID returns exactly the greeting with that id."""
    wanted = api.samples.of(GREETINGS)[place]

    response = api.ask("GET", wanted, Form.PATH)

    assert ids_in(response, GREETINGS) == [wanted.id]


@rule("sub-resource-parameter-form", statements="S09", basis=STATED)
@pytest.mark.parametrize("order", [1, -1], ids=["parent first", "parent last"])
@each_sample
def test_sub_resource_parameter_form(api: Api, order: int, place: int) -> None:
    """GET /customers/voicemail_greetings with both ids in any order returns that one greeting."""
    wanted = api.samples.of(GREETINGS)[place]
    params = dict(list(wanted.parameters.items())[::order])

    response = api.get(GREETINGS.collection, params=params)

    assert ids_in(response, GREETINGS) == [wanted.id]


@rule("mixed-form-writes-one-greeting", statements="S08 S09 S05 S12", basis=STATED)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_mixed_form_writes_one_greeting(api: Api, method: str) -> None:
    """PUT and DELETE below a customer, with a greeting's id as a parameter, leave another greeting.

    It may be refused: the document has the two forms, and not this one of both.
    """
    api.offers.require(GREETINGS, method)
    parent = api.create(CUSTOMERS)
    made, kept = api.create(GREETINGS, parent.id), api.create(GREETINGS, parent.id)
    before, named = api.read(kept), {GREETINGS.id_field: made.id}

    api.request(method, collection_path(GREETINGS, parent.id), params=named)

    assert api.find(kept) == before


@rule("sub-resource-forms-read-equal", statements="S10", basis=STATED)
@pytest.mark.parametrize("media_type", ["application/json", "application/xml"])
def test_sub_resource_forms_read_equal(api: Api, media_type: str) -> None:
    """GET of a greeting returns the same data in path and parameter form, in JSON and in XML."""
    (identity, *_) = api.samples.of(GREETINGS)
    accept = {"Accept": media_type}

    path = api.get(identity.path, headers=accept)
    parameters = api.get(GREETINGS.collection, params=identity.parameters, headers=accept)

    assert readable_records(path, GREETINGS) == readable_records(parameters, GREETINGS) != []


@rule("sub-resource-forms-list-equal", statements="S10", basis=STATED)
def test_sub_resource_forms_list_equal(api: Api) -> None:
    """The list of a customer's greetings is the same in path form and in parameter form."""
    parent_id = api.samples.of(GREETINGS)[0].parent_id

    path = api.ask_list(GREETINGS, parent_id, Form.PATH)
    parameters = api.ask_list(GREETINGS, parent_id, Form.PARAMETERS)

    assert records_by_id(path, GREETINGS) == records_by_id(parameters, GREETINGS)


@rule("sub-resource-list-is-the-parents", statements="S08 S09", basis=STATED)
@each_form
def test_sub_resource_list_is_the_parents(api: Api, form: Form) -> None:
    """The list of a customer's greetings holds a new one once, and none of another customer's."""
    mine, other = api.create_new(GREETINGS), api.fresh()
    api.create(GREETINGS, api.create(CUSTOMERS).id, name=other)

    listed = readable_records(api.ask_list(GREETINGS, mine.parent_id, form), GREETINGS)

    assert [id_of(GREETINGS, each) for each in listed].count(mine.id) == 1
    assert other not in [each.get("name") for each in listed]


@rule("sub-resource-needs-its-parent", statements="S08 S09", basis=STATED)
@each_form
def test_sub_resource_needs_its_parent(api: Api, form: Form) -> None:
    """GET returns a greeting under its own customer's id, but not under another customer's."""
    mine = api.create(GREETINGS)
    elsewhere = Identity(GREETINGS, mine.id, api.create(CUSTOMERS).id)

    response = api.ask("GET", elsewhere, form)

    assert mine.id not in ids_in(response, GREETINGS)
    assert mine.id in ids_in(api.ask("GET", mine, form), GREETINGS)


@rule("sub-resource-forms-create", statements="S10 S11", basis=STATED)
@each_form
def test_sub_resource_forms_create(api: Api, form: Form) -> None:
    """POST creates a greeting for the customer whose id is in the path or in the body."""
    parent_id = api.create(CUSTOMERS).id
    api.offers.require_creation(GREETINGS, parent_id)
    collection = Identity(GREETINGS, "", parent_id)

    values, _ = api.post_new(
        GREETINGS,
        parent_id,
        post=lambda sent: api.ask("POST", collection, form, data=without_owner(sent)),
    )

    found = api.holding(GREETINGS, "name", values["name"], parent_id)
    assert {str(record.get("customer_id")) for record in found} == {parent_id}


@rule("sub-resource-forms-update", statements="S10 S12", basis=STATED)
@each_form
def test_sub_resource_forms_update(api: Api, form: Form) -> None:
    """PUT updates the name of a greeting, in path form and in parameter form."""
    api.offers.require(GREETINGS, "PUT")
    identity, name = api.shared_record(GREETINGS), api.fresh()

    api.update(identity, {"name": name}, form)

    assert api.read(identity).get("name") == name


@rule("sub-resource-forms-delete", statements="S05 S10", basis=STATED)
@each_form
def test_sub_resource_forms_delete(api: Api, form: Form) -> None:
    """DELETE deletes the greeting that it names and no other, in path and parameter form."""
    api.offers.require(GREETINGS, "DELETE")
    kept = api.create(GREETINGS)
    deleted = api.create(GREETINGS, kept.parent_id)

    api.ask("DELETE", deleted, form)

    assert api.find(deleted) is None
    assert api.find(kept) is not None


@rule("sub-resource-writes-need-the-parent", statements="S08 S09", basis=STATED)
@each_form
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_sub_resource_writes_need_the_parent(api: Api, form: Form, method: str) -> None:
    """PUT and DELETE of a greeting under another customer's id leave it unchanged."""
    api.offers.require(GREETINGS, method)
    mine = api.create(GREETINGS)
    elsewhere = Identity(GREETINGS, mine.id, api.create(CUSTOMERS).id)
    before = api.read(mine)
    sent = {"PUT": {"name": api.fresh()}, "DELETE": None}

    api.ask(method, elsewhere, form, data=sent[method])

    assert api.find(mine) == before

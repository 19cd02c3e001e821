"""PUT never creates: not for an unknown id, not without an id, not by override (S13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.readings import reading
from conformance.rules import STATED, rule
from conformance.spec.addressing import (
    Form,
    Identity,
    Override,
    Request,
    collection_path,
    overridden,
    request_for,
)
from conformance.spec.equal_ways import FORM, written_as
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.verdicts import applicable_if
from conformance.wire.records import ids_in
from suites.parameters import each_form, each_override

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource


@rule("put-unknown-id-creates-nothing", statements="S13", basis=STATED)
@each_override
@each_form
def test_put_unknown_id_creates_nothing(api: Api, form: Form, override: Override) -> None:
    """PUT to an unknown customer id is answered 400, 403 or 404 and creates no customer."""
    api.offers.require_override(override)
    unknown = Identity(CUSTOMERS, api.samples.unused_id(CUSTOMERS))
    values = api.values(CUSTOMERS)

    response = api.ask("PUT", unknown, form, override, data=values)

    about = ("PUT of a whole customer", form, override)
    assert reading("unknown-id-in-a-write", *about).accepts(response.status_code)
    assert api.find(unknown) is None
    assert api.holding(CUSTOMERS, "custnr", values["custnr"]) == []


@rule("put-without-id-creates-nothing", statements="S13", basis=STATED)
@each_override
def test_put_without_id_creates_nothing(api: Api, override: Override) -> None:
    """PUT /customers without an id is answered 400, 403, 404, 405 or 501 and creates nothing."""
    api.offers.require_override(override)
    values = api.values(CUSTOMERS)

    asked = overridden(Request("PUT", "/customers", {"data": values}), override)
    response = api.send(asked)

    about = ("no id", override)
    assert reading("put-that-would-create", *about).accepts(response.status_code)
    assert api.holding(CUSTOMERS, "custnr", values["custnr"]) == []


@rule("put-by-custnr-creates-nothing", statements="S13", basis=STATED)
def test_put_by_custnr_creates_nothing(api: Api) -> None:
    """PUT to an unknown id with a known custnr creates and changes no customer of that custnr."""
    values = api.values(CUSTOMERS)
    made = api.create(CUSTOMERS, **values)
    api.update(made, {"name": api.fresh()})
    before = api.holding(CUSTOMERS, "custnr", values["custnr"])

    api.put(
        made.with_id(api.samples.unused_id(CUSTOMERS)).path, data={**values, "name": api.fresh()}
    )

    assert api.holding(CUSTOMERS, "custnr", values["custnr"]) == before


@rule("put-deleted-id-creates-nothing", statements="S13", basis=STATED)
@each_override
def test_put_deleted_id_creates_nothing(api: Api, override: Override) -> None:
    """PUT to the id of a deleted customer is answered 400, 403 or 404 and restores nothing."""
    api.offers.require_override(override)
    deleted = api.samples.deleted(CUSTOMERS)

    response = api.ask("PUT", deleted, override=override, data=api.values(CUSTOMERS))

    about = ("PUT of a deleted customer", override)
    assert reading("unknown-id-in-a-write", *about).accepts(response.status_code)
    assert api.find(deleted) is None


@rule("put-revives-nothing", statements="S13", basis=STATED)
@pytest.mark.parametrize("resource", [GREETINGS, USERS], ids=str)
@pytest.mark.parametrize("body", [FORM, "JSON"])
def test_put_revives_nothing(api: Api, resource: Resource, body: str) -> None:
    """PUT to the id of a deleted greeting or user is answered 400, 403 or 404, restores nothing."""
    form = api.offers.require(resource, "PUT")
    deleted = api.samples.deleted(resource)

    response = api.send(
        written_as(body, request_for("PUT", deleted, form, data=api.values(resource)))
    )

    about = ("PUT of what was deleted", resource, body)
    assert reading("unknown-id-in-a-write", *about).accepts(response.status_code)
    assert api.find(deleted) is None


@rule("put-revives-no-source", statements="S13", basis=STATED)
def test_put_revives_no_source(api: Api) -> None:
    """PUT to the id of a deleted source, which no read shows any more, does not bring it back."""
    form = api.offers.require(SOURCES, "PUT")
    form_of_delete = api.offers.require(SOURCES, "DELETE")
    made = api.create_new(SOURCES)
    api.ask("DELETE", made, form_of_delete)
    applicable_if(api.find(made) is None, "a deleted source can still be read")

    api.ask("PUT", made, form, data=api.values(SOURCES, made.parent_id))

    assert api.find(made) is None


@rule("put-unknown-sub-resource-creates-nothing", statements="S10 S13", basis=STATED)
@each_override
@each_form
def test_put_unknown_sub_resource_creates_nothing(api: Api, form: Form, override: Override) -> None:
    """PUT to an unknown greeting id is refused in path and parameter form and creates nothing.

    The accepted answers are 400, 403, 404, 405 and 501.
    """
    api.offers.require_override(override)
    parent_id = api.shared_record(CUSTOMERS).id
    before = sorted(ids_in(api.ask_list(GREETINGS, parent_id), GREETINGS))
    unknown = Identity(GREETINGS, api.samples.unused_id(GREETINGS, parent_id), parent_id)

    response = api.ask("PUT", unknown, form, override, data={"name": api.fresh()})

    about = ("an unknown id of a sub-resource", form, override)
    assert reading("put-that-would-create", *about).accepts(response.status_code)
    assert sorted(ids_in(api.ask_list(GREETINGS, parent_id), GREETINGS)) == before


@rule("put-under-a-new-parent-creates-nothing", statements="S10 S13", basis=STATED)
@each_form
def test_put_under_a_new_parent_creates_nothing(api: Api, form: Form) -> None:
    """PUT of a greeting under an unknown customer id is refused and creates no customer.

    The accepted answers are 400, 403, 404, 405 and 501.
    """
    parent = Identity(CUSTOMERS, api.samples.unused_id(CUSTOMERS))
    greeting = Identity(GREETINGS, api.shared_record(GREETINGS).id, parent.id)

    response = api.ask("PUT", greeting, form, data={"name": api.fresh()})

    about = ("an unknown parent", form)
    assert reading("put-that-would-create", *about).accepts(response.status_code)
    assert api.find(parent) is None


@rule("put-on-a-sub-collection-creates-nothing", statements="S10 S13", basis=STATED)
def test_put_on_a_sub_collection_creates_nothing(api: Api) -> None:
    """PUT on a customer's greetings without a greeting id is refused and creates nothing.

    The accepted answers are 400, 403, 404, 405 and 501.
    """
    parent_id = api.shared_record(CUSTOMERS).id
    name = api.fresh()

    response = api.put(collection_path(GREETINGS, parent_id), data={"name": name})

    about = "no id of a sub-resource"
    assert reading("put-that-would-create", about).accepts(response.status_code)
    assert api.holding(GREETINGS, "name", name, parent_id) == []


@rule("put-creates-no-other-resource", statements="S13", basis=STATED)
@pytest.mark.parametrize("resource", [SOURCES, USERS], ids=str)
@each_form
def test_put_creates_no_other_resource(api: Api, resource: Resource, form: Form) -> None:
    """PUT to an unknown id of a source or user creates nothing, in path and parameter form."""
    unknown = Identity(resource, api.samples.unused_id(resource))
    values = api.values(resource)

    api.ask("PUT", unknown, form, data=values)

    assert api.find(unknown) is None
    assert api.holding(resource, "name", values["name"]) == []

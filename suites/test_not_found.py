"""Response codes for unknown resources and ids (S42) and for methods not allowed (S43, S44)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from conformance.checks.answers import shown_record, summary_for
from conformance.checks.passive import inconsistently_refused
from conformance.checks.representations import body_kind
from conformance.readings import reading
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import PING, Form, Identity
from conformance.spec.media_types import ACCEPT, NOTHING, XML
from conformance.spec.resources import CDRS, CUSTOMERS, GREETINGS, USERS
from suites.parameters import each_form

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from conformance.wire.journal import Journal
    from conformance.wire.responses import Response

NOT_FOUND = 404

UNKNOWN_PLACES_OF_WRITES = [
    ("POST", "/{name}"),
    ("POST", "{record}/{name}"),
    ("PUT", "{record}/{name}/1"),
    ("DELETE", "{record}/{name}/1"),
]

UNKNOWN_PLACES = [
    ("/{name}", "*/*"),
    ("/{name}.json", "*/*"),
    ("/constructor", "*/*"),
    ("/__proto__", "*/*"),
    ("/{name}.xml", "*/*"),
    ("/{name}/1", "*/*"),
    ("/statistics/{name}", "*/*"),
    ("/miscellaneous/{name}", "*/*"),
    ("{record}/{name}", "*/*"),
    ("{record}/{name}.xml", "*/*"),
    ("{record}/{name}/1", "*/*"),
    ("/{name}?customer_id={id}", ACCEPT[XML]),
]
"""Paths of a resource that does not exist, at the top level or below a customer, and Accept."""


@rule("unknown-resource-is-404", statements="S42", basis=STATED)
@pytest.mark.parametrize(("place", "accept"), UNKNOWN_PLACES)
def test_unknown_resource_is_404(api: Api, place: str, accept: str) -> None:
    """GET of an unknown resource is answered 404, at the top level and below a known one."""
    one = shown_record(api, CUSTOMERS)
    path = place.format(name=api.fresh(), record=one.path, id=quote(one.id, safe=""))

    response = api.get(path, headers={"Accept": accept})

    assert response.status_code == NOT_FOUND


@rule("unknown-resource-is-404-for-writes", statements="S42", basis=STATED)
@pytest.mark.parametrize(("method", "place"), UNKNOWN_PLACES_OF_WRITES)
def test_unknown_resource_is_404_for_writes(api: Api, method: str, place: str) -> None:
    """POST, PUT and DELETE of an unknown resource are answered 404 and delete no customer."""
    name, (one, _) = api.fresh(), api.shared_record_with_values(CUSTOMERS)

    response = api.request(method, place.format(record=one.path, name=name), data={"name": name})

    assert response.status_code == NOT_FOUND
    assert api.find(one) is not None


@rule("unknown-resource-behind-a-sub-resource-is-404", statements="S42 S08", basis=STATED)
@pytest.mark.parametrize("rest", ["", "/1"], ids=["list", "record"])
def test_unknown_resource_behind_a_sub_resource_is_404(api: Api, rest: str) -> None:
    """GET of an unknown resource below a greeting is answered 404."""
    one, name = shown_record(api, GREETINGS), api.fresh()
    api.offers.require_path(one.path)

    response = api.get(f"{one.path}/{name}{rest}")

    assert response.status_code == NOT_FOUND


@rule("no-number-for-an-id", statements="S42", basis=INFERRED)
@pytest.mark.parametrize("path", ["/customers", PING])
def test_no_number_for_an_id(api: Api, path: str) -> None:
    """GET with a word in the place of an id is answered 404 or 400."""
    api.offers.require_path(path)

    response = api.get(f"{path}/{api.fresh()}")

    assert reading("word-for-an-id", path).accepts(response.status_code)


@rule("second-id-names-nothing", statements="S42", basis=INFERRED)
def test_second_id_names_nothing(api: Api) -> None:
    """GET /customers/ID/ID, with no resource between the ids, is answered 400, 403 or 404."""
    one = shown_record(api, CUSTOMERS)

    response = api.get(f"{one.path}/{one.id}")

    assert reading("second-id-behind-a-record").accepts(response.status_code)


@rule("unknown-id-is-404-or-nothing", statements="S42", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, GREETINGS, USERS], ids=str)
@each_form
def test_unknown_id_is_404_or_nothing(api: Api, resource: Resource, form: Form) -> None:
    """GET of an unknown id is answered 404, or 200 with no record of that id, in either form."""
    known = shown_record(api, resource)
    unknown = known.with_id(api.samples.id_of_nothing(resource, known.parent_id))

    response = api.ask("GET", unknown, form)

    assert reading("unknown-id-in-a-get", resource, form).accepts(summary_for(response, unknown))


@rule("unknown-id-refuses-put", statements="S42", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, GREETINGS, USERS], ids=str)
def test_unknown_id_refuses_put(api: Api, resource: Resource) -> None:
    """PUT of an unknown id is answered 400, 403 or 404."""
    api.offers.require(resource, "PUT")
    unknown = unknown_record(api, resource)

    response = api.ask("PUT", unknown, data={"name": api.fresh()})

    assert reading("unknown-id-in-a-write", "PUT", resource).accepts(response.status_code)


@rule("unknown-id-refuses-delete", statements="S42", basis=INFERRED)
@pytest.mark.parametrize("resource", [CUSTOMERS, GREETINGS, USERS], ids=str)
def test_unknown_id_refuses_delete(api: Api, resource: Resource) -> None:
    """DELETE of an unknown id is answered 400, 403 or 404, or 405 or 501 where it is not offered.

    A server may hold that what is not there has been deleted.
    """
    unknown = unknown_record(api, resource)

    response = api.ask("DELETE", unknown)

    assert reading("unknown-id-in-a-delete", resource).accepts(response.status_code)


def unknown_record(api: Api, resource: Resource) -> Identity:
    """Return an id that no record has, below a parent that is there."""
    parent_id = api.shared_record(resource).parent_id
    return Identity(resource, api.samples.unused_id(resource, parent_id), parent_id)


@rule("deleted-twice-is-refused", statements="S42", basis=INFERRED)
@pytest.mark.parametrize("resource", [CUSTOMERS, USERS], ids=str)
def test_deleted_twice_is_refused(api: Api, resource: Resource) -> None:
    """A second DELETE of the same customer or user is answered 400, 403 or 404."""
    form = api.offers.require(resource, "DELETE")
    gone = api.samples.deleted(resource, api.shared_record(CUSTOMERS).id)

    response = api.ask("DELETE", gone, form)

    about = ("DELETE for the second time", resource)
    assert reading("unknown-id-in-a-write", *about).accepts(response.status_code)


@rule("patch-is-not-allowed", statements="S43 S44", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, GREETINGS], ids=str)
@pytest.mark.parametrize("place", ["list", "record"])
def test_patch_is_not_allowed(api: Api, resource: Resource, place: str) -> None:
    """PATCH of a list and of a record is answered 405 or 501 and does not change the name."""
    made, before = api.shared_record_with_values(resource)
    api.offers.require_path(made.path)

    path = {"list": resource.collection, "record": made.path}[place]

    response = api.request("PATCH", path, data={"name": api.fresh()})

    about = ("PATCH", resource, place)
    assert reading("unsupported-method", *about).accepts(response.status_code)
    assert api.read(made).get("name") == before.get("name")


@rule("get-is-offered-throughout", statements="S43 S44", basis=STATED)
@pytest.mark.smoke
@pytest.mark.passive
def test_get_is_offered_throughout(journal: Journal) -> None:
    """A GET that succeeds for one id or value is not answered 405 or 501 for another."""
    assert inconsistently_refused(journal) == []


@rule("read-only-resources-refuse-writes", statements="S43 S44", basis=INFERRED)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", [PING, CDRS.path])
def test_read_only_resources_refuse_writes(api: Api, path: str, method: str) -> None:
    """POST, PUT, DELETE and PATCH of ping and of call records are answered 405 or 501."""
    api.offers.require_path(path)

    response = api.request(method, path, data={"name": "cf"})

    assert reading("unsupported-method", path, method).accepts(response.status_code)


@rule("head-and-options", statements="S43 S44", basis=INFERRED)
def test_head_and_options(api: Api) -> None:
    """HEAD /customers is answered 405, 501 or 200 without a body; OPTIONS 405, 501 or 200."""
    head = api.request("HEAD", "/customers")
    options = api.request("OPTIONS", "/customers")

    assert reading("head-request").accepts(answer_to_head(head))
    assert reading("options-request").accepts(options.status_code)


def answer_to_head(response: Response) -> str:
    """Return the status of an answer, and of a success that it has no body, if so."""
    silent = response.ok and body_kind(response) == NOTHING
    return f"{response.status_code}{' without a body' if silent else ''}"

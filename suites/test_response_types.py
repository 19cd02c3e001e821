"""Response types: JSON, unless Accept selects XML (S33, S35)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from conformance.checks.answers import shown_record
from conformance.checks.passive import answered_exchanges
from conformance.checks.representations import body_kind, neither_type, status_and_kind
from conformance.clients.explained import in_its_words
from conformance.readings import reading
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import PING, Override
from conformance.spec.media_types import (
    ACCEPT,
    JSON,
    JSON_PREFERRED,
    JSON_TYPES,
    OTHER_TYPES,
    SEVERAL_TYPES,
    XML,
    XML_ALONE,
    XML_TYPES,
)
from conformance.spec.resources import CDRS, CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.verdicts import observable_if
from suites.parameters import each_kind

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from conformance.wire.journal import Journal
    from conformance.wire.responses import Response


@rule("json-is-the-default", statements="S33", basis=STATED)
@pytest.mark.parametrize("path", [PING, "/customers", CDRS.path])
@pytest.mark.parametrize("accept", [None, "*/*"], ids=["no Accept", "*/*"])
def test_json_is_the_default(api: Api, path: str, accept: str | None) -> None:
    """GET without an Accept field, and with Accept: */*, is answered 200 in JSON."""
    api.offers.require_path(path)

    response = api.get(path, headers={"Accept": accept})
    observable_if(
        response.status_code != HTTPStatus.FORBIDDEN, in_its_words(f"GET {path}", response)
    )

    assert status_and_kind(response) == f"200 {JSON}"


@rule("json-where-it-is-preferred", statements="S33 S35", basis=INFERRED)
@pytest.mark.parametrize("accept", JSON_PREFERRED)
def test_json_where_it_is_preferred(api: Api, accept: str) -> None:
    """GET /customers is answered 200 in JSON if Accept prefers JSON or leaves the choice."""
    response = api.get("/customers", headers={"Accept": accept})

    assert status_and_kind(response) == f"200 {JSON}"


@rule("xml-where-nothing-else-is-accepted", statements="S35", basis=INFERRED)
@pytest.mark.parametrize("accept", XML_ALONE.values(), ids=XML_ALONE)
def test_xml_where_nothing_else_is_accepted(api: Api, accept: str) -> None:
    """GET /customers is answered 200 in XML if Accept names XML alone, with whatever parameter."""
    response = api.get("/customers", headers={"Accept": accept})

    assert status_and_kind(response) == f"200 {XML}"


@rule("accept-list-answers-either", statements="S33 S35", basis=INFERRED)
@pytest.mark.parametrize("accept", SEVERAL_TYPES)
def test_accept_list_answers_either(api: Api, accept: str) -> None:
    """GET /customers with several types in Accept, or one in upper case, is 200 in JSON or XML."""
    response = api.get("/customers", headers={"Accept": accept})

    assert reading("accept-list", SEVERAL_TYPES[accept]).accepts(status_and_kind(response))


@rule("accept-neither", statements="S33", basis=INFERRED)
@pytest.mark.parametrize("accept", ["text/html", "image/png"])
def test_accept_neither(api: Api, accept: str) -> None:
    """GET of ping with neither type in Accept is answered in JSON, or refused with 406 or 400."""
    response = api.get(PING, headers={"Accept": accept})

    assert reading("accept-with-neither-type").accepts(status_and_kind(response))


@rule("success-is-json-or-xml", statements="S33", basis=STATED)
@pytest.mark.parametrize("asked_for", OTHER_TYPES)
def test_success_is_json_or_xml(api: Api, asked_for: str) -> None:
    """GET /customers that asks for any other type is refused, or answered in JSON or XML."""
    query, accept = OTHER_TYPES[asked_for]

    response = api.get(CUSTOMERS.collection + query, headers={"Accept": accept})

    assert neither_type(response) == ""


@rule("accept-selects-type", statements="S35", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, GREETINGS, SOURCES, USERS], ids=str)
def test_accept_selects_type(api: Api, resource: Resource) -> None:
    """Accept: application/xml selects XML for one record, by its path and by parameters."""
    identity, xml = shown_record(api, resource), {"Accept": ACCEPT[XML]}
    api.offers.require_path(identity.path)

    by_path = api.get(identity.path, headers=xml)
    by_parameter = api.get(resource.collection, params=identity.parameters, headers=xml)

    assert [status_and_kind(by_path), status_and_kind(by_parameter)] == [f"200 {XML}"] * 2


@rule("accept-selects-type-of-lists", statements="S35", basis=STATED)
@pytest.mark.parametrize(
    "path", [pytest.param("/customers", marks=pytest.mark.smoke), PING, CDRS.path]
)
@each_kind
def test_accept_selects_type_of_lists(api: Api, path: str, kind: str) -> None:
    """Accept: application/json or application/xml selects the type of lists and of ping."""
    api.offers.require_path(path)

    response = api.get(path, headers={"Accept": ACCEPT[kind]})

    assert status_and_kind(response) == f"200 {kind}"


@rule("accept-selects-type-of-writes", statements="S35", basis=STATED)
def test_accept_selects_type_of_writes(api: Api) -> None:
    """With Accept: application/xml, successful POST, PUT and PUT by override return XML.

    A response without a body is not judged.
    """
    values, data = api.values(CUSTOMERS), {"name": api.fresh()}
    path, xml = api.shared_record(CUSTOMERS).path, {"Accept": ACCEPT[XML]}

    answered = {
        "POST": api.post("/customers", data=values, headers=xml),
        "PUT": api.put(path, data=data, headers=xml),
        "override": api.post(path, data=data, headers={**xml, Override.HEADER.value: "PUT"}),
    }

    api.created(CUSTOMERS, answered["POST"], values)
    kinds = {way: body_kind(each) for way, each in answered.items() if each.ok and each.content}
    assert {way: kind for way, kind in kinds.items() if kind != XML} == {}


@rule("accept-selects-the-same-for-reads-and-writes", statements="S35 S33", basis=INFERRED)
@pytest.mark.parametrize(
    "accept", [*XML_ALONE.values(), *SEVERAL_TYPES], ids=[*XML_ALONE, *SEVERAL_TYPES]
)
def test_accept_selects_the_same_for_reads_and_writes(api: Api, accept: str) -> None:
    """PUT with a longer Accept field is answered in the type of a GET with that field."""
    path, headers = api.shared_record(CUSTOMERS).path, {"Accept": accept}
    read = api.get(path, headers=headers)

    written = api.put(path, data={"name": api.fresh()}, headers=headers)

    observable_if(read.ok and written.ok and written.content, "one of them shows no record")
    assert body_kind(written) == body_kind(read)


@rule("media-type-tells-the-body", statements="S33 S35", basis=STATED)
@pytest.mark.smoke
@pytest.mark.passive(each_answer=True)
def test_media_type_tells_the_body(journal: Journal) -> None:
    """Content-Type does not contradict the body, and names JSON or XML where a success is one."""
    judged = answered_exchanges(journal)

    found = [(each, misnamed(each.answer)) for each in judged]
    assert [(each, contradiction) for each, contradiction in found if contradiction] == []


def misnamed(response: Response) -> str:
    """Return how the Content-Type contradicts the body; "" where it does not."""
    kind, media_type = body_kind(response), response.media_type
    wrong = {
        JSON: media_type in XML_TYPES or (response.ok and media_type not in JSON_TYPES),
        XML: media_type in JSON_TYPES or (response.ok and media_type not in XML_TYPES),
        "HTML": media_type in JSON_TYPES,
        "text": media_type in JSON_TYPES | XML_TYPES,
    }
    return f"{kind} is called {media_type or 'nothing'}" if wrong.get(kind) else ""

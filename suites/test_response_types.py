"""Response types: JSON, unless a suffix or Accept selects XML (S33 to S36)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from conformance.checks.answers import shown_record
from conformance.checks.passive import answered_exchanges
from conformance.checks.representations import body_kind, kind_by_suffix, neither_type
from conformance.clients.explained import in_its_words
from conformance.readings import reading
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import PING, Form, Override, request_for, with_suffix
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
from suites.parameters import each_described_resource

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from conformance.wire.journal import Journal
    from conformance.wire.responses import Response

each_kind = pytest.mark.parametrize("kind", [JSON, XML])


def seen(response: Response) -> str:
    """Return the status and the representation of a response."""
    return f"{response.status_code} {body_kind(response)}"


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

    assert seen(response) == f"200 {JSON}"


@rule("json-where-it-is-preferred", statements="S33 S35", basis=INFERRED)
@pytest.mark.parametrize("accept", JSON_PREFERRED)
def test_json_where_it_is_preferred(api: Api, accept: str) -> None:
    """GET /customers is answered 200 in JSON if Accept prefers JSON or leaves the choice."""
    response = api.get("/customers", headers={"Accept": accept})

    assert seen(response) == f"200 {JSON}"


@rule("xml-where-nothing-else-is-accepted", statements="S35", basis=INFERRED)
@pytest.mark.parametrize("accept", XML_ALONE.values(), ids=XML_ALONE)
def test_xml_where_nothing_else_is_accepted(api: Api, accept: str) -> None:
    """GET /customers is answered 200 in XML if Accept names XML alone, with whatever parameter."""
    response = api.get("/customers", headers={"Accept": accept})

    assert seen(response) == f"200 {XML}"


@rule("accept-list-answers-either", statements="S33 S35", basis=INFERRED)
@pytest.mark.parametrize("accept", SEVERAL_TYPES)
def test_accept_list_answers_either(api: Api, accept: str) -> None:
    """GET /customers with several types in Accept, or one in upper case, is 200 in JSON or XML."""
    response = api.get("/customers", headers={"Accept": accept})

    assert reading("accept-list", SEVERAL_TYPES[accept]).accepts(seen(response))


@rule("accept-neither", statements="S33", basis=INFERRED)
@pytest.mark.parametrize("accept", ["text/html", "image/png"])
def test_accept_neither(api: Api, accept: str) -> None:
    """GET of ping with neither type in Accept is answered in JSON, or refused with 406 or 400."""
    response = api.get(PING, headers={"Accept": accept})

    assert reading("accept-with-neither-type").accepts(seen(response))


@rule("success-is-json-or-xml", statements="S33", basis=STATED)
@pytest.mark.parametrize("asked_for", OTHER_TYPES)
def test_success_is_json_or_xml(api: Api, asked_for: str) -> None:
    """GET /customers that asks for any other type is refused, or answered in JSON or XML."""
    query, accept = OTHER_TYPES[asked_for]

    response = api.get(CUSTOMERS.collection + query, headers={"Accept": accept})

    assert neither_type(response) == ""


@rule("suffix-forces-type", statements="S34", basis=STATED)
@each_kind
@pytest.mark.parametrize("place", ["list", "record"])
def test_suffix_forces_type(api: Api, kind: str, place: str) -> None:
    """The suffix .json or .xml on customers selects the type of the list and of one customer."""
    places = {"list": CUSTOMERS.collection, "record": shown_record(api, CUSTOMERS).path}
    (path,) = with_suffix(places[place], kind)

    response = api.get(path)

    assert seen(response) == f"200 {kind}"


@rule("suffix-forces-type-everywhere", statements="S34", basis=STATED)
@pytest.mark.parametrize("path", [PING, CDRS.path, SOURCES.collection, USERS.collection])
@each_kind
def test_suffix_forces_type_everywhere(api: Api, path: str, kind: str) -> None:
    """The suffix .json or .xml selects the type of ping, call records, sources and users."""
    api.offers.require_path(path)

    answered = kind_by_suffix(api, path, kind)

    assert answered == f"200 {kind}"


@rule("suffix-forces-type-of-sub-resource", statements="S34", basis=STATED)
@each_kind
@pytest.mark.parametrize("place", ["list", "record"])
def test_suffix_forces_type_of_sub_resource(api: Api, kind: str, place: str) -> None:
    """The suffix .json or .xml on a name in the path selects the type of greetings.

    It is enough that one of the two names, customers and voicemail_greetings, takes it.
    """
    one = shown_record(api, GREETINGS).path
    api.offers.require_path(one)
    path = {"list": one.rpartition("/")[0], "record": one}[place]

    answered = kind_by_suffix(api, path, kind)

    assert answered == f"200 {kind}"


@rule("suffix-of-a-sub-resource-is-not-ignored", statements="S34", basis=STATED)
@pytest.mark.parametrize("place", ["list", "record"])
def test_suffix_of_a_sub_resource_is_not_ignored(api: Api, place: str) -> None:
    """GET of greetings with the suffix .xml behind their own name is XML, or is refused."""
    one = shown_record(api, GREETINGS).path
    path = {"list": one.rpartition("/")[0], "record": one}[place]
    api.offers.require_path(path)

    response = api.get(with_suffix(path, XML)[0])

    assert not response.ok or body_kind(response) == XML


@rule("suffix-forces-type-of-parameter-forms", statements="S34 S09", basis=STATED)
@each_kind
@each_described_resource
def test_suffix_forces_type_of_parameter_forms(api: Api, kind: str, resource: Resource) -> None:
    """The suffix selects the type of customers and greetings whose ids are parameters, too."""
    record = shown_record(api, resource)
    api.offers.require_path(record.path)
    asked = request_for("GET", record, Form.PARAMETERS)

    answered = kind_by_suffix(api, f"{asked.path}?{urlencode(asked.options['params'])}", kind)

    assert answered == f"200 {kind}"


@rule("suffix-forces-type-of-writes", statements="S34", basis=INFERRED)
def test_suffix_forces_type_of_writes(api: Api) -> None:
    """With the suffix .xml, successful POST, PUT and PUT by override are answered in XML.

    A response without a body is not judged.
    """
    values, data = api.values(CUSTOMERS), {"name": api.fresh()}
    (path,) = with_suffix(api.shared_record(CUSTOMERS).path, XML)

    answered = {
        "POST": api.post("/customers.xml", data=values),
        "PUT": api.put(path, data=data),
        "override": api.post(path, data=data, params={Override.QUERY.value: "PUT"}),
    }

    api.created(CUSTOMERS, answered["POST"], values)
    kinds = {way: body_kind(each) for way, each in answered.items() if each.ok and each.content}
    assert {way: kind for way, kind in kinds.items() if kind != XML} == {}


@rule("accept-selects-type", statements="S35", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, GREETINGS, SOURCES, USERS], ids=str)
def test_accept_selects_type(api: Api, resource: Resource) -> None:
    """Accept: application/xml selects XML for one record, by its path and by parameters."""
    identity, xml = shown_record(api, resource), {"Accept": ACCEPT[XML]}
    api.offers.require_path(identity.path)

    by_path = api.get(identity.path, headers=xml)
    by_parameter = api.get(resource.collection, params=identity.parameters, headers=xml)

    assert [seen(by_path), seen(by_parameter)] == [f"200 {XML}"] * 2


@rule("accept-selects-type-of-lists", statements="S35", basis=STATED)
@pytest.mark.parametrize(
    "path", [pytest.param("/customers", marks=pytest.mark.smoke), PING, CDRS.path]
)
@each_kind
def test_accept_selects_type_of_lists(api: Api, path: str, kind: str) -> None:
    """Accept: application/json or application/xml selects the type of lists and of ping."""
    api.offers.require_path(path)

    response = api.get(path, headers={"Accept": ACCEPT[kind]})

    assert seen(response) == f"200 {kind}"


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


@rule("suffix-wins-over-accept", statements="S36", basis=INFERRED)
@pytest.mark.parametrize(("kind", "accept"), [(XML, JSON), (JSON, XML)])
@pytest.mark.parametrize("place", ["list", "record"])
def test_suffix_wins_over_accept(api: Api, kind: str, accept: str, place: str) -> None:
    """Where suffix and Accept differ, the suffix selects the type, for a list and one record."""
    path = {"list": CUSTOMERS.collection, "record": shown_record(api, CUSTOMERS).path}[place]

    answered = kind_by_suffix(api, path, kind, ACCEPT[accept])

    assert answered == f"200 {kind}"


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

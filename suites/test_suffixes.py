"""Response types by suffix: .json and .xml select the type, and win over Accept (S34, S36)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from conformance.checks.answers import shown_record
from conformance.checks.representations import body_kind, kind_by_suffix, status_and_kind
from conformance.checks.same_data import holds_the_same
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import PING, Form, Override, request_for, with_suffix
from conformance.spec.media_types import ACCEPT, JSON, XML
from conformance.spec.resources import CDRS, CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.verdicts import applicable_if, observable_if
from suites.parameters import each_described_resource, each_kind

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

each_contradiction = pytest.mark.parametrize(("kind", "accept"), [(XML, JSON), (JSON, XML)])


@rule("suffix-forces-type", statements="S34", basis=STATED)
@each_kind
@pytest.mark.parametrize("place", ["list", "record"])
def test_suffix_forces_type(api: Api, kind: str, place: str) -> None:
    """The suffix .json or .xml on customers selects the type of the list and of one customer."""
    places = {"list": CUSTOMERS.collection, "record": shown_record(api, CUSTOMERS).path}
    (path,) = with_suffix(places[place], kind)

    response = api.get(path)

    assert status_and_kind(response) == f"200 {kind}"


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


@rule("suffix-wins-over-accept", statements="S36", basis=INFERRED)
@each_contradiction
@pytest.mark.parametrize("place", ["list", "record"])
def test_suffix_wins_over_accept(api: Api, kind: str, accept: str, place: str) -> None:
    """Where suffix and Accept differ, the suffix selects the type, for a list and one record."""
    path = {"list": CUSTOMERS.collection, "record": shown_record(api, CUSTOMERS).path}[place]

    answered = kind_by_suffix(api, path, kind, ACCEPT[accept])

    assert answered == f"200 {kind}"


@rule("suffix-wins-over-accept-everywhere", statements="S36", basis=INFERRED)
@each_contradiction
@pytest.mark.parametrize("path", [PING, CDRS.path, SOURCES.collection, USERS.collection])
def test_suffix_wins_over_accept_everywhere(api: Api, path: str, kind: str, accept: str) -> None:
    """Where they differ, the suffix selects the type of ping, call records, sources and users."""
    api.offers.require_path(path)

    answered = kind_by_suffix(api, path, kind, ACCEPT[accept])

    assert answered == f"200 {kind}"


@rule("suffix-wins-over-accept-of-parameter-forms", statements="S36 S09", basis=INFERRED)
@each_contradiction
@each_described_resource
def test_suffix_wins_over_accept_of_parameter_forms(
    api: Api, resource: Resource, kind: str, accept: str
) -> None:
    """Where they differ, the suffix selects the type where ids are parameters, too."""
    record = shown_record(api, resource)
    api.offers.require_path(record.path)
    asked = request_for("GET", record, Form.PARAMETERS)
    path = f"{asked.path}?{urlencode(asked.options['params'])}"

    answered = kind_by_suffix(api, path, kind, ACCEPT[accept])

    assert answered == f"200 {kind}"


@rule("suffix-wins-over-accept-of-writes", statements="S36", basis=INFERRED)
@each_contradiction
def test_suffix_wins_over_accept_of_writes(api: Api, kind: str, accept: str) -> None:
    """Where they differ, the suffix selects the type of what PUT and PUT by override answer.

    A response without a body is not judged.
    """
    data, headers = {"name": api.fresh()}, {"Accept": ACCEPT[accept]}
    (path,) = with_suffix(api.shared_record(CUSTOMERS).path, kind)

    answered = {
        "PUT": api.put(path, data=data, headers=headers),
        "override": api.post(path, data=data, headers={**headers, Override.HEADER.value: "PUT"}),
    }

    kinds = {way: body_kind(each) for way, each in answered.items() if each.ok and each.content}
    observable_if(kinds, "no update with a suffix is answered by a record")
    assert {way: each for way, each in kinds.items() if each != kind} == {}


@rule("suffix-answers-what-accept-does", statements="S34 S35", basis=STATED)
@each_kind
def test_suffix_answers_what_accept_does(api: Api, kind: str) -> None:
    """Ping holds the same in a type by its suffix as by Accept."""
    *_, path = with_suffix(PING, kind)

    by_suffix = api.get(path)
    by_accept = api.get(PING, headers={"Accept": ACCEPT[kind]})

    kinds = {body_kind(by_suffix), body_kind(by_accept)}
    applicable_if(by_suffix.ok and kinds == {kind}, f"one of them is no {kind}")
    assert holds_the_same(by_suffix, by_accept)

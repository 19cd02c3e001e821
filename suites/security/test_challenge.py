"""Requests without credentials are challenged, and none is executed (S19, S58)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.entrances import parent_in
from conformance.checks.ignored_fields import without_challenge
from conformance.checks.places import METHODS, ODD_SPELLINGS, READ_ONLY_PATHS, RESOURCE_METHODS
from conformance.checks.refusals import CHALLENGED, holds_data, refusal
from conformance.rules import RELIED_ON, STATED, rule
from conformance.spec.addressing import Form, Options, Override, request_for
from conformance.spec.media_types import JSON_TYPE
from conformance.spec.resources import CUSTOMERS, GREETINGS
from conformance.verdicts import applicable_if
from conformance.wire.digest import challenges
from suites.parameters import each_overriding_way, each_resource

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.clients.roles import Roles
    from conformance.spec.resources import Resource

pytestmark = pytest.mark.offending


@rule("anonymous-is-challenged", statements="S19", basis=STATED)
@pytest.mark.parametrize(("resource", "method"), RESOURCE_METHODS, ids=str)
def test_anonymous_is_challenged(
    api: Api, anonymous: Client, resource: Resource, method: str
) -> None:
    """Without credentials, every method of every resource is answered 401 with a challenge."""
    api.offers.require(resource, method)
    identity = api.samples.one(resource, method)

    response = anonymous.ask(method, identity, data={"name": api.fresh()})

    assert refusal(response) == CHALLENGED


@rule("anonymous-parameter-form-is-challenged", statements="S09 S19", basis=STATED)
@pytest.mark.parametrize("method", METHODS)
def test_anonymous_parameter_form_is_challenged(api: Api, anonymous: Client, method: str) -> None:
    """Without credentials, the parameter form of greetings is answered 401 with a challenge."""
    api.offers.require(GREETINGS, method)
    identity = api.samples.one(GREETINGS, method)

    response = anonymous.ask(method, identity, Form.PARAMETERS, data={"name": api.fresh()})

    assert refusal(response) == CHALLENGED


@rule("anonymous-reading-is-challenged", statements="S19 S34", basis=STATED)
@pytest.mark.parametrize("path", READ_ONLY_PATHS.values(), ids=READ_ONLY_PATHS.keys())
def test_anonymous_reading_is_challenged(api: Api, anonymous: Client, path: str) -> None:
    """Without credentials, GET of lists, filters, pages and suffixes is answered 401.

    The response has a digest challenge and no data.
    """
    path = api.offers.offered_path(path)

    response = anonymous.get(path)

    assert refusal(response) == CHALLENGED


@rule("anonymous-accept-is-challenged", statements="S19 S35", basis=STATED)
@pytest.mark.parametrize(
    "accept",
    ["application/json", pytest.param("application/xml", marks=pytest.mark.smoke), "text/html"],
)
def test_anonymous_accept_is_challenged(anonymous: Client, accept: str) -> None:
    """Without credentials, GET is answered 401 with a challenge for every Accept field tried."""
    response = anonymous.get("/customers", headers={"Accept": accept})

    assert refusal(response) == CHALLENGED


@rule("anonymous-override-is-challenged", statements="S19 S54", basis=STATED)
@each_overriding_way
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_anonymous_override_is_challenged(
    api: Api, anonymous: Client, method: str, override: Override
) -> None:
    """Without credentials, POST with an override is answered 401 with a challenge."""
    made = api.shared_record(CUSTOMERS)

    response = anonymous.ask(method, made, override=override, data={"name": api.fresh()})

    assert refusal(response) == CHALLENGED


@rule("anonymous-creates-nothing", statements="S19 S25", basis=STATED)
@each_resource
@pytest.mark.parametrize("body", ["form", "JSON"])
def test_anonymous_creates_nothing(
    api: Api, anonymous: Client, resource: Resource, body: str
) -> None:
    """POST without credentials, with a form or JSON, creates no record of any resource."""
    parent_id = api.shared_record(resource).parent_id
    values = api.values(resource, parent_id)
    bodies = {"form": Options(data=values), "JSON": Options(json=values)}

    anonymous.post(resource.collection, **bodies[body])

    assert api.holding(resource, "name", values["name"], parent_id) == []


@rule("anonymous-changes-nothing", statements="S19", basis=STATED)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@each_resource
def test_anonymous_changes_nothing(
    api: Api, anonymous: Client, resource: Resource, method: str
) -> None:
    """PUT and DELETE without credentials, in path and parameter form, change no record."""
    api.offers.require(resource, method)
    (made, before), data = api.shared_record_with_values(resource), {"name": api.fresh()}

    anonymous.ask(method, made, Form.PATH, data=data)
    anonymous.ask(method, made, Form.PARAMETERS, data=data)

    assert api.find(made) == before


@rule("anonymous-override-changes-nothing", statements="S19 S54", basis=STATED)
@each_overriding_way
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_anonymous_override_changes_nothing(
    api: Api, anonymous: Client, method: str, override: Override
) -> None:
    """PUT and DELETE by override without credentials do not change the customer."""
    api.offers.require(CUSTOMERS, method)
    made, before = api.shared_record_with_values(CUSTOMERS)

    anonymous.ask(method, made, override=override, data={"name": api.fresh()})

    assert api.find(made) == before


@rule("anonymous-odd-spelling-gets-no-data", statements="S19", basis=STATED)
@pytest.mark.parametrize("path", ODD_SPELLINGS)
def test_anonymous_odd_spelling_gets_no_data(anonymous: Client, path: str) -> None:
    """GET without credentials of an odd spelling, such as //customers, returns no data."""
    response = anonymous.get(path)

    assert not holds_data(response)


@rule("challenge-is-well-formed", statements="S19", basis=STATED)
@pytest.mark.smoke
def test_challenge_is_well_formed(anonymous: Client) -> None:
    """A digest challenge has a realm, a nonce, and qop and algorithm values that exist."""
    response = anonymous.get("/miscellaneous/ping")

    offered = [
        each for each in challenges(response.all("WWW-Authenticate")) if each.scheme == "digest"
    ]
    assert offered
    assert [flaw for each in offered for flaw in each.flaws] == []


@rule("anonymous-empty-body-is-challenged", statements="S58", basis=RELIED_ON)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_anonymous_empty_body_is_challenged(api: Api, anonymous: Client, method: str) -> None:
    """Without credentials, POST, PUT and DELETE with an empty body are answered 401.

    The response has a digest challenge. A client may hold its body back until it is challenged, so
    an empty body is not a 400 here.
    """
    api.offers.require(CUSTOMERS, method)
    path = request_for(method, api.shared_record(CUSTOMERS)).path

    response = anonymous.request(method, path, data=b"")

    assert refusal(response) == CHALLENGED


@rule("anonymous-body-is-not-read-first", statements="S58 S19", basis=RELIED_ON)
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_anonymous_body_is_not_read_first(anonymous: Client, method: str) -> None:
    """Without credentials, a write whose JSON is malformed is answered 401 with a challenge."""
    malformed = Options(data=b'{"name": "a', headers={"Content-Type": JSON_TYPE})

    response = anonymous.request(method, CUSTOMERS.collection, **malformed)

    assert refusal(response) == CHALLENGED


@rule("unusual-fields-change-no-challenge", statements="S19 S58", basis=STATED)
def test_unusual_fields_change_no_challenge(anonymous: Client) -> None:
    """Without credentials, a 401 to a GET has a digest challenge whatever other fields there are.

    A gateway may refuse or redirect them before, with another status.
    """
    different = without_challenge(anonymous)

    assert different == {}


@rule("anonymous-is-challenged-before-anything", statements="S58", basis=RELIED_ON)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/no_such_resource"),
        ("GET", "/customers/0"),
        ("GET", "/customers/abc"),
        ("GET", "/customers.yaml"),
        ("GET", "/customers?page=-1"),
        ("GET", "/customers/voicemail_greetings"),
        ("POST", "/miscellaneous/ping"),
        ("PUT", "/customers"),
        ("PATCH", "/customers"),
    ],
)
def test_anonymous_is_challenged_before_anything(anonymous: Client, method: str, path: str) -> None:
    """Without credentials, an unknown path, id, type, page or method is answered 401.

    The response has a digest challenge and no data.
    """
    response = anonymous.request(method, path)

    assert refusal(response) == CHALLENGED


@rule("challenged-post-creates-exactly-one", statements="S11 S19", basis=STATED)
@each_resource
def test_challenged_post_creates_exactly_one(api: Api, roles: Roles, resource: Resource) -> None:
    """POST that is challenged, and repeated with credentials on the same connection, creates one.

    So clients send it that have no nonce yet: the first time with its body, and in vain.
    """
    values, caller = api.values(resource, api.create(CUSTOMERS).id), roles.manual_digest()

    challenged = caller.post(resource.collection, data=values)
    response = caller.rightly_after(challenged, "POST", resource.collection, values)

    made = api.holding(resource, "name", values["name"], parent_in(values, resource))
    applicable_if(response.ok, f"it is refused with {response.status_code}")
    assert len(made) == 1

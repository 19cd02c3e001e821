"""Over plain HTTP nothing is read and nothing is done, in no way and with no claim (S18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import entrances
from conformance.checks.message_forms import plain_entries
from conformance.checks.plain_http import PlainCaller, plain_reads, plain_writes
from conformance.rules import STATED, rule
from conformance.spec.addressing import Request, request_for
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.roles import Roles
    from conformance.spec.resources import Resource

pytestmark = pytest.mark.offending

each_caller = pytest.mark.parametrize(
    ("authorized", "standard"),
    [(False, 3), (True, 12)],
    ids=["no credentials", "a digest for HTTPS"],
)


@rule("plain-http-way-changes-nothing", statements="S18 S54", basis=STATED)
@each_caller
def test_plain_http_way_changes_nothing(
    api: Api, roles: Roles, *, authorized: bool, standard: int
) -> None:
    """PUT, DELETE and PATCH over plain HTTP change no customer, whatever they are answered.

    In both forms, native or by override, as a form or JSON, with fields that claim HTTPS.
    """
    bait = entrances.bait(api)
    caller = PlainCaller(roles, authorized=authorized)

    asked = plain_writes(caller, bait, api.fresh(), standard=standard)

    assert [each for each in asked if each.shows_data] == []
    assert api.find(bait.identity) == bait.before


@rule("plain-http-way-creates-nothing", statements="S18", basis=STATED)
@pytest.mark.parametrize("resource", [GREETINGS, SOURCES, USERS], ids=str)
def test_plain_http_way_creates_nothing(api: Api, roles: Roles, resource: Resource) -> None:
    """POST over plain HTTP creates no record of any resource, with a digest made for HTTPS."""
    values = api.values(resource, api.shared_record(CUSTOMERS, entrances.BAIT).id)
    caller = PlainCaller(roles, authorized=True)

    answered = caller.asked("POST", Request("POST", resource.collection, {"data": values}), "")

    parent_id = entrances.parent_in(values, resource)
    assert not answered.shows_data
    assert api.holding(resource, "name", values["name"], parent_id) == []


@rule("plain-http-spares-each-resource", statements="S18", basis=STATED)
@pytest.mark.parametrize("resource", [GREETINGS, SOURCES, USERS], ids=str)
def test_plain_http_spares_each_resource(api: Api, roles: Roles, resource: Resource) -> None:
    """PUT and DELETE over plain HTTP change no other record either, with a digest for HTTPS."""
    made = api.create(resource)
    before, caller = api.read(made), PlainCaller(roles, authorized=True)

    caller.asked("PUT", request_for("PUT", made, data={"name": api.fresh()}), "")
    caller.asked("DELETE", request_for("DELETE", made), "")

    assert api.find(made) == before


@rule("plain-http-way-shows-nothing", statements="S18", basis=STATED)
def test_plain_http_way_shows_nothing(api: Api, roles: Roles) -> None:
    """GET over plain HTTP returns no data, with a digest made for HTTPS and whatever it claims."""
    caller = PlainCaller(roles, authorized=True)

    asked = plain_reads(caller, entrances.bait(api), standard=18)

    assert [each for each in asked if each.shows_data] == []


@rule("plain-http-message-shows-nothing", statements="S18 S19", basis=STATED)
@pytest.mark.parametrize("authorized", [False, True], ids=["no credentials", "a digest for HTTPS"])
def test_plain_http_message_shows_nothing(api: Api, roles: Roles, *, authorized: bool) -> None:
    """GET over plain HTTP returns no data, whatever the form of the request line and Host."""
    sign = entrances.known_sign(api)

    entered = plain_entries(roles, sign, authorized=authorized)

    assert [each for each in entered if each.shows_data] == []

"""Older versions are as closed as the one of the base URL (S03 with S18 to S21)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from conformance.checks import entrances
from conformance.checks.other_versions import WAYS_TO_LOOK, WRONG_CALLERS, intrusions
from conformance.checks.two_accounts import THEIRS, accounts
from conformance.clients.versions import other_versions
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import request_for
from conformance.spec.resources import CUSTOMERS, SOURCES
from conformance.wire.recorder import observed
from conformance.wire.records import record_with_id

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.clients.roles import Roles
    from conformance.spec.resources import Record

pytestmark = pytest.mark.offending

MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def moments_in(record: Record) -> dict[str, object]:
    """Return the timestamps that a record shows."""
    return {name: value for name, value in record.items() if MOMENT.fullmatch(str(value))}


@rule("other-version-asks-for-credentials", statements="S19 S20 S03", basis=STATED)
@pytest.mark.parametrize("wrong", WRONG_CALLERS)
def test_other_version_asks_for_credentials(api: Api, roles: Roles, wrong: str) -> None:
    """GET and PUT under another version show and change nothing without the right credentials."""
    bait = entrances.bait(api)

    entered = intrusions(api, roles, WRONG_CALLERS[wrong](roles), bait)

    assert [each for each in entered if each.shows_data] == []
    assert api.find(bait.identity) == bait.before


@rule("other-version-is-not-on-plain-http", statements="S18 S03", basis=STATED)
def test_other_version_is_not_on_plain_http(api: Api, roles: Roles, plain_api: Client) -> None:
    """GET and PUT over plain HTTP under another version show and change nothing."""
    bait = entrances.bait(api)

    entered = intrusions(api, roles, plain_api, bait)

    assert [each for each in entered if each.shows_data] == []
    assert api.find(bait.identity) == bait.before


@rule("other-version-refuses-a-denied-address", statements="S21 S03", basis=STATED)
def test_other_version_refuses_a_denied_address(api: Api, roles: Roles, outsider: Client) -> None:
    """GET and PUT from an unlisted address under another version show and change nothing."""
    bait = entrances.bait(api)

    entered = intrusions(api, roles, outsider, bait)

    assert [each for each in entered if each.shows_data] == []
    assert api.find(bait.identity) == bait.before


@rule("other-version-hides-the-other-account", statements="S19 S07 S03", basis=STATED)
@pytest.mark.in_turn
@pytest.mark.parametrize("way", WAYS_TO_LOOK)
def test_other_version_hides_the_other_account(
    api: Api, roles: Roles, other: Api, way: str
) -> None:
    """GET under another version shows no customer of another account."""
    theirs = accounts(api, other, THEIRS).theirs()
    look = WAYS_TO_LOOK[way](theirs)

    callers = roles.under(other_versions(roles))

    answers = {version: caller.send(look) for version, caller in callers.items()}

    mark = theirs.marks[CUSTOMERS]
    assert [version for version, answer in answers.items() if mark in answer.text] == []


@rule("other-version-takes-updates", statements="S03 S12", basis=INFERRED)
def test_other_version_takes_updates(api: Api, roles: Roles) -> None:
    """PUT under each other version changes the customer."""
    made, name = api.shared_record(CUSTOMERS), api.fresh()
    put = request_for("PUT", made, data={"name": name})
    callers = roles.under(other_versions(roles))

    answers = {version: caller.send(put) for version, caller in callers.items()}

    shown = {
        version: record_with_id(caller.ask("GET", made), made) or {}
        for version, caller in callers.items()
    }
    assert [version for version, answer in answers.items() if not answer.ok] == []
    assert [version for version, record in shown.items() if record.get("name") != name] == []


@rule("other-version-shows-the-same-moments", statements="S03 S46", basis=INFERRED)
def test_other_version_shows_the_same_moments(api: Api, roles: Roles) -> None:
    """A source has under each other version the timestamps that it has."""
    made = api.create(SOURCES)
    known = moments_in(api.read(made))
    callers = roles.under(other_versions(roles))

    shown = {
        version: moments_in(record_with_id(caller.ask("GET", made), made) or {})
        for version, caller in callers.items()
    }

    observed("versions", len(shown))
    assert {
        version: each
        for version, each in shown.items()
        if any(each[name] != known[name] for name in each.keys() & known.keys())
    } == {}

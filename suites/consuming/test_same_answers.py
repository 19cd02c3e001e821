"""The same answer again: over every connection, and whatever was asked before (S06, S11, S12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import followed
from conformance.checks.repeated_reads import AFTER, missing_after_a_filter, unlike_in_filtered_list
from conformance.checks.request_pairs import (
    FIRSTS,
    SECONDS,
    WITH_VALUES,
    after,
    alone,
    left_behind,
)
from conformance.rules import STATED, rule
from conformance.spec.resources import CUSTOMERS, RESOURCES, SOURCES, USERS
from suites.turns import chosen, turns

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

pytestmark = pytest.mark.in_turn

MOST = len(turns(WITH_VALUES)) * 4
"""How many of the requests that send values come first: four, or all if thorough."""

DEPENDENTS = RESOURCES[1:]
"""The resources whose records belong to a customer."""

OTHERS = (SOURCES, USERS)
"""The other resources that have fields beside the mandatory ones."""


@rule("write-shows-over-every-connection", statements="S06 S11 S12", basis=STATED)
@pytest.mark.parametrize("turn", turns(RESOURCES), ids=str)
@pytest.mark.parametrize("method", AFTER)
def test_write_shows_over_every_connection(api: Api, method: str, turn: int) -> None:
    """After a write each of several GETs, each over a connection of its own, shows it.

    A server may take a second until each does.
    """
    resource = chosen(RESOURCES, turn, method)

    wrong = AFTER[method](api, resource)

    assert wrong == []


@rule("write-shows-in-every-read", statements="S06 S07 S11 S12 S23", basis=STATED)
@pytest.mark.parametrize(
    ("method", "resource"),
    [(each, CUSTOMERS) for each in followed.AFTER]
    + [("PUT", chosen(DEPENDENTS, turn, "read")) for turn in turns(DEPENDENTS)],
    ids=str,
)
def test_write_shows_in_every_read(api: Api, method: str, resource: Resource) -> None:
    """After a write no read answers as it did before: one record, a list, a filter, in any type.

    A server may take a second until each shows the write.
    """
    stale = followed.AFTER[method](api, resource)

    assert stale == []


@rule("post-takes-nothing-from-the-request-before", statements="S11", basis=STATED)
@pytest.mark.parametrize(
    ("resource", "first"),
    [(CUSTOMERS, each) for each in WITH_VALUES[:MOST]]
    + [(each, WITH_VALUES[0]) for each in OTHERS],
    ids=str,
)
def test_post_takes_nothing_from_the_request_before(
    api: Api, resource: Resource, first: str
) -> None:
    """POST creates a record after any request, and what it leaves out is not taken from that one.

    Neither fields nor an overriding method are.
    """
    taken, left = left_behind(api, resource, first)

    assert taken
    assert left == []


@rule("get-takes-nothing-from-the-request-before", statements="S06 S33", basis=STATED)
@pytest.mark.parametrize("turn", turns([*SECONDS]), ids=str)
@pytest.mark.parametrize("first", FIRSTS)
def test_get_takes_nothing_from_the_request_before(api: Api, first: str, turn: int) -> None:
    """GET of a record is answered the same whatever the request before on the connection was.

    That one may have a filter, another type or method, or a long body, or be refused.
    """
    second = chosen([*SECONDS], turn, first)
    expected = alone(api, second)

    answered = after(api, first, second)

    assert answered == expected


@rule("filtered-list-follows-an-update", statements="S12 S23", basis=STATED)
@pytest.mark.parametrize("resource", RESOURCES, ids=str)
def test_filtered_list_follows_an_update(api: Api, resource: Resource) -> None:
    """GET of a list with a filter shows a name that was PUT after the same GET showed another."""
    unlike = unlike_in_filtered_list(api, resource)

    assert unlike == []


@rule("list-is-whole-after-a-filter", statements="S07 S23", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, *OTHERS], ids=str)
def test_list_is_whole_after_a_filter(api: Api, resource: Resource) -> None:
    """GET of a list holds a record also right after a GET with a filter that does not find it."""
    missing = missing_after_a_filter(api, resource)

    assert missing == []

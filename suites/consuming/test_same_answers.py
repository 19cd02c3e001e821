"""The same answer again: over every connection, and whatever was asked before (S06, S11, S12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.repeated_reads import AFTER
from conformance.checks.request_pairs import (
    FIRSTS,
    GROUPS,
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

TAKERS = (CUSTOMERS, SOURCES, USERS)
"""The resources that have fields beside the mandatory ones."""


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


@rule("post-takes-nothing-from-the-request-before", statements="S11", basis=STATED)
@pytest.mark.parametrize("turn", turns(WITH_VALUES), ids=str)
@pytest.mark.parametrize("resource", TAKERS, ids=str)
def test_post_takes_nothing_from_the_request_before(
    api: Api, resource: Resource, turn: int
) -> None:
    """A field that a POST leaves out does not show what the request before sent."""
    left = left_behind(api, resource, WITH_VALUES[turn])

    assert left == []


@rule("get-takes-nothing-from-the-request-before", statements="S06 S33", basis=STATED)
@pytest.mark.parametrize("turn", turns([*FIRSTS]), ids=str)
@pytest.mark.parametrize("left", GROUPS)
def test_get_takes_nothing_from_the_request_before(api: Api, left: str, turn: int) -> None:
    """GET of a record is answered the same whatever the request before on the connection was.

    That one may have a filter, another type or method, or a long body, or be refused.
    """
    first, second = chosen(GROUPS[left], turn, left), chosen([*SECONDS], turn, left)
    expected = alone(api, second)

    answered = after(api, first, second)

    assert answered == expected

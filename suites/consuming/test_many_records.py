"""Lists of more records than a framework shows at a time hold each of them (S07)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.many_records import listed_otherwise_than_once, many_records
from conformance.rules import STATED, rule
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

pytestmark = pytest.mark.in_turn


@rule("list-of-many-holds-each", statements="S07 S09", basis=STATED)
def test_list_of_many_holds_each(api: Api) -> None:
    """The list of a customer's greetings, all of its pages, holds each even if they are many."""
    made = many_records(api, GREETINGS)

    miscounted = listed_otherwise_than_once(api, made)

    assert miscounted == []


@rule("list-of-an-account-holds-each-of-many", statements="S07", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, SOURCES, USERS], ids=str)
def test_list_of_an_account_holds_each_of_many(api: Api, resource: Resource) -> None:
    """The list of all customers, sources or users, on all its pages, holds each of many new."""
    made = many_records(api, resource)

    miscounted = listed_otherwise_than_once(api, made)

    assert miscounted == []

"""Lists of more records than a framework shows at a time hold each of them (S07)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.many_records import many_records
from conformance.rules import STATED, rule
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.wire.records import id_of

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

pytestmark = pytest.mark.in_turn


@rule("list-of-many-holds-each", statements="S07 S09", basis=STATED)
def test_list_of_many_holds_each(api: Api) -> None:
    """The list of a customer's greetings, all of its pages, holds each even if they are many."""
    made = many_records(api, GREETINGS)

    listed = [id_of(GREETINGS, each) for each in api.listed(GREETINGS, made[0].parent_id)]

    counted = {each.id: listed.count(each.id) for each in made}
    assert [
        f"greeting {id_} is listed {count} times" for id_, count in counted.items() if count != 1
    ] == []


@rule("list-of-an-account-holds-each-of-many", statements="S07", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, SOURCES, USERS], ids=str)
def test_list_of_an_account_holds_each_of_many(api: Api, resource: Resource) -> None:
    """The list of all customers, sources or users, on all its pages, holds each of many new."""
    made = many_records(api, resource)

    listed = [id_of(resource, each) for each in api.listed(resource)]

    counted = {each.id: listed.count(each.id) for each in made}
    assert [
        f"{resource.singular} {id_} is listed {count} times"
        for id_, count in counted.items()
        if count != 1
    ] == []

"""What a customer had who is deleted is left to nobody (S19, S07)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.two_accounts import DIRECTIONS, accounts
from conformance.rules import STATED, rule
from conformance.spec.resources import CUSTOMERS, SOURCES, USERS
from conformance.wire.records import with_value

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

pytestmark = [pytest.mark.offending, pytest.mark.in_turn]


@rule("deleted-customer-leaves-nothing-to-others", statements="S19 S07", basis=STATED)
@pytest.mark.parametrize("resource", [SOURCES, USERS], ids=str)
def test_deleted_customer_leaves_nothing_to_others(
    api: Api, other: Api, resource: Resource
) -> None:
    """What a customer had who is deleted is in no list of another account."""
    both, name = accounts(api, other, DIRECTIONS[0]), api.fresh()
    form, gone = api.offers.require(CUSTOMERS, "DELETE"), api.create_new(CUSTOMERS)
    api.create_new(resource, gone.id, name=name)

    api.ask("DELETE", gone, form)

    assert with_value(both.owner.listed(resource), "name", name) == []

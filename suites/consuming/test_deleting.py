"""DELETE leaves the records of other customers in place (S05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.rules import STATED, rule
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

pytestmark = pytest.mark.sole


@rule("delete-leaves-what-others-have", statements="S05", basis=STATED)
@pytest.mark.parametrize("resource", [GREETINGS, SOURCES, USERS], ids=str)
def test_delete_leaves_what_others_have(api: Api, resource: Resource) -> None:
    """DELETE of a customer leaves the greetings, sources and users of other customers."""
    form = api.offers.require(CUSTOMERS, "DELETE")
    kept = api.create(resource, api.shared_record(CUSTOMERS).id)
    deleted = api.create(CUSTOMERS)
    api.create(resource, deleted.id)  # what the deleted customer has
    api.offers.require_readable(kept)

    api.ask("DELETE", deleted, form)

    assert api.find(kept) is not None

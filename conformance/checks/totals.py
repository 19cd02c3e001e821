"""The total of a list over the life of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks import paging
from conformance.checks.lasting import lasting
from conformance.spec.resources import CUSTOMERS, SOURCES
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity

TIMES = 3
"""How often it is tried: somebody else may add or delete a customer in the meantime."""


def wrong_after_the_owner_is_deleted(api: Api) -> list[str]:
    """Delete a customer who has a source; return what is wrong of the total of sources then.

    A source that is still listed is one of them. Tried again where it is wrong: somebody else may
    add or delete a source in the meantime. Not applicable where the list has several pages.
    """
    form = api.offers.require(CUSTOMERS, "DELETE")
    wrong: list[str] = []
    for _ in range(TIMES):
        owner = api.create_new(CUSTOMERS)
        source = api.create_new(SOURCES, owner.id)
        before = paging.first(api, SOURCES)
        if before.count > 1 or source.id not in before.ids:
            not_applicable("the first page of sources does not show all of them")
        api.ask("DELETE", owner, form)

        def look(source: Identity = source, there: int = before.total) -> list[str]:
            after = paging.first(api, SOURCES)
            said = (
                f"total {there} of sources before a DELETE of a customer, and {after.total} after"
            )
            return [said] * (after.total != there - (source.id not in after.ids))

        wrong = lasting(api, look)
        if not wrong:
            break
    observed("totals", 1)
    return wrong


def wrong_after_a_delete(api: Api) -> list[str]:
    """Create and delete a customer; return what is wrong of the total, if it is each time."""
    form = api.offers.require(CUSTOMERS, "DELETE")
    wrong: list[str] = []
    for _ in range(TIMES):
        made = api.create_new(CUSTOMERS)
        there = paging.first(api, CUSTOMERS).total
        api.ask("DELETE", made, form)

        def look(there: int = there) -> list[str]:
            left = paging.first(api, CUSTOMERS).total
            return [f"total {there} before a DELETE, and {left} after it"] * (left != there - 1)

        wrong = lasting(api, look)
        if not wrong:
            break
    observed("totals", 1)
    return wrong

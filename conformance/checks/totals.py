"""The total of a list over the life of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks import paging
from conformance.checks.lasting import lasting
from conformance.spec.resources import CUSTOMERS
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from conformance.clients.api import Api

TIMES = 3
"""How often it is tried: somebody else may add or delete a customer in the meantime."""


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

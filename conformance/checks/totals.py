"""The total of a list over the life of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks import paging
from conformance.checks.lasting import lasting
from conformance.spec.resources import CUSTOMERS, SOURCES
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

TIMES = 6
"""How often it is tried: somebody else may add or delete a record in the meantime."""


def wrong_after_the_owner_is_deleted(api: Api) -> list[str]:
    """Delete a customer who has a source; return what is wrong of the total of sources, each time.

    A source that is still listed is one of them. Not applicable where the list has several pages.
    """
    form = api.offers.require(CUSTOMERS, "DELETE")

    def once() -> list[str]:
        owner = api.create_new(CUSTOMERS)
        source = api.create_new(SOURCES, owner.id)
        before = paging.first(api, SOURCES)
        if before.count > 1 or source.id not in before.ids:
            not_applicable("the first page of sources does not show all of them")
        api.ask("DELETE", owner, form)

        def look() -> list[str]:
            after = paging.first(api, SOURCES)
            there, left = before.total, after.total
            said = f"total {there} of sources before a DELETE of a customer, and {left} after"
            return [said] * (left != there - (source.id not in after.ids))

        return lasting(api, look)

    return _wrong_each_time(once)


def wrong_after_a_delete(api: Api) -> list[str]:
    """Create and delete a customer; return what is wrong of the total, if it is each time."""
    form = api.offers.require(CUSTOMERS, "DELETE")

    def once() -> list[str]:
        made = api.create_new(CUSTOMERS)
        there = paging.first(api, CUSTOMERS).total
        api.ask("DELETE", made, form)

        def look() -> list[str]:
            left = paging.first(api, CUSTOMERS).total
            return [f"total {there} before a DELETE, and {left} after it"] * (left != there - 1)

        return lasting(api, look)

    return _wrong_each_time(once)


def wrong_after_a_namesake(api: Api, resource: Resource) -> list[str]:
    """Create a record of the name of another one; return what is wrong of the total, each time.

    Not applicable where such a name is refused.
    """

    def once() -> list[str]:
        name = api.fresh()
        api.create_new(resource, name=name)
        there = paging.first(api, resource).total
        api.create_new(resource, name=name)

        def look() -> list[str]:
            now = paging.first(api, resource).total
            return [f"total {there} before a POST of a known name, and {now} after it"] * (
                now <= there
            )

        return lasting(api, look)

    return _wrong_each_time(once)


def miscounted_after_deletes(api: Api) -> list[str]:
    """Create three customers, delete the second and the first; return the pages miscounted then.

    Not applicable where the size of a page cannot be chosen.
    """
    form = api.offers.require(CUSTOMERS, "DELETE")
    if not paging.takes_sizes(api, paging.first(api, CUSTOMERS)):
        not_applicable("the size of a page cannot be chosen")

    def look() -> list[str]:
        pages = paging.ends(api, paging.first(api, CUSTOMERS), {"pagesize": "2"})
        observed("pages", len(pages))
        return [f"after a DELETE {each}" for each in paging.miscounted(pages)]

    found = []
    for each in [api.create_new(CUSTOMERS) for _ in range(3)][1::-1]:
        api.ask("DELETE", each, form)
        found += lasting(api, look)
    return found


def _wrong_each_time(once: Callable[[], list[str]]) -> list[str]:
    """Try it until nothing is wrong, a few times; return what is wrong at the last."""
    wrong: list[str] = []
    for _ in range(TIMES):
        wrong = once()
        if not wrong:
            break
    observed("totals", 1)
    return wrong

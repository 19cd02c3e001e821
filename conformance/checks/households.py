"""A customer of ours with users and with sources of one name, and the lists of these."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.checks import paging
from conformance.checks.custom_fields import text_fields
from conformance.checks.lasting import lasting
from conformance.clients.once import once_per_run
from conformance.spec.paging import LARGEST
from conformance.spec.resources import CUSTOMERS, SOURCES, USERS
from conformance.verdicts import applicable_if, not_applicable, unobservable
from conformance.wire.recorder import observed
from conformance.wire.records import records_by_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity

MEMBERS = 3
"""How many sources a customer has: more than are on a page."""

A_PAGE = {"pagesize": "2"}


@dataclass(frozen=True)
class Household:
    """A customer who may have users, and has sources of which all have one name."""

    owner: Identity
    custnr: str
    sources: Sequence[Identity]


@once_per_run
def household(api: Api) -> Household:
    """Create a customer with two users and its sources, once in a run."""
    return new_household(api, users=2)


def new_household(api: Api, *, users: int = 0) -> Household:
    """Create a customer, its users, and its sources; ends the case where any is refused."""
    owner, name = api.create_new(CUSTOMERS), api.fresh()
    custnr = str(api.read(owner).get("custnr"))
    for _ in range(users):
        api.create_new(USERS, owner.id)
    sources = [api.create_new(SOURCES, owner.id, name=name) for _ in range(MEMBERS)]
    return Household(owner, custnr, sources)


def not_once_on_pages(api: Api, made: Household, filters: Mapping[str, str]) -> dict[str, str]:
    """Return the sources that the pages of their filtered list do not show once.

    Ends the case where the filter is not one, or the size of pages cannot be chosen.
    """
    whole = api.get(SOURCES.collection, params={**filters, "pagesize": str(LARGEST)})
    applicable_if(whole.ok, f"the filter is refused with {whole.status_code}")
    ids = {each.id for each in made.sources}
    if records_by_id(whole, SOURCES).keys() != ids:
        unobservable("the filtered list shows more, or less, than the sources of the customer")
    pages = [_page(api, filters, number) for number in range(2)]
    counted = Counter(id_ for page in pages for id_ in page.ids)
    observed("records counted", counted.total())
    return {f"source {id_}": f"on {counted[id_] or 'no'} pages" for id_ in ids if counted[id_] != 1}


def _page(api: Api, filters: Mapping[str, str], number: int) -> paging.Page:
    """Return a page of two; not applicable where it has another size."""
    page = paging.ask(api, SOURCES, {**filters, **A_PAGE, "page": str(number)})
    if not page.response.ok or len(page.ids) > int(A_PAGE["pagesize"]):
        not_applicable("the page size of sources cannot be chosen")
    return page


def on_a_later_page(api: Api, made: Household) -> list[str]:
    """Read the first page, DELETE what is on the second, and return what that one still shows."""
    form = api.offers.require(SOURCES, "DELETE")
    filters = {CUSTOMERS.id_field: made.owner.id}
    first = _page(api, filters, 0)
    behind = [each for each in made.sources if each.id not in first.ids]
    applicable_if(len(behind) == 1, "the page size of sources cannot be chosen")

    answer = api.ask("DELETE", behind[0], form)

    applicable_if(answer.ok and api.find(behind[0]) is None, "it is not deleted, or still shown")
    observed("records deleted", 1)
    return lasting(
        api, lambda: [each for each in _page(api, filters, 1).ids if each == behind[0].id]
    )


def custom_values_mixed_up(api: Api, made: Household) -> dict[str, str]:
    """PUT digits to a custom field of the first source and words to the others; list them.

    Return in words those that the list shows with a text that was not sent to them, or without
    theirs. A list that shows no custom fields is not judged.
    """
    field = text_fields(api, SOURCES)[0]
    first, *others = made.sources
    sent = {first.id: "12345", **{each.id: f"of {each.id}" for each in others}}
    for each in made.sources:
        api.update(each, {field: sent[each.id]})
    alone = {each.id: api.read(each).get(field) for each in made.sources}
    kept = {id_: text for id_, text in sent.items() if alone[id_] == text}
    params = {CUSTOMERS.id_field: made.owner.id}
    listed = records_by_id(api.get(SOURCES.collection, params=params), SOURCES)
    shown = {id_: listed[id_] for id_ in kept if id_ in listed}
    applicable_if(any(field in each for each in shown.values()), "the list shows no custom field")
    observed("custom fields", len(shown))
    return {
        f"source {id_}": f"{field} is {each.get(field)!r} in the list, not {kept[id_]!r}"
        for id_, each in shown.items()
        if each.get(field) != kept[id_]
    }

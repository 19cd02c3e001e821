"""Records that are equal in every field that a list may be sorted by, over the pages of a list."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from conformance.checks import paging
from conformance.checks.compared_pages import repeated_ids
from conformance.clients.once import once_per_run
from conformance.config.sampling import some_of_strata
from conformance.spec.paging import LARGEST
from conformance.spec.resources import CDRS, CUSTOMERS, SOURCES
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed
from conformance.wire.records import id_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

TIED = 3
"""The number of equal records."""

PAIR = 2
"""The number of records that can change places."""

MOST_PAGES = 12
"""The maximum number of pages of one size to read."""

TIMES = 3
"""How often two pages of one size are asked for: what changes places by chance may not do so."""

A_MOMENT, A_DAY = 19, 10
"""How many characters of a timestamp tell its second, and its day."""

MOST_CALLS_OF_A_DAY = 100
"""How far before the middle of a list a page is to end."""

MOST_GROUPS = 100
"""Among how many groups the largest is looked for: further behind, pages are long."""


@once_per_run
def _tied_customers(api: Api) -> tuple[list[str], dict[str, str]]:
    """Create customers of equal name and, if permitted, code and address; no filter finds them.

    The name of the last differs from that of the others in letter case.
    """
    equal = {"name": api.fresh(), "corporateid": "556000-0000", "email": "tie@example.com"}
    alike = {**equal, "name": equal["name"].upper()}
    made: list[str] = []
    for each in (*[equal] * TIED, alike):
        for values in (each, {"name": each["name"]}):
            sent = {**api.values(CUSTOMERS), **values}
            response = api.post(CUSTOMERS.collection, data=sent)
            if response.ok:
                made.append(api.created(CUSTOMERS, response, sent).id)
                break
    return made, {}


@once_per_run
def _tied_sources(api: Api) -> tuple[list[str], dict[str, str]]:
    """Create equal sources of a customer of ours; return their ids, and the filter by it."""
    owned = {CUSTOMERS.id_field: api.shared_record(CUSTOMERS).id}
    values = api.values(SOURCES, owned[CUSTOMERS.id_field])
    for _ in range(TIED):
        api.post(SOURCES.collection, data=values)
    listed = api.listed(SOURCES, **owned)
    ours = [each for each in listed if str(each.get("name")) == values["name"]]
    return [api.adopt(SOURCES, each).id for each in ours if id_of(SOURCES, each)], owned


def shown_otherwise_than_once(
    api: Api, resource: Resource, media_type: str
) -> dict[str, dict[str, str]]:
    """Return the equal records that are not once on the pages of a list, by the page size.

    The sizes are such that a page ends between two of them. Ends the case where no two records can
    be equal, the page size cannot be chosen, or the list has changed in the meantime.
    """
    ids, filters = _tied_sources(api) if resource is SOURCES else _tied_customers(api)
    if len(set(ids)) < PAIR:
        not_applicable(f"no two {resource.name} can be equal")
    asked = {**filters, "pagesize": str(LARGEST)}
    whole = paging.ask(api, resource, asked)
    places = _places(api, whole, ids)
    first, last = places[0], places[-1]
    found = {}
    for size in _cutting_sizes(first, places):
        pages = range(first // size, last // size + 1)
        counted: Counter[str] = Counter()
        for number in pages[:MOST_PAGES]:
            asked = {**filters, "pagesize": str(size), "page": str(number)}
            page = paging.ask(api, resource, asked, media_type)
            is_chosen = page.properties.get("pagesize") == size or paging.takes_sizes(api, whole)
            is_too_long = len(page.ids) > size and not is_chosen
            if not page.response.ok or is_too_long:
                not_applicable(f"the page size of {resource.name} cannot be chosen")
            counted.update(page.ids)
        observed("records counted", counted.total())
        wrong = {
            f"{resource.singular} {id_}": f"on {counted[id_] or 'no'} pages"
            for id_ in ids
            if counted[id_] != 1
        }
        size_of = f"by GET with pagesize={size}"
        found.update({size_of: wrong} if wrong and len(pages) <= MOST_PAGES else {})
    paging.require_steady(whole, paging.ask(api, resource, whole.asked))
    return found


def calls_on_two_pages(api: Api) -> dict[str, str]:
    """Return in words the calls that are on two pages next to each other, by the page size.

    The sizes are such that a page ends between two calls of one second or of one day: the first
    page, which is asked for several times, and one in the middle, up to which a database may sort
    otherwise. Ends the case where there are none, the page size cannot be chosen, or calls have
    been added in the meantime.
    """
    whole = paging.first(api, CDRS)
    sizes = _sizes_between_alike([str(each.get("start")) for each in whole.records])
    if not sizes or not paging.takes_sizes(api, whole):
        not_applicable("no page of calls can end between two of one day")
    found = {}
    borders = [(size, 0) for size in sizes * TIMES] + _border_in_the_middle(api, whole)
    for size, number, filters in [*((*each, {}) for each in borders), *_borders_of_one(api, whole)]:
        asked = [
            {**filters, "pagesize": str(size), "page": str(each)} for each in (number, number + 1)
        ]
        pages = [paging.ask(api, CDRS, each) for each in asked]
        observed("calls", sum(len(each.ids) for each in pages))
        twice = repeated_ids(pages)
        told = f"both page {number} and page {number + 1} hold call {', '.join(twice)}"
        by = "&".join(f"{name}={value}" for name, value in asked[0].items() if name != "page")
        found.update({f"by GET with {by}": told} if twice else {})
    paging.require_steady(whole, paging.ask(api, CDRS))
    return found


def _sizes_between_alike(moments: Sequence[str]) -> list[int]:
    """Return sizes of a first page that ends between calls of one second, and of one day."""
    sizes = set()
    for precision in (A_MOMENT, A_DAY):
        alike = [each[:precision] for each in moments]
        groups = [list(group) for _, group in groupby(range(len(alike)), alike.__getitem__)]
        largest = max(groups[:MOST_GROUPS], key=len, default=[])
        sizes |= {largest[0] + len(largest) // 2} if len(largest) >= PAIR else set()
    return sorted(sizes)


def _borders_of_one(api: Api, whole: paging.Page) -> list[tuple[int, int, dict[str, str]]]:
    """Return sizes of a first page of one customer's calls that ends between alike, and the filter.

    Of the customer with most calls on the first page of all.
    """
    owners = Counter(str(each.get(CUSTOMERS.id_field) or "") for each in whole.records)
    filters = {CUSTOMERS.id_field: max(owners, key=lambda owner: (bool(owner), owners[owner]))}
    calls = paging.ask(api, CDRS, filters).records
    sizes = _sizes_between_alike([str(each.get("start")) for each in calls])
    return [(size, 0, filters) for size in sizes]


def _border_in_the_middle(api: Api, whole: paging.Page) -> list[tuple[int, int]]:
    """Return the size and the number of a page that ends between calls of a day before the middle.

    None where no page can.
    """
    middle = whole.total // 2
    number = max(0, middle - 1) // LARGEST
    page = paging.ask(api, CDRS, {"page": str(number)}) if number else whole
    days = [str(each.get("start"))[:A_DAY] for each in page.records]
    for place in range(middle, max(middle - MOST_CALLS_OF_A_DAY, PAIR), -1):
        at = place - number * LARGEST
        pages = -(-place // LARGEST) + 1
        is_within = 0 < at < len(days) and days[at - 1] == days[at]
        if is_within and place % pages == 0:
            return [(place // pages, pages - 1)]
    return []


def _places(api: Api, whole: paging.Page, ids: Sequence[str]) -> list[int]:
    """Return the places of our records in a list, from its first page or its last."""
    if not whole.properties or len(whole.ids) < min(whole.total, LARGEST):
        not_applicable(f"{whole.resource.name} are not answered in pages of {LARGEST}")
    for number in sorted({0, max(0, whole.total - 1) // LARGEST}):
        asked = {**whole.asked, "page": str(number)}
        page = paging.ask(api, whole.resource, asked) if number else whole
        places = [number * LARGEST + at for at, id_ in enumerate(page.ids) if id_ in ids]
        if len(places) >= PAIR:
            return places
    return not_applicable(f"fewer than two of our {whole.resource.name} are on one page")


def _cutting_sizes(first: int, places: Sequence[int]) -> list[int]:
    """Return sizes of pages of which one ends between two of the places."""
    sizes = [place // -(-place // LARGEST) for place in places[1:]]
    cutting = [size for size in sizes if first // size < places[-1] // size]
    return some_of_strata({str(size): [size] for size in cutting}, most=2)

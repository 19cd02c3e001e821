"""Lists in pages: single pages, and walks over several.

Each page is judged by the total and the page size that it states, so that a finding stays true
while other callers add records.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from conformance.spec.media_types import JSON_TYPE
from conformance.spec.paging import LARGEST
from conformance.spec.resources import CDRS, CUSTOMERS
from conformance.verdicts import SetupFailed, not_applicable, unobservable
from conformance.wire.documents import Unreadable
from conformance.wire.numbers import whole_number
from conformance.wire.records import id_of, readable_records

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterable, Mapping

    from conformance.clients.api import Api
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response

PROPERTIES = ("total", "page", "pagesize", "numpages")

SMALL = (2, 3, 7)
"""Page sizes that give many pages of few records."""

FAR_BEYOND = "999999"
"""A page number beyond the end of every list."""

WALKED = 3
"""The number of pages to divide a list into, where the page size can be chosen."""

MOST_WALKED = 8
"""The maximum number of pages to walk over."""


@dataclass(frozen=True)
class Page:
    """The parameters of a request for a page, and the response to it."""

    resource: Resource
    asked: Mapping[str, str]
    response: Response

    @cached_property
    def properties(self) -> dict[str, object]:
        """The paging properties that the response has, with their values.

        In XML they are elements or attributes of the root, or of an element that is not a record.
        """
        try:
            if self.response.looks_like_xml:
                found = beside_records(self.response.xml(), self.resource)
            else:
                value = self.response.json()
                found = value if isinstance(value, dict) else {}
        except Unreadable:
            return {}
        return {name: found[name] for name in PROPERTIES if name in found}

    @cached_property
    def records(self) -> list[Record]:
        """The records; none where the request was refused."""
        return readable_records(self.response, self.resource)

    @cached_property
    def ids(self) -> list[str]:
        """The ids of the records."""
        return [id_of(self.resource, record) for record in self.records]

    @property
    def request(self) -> str:
        """The request for it, in short."""
        query = "&".join(f"{name}={value}" for name, value in self.asked.items())
        return f"GET {self.resource.collection}{'?' if query else ''}{query}"

    @property
    def number(self) -> int:
        """The number of the requested page."""
        return int(self.asked.get("page", "0"))

    def read(self, name: str) -> int:
        """Return a property as a number; raises SetupFailed where it is not one."""
        value = self.properties.get(name)
        number = value if type(value) is int else whole_number(value)
        if number is None:
            message = f"no {name} can be read from the answer: {self.response.text[:80]!r}"
            raise SetupFailed(message)
        return number

    @property
    def is_as_asked(self) -> bool:
        """Whether the answer says nothing else than that it is the page that was asked for."""
        return whole_number(self.properties.get("page")) in (None, self.number)

    @property
    def total(self) -> int:
        """The number of records on all pages together."""
        return self.read("total")

    @property
    def pagesize(self) -> int:
        """The maximum number of records on a page; never 0."""
        return max(1, self.read("pagesize"))

    @property
    def count(self) -> int:
        """The number of pages that follows from total and page size."""
        return -(-self.total // self.pagesize)


def beside_records(root: ET.Element, resource: Resource) -> dict[str, object]:
    """Return the texts of the attributes and elements beside the records in XML."""
    places = [root, *(child for child in root if child.tag != resource.singular)]
    found: dict[str, object] = {}
    for place in places:
        found |= place.attrib
        found |= {child.tag: (child.text or "").strip() for child in place}
    return found


def ask(
    api: Api,
    resource: Resource,
    asked: Mapping[str, str] | None = None,
    media_type: str = JSON_TYPE,
) -> Page:
    """GET a page of a list, with parameters in the given order."""
    sent = asked or {}
    response = api.get(resource.collection, params=sent, headers={"Accept": media_type})
    return Page(resource, sent, response)


def matching_nothing(api: Api, name: str) -> str:
    """Return a value of a parameter that no record matches."""
    if name == "page":
        return FAR_BEYOND
    return api.samples.unused_id(CUSTOMERS) if name == CUSTOMERS.id_field else api.fresh()


def first(api: Api, resource: Resource, **filters: str) -> Page:
    """Return the page that is returned without page and pagesize.

    Ends the case where the resource is not offered or not paged. Call records are always paged; any
    other list is if it has one of the properties.
    """
    api.offers.require_path(resource.collection)
    page = ask(api, resource, filters)
    if not page.response.ok:
        message = f"the list of {resource.name} was refused with {page.response.status_code}"
        raise SetupFailed(message)
    if resource is not CDRS and not page.properties:
        not_applicable(f"{resource.name} are not answered in pages")
    return page


def takes_sizes(api: Api, default: Page) -> bool:
    """Tell whether the page size can be chosen: as claimed, or else by trying 2 records.

    It cannot where a server refuses the parameter, or ignores it.
    """
    claimed = api.target.claims.pagesize
    if claimed is not None:
        return claimed
    small = ask(api, default.resource, {**default.asked, "pagesize": "2"})
    return small.response.ok and (
        len(small.ids) != len(default.ids) or small.properties != default.properties
    )


def sizes(api: Api, default: Page, wanted: Iterable[int] = SMALL) -> list[dict[str, str]]:
    """Return pagesize parameters: small ones, and those around the total.

    A count of pages is most likely wrong for pages of the total, one more or one less. Empty where
    the target claims that the page size cannot be chosen.
    """
    if api.target.claims.pagesize is False:
        return []
    edges = (default.total - 1, default.total, default.total + 1)
    chosen = dict.fromkeys([*wanted, *edges])
    return [{"pagesize": str(size)} for size in chosen if 1 <= size <= LARGEST]


def in_sizes(api: Api, default: Page, wanted: Iterable[int] = SMALL) -> list[Page]:
    """Return the first page of a list in its default size and in others, if accepted and not empty.

    Ends the case as unobservable where there are no records.
    """
    if not default.total:
        unobservable(f"the account has no {default.resource.name}")
    asked = [{**default.asked, **size} for size in sizes(api, default, wanted)]
    seen = [default, *(ask(api, default.resource, each) for each in asked)]
    return [page for page in seen if page.response.ok and page.total]


def several(api: Api, resource: Resource, **filters: str) -> dict[str, str]:
    """Return parameters that divide a list into several pages; unobservable where none do."""
    default = first(api, resource, **filters)
    if default.total > len(default.ids) > 0:
        return {}
    if default.total > 1 and takes_sizes(api, default):
        return {"pagesize": "2" if default.total > len(SMALL) else "1"}
    return unobservable(f"there are too few {resource.name} for a second page")


def ends(api: Api, default: Page, size: Mapping[str, str]) -> list[Page]:
    """Return the first two and the last two pages of a list, each once."""
    asked = {**default.asked, **size}
    page = ask(api, default.resource, asked) if size else default
    if not page.response.ok:
        return []
    last = page.count - 1
    numbers = sorted(number for number in {1, last - 1, last} if 0 < number < page.count)
    return [page, *(ask(api, page.resource, {**asked, "page": str(each)}) for each in numbers)]


def walk(api: Api, default: Page, media_type: str = JSON_TYPE) -> list[Page]:
    """Return the pages of a list in order: all of them, or the first few.

    Ends the case as unobservable where there are no records, or where the total changed meanwhile.
    """
    if not default.total:
        unobservable(f"the account has no {default.resource.name}")
    asked = dict(default.asked)
    if default.total > 1 and takes_sizes(api, default):
        asked["pagesize"] = str(min(LARGEST, -(-default.total // WALKED)))
    head = ask(api, default.resource, asked)
    known = [head] if media_type == JSON_TYPE else []
    numbers = range(len(known), min(head.count, MOST_WALKED))
    rest = [{**asked, "page": str(number)} for number in numbers]
    pages = [*known, *(ask(api, default.resource, each, media_type) for each in rest)]
    require_steady(default, ask(api, default.resource, default.asked))
    for page in pages:
        if page.response.ok:
            page.response.records(page.resource)  # raises where they cannot be read
    return pages


def whole(default: Page, pages: list[Page]) -> bool:
    """Tell whether the pages of a walk are the whole list."""
    return len(pages) < MOST_WALKED or sum(len(page.ids) for page in pages) >= default.total


def deviation_from_total(default: Page, walked: list[Page]) -> int:
    """Return how many records more or less than total says a walk has shown, each counted once.

    0 where the walk did not come to the end of the list.
    """
    together = {id_ for page in walked for id_ in page.ids}
    return len(together) - default.total if whole(default, walked) else 0


def require_steady(before: Page, after: Page) -> None:
    """End the case as unobservable where the total of a list has changed in between."""
    if before.total != after.total:
        unobservable(f"the list of {before.resource.name} has changed in the meantime")


def miscounted(pages: Iterable[Page]) -> list[str]:
    """Return in words the pages with a wrong number of records, and what that should be.

    A refused page holds none; its expected number follows from the page before it.
    """
    found, known = [], None
    for page in pages:
        known = page if page.response.ok and page.properties else known
        if known is None:
            continue
        share = min(known.pagesize, max(0, known.total - page.number * known.pagesize))
        if len(page.ids) != share:
            counted = f"total is {known.total}, pagesize {known.pagesize}"
            holds = f"holds {len(page.ids)} records, not {share}"
            found.append(f"{page.request} {holds} ({counted})")
    return found


def customers_of_calls(api: Api) -> list[str]:
    """Return the ids of some customers with calls on the first page; see `telling_ids`.

    Ends the case as unobservable where no call names its customer.
    """
    api.offers.require_path(CDRS.collection)
    calls = api.listed_once(CDRS)
    named = [str(call[CUSTOMERS.id_field]) for call in calls if call.get(CUSTOMERS.id_field)]
    return telling_ids(named) or unobservable("the account has no calls that name their customer")


def telling_ids(named: list[str]) -> list[str]:
    """Return, each once, the id that is named most, one that is a part of others, the rarest."""
    counted = [id_ for id_, _ in Counter(named).most_common()]
    parts = [id_ for id_ in counted if any(id_ in other for other in counted if other != id_)]
    return list(dict.fromkeys([*counted[:1], *parts[:1], *counted[-1:]]))

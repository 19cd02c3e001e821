"""Lists that come in pages: one page as it was answered, and walks over several.

Each answer is judged by the total and the page size that it states itself, so that what is found
stays true while others add records.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from conformance.spec.media_types import JSON_TYPE
from conformance.spec.resources import CDRS, CUSTOMERS
from conformance.verdicts import SetupFailed, not_applicable, unobservable
from conformance.wire.documents import Unreadable
from conformance.wire.records import id_of, readable_records

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterable, Mapping

    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from conformance.wire.responses import Record, Response

PROPERTIES = ("total", "page", "pagesize", "numpages")

LARGEST = 1000
"""The page size that is used unless another is asked for, and the largest that may be."""

SMALL = (2, 3, 7)
"""Page sizes that make many pages of few records."""

FAR_BEYOND = "999999"
"""A page that no list has."""

WALKED = 3
"""How many pages a list is cut into where the page size can be asked for."""

MOST_WALKED = 8
"""How many pages of a list are walked at most."""


@dataclass(frozen=True)
class Page:
    """One answer to a request for a page: what was asked for, and what came."""

    resource: Resource
    asked: Mapping[str, str]
    response: Response

    @cached_property
    def properties(self) -> dict[str, object]:
        """The properties beside the records, as they are; those that are missing left out.

        In XML, elements or attributes of the root, or of something in it that is no record.
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
    def number(self) -> int:
        """The number of the page that was asked for."""
        return int(self.asked.get("page", "0"))

    def read(self, name: str) -> int:
        """Return a property as a number; raises SetupFailed where it is none."""
        text = str(self.properties.get(name))
        if not text.removeprefix("-").isdecimal():
            message = f"no {name} can be read from the answer: {self.response.text[:80]!r}"
            raise SetupFailed(message)
        return int(text)

    @property
    def total(self) -> int:
        """How many records there are on all pages."""
        return self.read("total")

    @property
    def pagesize(self) -> int:
        """The most records that a page holds; never 0."""
        return max(1, self.read("pagesize"))

    @property
    def count(self) -> int:
        """How many pages follow from total and page size."""
        return -(-self.total // self.pagesize)


def beside_records(root: ET.Element, resource: Resource) -> dict[str, object]:
    """Return the texts of attributes and elements that stand beside the records in XML."""
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
    """Ask for a page of a list, with parameters in the order in which they are given."""
    sent = asked or {}
    response = api.get(resource.collection, params=sent, headers={"Accept": media_type})
    return Page(resource, sent, response)


def matching_nothing(api: Api, name: str) -> str:
    """Return a value of a parameter with which a list has no record."""
    if name == "page":
        return FAR_BEYOND
    return api.unused_id(CUSTOMERS) if name == CUSTOMERS.id_field else api.fresh()


def first(api: Api, resource: Resource, **filters: str) -> Page:
    """Return the page that comes without asking for one.

    Ends the case where the resource is not offered, or is not paged: call records always are, any
    other resource where its list has one of the properties.
    """
    api.require_path(resource.collection)
    page = ask(api, resource, filters)
    if not page.response.ok:
        message = f"the list of {resource.name} was refused with {page.response.status_code}"
        raise SetupFailed(message)
    if resource is not CDRS and not page.properties:
        not_applicable(f"{resource.name} are not answered in pages")
    return page


def takes_sizes(api: Api, default: Page) -> bool:
    """Tell whether a page size can be asked for: as claimed, or else by asking for 2 records.

    A server that refuses the parameter, or answers as without it, does not offer it.
    """
    claimed = api.target.claims.pagesize
    if claimed is not None:
        return claimed
    small = ask(api, default.resource, {**default.asked, "pagesize": "2"})
    return small.response.ok and (
        len(small.ids) != len(default.ids) or small.properties != default.properties
    )


def sizes(api: Api, default: Page, wanted: Iterable[int] = SMALL) -> list[dict[str, str]]:
    """Return parameters that ask for page sizes: small ones, and those around the total.

    Pages of the total, of one more and of one less are where a count of pages goes wrong. Nothing
    where the target says that the page size cannot be asked for.
    """
    if api.target.claims.pagesize is False:
        return []
    edges = (default.total - 1, default.total, default.total + 1)
    chosen = dict.fromkeys([*wanted, *edges])
    return [{"pagesize": str(size)} for size in chosen if 1 <= size <= LARGEST]


def in_sizes(api: Api, default: Page, wanted: Iterable[int] = SMALL) -> list[Page]:
    """Return the first page of a list in its own size and in others, as far as it has records.

    Unobservable where there are no records.
    """
    if not default.total:
        unobservable(f"the account has no {default.resource.name}")
    asked = [{**default.asked, **size} for size in sizes(api, default, wanted)]
    seen = [default, *(ask(api, default.resource, each) for each in asked)]
    return [page for page in seen if page.response.ok and page.total]


def several(api: Api, resource: Resource, **filters: str) -> dict[str, str]:
    """Return parameters with which a list has more than one page; unobservable where none do."""
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
    numbers = sorted({1, last - 1, last} & set(range(1, page.count)))
    return [page, *(ask(api, page.resource, {**asked, "page": str(each)}) for each in numbers)]


def walk(api: Api, default: Page, media_type: str = JSON_TYPE) -> list[Page]:
    """Return the pages of a list one after another: all of them, or the first few.

    Unobservable where there are no records, or where the total has changed by the last one.
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
    """Tell whether pages that were walked are all that there are."""
    return len(pages) < MOST_WALKED or sum(len(page.ids) for page in pages) >= default.total


def require_steady(before: Page, after: Page) -> None:
    """End the case where others have changed a list in the meantime."""
    if before.total != after.total:
        unobservable(f"the list of {before.resource.name} has changed in the meantime")


def miscounted(pages: Iterable[Page]) -> list[tuple[dict[str, str], int, int]]:
    """Return the pages that hold another number of records than they should, with both numbers.

    A page that is refused holds none; what it should hold follows from the page before it.
    """
    found, known = [], None
    for page in pages:
        known = page if page.response.ok and page.properties else known
        if known is None:
            continue
        share = min(known.pagesize, max(0, known.total - page.number * known.pagesize))
        if len(page.ids) != share:
            found.append((dict(page.asked), share, len(page.ids)))
    return found


def repeated_ids(pages: Iterable[Page]) -> list[str]:
    """Return the ids that pages hold more than once."""
    counted = Counter(id_ for page in pages for id_ in page.ids)
    return sorted(id_ for id_, count in counted.items() if count > 1)


def customers_of_calls(api: Api) -> list[str]:
    """Return the customers with the most and the fewest calls on the first page, most first.

    Unobservable where no call tells its customer.
    """
    api.require_path(CDRS.collection)
    calls = readable_records(api.get(CDRS.collection), CDRS)
    counted = Counter(
        str(call[CUSTOMERS.id_field]) for call in calls if call.get(CUSTOMERS.id_field)
    ).most_common()
    if not counted:
        unobservable("the account has no calls that name their customer")
    return list(dict.fromkeys([counted[0][0], counted[-1][0]]))

"""Pages of a list that are compared with each other, and what is wrong of them in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from conformance.checks.paging import PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.checks.paging import Page


def missing_properties(page: Page) -> list[str]:
    """Return in words the paging properties that a page lacks."""
    lacking = [name for name in PROPERTIES if name not in page.properties]
    told = f"{', '.join(lacking)} missing in the answer to {page.request}"
    return [told] if lacking else []


def repeated_ids(pages: Iterable[Page]) -> list[str]:
    """Return the ids that occur more than once on the pages."""
    counted = Counter(id_ for page in pages for id_ in page.ids)
    return sorted(id_ for id_, count in counted.items() if count > 1)


def repeated_records(pages: list[Page]) -> list[str]:
    """Return in words the records that occur more than once on the pages, and on which."""
    return [
        f"{pages[0].resource.word} {id_} is listed more than once, by "
        f"{' and '.join(page.request for page in pages if id_ in page.ids)}"
        for id_ in repeated_ids(pages)
    ]


def unlike_pages(one: Page, other: Page) -> list[str]:
    """Return in words how two pages differ that should hold the same records, in any order."""
    if sorted(one.ids) == sorted(other.ids):
        return []
    common = len({*one.ids} & {*other.ids})
    counted = [f"{each.request} returns {len(each.ids)} records" for each in (one, other)]
    return [f"{', but '.join(counted)}; {common} are the same"]

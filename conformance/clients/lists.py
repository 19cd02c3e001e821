"""Whole lists, read page by page, within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.clients.explained import raise_refusal
from conformance.spec.paging import LARGEST
from conformance.spec.schemas import documented
from conformance.verdicts import unobservable
from conformance.wire.records import id_of, more_pages, readable_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.clients.client import Client
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response

MOST_PAGES = 100
"""The maximum number of pages of a list to read."""
MOST_RECORDS = 50_000
"""The maximum number of records of a list to read; so many take some 200 MB."""
FEW_PAGES = 10
"""How many pages are read in their default size; of a longer list the largest are asked for."""


def whole_list(client: Client, resource: Resource, params: Mapping[str, str]) -> list[Record]:
    """Return the records of all pages of a list, each without undocumented fields.

    Reading ends with a page without new records. Raises NotApplicable where the resource is not
    offered, SetupFailed where the list cannot be read, Unobservable where it is beyond the bounds.
    """
    records: list[Record] = []
    seen: set[str] = set()
    for page, found in enumerate(_pages(client, resource, params)):
        new = {id_of(resource, record) for record in found} - seen
        if page and not new:
            break
        records += found
        seen |= new
        if page == MOST_PAGES or len(records) > MOST_RECORDS:
            unobservable(f"the list of {resource.name} does not end within {len(records)} records")
    return records


def _pages(client: Client, resource: Resource, params: Mapping[str, str]) -> Iterator[list[Record]]:
    """Give the records of each page, until a page says that it is the last."""
    response, asked = _answered(client, resource, params), dict(params)
    if more_pages(response, FEW_PAGES) and "pagesize" not in params:
        large = client.get(resource.collection, params={**params, "pagesize": str(LARGEST)})
        shown = len(readable_records(response, resource))
        if large.ok and len(readable_records(large, resource)) > shown:
            response, asked["pagesize"] = large, str(LARGEST)
    yield [documented(resource, each) for each in response.records(resource)]
    page = 0
    while more_pages(response, page):
        page += 1
        response = _answered(client, resource, {**asked, "page": str(page)})
        yield [documented(resource, each) for each in response.records(resource)]


def _answered(client: Client, resource: Resource, params: Mapping[str, str]) -> Response:
    """Return a page of a list; raises the outcome of the case where it is refused."""
    response = client.get(resource.collection, params=params)
    if not response.ok:
        raise_refusal(resource, response, f"the list of {resource.name}")
    return response

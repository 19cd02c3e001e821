"""Pages and page sizes out of range, and filters without a match (S31, S48 to S51, S59)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import paging
from conformance.checks.page_equivalence import emptiness
from conformance.checks.violations import kind_in_json
from conformance.readings import reading
from conformance.rules import INFERRED, RELIED_ON, STATED, rule
from conformance.spec.addressing import with_suffix
from conformance.spec.media_types import JSON, JSON_TYPE, XML, XML_TYPE
from conformance.spec.paging import LARGEST
from conformance.spec.resources import CDRS, CUSTOMERS, SOURCES
from conformance.verdicts import applicable_if, observable_if
from suites.parameters import each_paged_resource

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

pytestmark = pytest.mark.quiet


BAD_PAGES = ("-1", "abc", "", "1.5", "99999999999", "9" * 25)
BAD_SIZES = ("0", "-1", "abc", "1001", "9" * 12)
"""Invalid page numbers and page sizes."""

TOO_LARGE = ("1001", "5000")

BOUNDS = ("1", "1000")
"""The smallest and the largest valid page size."""


@rule("page-beyond-the-last-is-empty", statements="S50 S51", basis=STATED)
@each_paged_resource
@pytest.mark.parametrize("beyond", [0, 1], ids=["the first beyond", "the second beyond"])
def test_page_beyond_the_last_is_empty(api: Api, resource: Resource, beyond: int) -> None:
    """A page beyond the last one holds no records, unless the answer says which page it is."""
    default = paging.first(api, resource)

    page = paging.ask(api, resource, {"page": str(default.count + beyond)})

    applicable_if(page.is_as_asked, "the answer says that it is another page")
    assert page.ids == []


@rule("page-beyond-any-number-is-empty", statements="S50 S51", basis=STATED)
@each_paged_resource
@pytest.mark.parametrize("bits", [32, 64])
def test_page_beyond_any_number_is_empty(api: Api, resource: Resource, bits: int) -> None:
    """A page whose number has more than 32 or 64 bits holds no records."""
    paging.first(api, resource)

    page = paging.ask(api, resource, {"page": str(2**bits)})

    applicable_if(page.is_as_asked, "the answer says that it is another page")
    assert page.ids == []


@rule("page-beyond-the-last-status", statements="S50 S42", basis=INFERRED)
def test_page_beyond_the_last_status(api: Api) -> None:
    """A page of call records beyond the last one is answered 200 without records, or 404."""
    default = paging.first(api, CDRS)

    beyond = paging.ask(api, CDRS, {"page": str(default.count + 1)})

    assert reading("page-beyond-the-last").accepts(status_and_content(beyond))


def status_and_content(page: paging.Page) -> str:
    """Return the status of a page, and whether it has records."""
    return f"{page.response.status_code} with {'something' if page.ids else 'nothing'}"


@rule("page-without-sense", statements="S48 S45", basis=STATED)
@pytest.mark.parametrize("text", BAD_PAGES, ids=[f"page={text}" for text in BAD_PAGES])
def test_page_without_sense(api: Api, text: str) -> None:
    """GET of call records with an invalid page is answered 200, 400, 403 or 404."""
    api.offers.require_path(CDRS.collection)

    page = paging.ask(api, CDRS, {"page": text})

    assert reading("invalid-page-number", f"page={text}").accepts(page.response.status_code)


@rule("pagesize-without-sense", statements="S49 S45", basis=STATED)
@pytest.mark.parametrize("text", BAD_SIZES, ids=[f"pagesize={text}" for text in BAD_SIZES])
def test_pagesize_without_sense(api: Api, text: str) -> None:
    """An invalid pagesize is refused, or replaced by one that the page then does not exceed.

    The accepted statuses are 200, 400, 403 and 404.
    """
    api.offers.require_path(CDRS.collection)

    page = paging.ask(api, CDRS, {"pagesize": text})

    assert "pagesize" not in page.properties or len(page.ids) <= page.pagesize
    assert reading("invalid-page-size", f"pagesize={text}").accepts(page.response.status_code)


@rule("pagesize-is-1000-at-most", statements="S49", basis=RELIED_ON)
@pytest.mark.parametrize("size", TOO_LARGE)
def test_pagesize_is_1000_at_most(api: Api, size: str) -> None:
    """For a pagesize above 1000 no page states that size or holds more than 1000 records."""
    api.offers.require_path(CDRS.collection)

    page = paging.ask(api, CDRS, {"pagesize": size})

    stated = {str(page.properties.get("pagesize"))}
    assert [*page.ids[LARGEST:], *stated.intersection({size})] == []


@rule("pagesize-is-not-that-of-a-later-page", statements="S49", basis=STATED)
@pytest.mark.quiet
def test_pagesize_is_not_that_of_a_later_page(api: Api) -> None:
    """GET of call records without a page size has the usual one, right after one with another."""
    default = paging.first(api, CDRS)
    paging.ask(api, CDRS, {"pagesize": "2"})

    page = paging.ask(api, CDRS, {"page": "1"})

    applicable_if(page.response.ok, f"it is refused with {page.response.status_code}")
    assert page.read("pagesize") == default.read("pagesize")


THREE = 3
"""So many records have a third one, which both of two questions are about."""


@rule("page-is-not-taken-for-pagesize", statements="S48 S49", basis=STATED)
@pytest.mark.quiet
def test_page_is_not_taken_for_pagesize(api: Api) -> None:
    """GET of calls with page 2 and pagesize 1 has one record, also after page 1 with pagesize 2."""
    default = paging.first(api, CDRS)
    applicable_if(paging.takes_sizes(api, default), "the size of a page cannot be chosen")
    observable_if(default.total >= THREE, f"there are only {default.total} calls")

    paging.ask(api, CDRS, {"page": "1", "pagesize": "2"})
    one = paging.ask(api, CDRS, {"page": "2", "pagesize": "1"})

    assert len(one.ids) == 1


@rule("pagesize-at-its-bounds-is-taken", statements="S49", basis=INFERRED)
@pytest.mark.parametrize("size", BOUNDS)
def test_pagesize_at_its_bounds_is_taken(api: Api, size: str) -> None:
    """Where the page size can be chosen, 1 and 1000 are accepted and stated as pagesize."""
    default = paging.first(api, CDRS)
    applicable_if(paging.takes_sizes(api, default), "no size is taken")

    page = paging.ask(api, CDRS, {"pagesize": size})

    assert str(page.properties.get("pagesize")) == size


@rule("empty-filter-answers-empty-list", statements="S59", basis=RELIED_ON)
@pytest.mark.parametrize(
    ("resource", "name", "media_type"),
    [
        (CDRS, "customer_id", JSON_TYPE),
        (CUSTOMERS, "custnr", XML_TYPE),
        (SOURCES, "customer_id", JSON_TYPE),
    ],
)
def test_empty_filter_answers_empty_list(
    api: Api, resource: Resource, name: str, media_type: str
) -> None:
    """A filter that matches nothing succeeds with a list that holds no record."""
    api.offers.require_path(resource.collection)
    nobody = paging.matching_nothing(api, name)

    response = paging.ask(api, resource, {name: nobody}, media_type).response

    assert response.ok
    assert response.records(resource) == []


@rule("empty-filter-is-an-array", statements="S59 S29", basis=RELIED_ON)
def test_empty_filter_is_an_array(api: Api) -> None:
    """A custnr that matches nothing is answered with an empty array, neither null nor missing."""
    response = api.get("/customers", params={"custnr": api.fresh()})

    observable_if(response.ok, "the filter is refused")
    assert instead_of_an_empty_array(response.json()) == []


def instead_of_an_empty_array(value: object) -> list[str]:
    """Return in words what a JSON value has in place of an empty array; nothing if it has one."""
    members = value if isinstance(value, dict) else {"the whole answer": value}
    kinds = {name: kind_in_json(each) for name, each in members.items()}
    told = [f"{name} is {kind}" for name, kind in kinds.items() if kind != "a number"]
    no_array = f"none of its members is an array: {', '.join(members) or 'it has none'}"
    return [] if [] in members.values() else told or [no_array]


@rule("xml-of-an-empty-list", statements="S31 S34 S35", basis=STATED)
@pytest.mark.parametrize(
    ("resource", "name"),
    [(CDRS, "customer_id"), (CDRS, "page"), (CUSTOMERS, "custnr"), (SOURCES, "customer_id")],
)
def test_xml_of_an_empty_list(api: Api, resource: Resource, name: str) -> None:
    """An empty list in XML has the status that it has in JSON, and holds no record.

    XML is requested by Accept and by suffix. An empty body, or one of another type, is not
    accepted.
    """
    api.offers.require_path(resource.collection)
    asked = {name: paging.matching_nothing(api, name)}
    (suffixed,) = with_suffix(resource.collection, XML)[:1]

    in_json = paging.ask(api, resource, asked).response
    in_xml = [
        paging.ask(api, resource, asked, XML_TYPE).response,
        api.get(suffixed, params=asked),
    ]

    expected = emptiness(in_json, resource).replace(JSON, XML)
    assert [emptiness(each, resource) for each in in_xml] == [expected] * 2

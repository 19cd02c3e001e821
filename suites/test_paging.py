"""Lists in pages: total, page, pagesize and numpages (S47 to S51, S59)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given

from conformance.checks import paging
from conformance.checks.compared_pages import missing_properties, repeated_records, unlike_pages
from conformance.checks.page_equivalence import other_properties, unequal
from conformance.config.sampling import examples_among
from conformance.readings import reading
from conformance.rules import SHOWN, STATED, rule
from conformance.spec.media_types import JSON_TYPE, XML_TYPE
from conformance.spec.paging import LARGEST
from conformance.spec.resources import CDRS, CUSTOMERS, SOURCES, USERS
from conformance.verdicts import applicable_if, observable_if
from conformance.wire.recorder import observed
from strategies.pages import page_numbers, page_sizes
from suites.parameters import each_paged_resource

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

pytestmark = pytest.mark.quiet


@rule("page-has-its-properties", statements="S47", basis=STATED)
@each_paged_resource
def test_page_has_its_properties(api: Api, resource: Resource) -> None:
    """Every page of call records or customers has total, page, pagesize and numpages."""
    default = paging.first(api, resource)
    last = last_number(default)

    seen = [default, paging.ask(api, resource, {"page": str(last)}), *small_pages(api, default)]

    answered = [page for page in seen if page.response.ok]
    assert [lack for page in answered for lack in missing_properties(page)] == []


def last_number(default: paging.Page) -> int:
    """Return the number of a list's last page; 0 where its first page does not tell."""
    return max(0, default.count - 1) if missing_properties(default) == [] else 0


def small_pages(api: Api, default: paging.Page) -> list[paging.Page]:
    """Return the first and the last small page of a list that has but one page of records."""
    has_more = last_number(default) > 0
    return [] if has_more or not default.ids else paging.ends(api, default, {"pagesize": "7"})


def size_below(default: paging.Page, most: int | None) -> dict[str, str]:
    """Return the parameter for pages of `most` records, or so that a list has two; of None none."""
    return {} if most is None else {"pagesize": str(max(1, min(most, default.total - 1)))}


@rule("filtered-page-has-its-properties", statements="S47 S51", basis=STATED)
@pytest.mark.parametrize("whose", ["a customer's", "nobody's"])
def test_filtered_page_has_its_properties(api: Api, whose: str) -> None:
    """Filtered call records have total, page, pagesize and numpages, even if none matches."""
    customer_id = paging.customers_of_calls(api)[0]
    asked = {"a customer's": customer_id, "nobody's": api.samples.unused_id(CUSTOMERS)}

    page = paging.ask(api, CDRS, {"customer_id": asked[whose]})

    applicable_if(page.response.ok, f"it is refused with {page.response.status_code}")
    assert missing_properties(page) == []


@rule("paging-properties-are-numbers", statements="S47", basis=SHOWN)
@each_paged_resource
def test_paging_properties_are_numbers(api: Api, resource: Resource) -> None:
    """In JSON, total, page, pagesize and numpages are integers, on the first and second page."""
    default = paging.first(api, resource)

    second = paging.ask(api, resource, {"page": "1"})

    found = {
        **default.properties,
        **{f"{name} of page 1": second.properties[name] for name in second.properties},
    }
    observed("properties", len(found))
    assert {name: value for name, value in found.items() if type(value) is not int} == {}


@rule("page-counts-from-zero", statements="S48 S51", basis=STATED)
@each_paged_resource
def test_page_counts_from_zero(api: Api, resource: Resource) -> None:
    """Pages count from 0, the default; page 1 holds other records; each answer says its page."""
    size = paging.several(api, resource)

    none = paging.ask(api, resource, size)
    zero = paging.ask(api, resource, {**size, "page": "0"})
    one = paging.ask(api, resource, {**size, "page": "1"})
    again = paging.ask(api, resource, size)

    paging.require_steady(none, again)
    assert [
        f"{page.request} is answered as page {page.properties.get('page')}"
        for page in (none, zero, one)
        if not page.properties or page.read("page") != page.number
    ] == []
    assert sorted(zero.ids) == sorted(none.ids)
    assert one.ids
    assert set(one.ids) & set(none.ids) == set()


@rule("pagesize-is-1000-by-default", statements="S49", basis=STATED)
@pytest.mark.parametrize(
    "resource", [pytest.param(CDRS, marks=pytest.mark.smoke), CUSTOMERS, SOURCES], ids=str
)
def test_pagesize_is_1000_by_default(api: Api, resource: Resource) -> None:
    """The default pagesize is 1000, and the first page holds that many records, or all there are.

    How many there are is what total says.
    """
    page = paging.first(api, resource)

    assert page.read("pagesize") == LARGEST
    assert len(page.ids) == min(LARGEST, page.total)


@rule("pagesize-is-for-one-request", statements="S49 S48", basis=STATED)
@each_paged_resource
def test_pagesize_is_for_one_request(api: Api, resource: Resource) -> None:
    """A list without a pagesize has the same one behind a request for pages of two."""
    default = paging.first(api, resource).pagesize
    paging.ask(api, resource, {"pagesize": "2"})

    again = paging.ask(api, resource, {})

    assert again.pagesize == default


@rule("page-is-the-same-in-every-way", statements="S31 S34 S35 S51", basis=STATED)
@each_paged_resource
@examples_among(2)
@given(size=page_sizes(), number=page_numbers())
@example(size=100, number=0)
def test_page_is_the_same_in_every_way(
    api: Api, resource: Resource, size: int, number: int
) -> None:
    """A page of any size holds the same records in JSON and XML, by Accept and by suffix."""
    api.offers.require_path(resource.collection)

    wrong = unequal(api, resource, {"pagesize": str(size), "page": str(number)})

    assert wrong == {}


@rule("xml-says-which-page", statements="S31 S47", basis=STATED)
@each_paged_resource
@pytest.mark.parametrize("asked", [{}, {"pagesize": "2", "page": "1"}], ids=["first", "second"])
def test_xml_says_which_page(api: Api, resource: Resource, asked: dict[str, str]) -> None:
    """Where XML shows total, page, pagesize and numpages, their values are those of JSON."""
    paging.first(api, resource)
    in_xml = paging.ask(api, resource, {}, XML_TYPE)
    shown = in_xml.response.looks_like_xml and in_xml.properties
    applicable_if(shown, "XML shows no such properties")

    wrong = other_properties(api, resource, asked)

    assert wrong == {}


@rule("page-holds-at-most-pagesize", statements="S49", basis=STATED)
@each_paged_resource
def test_page_holds_at_most_pagesize(api: Api, resource: Resource) -> None:
    """No page holds more records than the pagesize that it states."""
    default = paging.first(api, resource)

    answered = paging.in_sizes(api, default, (1, 2))

    assert [
        (page.asked, page.read("pagesize"), len(page.ids))
        for page in answered
        if len(page.ids) > page.read("pagesize")
    ] == []


@rule("numpages-follows-from-total", statements="S50", basis=STATED)
@each_paged_resource
def test_numpages_follows_from_total(api: Api, resource: Resource) -> None:
    """The numpages property is total divided by pagesize, rounded up, for every page size."""
    default = paging.first(api, resource)

    seen = paging.in_sizes(api, default)

    assert [
        (page.asked, page.total, page.pagesize, page.read("numpages"))
        for page in seen
        if page.read("numpages") != page.count
    ] == []


@rule("numpages-of-nothing", statements="S50", basis=STATED)
def test_numpages_of_nothing(api: Api) -> None:
    """If no call record matches a filter, total is 0 and numpages is 0 or 1."""
    page = paging.ask(api, CDRS, {"customer_id": api.samples.unused_id(CUSTOMERS)})
    observable_if(page.response.ok, "a filter that matches nothing is refused")
    assert page.total == 0
    assert reading("numpages-of-nothing").accepts(page.read("numpages"))


@rule("pages-are-full-but-the-last", statements="S50", basis=STATED)
@pytest.mark.parametrize("resource", [CDRS, CUSTOMERS, SOURCES, USERS], ids=str)
@pytest.mark.parametrize("most", [None, 2, 7, 1000])
def test_pages_are_full_but_the_last(api: Api, resource: Resource, most: int | None) -> None:
    """Every page but the last holds exactly pagesize records, and the last holds the rest."""
    default = paging.first(api, resource)

    seen = paging.ends(api, default, size_below(default, most))

    applicable_if(seen, "no page of this size is answered")
    observed("pages", len(seen))
    assert paging.miscounted(seen) == []


@rule("pages-hold-each-record-once", statements="S50", basis=STATED)
@pytest.mark.parametrize(
    ("resource", "media_type"), [(CDRS, JSON_TYPE), (CDRS, XML_TYPE), (CUSTOMERS, JSON_TYPE)]
)
def test_pages_hold_each_record_once(api: Api, resource: Resource, media_type: str) -> None:
    """The pages of a list together hold each record once, as many records as total says."""
    default = paging.first(api, resource)

    walked = paging.walk(api, default, media_type)

    observed("records", sum(len(page.ids) for page in walked))
    assert repeated_records(walked) == []
    assert paging.deviation_from_total(default, walked) == 0


@rule("total-counts-every-match", statements="S47 S50", basis=STATED)
@each_paged_resource
@pytest.mark.parametrize("asked", [{"page": "1"}, {"pagesize": "1"}], ids=["page", "pagesize"])
def test_total_counts_every_match(api: Api, resource: Resource, asked: dict[str, str]) -> None:
    """The total of a list is the same on every page and for every page size."""
    default = paging.first(api, resource)

    page = paging.ask(api, resource, asked)

    applicable_if(page.response.ok, f"it is refused with {page.response.status_code}")
    paging.require_steady(default, paging.ask(api, resource))
    assert page.total == default.total


@rule("total-follows-the-filter", statements="S47 S51", basis=STATED)
def test_total_follows_the_filter(api: Api) -> None:
    """With a filter, the pages of call records hold as many as total and numpages say.

    Another value of the same filter was asked for before.
    """
    owners = paging.customers_of_calls(api)
    paging.first(api, CDRS, customer_id=owners[0])
    default = paging.first(api, CDRS, customer_id=owners[-1])

    seen = [default, *paging.ends(api, default, {"pagesize": "7"})]

    counted = [page for page in seen if page.response.ok and page.total]
    assert paging.miscounted(seen) == []
    assert [page.asked for page in counted if page.read("numpages") != page.count] == []


@rule("page-keeps-the-filter", statements="S51 S23 S50", basis=STATED)
def test_page_keeps_the_filter(api: Api) -> None:
    """Page 1 of filtered call records has the total of page 0, and holds matching records only.

    Its numpages follows from both.
    """
    wanted = {"customer_id": paging.customers_of_calls(api)[0]}
    size = paging.several(api, CDRS, **wanted)

    zero = paging.ask(api, CDRS, {**wanted, **size, "page": "0"})
    one = paging.ask(api, CDRS, {**wanted, **size, "page": "1"})
    again = paging.ask(api, CDRS, {**wanted, **size, "page": "0"})

    paging.require_steady(zero, again)
    assert one.total == zero.total
    assert one.read("numpages") == one.count
    assert {str(call.get("customer_id")) for call in one.records} == set(wanted.values())


@rule("page-in-any-order", statements="S51 S23", basis=STATED)
def test_page_in_any_order(api: Api) -> None:
    """Filter and page select the same call records in either order in the query string."""
    wanted = {"customer_id": paging.customers_of_calls(api)[0]}
    default = paging.first(api, CDRS, **wanted)
    asked = {**wanted, "page": str(max(0, default.count - 1))}

    one = paging.ask(api, CDRS, asked)
    other = paging.ask(api, CDRS, dict(list(asked.items())[::-1]))
    again = paging.ask(api, CDRS, asked)

    paging.require_steady(one, again)
    assert unlike_pages(one, other) == []
    assert one.ids != []

"""Faults in paging: the four properties, and which records a page holds."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import CALL_RECORDS, CUSTOMERS
from reference.response_types import XML

Item = TypeVar("Item")
Paging = Mapping[str, int | str]


class LeavesOutNumpages(Fault, breaks="page-has-its-properties filtered-page-has-its-properties"):
    """Does not say how many pages there are."""

    def paging_properties(self, matching: int, shown: int, page: int, pagesize: int) -> Paging:
        """Leave a property out."""
        properties = dict(super().paging_properties(matching, shown, page, pagesize))
        del properties["numpages"]
        return properties


class LeavesOutNumpagesOnTheLastPage(Fault, breaks="page-has-its-properties"):
    """Does not say how many pages there are on the last of several."""

    def paging_properties(self, matching: int, shown: int, page: int, pagesize: int) -> Paging:
        """Leave a property out."""
        properties = dict(super().paging_properties(matching, shown, page, pagesize))
        if page and page + 1 == properties["numpages"]:
            del properties["numpages"]
        return properties


class SaysNothingOfAnEmptyList(Fault, breaks="filtered-page-has-its-properties"):
    """Has no paging properties where nothing matches."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Answer an empty list without any."""
        return super().listing(operation, records) if records else self.answer(operation, [])


class PagesInTexts(Fault, breaks="paging-properties-are-numbers"):
    """Gives the paging properties as texts."""

    def paging_properties(self, matching: int, shown: int, page: int, pagesize: int) -> Paging:
        """Make texts of them."""
        properties = super().paging_properties(matching, shown, page, pagesize)
        return {name: str(value) for name, value in properties.items()}


class CountsPagesFromOne(
    Fault,
    breaks=(
        "page-counts-from-zero page-beyond-the-last-is-empty pages-are-full-but-the-last "
        "pages-hold-each-record-once total-follows-the-filter walk-totals-agree-with-lists "
        "calls-alike-are-each-on-one-page filtered-pages-are-full-but-the-last "
        "equal-records-are-each-on-one-page pages-are-full-after-a-delete "
        "page-follows-from-its-own-size sources-beside-users-are-each-on-one-page"
    ),
):
    """Counts pages from 1, and takes page 0 for the first as well."""

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Take the page before."""
        return super().items_on_page(items, max(page, 1) - 1, pagesize)


class AlwaysSaysPageZero(Fault, breaks="page-counts-from-zero"):
    """Says that every page is page 0."""

    def paging_properties(self, matching: int, shown: int, page: int, pagesize: int) -> Paging:
        """Forget the page."""
        del page
        return super().paging_properties(matching, shown, 0, pagesize)


class HoldsFiveHundred(Fault, breaks="pagesize-is-1000-by-default"):
    """Has pages of 500 records unless asked otherwise."""

    default_pagesize = 500


class HoldsFiveHundredSources(Fault, breaks="pagesize-is-1000-by-default"):
    """Has pages of 500 customers unless asked otherwise, but of 1000 call records."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Have a smaller default for customers."""
        self.default_pagesize = 500 if operation.resource is CUSTOMERS else 1000
        return super().listing(operation, records)


class HoldsOneMore(
    Fault,
    breaks=(
        "page-holds-at-most-pagesize page-counts-from-zero pages-are-full-but-the-last "
        "pages-hold-each-record-once pagesize-is-1000-by-default total-follows-the-filter "
        "calls-alike-are-each-on-one-page filtered-pages-are-full-but-the-last "
        "equal-records-are-each-on-one-page page-is-not-taken-for-pagesize "
        "pages-are-full-after-a-delete same-query-has-each-account-its-total "
        "every-page-holds-at-most-its-pagesize"
    ),
    in_a_whole_run=True,
):
    """Puts one record too many on a page."""

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Stop one record late."""
        start = page * pagesize
        return items[start : start + pagesize + 1]


class BeginsPagesOneEarly(
    Fault,
    breaks=(
        "pages-hold-each-record-once page-counts-from-zero pages-are-full-but-the-last "
        "total-follows-the-filter walk-totals-agree-with-lists "
        "calls-alike-are-each-on-one-page filtered-pages-are-full-but-the-last "
        "equal-records-are-each-on-one-page pages-are-full-after-a-delete "
        "page-follows-from-its-own-size sources-beside-users-are-each-on-one-page"
    ),
):
    """Begins every page but the first one record too early."""

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Repeat a record."""
        start = max(0, page * pagesize - page)
        return items[start : start + pagesize]


class SkipsARecordPerPage(
    Fault,
    breaks=(
        "pages-hold-each-record-once pages-are-full-but-the-last total-follows-the-filter "
        "walk-totals-agree-with-lists filtered-pages-are-full-but-the-last "
        "equal-records-are-each-on-one-page pages-are-full-after-a-delete "
        "page-follows-from-its-own-size sources-beside-users-are-each-on-one-page"
    ),
):
    """Leaves a record out between two pages."""

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Begin a page late."""
        start = page * pagesize + page
        return items[start : start + pagesize]


class LosesTheLastOfAPage(
    Fault,
    breaks=(
        "pages-are-full-but-the-last pages-hold-each-record-once pagesize-is-1000-by-default "
        "total-follows-the-filter walk-totals-agree-with-lists "
        "filtered-pages-are-full-but-the-last equal-records-are-each-on-one-page "
        "page-is-not-taken-for-pagesize pages-are-full-after-a-delete "
        "same-query-has-each-account-its-total sources-beside-users-are-each-on-one-page"
    ),
    in_a_whole_run=True,
):
    """Leaves out the last record of every page but the last."""

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Stop one record early."""
        found = super().items_on_page(items, page, pagesize)
        return found[:-1] if (page + 1) * pagesize < len(items) else found


class TurnsEveryOtherPage(
    Fault,
    breaks=(
        "pages-hold-each-record-once page-counts-from-zero walk-totals-agree-with-lists "
        "equal-records-are-each-on-one-page page-follows-from-its-own-size "
        "sources-beside-users-are-each-on-one-page calls-alike-are-each-on-one-page"
    ),
    in_a_whole_run=True,
):
    """Cuts pages with odd numbers from the list in the opposite order."""

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Turn the list around."""
        return super().items_on_page(items[::-1] if page % 2 else items, page, pagesize)


class RefusesTheLastPage(
    Fault,
    breaks=(
        "pages-are-full-but-the-last pages-hold-each-record-once total-follows-the-filter "
        "filtered-pages-are-full-but-the-last pages-are-full-after-a-delete"
    ),
):
    """Refuses the last of several pages."""

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Take the last page for one beyond."""
        if page and page + 1 == -(-len(items) // pagesize):
            raise Refusal(400, "There is no such page")
        return super().items_on_page(items, page, pagesize)


class CutsXmlShort(
    Fault,
    breaks=(
        "pages-hold-each-record-once xml-says-what-json-says "
        "page-is-the-same-in-every-way equal-records-are-each-on-one-page"
    ),
    in_a_whole_run=True,
):
    """Leaves the last record of a page out of XML."""

    def answer(
        self, operation: Operation, records: Sequence[Record], paging: Paging | None = None
    ) -> Answer:
        """Cut what several records make."""
        xml = self.media_type(operation.request) == XML and paging and len(records) > 1
        return super().answer(operation, records[:-1] if xml else records, paging)


class FiltersTheFirstPageOnly(
    Fault, breaks="page-keeps-the-filter calls-alike-are-each-on-one-page"
):
    """Forgets the filter of call records on the second page."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Filter the first page."""
        later = operation.parameters.get("page", "0") != "0"
        if later and operation.resource is CALL_RECORDS:
            return {}
        return super().filters(operation)


class FiltersBeforePageOnly(Fault, breaks="page-in-any-order"):
    """Forgets the filter where the page is named before it."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Look at what comes first."""
        if operation.request.target.partition("?")[2].startswith("page="):
            return {}
        return super().filters(operation)


class IgnoresThePageOfCustomers(
    Fault,
    breaks="equal-records-are-each-on-one-page page-counts-from-zero "
    "page-beyond-the-last-is-empty pages-are-full-but-the-last "
    "pages-hold-each-record-once pages-are-full-after-a-delete "
    "page-beyond-any-number-is-empty",
):
    """Answers the first page of customers whichever is asked for."""

    def page(self, parameters: Mapping[str, str]) -> int:
        """Have call records paged only."""
        return super().page(parameters)

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Show the first page, and say that it is the one asked for."""
        answer = super().listing(operation, records)
        if operation.resource is not CUSTOMERS or not answer.paging:
            return answer
        shown = records[: int(answer.paging["pagesize"])]
        return self.answer(operation, shown, answer.paging)

"""Faults of pages that are not there, and of filters that match nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import CALL_RECORDS
from reference.response_types import XML

Item = TypeVar("Item")
Paging = Mapping[str, int | str]


class ShowsTheLastPageBeyond(
    Fault,
    breaks="page-beyond-the-last-is-empty page-beyond-the-last-status "
    "page-beyond-any-number-is-empty",
):
    """Shows the last page to whoever asks for one beyond it."""

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Stop at the last page."""
        last = max(0, -(-len(items) // pagesize) - 1)
        return super().items_on_page(items, min(page, last), pagesize)


class ForbidsPagesBeyond(Fault, breaks="page-beyond-the-last-status"):
    """Forbids the pages beyond the last one."""

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Refuse what is not there."""
        if page and page * pagesize >= len(items):
            raise Refusal(403, "This page is forbidden")
        return super().items_on_page(items, page, pagesize)


class FailsOnOddPages(
    Fault,
    breaks=(
        "page-without-sense odd-questions-cause-no-trouble "
        "generated-questions-cause-no-trouble odd-query-causes-no-trouble "
        "refusal-escapes-what-it-quotes xml-well-formed nothing-causes-a-500"
    ),
):
    """Fails where page is no number."""

    def invalid_page(self, text: str) -> int:
        """Break down."""
        raise Refusal(500, text)


class TakesNegativePages(
    Fault,
    breaks="page-without-sense odd-questions-cause-no-trouble nothing-causes-a-500",
):
    """Fails where page is below 0, and takes any other text for 0."""

    def invalid_page(self, text: str) -> int:
        """Break down on what the database refuses."""
        if text.startswith("-"):
            raise Refusal(500, "OFFSET must not be negative")
        return 0


class FailsOnOddSizes(
    Fault,
    breaks="pagesize-without-sense nothing-causes-a-500",
):
    """Fails where pagesize is 0."""

    def invalid_pagesize(self, text: str) -> int:
        """Divide by it."""
        raise Refusal(500 if text == "0" else 400, "division by zero")


class RefusesTheLargestSize(Fault, breaks="pagesize-at-its-bounds-is-taken"):
    """Takes the largest page size for one too many."""

    def pagesize(self, parameters: Mapping[str, str]) -> int:
        """Refuse the bound itself."""
        text = parameters.get("pagesize", "")
        return self.invalid_pagesize(text) if text == "1000" else super().pagesize(parameters)


class RefusesSinglePages(
    Fault, breaks="pagesize-at-its-bounds-is-taken page-is-not-taken-for-pagesize"
):
    """Takes a page of one record for none."""

    def pagesize(self, parameters: Mapping[str, str]) -> int:
        """Refuse the bound itself."""
        text = parameters.get("pagesize", "")
        return self.invalid_pagesize(text) if text == "1" else super().pagesize(parameters)


class HoldsOneTooMany(Fault, breaks="pagesize-is-1000-at-most"):
    """Holds 1001 records where they are asked for."""

    largest_pagesize = 1001


class HoldsAnyNumber(Fault, breaks="pagesize-is-1000-at-most"):
    """Lets a page hold as many records as are asked for."""

    largest_pagesize = 10**9


class FindsNothingNotFound(Fault, breaks="empty-filter-answers-empty-list"):
    """Answers 404 where a filter matches nothing."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Refuse to answer nothing."""
        if not records and operation.record_id is None:
            raise Refusal(404, "Nothing was found")
        return super().listing(operation, records)


class FindsNoCustomerNull(
    Fault,
    breaks="empty-filter-is-an-array json-envelope",
):
    """Answers null where no customer matches."""

    def json_text(self, answer: Answer) -> str:
        """Have no array."""
        text = super().json_text(answer)
        return text.replace('"customers":[]', '"customers":null')


class IgnoresThePageInXml(
    Fault,
    breaks=(
        "pages-hold-each-record-once xml-says-what-json-says xml-of-an-empty-list "
        "xml-says-which-page refusal-has-one-code-in-each-type "
        "equal-records-are-each-on-one-page"
    ),
    in_a_whole_run=True,
):
    """Answers the first page in XML whichever is asked for."""

    def query_parameters(self, query: str) -> Mapping[str, str]:
        """Drop the page where XML was asked for."""
        return {
            name: value
            for name, value in super().query_parameters(query).items()
            if name != "page" or not self.__dict__.get("xml")
        }

    def admit(self, request: Request) -> str:
        """Remember which type was asked for."""
        self.__dict__["xml"] = self.media_type(request) == XML
        return super().admit(request)


class TakesNoSizeForAny(Fault, breaks="pagesize-without-sense"):
    """Takes a page size of 0 for no limit, and says that a page holds 0 records."""

    def invalid_pagesize(self, text: str) -> int:
        """Let 0 pass."""
        return 0 if text == "0" else super().invalid_pagesize(text)

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Show everything."""
        return super().items_on_page(items, page, pagesize) if pagesize else items

    def number_of_pages(self, matching: int, pagesize: int) -> int:
        """Have one page."""
        return super().number_of_pages(matching, pagesize) if pagesize else 1


class HasNothingPastTheFirstPage(
    Fault,
    breaks=(
        "page-counts-from-zero page-keeps-the-filter pages-are-full-but-the-last "
        "pages-hold-each-record-once total-follows-the-filter walk-totals-agree-with-lists "
        "filtered-pages-are-full-but-the-last equal-records-are-each-on-one-page "
        "pages-are-full-after-a-delete page-is-not-taken-for-pagesize "
        "page-follows-from-its-own-size sources-beside-users-are-each-on-one-page"
    ),
):
    """Answers every page but the first without a record."""

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Show the first page only."""
        return [] if page else super().items_on_page(items, page, pagesize)


class CountsOneAtLeast(
    Fault, breaks="numpages-of-nothing every-page-counts-its-pages other-account-is-not-counted"
):
    """Says that there is one record where nothing matches."""

    def total(self, matching: int, shown: int) -> int:
        """Count one."""
        return max(1, super().total(matching, shown))


class CountsAllOnLaterPages(
    Fault,
    breaks=("page-keeps-the-filter total-follows-the-filter filtered-pages-are-full-but-the-last"),
):
    """Says on every page but the first how many call records there are without the filter."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Count what the account has."""
        answer = super().listing(operation, records)
        if operation.resource is not CALL_RECORDS or not answer.paging or not answer.paging["page"]:
            return answer
        total = len(self.candidates(operation))
        return replace(answer, paging={**answer.paging, "total": total})


class AnswersNoCallsInXmlWithNothing(Fault, breaks="xml-of-an-empty-list"):
    """Answers a filter that matches no call with an empty body where XML is asked for."""

    def xml_text(self, answer: Answer) -> str:
        """Write no root around nothing."""
        return super().xml_text(answer) if answer.content or answer.name != "cdrs" else ""


class AnswersNoCustomersInJson(
    Fault, breaks="xml-of-an-empty-list xml-well-formed media-type-tells-the-body"
):
    """Answers a filter that matches no customer in JSON, though called XML."""

    def xml_text(self, answer: Answer) -> str:
        """Write nothing as JSON."""
        empty = answer.name == "customers" and not answer.content
        return self.json_text(answer) if empty else super().xml_text(answer)


class ShowsABlankCustomerInXml(Fault, breaks="xml-of-an-empty-list"):
    """Shows one customer without fields in XML where a filter matches none."""

    def xml_children(self, answer: Answer) -> str:
        """Have an element for nobody."""
        empty = answer.name == "customers" and not answer.content
        return "<customer/>" if empty else super().xml_children(answer)


class AnswersNoCallsWithNothing(
    Fault, breaks="json-envelope xml-of-an-empty-list filtered-page-has-its-properties"
):
    """Answers a filter that matches no call with an empty body."""

    def json_text(self, answer: Answer) -> str:
        """Write no object around nothing."""
        return super().json_text(answer) if answer.content or answer.name != "cdrs" else ""


class FindsNoCallsNull(Fault, breaks="json-envelope"):
    """Answers null where no call matches."""

    def json_text(self, answer: Answer) -> str:
        """Have no array."""
        return super().json_text(answer).replace('"cdrs":[]', '"cdrs":null')


class AnswersNoSourcesInXmlWithNothing(Fault, breaks="xml-of-an-empty-list"):
    """Answers a filter that matches no source with an empty body where XML is asked for."""

    def xml_text(self, answer: Answer) -> str:
        """Write no root around nothing."""
        return super().xml_text(answer) if answer.content or answer.name != "sources" else ""


class AnswersPagesBeyondInXmlWithNothing(Fault, breaks="xml-of-an-empty-list"):
    """Answers a page beyond the last one with an empty body where XML is asked for."""

    def xml_text(self, answer: Answer) -> str:
        """Write no root around nothing, unless there is nothing on any page."""
        paging = answer.paging or {}
        return super().xml_text(answer) if answer.content or not paging.get("total") else ""


class CountsFilteredPagesByTheThousand(
    Fault, breaks="page-keeps-the-filter total-follows-the-filter"
):
    """Says how many pages of a thousand there are where calls are filtered, whatever was asked."""

    is_filtered = False

    def read(self, operation: Operation) -> Answer:
        """Look for a filter."""
        self.is_filtered = bool(self.filters(operation))
        return super().read(operation)

    def number_of_pages(self, matching: int, pagesize: int) -> int:
        """Count."""
        return super().number_of_pages(matching, 1000 if self.is_filtered else pagesize)

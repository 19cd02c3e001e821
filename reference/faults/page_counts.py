"""Faults in what a page says of the whole list: how many records and pages there are."""

from collections.abc import Sequence
from dataclasses import replace

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer
from reference.resources import CALL_RECORDS


class RoundsPagesDown(
    Fault,
    breaks="every-page-counts-its-pages numpages-follows-from-total total-follows-the-filter",
):
    """Counts only the full pages."""

    def number_of_pages(self, matching: int, pagesize: int) -> int:
        """Round down."""
        return matching // pagesize


class CountsPagesBelowZero(
    Fault,
    breaks="every-page-counts-its-pages numpages-follows-from-total page-keeps-the-filter "
    "total-follows-the-filter",
):
    """Counts the pages downwards from 0."""

    def number_of_pages(self, matching: int, pagesize: int) -> int:
        """Lose the sign."""
        return -super().number_of_pages(matching, pagesize)


class CountsOnePageTooManyWhenFull(
    Fault,
    breaks="numpages-follows-from-total page-keeps-the-filter every-page-counts-its-pages",
):
    """Counts one page too many where the last page is full."""

    def number_of_pages(self, matching: int, pagesize: int) -> int:
        """Always add one to the full pages."""
        return matching // pagesize + 1 if matching else 0


class CountsTwoPagesOfNothing(Fault, breaks="numpages-of-nothing"):
    """Counts two pages where nothing matches."""

    def number_of_pages(self, matching: int, pagesize: int) -> int:
        """Make pages up."""
        return super().number_of_pages(matching, pagesize) or 2


class CountsWhatItShows(
    Fault,
    breaks="total-counts-every-match numpages-follows-from-total "
    "page-beyond-the-last-is-empty page-beyond-the-last-status "
    "page-keeps-the-filter pages-hold-each-record-once total-follows-the-filter "
    "every-page-counts-its-pages",
    in_a_whole_run=True,
):
    """Has total say how many records are on the page."""

    def total(self, matching: int, shown: int) -> int:
        """Count the page."""
        del matching
        return shown


class CountsWithoutTheFilter(
    Fault,
    breaks=(
        "total-follows-the-filter numpages-of-nothing page-in-any-order "
        "filtered-pages-are-full-but-the-last"
    ),
    in_a_whole_run=True,
):
    """Counts all call records, whatever the filter lets through."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Count what the account has."""
        answer = super().listing(operation, records)
        if operation.resource is not CALL_RECORDS or not answer.paging:
            return answer
        total = len(self.candidates(operation))
        numpages = self.number_of_pages(total, int(answer.paging["pagesize"]))
        return Answer(
            answer.name, answer.content, {**answer.paging, "total": total, "numpages": numpages}
        )


class CountsFilteredPagesOfTheDefaultSize(
    Fault, breaks="page-keeps-the-filter total-follows-the-filter every-page-counts-its-pages"
):
    """Counts the pages of what a filter lets through as if each had room for a thousand."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Forget the page size that was asked for."""
        answer = super().listing(operation, records)
        if not answer.paging or not self.filters(operation):
            return answer
        numpages = self.number_of_pages(int(answer.paging["total"]), self.default_pagesize)
        return Answer(answer.name, answer.content, {**answer.paging, "numpages": numpages})


class CountsAllPagesOnLaterPages(Fault, breaks="page-keeps-the-filter total-follows-the-filter"):
    """Counts all call records and their pages, whatever the filter, on every page but the first."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Count what the account has."""
        answer = super().listing(operation, records)
        if operation.resource is not CALL_RECORDS or not answer.paging or not answer.paging["page"]:
            return answer
        total = len(self.candidates(operation))
        pages = self.number_of_pages(total, int(answer.paging["pagesize"]))
        return replace(answer, paging={**answer.paging, "total": total, "numpages": pages})

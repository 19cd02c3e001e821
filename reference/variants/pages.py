"""Freedoms of lists and pages: their order, what is paged, and what makes no sense."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from reference.call_records import started
from reference.faulty import Variant
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import CALL_RECORDS

Item = TypeVar("Item")


class ListsNewestFirst(Variant):
    """Lists the newest record first: no order is said.

    Ambiguity: `order-of-lists`.
    """

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Turn the list round, unless the caller did."""
        listed = super().ordered(operation, records)
        return records[::-1] if listed is records else listed


class ListsByName(Variant):
    """Lists records by name, and calls by their ids read backwards.

    Ambiguity: `order-of-lists`.
    """

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Sort them by what callers look for."""
        del operation
        return sorted(records, key=lambda each: (str(each.values.get("name")), each.id[::-1]))


class PagesCallsOnly(Variant, in_a_whole_run=True):
    """Has no pages but of calls: some resources have them.

    Ambiguity: `paged-lists`.
    """

    def is_paged(self, operation: Operation) -> bool:
        """Page calls."""
        return super().is_paged(operation) and operation.resource is CALL_RECORDS


class PagesEverything(Variant):
    """Has pages of every list, and of one record, too.

    Ambiguities: `paged-lists`, `paging-of-one-record`.
    """

    def is_paged(self, operation: Operation) -> bool:
        """Page whatever has records."""
        return operation.resource.id_name is not None


class HasOnePageSize(Variant, in_a_whole_run=True):
    """Ignores a page size that is asked for: the document lets nobody ask."""

    def pagesize(self, parameters: Mapping[str, str]) -> int:
        """Keep to the default."""
        del parameters
        return self.default_pagesize


class RefusesPageSizes(Variant):
    """Answers 400 where a page size is asked for: the document lets nobody ask."""

    def pagesize(self, parameters: Mapping[str, str]) -> int:
        """Refuse the parameter."""
        if "pagesize" in parameters:
            raise Refusal(400, "pagesize is not a parameter")
        return self.default_pagesize


class BoundsPages(Variant):
    """Takes the nearest page size or page for one that makes no sense.

    Ambiguities: `invalid-page-number`, `invalid-page-size`.
    """

    def invalid_page(self, text: str) -> int:
        """Take the first page."""
        del text
        return 0

    def invalid_pagesize(self, text: str) -> int:
        """Take the smallest, the largest, or the default."""
        if not self.is_number(text.removeprefix("-")):
            return self.default_pagesize
        return max(1, min(int(text), self.largest_pagesize))


class HasPagesOf100AtMost(
    BoundsPages, deviates="pagesize-at-its-bounds-is-taken", in_a_whole_run=True
):
    """Takes 100 for any greater page size that is asked for, though 1000 is what comes unasked."""

    largest_pagesize = 100


class HasPagesOf5000(BoundsPages, deviates="pagesize-is-1000-at-most", in_a_whole_run=True):
    """Lets callers ask for pages of 5000 records: the document names no greatest size."""

    largest_pagesize = 5000


class FindsNoPageBeyondTheLast(Variant):
    """Answers 404 to a page beyond the last one.

    Ambiguity: `page-beyond-the-last`.
    """

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Refuse a page that is not there; the first one always is."""
        shown = super().items_on_page(items, page, pagesize)
        if page and not shown:
            raise Refusal(404, "There is no such page")
        return shown


class CountsAnEmptyPage(Variant):
    """Counts one page where nothing is listed.

    Ambiguity: `numpages-of-nothing`.
    """

    def number_of_pages(self, matching: int, pagesize: int) -> int:
        """Count one at least."""
        return max(1, super().number_of_pages(matching, pagesize))


class TellsMoreOfPages(Variant):
    """Has further properties beside the four of a page."""

    def paging_properties(
        self, matching: int, shown: int, page: int, pagesize: int
    ) -> Mapping[str, int | str]:
        """Add how many are shown, and where more are."""
        told = super().paging_properties(matching, shown, page, pagesize)
        return {**told, "count": shown, "next_page": page + 1, "next": f"?page={page + 1}"}


class AnswersFiltersWith404(Variant, deviates="empty-filter-answers-empty-list"):
    """Answers 404 where a filter finds nothing: the document says nothing of it (S59)."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Refuse what is filtered away."""
        if not records and self.filters(operation):
            raise Refusal(404, "Nothing was found")
        return super().listing(operation, records)


class DoesNotKnowDates(Variant):
    """Ignores dates in a question for calls: the page that names them is about other calls.

    Ambiguity: `calls-by-date`.
    """

    def not_before(self, records: list[Record], moment: datetime) -> list[Record]:
        """Restrict nothing."""
        del moment
        return records

    def not_after(self, records: list[Record], moment: datetime) -> list[Record]:
        """Restrict nothing."""
        del moment
        return records


class LeavesBothEndsOut(Variant):
    """Leaves calls out that started exactly at one of the moments that are asked for."""

    def not_before(self, records: list[Record], moment: datetime) -> list[Record]:
        """Begin after it."""
        return [record for record in records if started(record) > moment]

    def not_after(self, records: list[Record], moment: datetime) -> list[Record]:
        """End before it."""
        return [record for record in records if started(record) < moment]


class ReadsNewestFirstByItsPresence(Variant):
    """Takes newest_first for said wherever it stands, whatever its value.

    Ambiguity: `newest-first`.
    """

    def newest_first(self, operation: Operation) -> bool:
        """Look whether it is there."""
        return "newest_first" in operation.parameters


class FindsCustnrsInAnyCase(Variant, deviates="custnr-filter-minds-letter-case"):
    """Finds a custnr in whatever letter case, as the collation of a database may have it."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Compare without regard to case."""
        if name != "custnr":
            return super().having(records, name, wanted)
        return [each for each in records if str(each.values[name]).lower() == wanted.lower()]


class AnswersTheLastPage(Variant, deviates="page-beyond-the-last-status"):
    """A page beyond the last is answered by the last one, and the answer says which that is.

    Ambiguity: `page-beyond-the-last`.
    """

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Go no further than the last one."""
        if self.is_paged(operation):
            told = operation.parameters
            pages = self.number_of_pages(len(records), self.pagesize(told))
            page = str(min(self.page(told), max(pages - 1, 0)))
            operation = replace(operation, parameters={**told, "page": page})
        return super().listing(operation, records)

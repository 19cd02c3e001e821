"""Faults in the pages of lists that are filtered, and in what lists show of long values."""

from collections.abc import Mapping, Sequence

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import SOURCES

LONGEST = 40


class FiltersBehindTheCut(
    Fault,
    breaks=(
        "filtered-pages-are-full-but-the-last other-account-is-not-counted "
        "sources-beside-users-are-each-on-one-page"
    ),
):
    """Filters sources by their customer when the page has been cut from all of them."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Leave the customer for later."""
        found = super().filters(operation)
        is_late = operation.resource is SOURCES
        return {
            name: value for name, value in found.items() if name != "customer_id" or not is_late
        }

    def answer(
        self,
        operation: Operation,
        records: Sequence[Record],
        paging: Mapping[str, int | str] | None = None,
    ) -> Answer:
        """Take out what does not match."""
        wanted = operation.parameters.get("customer_id")
        if operation.resource is SOURCES and operation.method == "GET" and wanted is not None:
            records = self.having(list(records), "customer_id", wanted)
        return super().answer(operation, records, paging)


class LeavesOthersOutOfThePage(Fault, breaks="pages-are-full-but-the-last"):
    """Cuts a page of sources from those of all accounts, and leaves out what is another's then."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Answer what is left of the page."""
        is_whole = operation.resource is SOURCES and not self.filters(operation)
        if not is_whole or not self.is_paged(operation):
            return super().listing(operation, records)
        page, pagesize = self.page(operation.parameters), self.pagesize(operation.parameters)
        cut = self.items_on_page(list(self.records(SOURCES)), page, pagesize)
        shown = [each for each in cut if self.is_visible(each, operation.account)]
        paging = self.paging_properties(len(records), len(shown), page, pagesize)
        return self.answer(operation, shown, paging)


class AbbreviatesNamesInLists(Fault, breaks="list-shows-long-values-whole"):
    """Shows of a long name its beginning in a list, and an ellipsis."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Cut it."""
        values = super().presented(operation, record)
        name = str(values.get("name") or "")
        if operation.method != "GET" or operation.record_id or len(name) <= LONGEST:
            return values
        return {**values, "name": f"{name[: LONGEST - 1]}\u2026"}

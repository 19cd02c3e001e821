"""Faults in how many records a list says that there are, and how many its pages hold."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, SOURCES, Resource


class CountsDeletedCustomers(Fault, breaks="total-follows-a-delete pages-are-full-after-a-delete"):
    """Keeps the total of customers in a counter that a DELETE does not lower."""

    gone = 0

    def remove(self, resource: Resource, record: Record) -> None:
        """Count what is gone."""
        self.gone += resource is CUSTOMERS
        super().remove(resource, record)

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Count anew."""
        self.gone = 0 if resource is CUSTOMERS else self.gone
        return super().insert(resource, account, record_id, values)

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Look whether all customers are asked for."""
        self.is_counted = operation.resource is CUSTOMERS and not self.filters(operation)
        return super().listing(operation, records)

    is_counted = False

    def total(self, matching: int, shown: int) -> int:
        """Add what is gone."""
        return super().total(matching, shown) + (self.gone if self.is_counted else 0)


class ShowsTiesOnTwoPages(
    Fault, breaks="equal-records-are-each-on-one-page every-page-holds-at-most-its-pagesize"
):
    """Puts on a page of customers whatever has the name of its last one, too."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Go on behind the end of the page."""
        answer = super().listing(operation, records)
        if operation.resource is not CUSTOMERS or not self.is_paged(operation):
            return answer
        page, pagesize = self.page(operation.parameters), self.pagesize(operation.parameters)
        end = (page + 1) * pagesize
        shown = list(records[page * pagesize : end])
        for each in records[end:]:
            if shown and each.values["name"] != shown[-1].values["name"]:
                break
            shown.append(each)
        paging = self.paging_properties(len(records), len(shown), page, pagesize)
        return self.answer(operation, shown, paging)


class CountsWhatWentWithItsOwner(Fault, breaks="total-follows-the-delete-of-an-owner"):
    """Keeps the total of sources in a counter that the DELETE of a customer does not lower."""

    gone = 0

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Count what goes with it."""
        sources = self.having(list(self.records(SOURCES)), "customer_id", record.id)
        self.gone += len(sources) if operation.resource is CUSTOMERS else 0
        super().remove_with_dependents(operation, record)

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Look whether all sources are asked for."""
        answer = super().listing(operation, records)
        paging = answer.paging
        if operation.resource is not SOURCES or paging is None or self.filters(operation):
            return answer
        if "custnr" in operation.parameters:
            return answer
        return replace(answer, paging={**paging, "total": int(paging["total"]) + self.gone})

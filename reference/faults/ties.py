"""Faults in the order of records that are equal in what a list is sorted by."""

from collections.abc import Sequence

from reference.call_records import started
from reference.faulty import Fault
from reference.operation import Operation
from reference.paging import Item
from reference.records import Record
from reference.representation import Answer
from reference.resources import CALL_RECORDS, CUSTOMERS, SOURCES
from reference.response_types import XML


class SortsByName(Fault, abstract=True):
    """Sorts a list by name; the faults below say how equal names are sorted."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Sort it."""
        if operation.record_id is not None or "pagesize" not in operation.parameters:
            return super().ordered(operation, records)
        return sorted(
            self.shaken(operation, records), key=lambda each: str(each.values.get("name"))
        )

    def shaken(self, operation: Operation, records: list[Record]) -> list[Record]:
        """The records in the order in which they are found."""
        del operation
        return records


class TurnsTiesOnOddPages(
    SortsByName,
    breaks="equal-records-are-each-on-one-page pages-hold-each-record-once "
    "page-follows-from-its-own-size sources-beside-users-are-each-on-one-page "
    "calls-alike-are-each-on-one-page",
):
    """Sorts a list by name, and equal names by falling ids on each second page."""

    def shaken(self, operation: Operation, records: list[Record]) -> list[Record]:
        """Turn them."""
        return records[:: -1 if operation.parameters.get("page", "0")[-1] in "13579" else 1]


class ShakesTies(
    SortsByName,
    breaks="equal-records-are-each-on-one-page page-counts-from-zero pages-hold-each-record-once "
    "calls-alike-are-each-on-one-page page-follows-from-its-own-size",
):
    """Sorts a list by name, and equal names by chance."""

    def shaken(self, operation: Operation, records: list[Record]) -> list[Record]:
        """Shake them."""
        del operation
        return self.random.sample(records, len(records))


class TurnsTiesOfSources(SortsByName, breaks="equal-records-are-each-on-one-page"):
    """Finds equal sources in another order behind the first page of XML."""

    def shaken(self, operation: Operation, records: list[Record]) -> list[Record]:
        """Turn them."""
        later = operation.parameters.get("page", "0") != "0"
        in_xml = self.media_type(operation.request) == XML
        return records[::-1] if operation.resource is SOURCES and later and in_xml else records


class GoesOnBehindTheLastName(
    SortsByName,
    breaks=(
        "equal-records-are-each-on-one-page page-counts-from-zero page-keeps-the-filter "
        "pages-are-full-but-the-last pages-hold-each-record-once total-follows-the-filter "
        "filtered-pages-are-full-but-the-last page-is-not-taken-for-pagesize "
        "page-follows-from-its-own-size sources-beside-users-are-each-on-one-page"
    ),
):
    """Begins a page behind the name with which the page before has ended."""

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Leave out those of the same name."""
        shown = super().items_on_page(items, page, pagesize)
        before = items[page * pagesize - 1] if page and shown else None
        return [each for each in shown if self.key(each) != self.key(before)]

    def key(self, item: object) -> object:
        """What an item is sorted by."""
        return item.values.get("name") if isinstance(item, Record) else object()


class SortsCallsByDay(Fault, abstract=True):
    """Sorts calls by their day alone; the faults below say how those of a day are sorted."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Sort them."""
        if operation.resource is not CALL_RECORDS:
            return super().ordered(operation, records)
        return sorted(self.shaken(operation, records), key=lambda each: started(each).date())

    def shaken(self, operation: Operation, records: list[Record]) -> list[Record]:
        """The calls in another order for each page."""
        raise NotImplementedError


class ShakesCallsOfADay(
    SortsCallsByDay,
    breaks="calls-alike-are-each-on-one-page pages-hold-each-record-once "
    "page-follows-from-its-own-size",
):
    """Sorts calls by day, and those of a day by chance."""

    def shaken(self, operation: Operation, records: list[Record]) -> list[Record]:
        """Shake them."""
        del operation
        return self.random.sample(records, len(records))


class TurnsCallsOfADayOnOddPages(
    SortsCallsByDay,
    breaks="calls-alike-are-each-on-one-page pages-hold-each-record-once "
    "page-follows-from-its-own-size",
):
    """Sorts calls by day, and turns those of a day on each second page."""

    def shaken(self, operation: Operation, records: list[Record]) -> list[Record]:
        """Turn them."""
        return records[:: -1 if operation.parameters.get("page", "0")[-1] in "13579" else 1]


class ContinuesBehindTheFoldedName(Fault, breaks="equal-records-are-each-on-one-page"):
    """Goes on, on the next page, behind the last name, whatever the case of its letters."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Go from page to page."""
        if operation.resource is not CUSTOMERS or not self.is_paged(operation):
            return super().listing(operation, records)
        page, pagesize = self.page(operation.parameters), self.pagesize(operation.parameters)
        left = sorted(records, key=_place)
        for _ in range(min(page, len(left))):
            last = left[:pagesize][-1] if left else None
            left = [each for each in left if last and _is_behind(each, last)]
        shown = left[:pagesize]
        paging = self.paging_properties(len(records), len(shown), page, pagesize)
        return self.answer(operation, shown, paging)


def _place(record: Record) -> tuple[str, int]:
    return str(record.values["name"]).casefold(), int(record.id)


def _is_behind(record: Record, last: Record) -> bool:
    same = record.values["name"] == last.values["name"]
    return _place(record)[0] > _place(last)[0] or (same and int(record.id) > int(last.id))

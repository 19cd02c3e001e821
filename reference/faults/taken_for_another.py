"""Faults of what is taken for another: a twin, a cached answer, a filter, a part of a form."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import CALL_RECORDS, RECORDINGS, SOURCES, USERS

BUFFER = 8192


def moment_of(name: str, unit: str) -> Callable[[Record], str]:
    """How to tell the day or the second of a field."""
    form = "%Y-%m-%d" if unit == "day" else "%Y-%m-%d %H:%M:%S"
    return lambda record: format(record.values[name], form)


Values = Mapping[str, Value]


class DeletesTheYoungerTwin(Fault, breaks="older-twin-is-deleted-alone"):
    """DELETE of a source looks for its customer, name and number, and takes the newest such."""

    def addressed_record(self, operation: Operation) -> Record:
        """Take the youngest of those that look alike."""
        record = super().addressed_record(operation)
        if operation.resource is not SOURCES or operation.method != "DELETE":
            return record
        key = ("customer_id", "name", "phonenr")
        alike = [
            other
            for other in self.candidates(operation)
            if all(other.values[name] == record.values[name] for name in key)
        ]
        return alike[-1]


class EscapesCutByTheBuffer(Fault, breaks="encoded-letter-is-whole-in-a-long-form"):
    """A percent-encoding that two pieces of 8 KiB of a form share is taken literally."""

    def form_parameters(self, body: bytes) -> Mapping[str, str]:
        """Decode piece by piece."""
        cut = [at for end in range(BUFFER, len(body), BUFFER) for at in (end - 1, end - 2)]
        for at in reversed([at for at in cut if body[at : at + 1] == b"%"]):
            body = body[: at + 1] + b"25" + body[at + 1 :]
        return super().form_parameters(body)


class CallsOfADayInAnyOrder(Fault, breaks="calls-alike-are-each-on-one-page"):
    """Calls of one customer are sorted by day alone: within a day, odd pages go backwards."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Sort by the day."""
        found = super().ordered(operation, records)
        filtered = operation.resource is CALL_RECORDS and "customer_id" in operation.parameters
        if not filtered or not self.page(operation.parameters) % 2:
            return found
        latest_first = self.newest_first(operation)
        found = [*reversed(found)]
        return sorted(found, key=moment_of("start", "day"), reverse=latest_first)


class RecordingsOfWhoAskedFirst(Fault, breaks="same-query-shows-each-account-its-recordings"):
    """Recordings are cached by their parameters, without the account that asks."""

    @cached_property
    def kept(self) -> dict[object, Answer]:
        """The answers, by their parameters."""
        return {}

    def read(self, operation: Operation) -> Answer:
        """Look into the cache first."""
        if operation.resource is not RECORDINGS:
            return super().read(operation)
        key = tuple(sorted(operation.parameters.items()))
        if key not in self.kept:
            self.kept[key] = super().read(operation)
        return self.kept[key]


class FilterOfTheListBefore(Fault, breaks="list-is-whole-after-a-filter"):
    """A query builder outlives its request: the next plain list of users is filtered as before."""

    _customer_id: str | None = None

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Add to the filters that are there."""
        filters = super().filters(operation)
        if operation.resource is not USERS:
            return filters
        left, self._customer_id = self._customer_id, filters.get("customer_id")
        return {"customer_id": left} if left and not filters else filters


class ListsRoundTheCommission(Fault, breaks="call-alone-says-the-same"):
    """In a list, the commission of a call goes through a float: 3.10 is 3.1 there."""

    def presented(self, operation: Operation, record: Record) -> Values:
        """Cast decimals in lists."""
        values = super().presented(operation, record)
        is_listed = operation.resource is CALL_RECORDS and operation.record_id is None
        if is_listed and "commission" in values:
            return {**values, "commission": f"{float(str(values['commission'])):g}"}
        return values

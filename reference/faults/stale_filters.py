"""Faults of lists that are kept by their filter, and not made anew after each write."""

from collections.abc import Mapping, Sequence

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, Resource
from reference.response_types import XML


class KeepsFilteredLists(Fault, abstract=True):
    """Keeps what it answered to a filter by custnr until a write; the faults below say which."""

    forgets: frozenset[str]
    """The methods that make it forget."""

    def perform(self, operation: Operation) -> Answer:
        """Answer what is kept."""
        kept: dict[tuple[str, str], Answer] = self.__dict__.setdefault("kept", {})
        if operation.method in self.forgets:
            kept.clear()
        filters = operation.resource is CUSTOMERS and "custnr" in operation.parameters
        if operation.method != "GET" or not filters:
            return super().perform(operation)
        key = operation.account, operation.request.target
        if key not in kept:
            kept[key] = super().perform(operation)
        return kept[key]


class KeepsFilteredListsOverUpdates(
    KeepsFilteredLists,
    breaks="write-shows-in-every-read condition-hides-no-change filtered-list-follows-an-update",
):
    """Shows a filtered list as it was before an update."""

    forgets = frozenset({"POST", "DELETE"})


class KeepsFilteredListsOverDeletions(KeepsFilteredLists, breaks="write-shows-in-every-read"):
    """Shows a filtered list as it was before a deletion."""

    forgets = frozenset({"POST", "PUT"})


class KeepsEmptyLists(KeepsFilteredLists, breaks="write-shows-in-every-read"):
    """Shows an empty filtered list as it was before a creation."""

    forgets = frozenset({"PUT", "DELETE"})


class FindsFormerNumbers(
    Fault, breaks=("write-shows-in-every-read filter-follows-the-customers-number")
):
    """Finds a customer by each number that it has had."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Remember the number."""
        former = self.__dict__.setdefault("former", {})
        former.setdefault(record.id, set()).add(record.values.get("custnr"))
        return super().replace(resource, record, changes)

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Look at all of them."""
        found = super().having(records, name, wanted)
        if name != "custnr":
            return found
        former = self.__dict__.get("former", {})
        return found or [each for each in records if wanted in former.get(each.id, ())]


class KeepsXmlOverOverrides(Fault, breaks="write-shows-in-every-read every-way-of-writing-agrees"):
    """Keeps the XML of a customer until a native PUT."""

    def answer(
        self,
        operation: Operation,
        records: Sequence[Record],
        paging: Mapping[str, int | str] | None = None,
    ) -> Answer:
        """Look among what is kept."""
        made = super().answer(operation, records, paging)
        kept: dict[str, Answer] = self.__dict__.setdefault("kept", {})
        if operation.resource is not CUSTOMERS or not operation.record_id:
            return made
        if operation.method == "GET" and self.media_type(operation.request) == XML:
            return kept.setdefault(operation.record_id, made)
        if operation.request.method == "PUT":
            kept.pop(operation.record_id, None)
        return made

"""Faults of lists that are kept by their filter, and not made anew after each write."""

from reference.faulty import Fault
from reference.operation import Operation
from reference.representation import Answer
from reference.resources import CUSTOMERS


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


class KeepsFilteredListsOverUpdates(KeepsFilteredLists, breaks="write-shows-in-every-read"):
    """Shows a filtered list as it was before an update."""

    forgets = frozenset({"POST", "DELETE"})


class KeepsFilteredListsOverDeletions(KeepsFilteredLists, breaks="write-shows-in-every-read"):
    """Shows a filtered list as it was before a deletion."""

    forgets = frozenset({"POST", "PUT"})


class KeepsEmptyLists(KeepsFilteredLists, breaks="write-shows-in-every-read"):
    """Shows an empty filtered list as it was before a creation."""

    forgets = frozenset({"PUT", "DELETE"})

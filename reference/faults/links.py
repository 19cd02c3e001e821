"""Faults that take the greeting of a source away."""

from reference.faulty import Fault
from reference.operation import Operation
from reference.representation import Answer
from reference.resources import GREETINGS, SOURCES


class UnlinksEveryGreeting(
    Fault,
    breaks="delete-unlinks-no-other-greeting delete-of-a-namesake-leaves-a-source-its-greeting",
):
    """Takes the greetings of all sources of a customer away when one of its greetings goes."""

    def delete(self, operation: Operation) -> Answer:
        """Look for the sources."""
        answer = super().delete(operation)
        if operation.resource is GREETINGS:
            owned = self.having(
                list(self.records(SOURCES)), "customer_id", operation.parent_id or ""
            )
            for source in owned:
                self.replace(SOURCES, source, {"vm_greeting_id": None})
        return answer


class UnlinksByUpdates(Fault, breaks="put-keeps-the-greeting-of-a-source"):
    """Takes the greeting of a source away by an update that does not name it."""

    def update(self, operation: Operation) -> Answer:
        """Start from none."""
        answer = super().update(operation)
        if operation.resource is not SOURCES or "vm_greeting_id" in operation.parameters:
            return answer
        record = self.addressed_record(operation)
        return self.updated(operation, self.replace(SOURCES, record, {"vm_greeting_id": None}))

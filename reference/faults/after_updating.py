"""Faults in what comes after an update that has been stored."""

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import CUSTOMERS


class FailsAfterUpdating(
    Fault,
    breaks="put-updates-what-was-sent full-length-values-come-back put-updates-any-subset "
    "refused-put-changes-nothing doubtful-update-is-taken-or-refused "
    "update-as-a-client-sends-it-is-stored",
):
    """Answers 503 to a PUT that changes an e-mail address, which is stored all the same."""

    def updated(self, operation: Operation, record: Record) -> Answer:
        """Fail when the address is to be told of it."""
        if operation.parameters.get("email") and operation.resource is CUSTOMERS:
            raise Refusal(503, "The mail server does not answer")
        return super().updated(operation, record)

"""Faults of creations that are refused, and leave something behind."""

from reference.faulty import Fault
from reference.operation import Operation
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import CUSTOMERS


class ReservesRefusedNumbers(Fault, breaks="refused-post-reserves-nothing"):
    """Refuses a custnr that came in a POST which was refused before."""

    def create(self, operation: Operation) -> Answer:
        """Remember what is refused."""
        reserved: set[str] = self.__dict__.setdefault("reserved", set())
        sent = self.body_parameters(operation.request, operation.resource, "POST")
        number = sent.get("custnr", "") if operation.resource is CUSTOMERS else ""
        if number in reserved:
            raise Refusal(400, "Another customer has this custnr")
        try:
            return super().create(operation)
        except Refusal:
            reserved |= {number} - {""}
            raise

"""Faults of creations that are refused, and leave something behind."""

from dataclasses import replace

from reference.faulty import Fault
from reference.operation import Operation
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import CUSTOMERS, SOURCES


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


class StoresBeforeItRefuses(Fault, breaks="refused-odd-post-creates-nothing"):
    """Stores a source by its name before it looks at what else was sent."""

    def create(self, operation: Operation) -> Answer:
        """Look too late."""
        try:
            return super().create(operation)
        except Refusal:
            names = ("name", "customer_id")
            sent = {name: text for name, text in operation.parameters.items() if name in names}
            if operation.resource is SOURCES and len(sent) == len(names):
                super().create(replace(operation, parameters={**sent, "phonenr": "+46701234567"}))
            raise


class LooksAtTheEndTooLate(Fault, breaks="refused-odd-post-creates-nothing"):
    """Looks at the form of a source's `expire` when it has stored the source."""

    def create(self, operation: Operation) -> Answer:
        """Store first."""
        if operation.resource is not SOURCES or operation.parameters.get("expire") != "never":
            return super().create(operation)
        rest = {name: text for name, text in operation.parameters.items() if name != "expire"}
        super().create(replace(operation, parameters=rest))
        raise Refusal(400, "expire is no moment")

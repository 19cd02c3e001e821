"""Faults of creations that are refused, and leave something behind."""

from dataclasses import replace

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import CUSTOMERS, SOURCES


class RemembersRefusedNumbers(Fault, abstract=True):
    """Remembers a custnr that came in a POST which was refused; the faults below say what for."""

    def again(self, operation: Operation) -> Answer:
        """The answer to a POST with such a number."""
        raise NotImplementedError

    def create(self, operation: Operation) -> Answer:
        """Remember what is refused."""
        reserved: set[str] = self.__dict__.setdefault("reserved", set())
        sent = self.body_parameters(operation.request, operation.resource, "POST")
        number = sent.get("custnr", "") if operation.resource is CUSTOMERS else ""
        if number in reserved:
            return self.again(operation)
        try:
            return super().create(operation)
        except Refusal:
            reserved |= {number} - {""}
            raise


class ReservesRefusedNumbers(
    RemembersRefusedNumbers, breaks="refused-post-reserves-nothing refused-post-takes-no-number"
):
    """Refuses a custnr that came in a POST which was refused before."""

    def again(self, operation: Operation) -> Answer:
        """Refuse it."""
        del operation
        raise Refusal(400, "Another customer has this custnr")


class RefusesReservedNumbersTooLate(
    RemembersRefusedNumbers, breaks="refused-post-reserves-nothing refused-post-takes-no-number"
):
    """Refuses a custnr that came in a refused POST, and stores the customer all the same."""

    def again(self, operation: Operation) -> Answer:
        """Store it first."""
        Fault.create(self, operation)
        raise Refusal(400, "Another customer has this custnr")


class DropsReservedNumbers(RemembersRefusedNumbers, breaks="refused-post-reserves-nothing"):
    """Takes a custnr that came in a refused POST, and forgets the customer at once."""

    def again(self, operation: Operation) -> Answer:
        """Remove it."""
        answer = Fault.create(self, operation)
        self.remove(CUSTOMERS, list(self.records(CUSTOMERS))[-1])
        return answer


class LooksCompaniesUpTooLate(Fault, breaks="post-creates-from-form-body"):
    """Looks the corporateid of a customer with an address up too late, and answers 404."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Look when it is stored."""
        if {"corporateid", "email"} <= operation.parameters.keys():
            raise Refusal(404, "There is no company with this corporateid")
        return super().created(operation, record)


class StoresBeforeItRefuses(
    Fault, breaks="refused-odd-post-creates-nothing refused-custom-field-creates-nothing"
):
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


class TakesZeroForMissing(Fault, breaks="post-takes-a-name-of-zero"):
    """Holds the mandatory name 0 for one that is missing."""

    def create(self, operation: Operation) -> Answer:
        """Look at the name first."""
        sent = self.body_parameters(operation.request, operation.resource, "POST")
        if operation.resource is CUSTOMERS and sent.get("name") == "0":
            raise Refusal(400, "name is mandatory")
        return super().create(operation)

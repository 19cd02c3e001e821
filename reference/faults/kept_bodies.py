"""Faults of servers that keep the body of a request that they have challenged."""

from functools import cached_property
from http import HTTPStatus

from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.representation import Answer
from reference.resources import CUSTOMERS


class CarriesOutBothTimes(Fault, breaks="challenged-post-creates-exactly-one"):
    """Has the body of a challenged POST wait, and carries it out too when the same one comes."""

    @cached_property
    def waiting(self) -> set[tuple[str, bytes]]:
        """What was sent without credentials."""
        return set()

    def answered(self, request: Request) -> Response:
        """Note what is challenged."""
        response = super().answered(request)
        if request.method == "POST" and response.status == HTTPStatus.UNAUTHORIZED:
            self.waiting.add((request.target, request.body))
        return response

    def perform(self, operation: Operation) -> Answer:
        """Carry out what waits as well; a customer's number would be taken then."""
        sent = operation.request.target, operation.request.body
        if sent in self.waiting and operation.resource is not CUSTOMERS:
            self.waiting.remove(sent)
            super().perform(operation)
        return super().perform(operation)

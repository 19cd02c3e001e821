"""Reference servers that keep what they were asked, or have one habit that a test needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference import Reference
from reference.refusal import Refusal
from reference.resources import CUSTOMERS, GREETINGS, SOURCES, USERS

if TYPE_CHECKING:
    from reference import Request, Response
    from reference.operation import Operation
    from reference.records import Record
    from reference.representation import Answer


class Observing(Reference):
    """Keeps every request that arrives."""

    def __init__(self) -> None:
        """Start without a request."""
        super().__init__()
        self.requests: list[Request] = []

    def respond(self, request: Request) -> Response:
        """Note the request, and answer it as always."""
        self.requests.append(request)
        return super().respond(request)

    def everything(self) -> list[Record]:
        """Return all records that a caller can change."""
        resources = (CUSTOMERS, GREETINGS, SOURCES, USERS)
        return [record for resource in resources for record in self.records(resource)]


class KeepsRecords(Observing):
    """Refuses to delete anything."""

    def perform(self, operation: Operation) -> Answer:
        """Do whatever else there is to do."""
        if operation.method == "DELETE":
            raise Refusal(403, "Nothing is deleted here")
        return super().perform(operation)

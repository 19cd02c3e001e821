"""Faults that show with requests that are legal but odd."""

from collections.abc import Mapping

from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import Resource


class FailsOnBracketedOverrides(
    Fault, breaks="odd-override-carries-out-no-other-method nothing-causes-a-500"
):
    """Breaks down over an override whose name is in brackets."""

    def query_parameters(self, query: str) -> Mapping[str, str]:
        """Look for it."""
        found = super().query_parameters(query)
        if "_method[]" in found:
            raise Refusal(500, "Array to string conversion")
        return found


class FailsOnListsOfOverrides(
    Fault, breaks="odd-override-carries-out-no-other-method nothing-causes-a-500"
):
    """Breaks down over a list of methods in the header."""

    def override_in_header(self, request: Request) -> str | None:
        """Look for a comma."""
        found = super().override_in_header(request)
        if found and "," in found:
            raise Refusal(500, "too many values to unpack")
        return found


class RefusesEmptyPairs(Fault, breaks="odd-query-is-served"):
    """Refuses a query with an empty pair."""

    def decoded_query(self, query: str) -> Mapping[str, str]:
        """Look for two ampersands."""
        if "&&" in query or query.startswith("&"):
            raise Refusal(400, "The query has an empty pair")
        return super().decoded_query(query)


class RefusesTrailers(Fault, breaks="trailers-are-no-data", on_a_socket=True):
    """Refuses a body that comes with a trailer, as longer than it says."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Look for the field."""
        if request.header("Trailer"):
            raise Refusal(400, "The body is longer than it says")
        return super().body_parameters(request, resource, method)


class IgnoresPostsWithoutLength(Fault, breaks="no-body-and-no-length", on_a_socket=True):
    """Answers a POST without a length, and does nothing."""

    def perform(self, operation: Operation) -> Answer:
        """Look for the field."""
        request = operation.request
        if request.method == "POST" and not request.header("Content-Length") and not request.body:
            return self.answer(operation, [])
        return super().perform(operation)


class FailsOnLongTargets(Fault, breaks="long-request-is-answered nothing-causes-a-500"):
    """Breaks down over a long target."""

    def split_target(self, target: str) -> tuple[str, str]:
        """Measure it."""
        if len(target) > 8_000:  # noqa: PLR2004
            raise Refusal(500, "The target is too long")
        return super().split_target(target)


class KnowsItsHostInLowerCase(Fault, breaks="host-in-capitals-is-the-same"):
    """Has no resources under a host with a capital letter."""

    def understood(self, request: Request, account: str) -> Operation:
        """Look at the host."""
        host = request.header("Host") or ""
        if host != host.lower():
            raise Refusal(404, "There is no such site")
        return super().understood(request, account)


class RefusesAcceptInLowerCase(Fault, breaks="field-names-in-lower-case"):
    """Refuses a request that has Accept in lower case, in the type that it asks for."""

    def perform(self, operation: Operation) -> Answer:
        """Compare names to the letter."""
        if "accept" in dict(operation.request.headers):
            raise Refusal(400, "There is an unknown field")
        return super().perform(operation)


class FailsOnTrailers(Fault, breaks="trailers-are-no-data nothing-causes-a-500", on_a_socket=True):
    """Breaks down over a trailer when it has stored what came before it."""

    def updated(self, operation: Operation, record: Record) -> Answer:
        """Look for the field."""
        if operation.request.header("Trailer"):
            raise Refusal(500, "The request met a fault of the server")
        return super().updated(operation, record)

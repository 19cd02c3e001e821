"""Faults of overrides of which the document says nothing."""

from collections.abc import Mapping
from dataclasses import replace

from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, Resource


class HonoursLowerCaseWithoutEffect(Fault, breaks="override-in-lower-case"):
    """Takes an override in lower case for one, and answers without doing anything."""

    def respond(self, request: Request) -> Response:
        """Answer a GET in its place."""
        if request.method == "POST" and "_method=put" in request.target:
            path = request.target.partition("?")[0]
            return self.fetched(replace(request, method="GET", target=path), request)
        return super().respond(request)

    def fetched(self, request: Request, asked: Request) -> Response:
        """The record as it is, for a caller whose digest is that of the POST."""
        account = self.admit(asked)
        operation = self.understood(request, account)
        return self.succeeded(operation, self.perform(operation))


class TakesPrefixesForMethods(Fault, breaks="override-unknown-changes-nothing"):
    """Takes an override for DELETE that only begins like it."""

    def override(self, request: Request, query: Mapping[str, str]) -> str | None:
        """Compare the beginning."""
        found = super().override(request, query)
        return "DELETE" if found and found.startswith("DELETE") else found


class FailsOnUnknownOverrides(
    Fault,
    breaks=(
        "override-unknown-changes-nothing odd-override-carries-out-no-other-method "
        "nothing-causes-a-500"
    ),
):
    """Fails on an override that names no method."""

    def unknown_override(self, override: str) -> str:
        """Break down."""
        raise Refusal(500 if override.isupper() else 400, override)


class DoesNeitherOfTwo(Fault, breaks="override-conflict-is-decided"):
    """Answers two different overrides with 200, and does neither."""

    def perform(self, operation: Operation) -> Answer:
        """Do nothing."""
        by_header = operation.request.header("X-HTTP-Method-Override")
        if "_method=" in operation.request.target and by_header not in {None, operation.method}:
            return self.answer(operation, [])
        return super().perform(operation)


class StoresTheOverrideOfTheBody(Fault, breaks="override-in-the-body"):
    """Stores _method of a form body as if it were a field of a new customer."""

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Add the field."""
        record = super().insert(resource, account, record_id, values)
        return self.replace(resource, record, self.__dict__.pop("odd", {}))

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Remember the field."""
        parameters = super().body_parameters(request, resource, method)
        odd = {name: value for name, value in parameters.items() if name == "_method"}
        self.__dict__["odd"] = odd
        return parameters


class FailsOnEmptyOverrides(
    Fault,
    breaks="override-empty odd-override-carries-out-no-other-method nothing-causes-a-500",
):
    """Fails on an override that is empty."""

    def unknown_override(self, override: str) -> str:
        """Break down."""
        return super().unknown_override(override) if override else self.broken()

    def broken(self) -> str:
        """Say that something broke."""
        raise Refusal(500, "There is no such method")


class OverridesAnyMethod(Fault, breaks="override-of-get-changes-nothing"):
    """Lets a GET be overridden as well."""

    def may_be_overridden(self, method: str) -> bool:
        """Allow it for GET."""
        return method in {"GET", "POST"}


class DropsWhatOverridesInTheBody(Fault, breaks="override-in-the-body"):
    """Answers 200 to a POST with _method in its form body, and does nothing."""

    def perform(self, operation: Operation) -> Answer:
        """Look at the body."""
        if operation.method == "POST" and b"_method=" in operation.request.body:
            return self.answer(operation, [])
        return super().perform(operation)


class FailsOnOverriddenGets(
    Fault,
    breaks="override-of-get-changes-nothing nothing-causes-a-500",
):
    """Fails where a GET is to be overridden."""

    def may_be_overridden(self, method: str) -> bool:
        """Note the method."""
        self.__dict__["asked"] = method
        return method in {"GET", "POST"}

    def may_override(self, method: str) -> bool:
        """Break down on a GET."""
        if self.__dict__["asked"] == "GET":
            raise Refusal(500, f"There is no handler for {method}")
        return super().may_override(method)


class OverriddenDeleteRunsNoHooks(Fault, breaks="override-deletes-what-a-delete-does"):
    """POST with _method=DELETE removes a customer, but not what goes with it, as DELETE does."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Remove the row only, unless it is a real DELETE."""
        if operation.resource is CUSTOMERS and operation.request.method != "DELETE":
            self.remove(CUSTOMERS, record)
        else:
            super().remove_with_dependents(operation, record)

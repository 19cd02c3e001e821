"""Freedoms of methods at places: how what is not for them is refused, and what goes with what."""

from collections.abc import Mapping

from reference.faulty import Variant
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.resources import CUSTOMERS, Resource


class RefusesIdsOfNewRecords(Variant):
    """Answers 400 to a POST that names a record among its data (a POST creates, S11)."""

    def known(
        self, resource: Resource, method: str, parameters: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Look for an id."""
        if method == "POST" and resource.id_name in parameters:
            raise Refusal(400, "A new record has no id yet")
        return super().known(resource, method, parameters)


class ImplementsNoPostsAtARecord(Variant):
    """Answers 501 to a method that a place does not have.

    Ambiguities: `unsupported-method`, `post-at-a-record`.
    """

    def method_not_allowed(self, resource: Resource, method: str, methods: tuple[str, ...]) -> None:
        """Say that it is not there yet."""
        del resource, method, methods
        raise Refusal(501, "This method is not implemented here")


class ForbidsGreetingsOfNobody(Variant):
    """Answers 403 to a greeting below a customer who is not there.

    Ambiguity: `unknown-owner`.
    """

    def unknown_parent(self, operation: Operation) -> None:
        """Refuse it so, unless it is read."""
        if operation.method == "GET":
            super().unknown_parent(operation)
        raise Refusal(403, "This customer is not one of yours")


class KeepsWhatHangsOnACustomer(Variant):
    """Deletes a customer alone, and leaves its greetings where no one can see them (S05)."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Remove one record."""
        if operation.resource is CUSTOMERS:
            self.remove(CUSTOMERS, record)
        else:
            super().remove_with_dependents(operation, record)


class RefusesFieldsOfReads(Variant):
    """Answers 400 to a GET with parameters that only other methods know.

    Ambiguity: `unknown-parameter`.
    """

    def unknown_parameter(self, resource: Resource, method: str, name: str) -> None:
        """Name them."""
        if method == "GET" and name in resource.parameters("POST"):
            raise Refusal(400, f"{name} is no parameter of a GET")
        super().unknown_parameter(resource, method, name)

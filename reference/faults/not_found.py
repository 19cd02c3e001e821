"""Faults of what is not there, and of methods that are not."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from reference.faults.status_codes import HasStatusesWithoutABody
from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import CALL_RECORDS, CUSTOMERS, GREETINGS, PING, USERS, Resource
from reference.response_types import XML


class CallsTheUnknownInvalid(Fault, breaks="unknown-resource-is-404"):
    """Answers 400 where there is no such resource, when it is read."""

    def unknown_resource(self, names: tuple[str, ...]) -> Resource:
        """Take another status, but for what looks like a customer's id."""
        status = 400 if self.reads and len(names) == 1 else 404
        raise Refusal(status, "There is no such resource")

    reads: bool = False

    def understood(self, request: Request, account: str) -> Operation:
        """Note whether it is read."""
        self.reads = request.method == "GET"
        return super().understood(request, account)


class IgnoresFurtherSegments(
    Fault,
    breaks="unknown-resource-is-404 unknown-resource-is-404-for-writes no-number-for-an-id "
    "no-id-reads-nothing",
):
    """Answers a customer whatever stands behind its id."""

    def unknown_resource(self, names: tuple[str, ...]) -> Resource:
        """Go back to the customer."""
        if names[0] == CUSTOMERS.name and names[1].startswith("cf-"):
            return CUSTOMERS
        return super().unknown_resource(names)


class IgnoresWhatFollowsASubResource(Fault, breaks="unknown-resource-behind-a-sub-resource-is-404"):
    """Looks at the first four segments behind the version only."""

    def path_segments(self, path: str) -> list[str]:
        """Cut off the rest."""
        return super().path_segments(path)[:5]


class ImplementsNoUnknownResource(Fault, breaks="unknown-resource-is-404-for-writes"):
    """Answers 501 to a POST where there is no such resource."""

    def understood(self, request: Request, account: str) -> Operation:
        """Take another status for a POST."""
        try:
            return super().understood(request, account)
        except Refusal as refusal:
            if refusal.status == 404 and request.method == "POST":  # noqa: PLR2004
                raise Refusal(501, "This is not implemented") from refusal
            raise


class AllowsNoGreetingsOfNobody(
    Fault, breaks="get-is-offered-throughout foreign-record-is-refused"
):
    """Answers 405 where greetings are asked for of a customer that is not there."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look for the customer."""
        if operation.resource is GREETINGS and not self.parent(operation):
            raise Refusal(405, "GET is not allowed here")
        return super().candidates(operation)


class ForbidsWords(
    Fault,
    breaks="no-number-for-an-id unknown-resource-is-404 unknown-resource-is-404-for-writes",
):
    """Answers 403 where a word stands in the place of a customer's id."""

    def unknown_resource(self, names: tuple[str, ...]) -> Resource:
        """Take another status."""
        if names[0] == CUSTOMERS.name and len(names) == 2:  # noqa: PLR2004
            raise Refusal(403, "This is no id")
        return super().unknown_resource(names)


class CallsAnUnknownIdInvalid(Fault, breaks="unknown-id-is-404-or-nothing"):
    """Answers 400 where no user has the id."""

    def nothing_found(self, operation: Operation) -> None:
        """Take another status."""
        if operation.resource is USERS:
            raise Refusal(400, "There is no such user")


class GreetsUnknownRecords(
    Fault,
    breaks="unknown-id-refuses-put foreign-record-is-not-written put-deleted-id-creates-nothing "
    "put-unknown-id-creates-nothing no-id-updates-nothing no-id-in-json-updates-nothing",
):
    """Answers 200 and nothing to a PUT of a customer that is not there."""

    def update(self, operation: Operation) -> Answer:
        """Answer nothing."""
        known = [each.id for each in self.candidates(operation)]
        if operation.resource is CUSTOMERS and operation.record_id not in (None, *known):
            return self.answer(operation, [])
        return super().update(operation)


class DeletesWhatIsGone(Fault, breaks="unknown-id-refuses-delete deleted-twice-is-refused"):
    """Answers 200 to the DELETE of a user that is not there."""

    def delete(self, operation: Operation) -> Answer:
        """Answer nothing."""
        known = [each.id for each in self.candidates(operation)]
        if operation.resource is USERS and operation.record_id not in (None, *known):
            return self.deleted(operation)
        return super().delete(operation)


class FailsOnTheSecondDelete(Fault, breaks="deleted-twice-is-refused nothing-causes-a-500"):
    """Fails where a customer is deleted again."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Remember the customer."""
        super().remove(resource, record)
        self.__dict__.setdefault("gone", set()).add((resource.name, record.id))

    def unknown_record(self, operation: Operation) -> Record:
        """Look for it among the deleted ones."""
        gone = self.__dict__.get("gone", set())
        if operation.method == "DELETE" and (operation.resource.name, operation.record_id) in gone:
            raise Refusal(500, "Undefined index")
        return super().unknown_record(operation)


class TakesPatchForPut(Fault, breaks="patch-is-not-allowed"):
    """Takes PATCH for PUT."""

    def effective_method(self, request: Request, query: Mapping[str, str]) -> str:
        """Rename the method of a customer."""
        method = super().effective_method(request, query)
        return "PUT" if method == "PATCH" and "/customers/" in request.target else method


class FailsOnUnknownMethods(
    Fault, breaks="patch-is-not-allowed read-only-resources-refuse-writes nothing-causes-a-500"
):
    """Fails where it does not know the method."""

    def effective_method(self, request: Request, query: Mapping[str, str]) -> str:
        """Look it up."""
        if request.method == "PATCH":
            raise Refusal(500, "No such handler")
        return super().effective_method(request, query)


class FindsNothingForOtherMethods(Fault, breaks="read-only-resources-refuse-writes"):
    """Answers 404 where call records are to be written."""

    def method_not_allowed(self, resource: Resource, method: str, methods: tuple[str, ...]) -> None:
        """Take another status."""
        if resource is CALL_RECORDS:
            raise Refusal(404, "There is no such method")
        super().method_not_allowed(resource, method, methods)


class PingsForAnyMethod(Fault, breaks="read-only-resources-refuse-writes"):
    """Answers a ping whatever the method."""

    def effective_method(self, request: Request, query: Mapping[str, str]) -> str:
        """Take each method for a GET."""
        method = super().effective_method(request, query)
        return "GET" if request.target.endswith(PING.name) else method


class CallsHeadInvalid(Fault, breaks="head-and-options"):
    """Answers 400 to HEAD."""

    def effective_method(self, request: Request, query: Mapping[str, str]) -> str:
        """Take another status."""
        if request.method == "HEAD":
            raise Refusal(400, "This method is not known")
        return super().effective_method(request, query)


class HasOptions(
    HasStatusesWithoutABody, breaks="head-and-options only-listed-status-codes success-is-200"
):
    """Answers 204 to OPTIONS."""

    def effective_method(self, request: Request, query: Mapping[str, str]) -> str:
        """Take another status."""
        if request.method == "OPTIONS":
            raise Refusal(204)
        return super().effective_method(request, query)


class CallsTheUnknownInvalidInXml(
    Fault, breaks="refusal-has-one-code-in-each-type unknown-resource-is-404"
):
    """Answers 400 where there is no such resource and Accept asks for XML."""

    def understood(self, request: Request, account: str) -> Operation:
        """Take another status."""
        try:
            return super().understood(request, account)
        except Refusal as refusal:
            if refusal.status == 404 and self.accepted_type(request) == XML:  # noqa: PLR2004
                raise Refusal(400, "There is no such resource") from refusal
            raise


class DeletesWhatStandsBefore(Fault, breaks="unknown-resource-is-404-for-writes"):
    """Answers 404 to a DELETE of what no customer has, and deletes the customer."""

    def understood(self, request: Request, account: str) -> Operation:
        """Delete before refusing."""
        try:
            return super().understood(request, account)
        except Refusal:
            customer = re.search("/customers/([0-9]+)/cf-", request.target)
            found = self.customer(account, customer[1]) if customer else None
            if found is not None and request.method == "DELETE":
                self.remove(CUSTOMERS, found)
            raise


class PatchesAndRefuses(Fault, breaks="patch-is-not-allowed"):
    """Answers 405 to PATCH, and executes it all the same."""

    def understood(self, request: Request, account: str) -> Operation:
        """Execute it as a PUT first."""
        if request.method == "PATCH":
            with suppress(Refusal):
                self.perform(self.understood(replace(request, method="PUT"), account))
        return super().understood(request, account)

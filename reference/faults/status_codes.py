"""Faults in status codes, and in what a refusal explains."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NoReturn

from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CALL_RECORDS, CUSTOMERS, PING, USERS, Resource

LONG = 18
"""Digits that a number of 64 bits can have."""


class HasStatusesWithoutABody(Fault):
    """Sends nothing after 204 and 304, as HTTP has it."""

    def respond(self, request: Request) -> Response:
        """Drop the body."""
        response = super().respond(request)
        return replace(response, body=b"") if response.status in {204, 304} else response


class AnswersCreated(
    Fault, breaks="only-listed-status-codes success-is-200 each-method-succeeds-with-200"
):
    """Answers 201 to a POST."""

    def success_status(self, operation: Operation) -> int:
        """Look at the method."""
        return 201 if operation.method == "POST" else 200


class AnswersNoContent(
    HasStatusesWithoutABody,
    breaks="only-listed-status-codes success-is-200 each-method-succeeds-with-200",
):
    """Answers 204 to a DELETE."""

    def success_status(self, operation: Operation) -> int:
        """Look at the method."""
        return 204 if operation.method == "DELETE" else 200


class AnswersNotModified(
    HasStatusesWithoutABody,
    breaks="only-listed-status-codes success-is-200 each-method-succeeds-with-200",
):
    """Answers 304 to a PUT that changes nothing of a customer."""

    changes: bool = True

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Compare."""
        self.changes = any(record.values.get(name) != value for name, value in values.items())
        return super().changed_values(operation, record, values)

    def success_status(self, operation: Operation) -> int:
        """Look at what has changed."""
        kept = operation.method == "PUT" and operation.resource is CUSTOMERS and not self.changes
        return 304 if kept else 200


class AnswersPartialContent(Fault, breaks="only-listed-status-codes success-is-200"):
    """Answers 206 to later pages of calls."""

    def success_status(self, operation: Operation) -> int:
        """Look at the page."""
        paged = operation.resource is CALL_RECORDS and operation.parameters.get("page", "0") != "0"
        return 206 if paged else 200


class AnswersUnprocessable(Fault, breaks="only-listed-status-codes missing-name-is-400"):
    """Answers 422 where a mandatory parameter is missing."""

    def missing(self, name: str) -> None:
        """Take another status."""
        raise Refusal(422, f"{name} is missing")


class ForbidsWhatIsInvalid(Fault, breaks="missing-name-is-400"):
    """Answers 403 where a mandatory parameter is missing."""

    def missing(self, name: str) -> None:
        """Take another status."""
        raise Refusal(403, f"{name} is missing")


class NeedsNoNumber(Fault, breaks="missing-name-is-400"):
    """Makes customers without a custnr."""

    def mandatory(self, operation: Operation) -> tuple[str, ...]:
        """Leave it out of what is needed."""
        return tuple(name for name in super().mandatory(operation) if name != "custnr")


class TakesBrokenJsonForNothing(Fault, breaks="broken-json-is-400"):
    """Takes a body that is no JSON for one without parameters."""

    def no_parameters(self, text: str) -> NoReturn:
        """Let the caller see."""
        raise BrokenJsonError(text)

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """Find nothing in it."""
        try:
            return super().json_parameters(body)
        except BrokenJsonError:
            return {}


class BrokenJsonError(Exception):
    """A body is no JSON."""


class MissesTheRecord(Fault, breaks="writes-without-an-id-are-refused"):
    """Answers 404 where a PUT or a DELETE names no record."""

    def missing_id(self, operation: Operation) -> Record:
        """Take another status."""
        raise Refusal(404, f"{operation.resource.id_name} is missing")


class ExplainsNothing(Fault, breaks="refusals-are-explained"):
    """Refuses what is invalid, or forbidden, without a word."""

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Drop the body."""
        response = super().refused(request, refusal)
        return replace(response, body=b"") if refusal.status in {400, 403} else response


class ExplainsInAString(Fault, breaks="errors-is-a-list"):
    """Has one text under `errors`."""

    def error_answer(self, refusal: Refusal) -> Answer:
        """Join the explanations."""
        return Answer("errors", " ".join(refusal.explanations))


class NamesNoErrors(Fault, breaks="errors-is-a-list"):
    """Has an empty list under `errors` where a method is not allowed."""

    def errors(self, refusal: Refusal) -> Sequence[str | Mapping[str, Value]]:
        """Drop the explanations."""
        return () if refusal.status == 405 else super().errors(refusal)  # noqa: PLR2004


class CallsErrorsMessages(Fault, breaks="errors-is-a-list"):
    """Explains under another key that there is no such resource."""

    def error_answer(self, refusal: Refusal) -> Answer:
        """Take another key."""
        answer = super().error_answer(refusal)
        return replace(answer, name="messages") if refusal.status == 404 else answer  # noqa: PLR2004


class DeniesWhatIsForeign(Fault, breaks="foreign-record-is-refused"):
    """Answers 401 where a customer belongs to another account."""

    def read(self, operation: Operation) -> Answer:
        """Look for the customer everywhere."""
        found = [each for each in self.records(CUSTOMERS) if each.id == operation.record_id]
        if operation.resource is CUSTOMERS and found and found[0].account != operation.account:
            raise Refusal(401, "This customer is not yours")
        return super().read(operation)


class FailsOnWhatIsForeign(Fault, breaks="foreign-record-is-not-written nothing-causes-a-500"):
    """Fails where a customer of another account is to be changed."""

    def unknown_record(self, operation: Operation) -> Record:
        """Look for the customer everywhere."""
        if any(each.id == operation.record_id for each in self.records(operation.resource)):
            raise Refusal(500, "Assertion failed")
        return super().unknown_record(operation)


class ChangesWhatIsForeign(Fault, breaks="foreign-record-is-not-written"):
    """Lets a caller change the customers of every account."""

    def addressed_record(self, operation: Operation) -> Record:
        """Look for the customer everywhere."""
        for record in self.records(operation.resource):
            if operation.resource is CUSTOMERS and record.id == operation.record_id:
                return record
        return super().addressed_record(operation)


class ChangesWhatIsLocked(Fault, breaks="locked-greeting-is-refused"):
    """Lets a caller change the greetings of the system."""

    def locked_greeting(self, record: Record) -> None:
        """Let it be done."""


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
    Fault, breaks="unknown-resource-is-404 unknown-resource-is-404-for-writes no-number-for-an-id"
):
    """Answers a customer whatever stands behind its id."""

    def unknown_resource(self, names: tuple[str, ...]) -> Resource:
        """Go back to the customer."""
        if names[0] == CUSTOMERS.name and names[1].startswith("cf-"):
            return CUSTOMERS
        return super().unknown_resource(names)


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


class GreetsUnknownRecords(Fault, breaks="unknown-id-refuses-writes foreign-record-is-not-written"):
    """Answers 200 and nothing to a PUT of a customer that is not there."""

    def update(self, operation: Operation) -> Answer:
        """Answer nothing."""
        known = [each.id for each in self.candidates(operation)]
        if operation.resource is CUSTOMERS and operation.record_id not in (None, *known):
            return self.answer(operation, [])
        return super().update(operation)


class DeletesWhatIsGone(Fault, breaks="unknown-id-refuses-writes deleted-twice-is-refused"):
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
    Fault, breaks="patch-is-not-allowed nothing-causes-a-500 read-only-resources-refuse-writes"
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


class FailsOnBadEscapes(
    Fault, breaks="odd-questions-cause-no-trouble odd-bodies-cause-no-trouble nothing-causes-a-500"
):
    """Fails on a percent sign that encodes nothing."""

    def bad_encoding(self) -> None:
        """Fail."""
        raise Refusal(500, "Malformed URI sequence")


class FailsOnLongNumbers(
    Fault, breaks="odd-questions-cause-no-trouble odd-values-cause-no-trouble nothing-causes-a-500"
):
    """Fails on an id that no number of 64 bits can hold."""

    def id_value(self, name: str, text: str) -> str:
        """Count the digits."""
        if len(text) > LONG:
            raise Refusal(500, "Numeric value out of range")
        return super().id_value(name, text)


class StumblesOverOddPages(Fault, breaks="odd-questions-cause-no-trouble nothing-causes-a-500"):
    """Fails on a page that is no number."""

    def invalid_page(self, text: str) -> int:
        """Fail."""
        raise Refusal(500, f"Cannot convert {text[:10]}")


class FailsOnBrokenJson(
    Fault,
    breaks="broken-json-is-400 odd-bodies-cause-no-trouble odd-values-cause-no-trouble "
    "nothing-causes-a-500",
):
    """Fails on a body that is no JSON object."""

    def no_parameters(self, text: str) -> NoReturn:
        """Fail."""
        raise Refusal(500, f"Unexpected token in {text[:10]}")


class FailsOnUndefinedFields(Fault, breaks="odd-values-cause-no-trouble nothing-causes-a-500"):
    """Fails on a custom field that is not defined."""

    def undefined_custom_field(self, operation: Operation, name: str) -> None:
        """Fail."""
        del operation
        raise Refusal(500, f"Unknown column {name}")

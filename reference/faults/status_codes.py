"""Faults in status codes, and in what a refusal explains."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NoReturn
from urllib.parse import unquote_plus

from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CALL_RECORDS, CUSTOMERS, GREETINGS, Field


class HasStatusesWithoutABody(Fault, abstract=True):
    """Sends nothing after 204 and 304, as HTTP has it."""

    def respond(self, request: Request) -> Response:
        """Drop the body."""
        response = super().respond(request)
        return replace(response, body=b"") if response.status in {204, 304} else response


class AnswersCreated(
    Fault,
    breaks=(
        "only-listed-status-codes success-is-200 each-method-succeeds-with-200 "
        "usual-fields-change-no-effect"
    ),
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


class AnswersPartialContent(
    Fault,
    breaks="only-listed-status-codes success-is-200 page-beyond-the-last-status page-without-sense",
):
    """Answers 206 to later pages of calls."""

    def success_status(self, operation: Operation) -> int:
        """Look at the page."""
        paged = operation.resource is CALL_RECORDS and operation.parameters.get("page", "0") != "0"
        return 206 if paged else 200


class AnswersUnprocessable(
    Fault, breaks="only-listed-status-codes missing-name-is-400 long-request-is-answered"
):
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


class DeniesWhatIsForeign(Fault, breaks="foreign-record-is-refused right-caller-is-not-401"):
    """Answers 401 where a customer belongs to another account."""

    def read(self, operation: Operation) -> Answer:
        """Look for the customer everywhere."""
        found = [each for each in self.records(CUSTOMERS) if each.id == operation.record_id]
        if operation.resource is CUSTOMERS and found and found[0].account != operation.account:
            raise Refusal(401, "This customer is not yours")
        return super().read(operation)


class DeniesWhatIsInvalid(Fault, breaks="right-caller-is-not-401"):
    """Answers 401 where a parameter is not one of the values that it can have."""

    def not_a_choice(self, field: Field, text: str) -> str:
        """Take it for an intruder's."""
        del text
        raise Refusal(401, f"{field.name} looks suspicious")


class FailsOnWhatIsForeign(Fault, breaks="foreign-record-is-not-written nothing-causes-a-500"):
    """Fails where a customer of another account is to be changed."""

    def unknown_record(self, operation: Operation) -> Record:
        """Look for the customer everywhere."""
        if any(each.id == operation.record_id for each in self.records(operation.resource)):
            raise Refusal(500, "Assertion failed")
        return super().unknown_record(operation)


class ChangesWhatIsForeign(
    Fault,
    breaks="foreign-record-is-not-written foreign-record-hidden-everywhere",
):
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


class RefusesAndCreatesIncomplete(Fault, breaks="missing-name-is-400"):
    """Answers 400 to a POST of a customer without its number, and creates it all the same."""

    def missing(self, name: str) -> None:
        """Note what is missing."""
        self.__dict__["lacks"] = name
        super().missing(name)

    def create(self, operation: Operation) -> Answer:
        """Create before the refusal."""
        try:
            return super().create(operation)
        except Refusal:
            if operation.resource is CUSTOMERS and self.__dict__.pop("lacks", "") == "custnr":
                new = self.new_id(CUSTOMERS)
                self.insert(CUSTOMERS, operation.account, new, self.values_sent(operation))
            raise


class DeletesAllBeforeRefusing(Fault, breaks="writes-without-an-id-are-refused"):
    """Answers 400 to a DELETE that names a customer only, and deletes all its greetings."""

    def missing_id(self, operation: Operation) -> Record:
        """Delete first."""
        if operation.resource is GREETINGS and operation.method == "DELETE":
            self.remove_having(GREETINGS, "customer_id", str(operation.parent_id))
        return super().missing_id(operation)


class RefusesInPagesThatRun(Fault, breaks="refusal-in-html-escapes-what-it-quotes"):
    """Refuses in HTML, and quotes the request as it came."""

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Write a page for people."""
        response = super().refused(request, refusal)
        if refusal.status not in {400, 403, 404}:
            return response
        said = unquote_plus(request.target) + unquote_plus(request.body.decode("utf-8", "replace"))
        page = f"<html><body><p>Refused: {said}</p></body></html>".encode()
        return replace(response, headers=(("Content-Type", "text/html"),), body=page)

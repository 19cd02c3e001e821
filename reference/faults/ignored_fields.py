"""Faults that show only with header fields that the document does not mention."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.cookies import SimpleCookie

from reference.faulty import Fault, LetsIn
from reference.message import Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import GREETINGS, Resource

COOKIE_FIELDS = ("email", "corporateid")
"""Parameters that are taken from cookies."""


class MeetsNoExpectation(
    Fault, breaks="expected-continue-is-served expected-continue-creates-one", on_a_socket=True
):
    """Answers 417 to Expect: 100-continue."""

    def perform(self, operation: Operation) -> Answer:
        """Look for the field."""
        if operation.request.header("Expect"):
            raise Refusal(417, "Nothing can be expected")
        return super().perform(operation)


class CachesByDate(Fault, breaks="condition-hides-no-change usual-fields-change-no-answer"):
    """Answers 304 to every GET that says how old the caller's answer is."""

    def sent(self, request: Request, response: Response) -> Response:
        """Look for the field."""
        asked = request.header("If-Modified-Since") and request.method == "GET"
        return Response(304, response.headers) if asked else super().sent(request, response)


class CachesListsForADay(Fault, breaks="condition-hides-no-change"):
    """Answers 304 where a list was read within a day, whatever was written since."""

    def sent(self, request: Request, response: Response) -> Response:
        """Look for the field."""
        asked = request.header("If-Modified-Since") if request.method == "GET" else None
        if not asked or "custnr=" not in request.target:
            return super().sent(request, response)
        recent = datetime.now(UTC) - parsedate_to_datetime(asked) < timedelta(days=1)
        return Response(304, response.headers) if recent else super().sent(request, response)


class CutsAnswersWithoutSaying(
    Fault, breaks=("range-changes-no-answer range-of-records-cuts-no-list")
):
    """Answers the part that a Range asks for, with 200."""

    def sent(self, request: Request, response: Response) -> Response:
        """Cut the body."""
        wanted = (request.header("Range") or "").partition("-")[2]
        return replace(response, body=response.body[: int(wanted) + 1]) if wanted else response


class FailsOnUnusualFields(
    Fault,
    breaks=(
        "unusual-fields-select-nothing-else unusual-fields-change-no-answer "
        "nothing-causes-a-500 unusual-fields-change-no-effect"
    ),
):
    """Breaks down over a chain of proxies that it cannot read."""

    def perform(self, operation: Operation) -> Answer:
        """Look for the field."""
        if "host=" in (operation.request.header("Forwarded") or ""):
            raise Refusal(500, "The chain of proxies cannot be read")
        return super().perform(operation)


class BelievesAForwardedUser(
    LetsIn,
    breaks="forged-fields-let-nobody-in forged-fields-let-nobody-write "
    "other-account-is-not-shown anonymous-claim-gets-nothing",
):
    """Takes a user whom a gateway names for one who has signed in."""

    def is_let_in(self, request: Request) -> bool:
        """Look for the field."""
        return request.header("X-Remote-User") is not None


class LeavesTheRootOpen(LetsIn, breaks="forged-fields-let-nobody-in"):
    """Guards the URL that a gateway says was asked for, and serves the one that was."""

    def is_let_in(self, request: Request) -> bool:
        """Look which URL it is."""
        return request.header("X-Original-URL") == "/"


class RefusesSecretCookies(
    Fault, breaks="usual-fields-change-no-answer usual-fields-change-no-effect"
):
    """Refuses callers whose cookie is of a session that it does not know."""

    def perform(self, operation: Operation) -> Answer:
        """Look for the field."""
        if "session=" in (operation.request.header("Cookie") or ""):
            raise Refusal(HTTPStatus.FORBIDDEN, "The session has expired")
        return super().perform(operation)


class RefusesWritesFromElsewhere(Fault, breaks="unusual-fields-change-no-effect"):
    """Refuses writes of a page of another origin, as if a session had to be guarded."""

    def perform(self, operation: Operation) -> Answer:
        """Look for the field."""
        if operation.method != "GET" and operation.request.header("Origin"):
            raise Refusal(HTTPStatus.FORBIDDEN, "The origin is not known")
        return super().perform(operation)


class ObeysOtherOverrides(
    Fault, breaks="unusual-fields-change-no-effect unusual-fields-make-no-other-write"
):
    """Takes the method of a write from a field that other services use for that."""

    def perform(self, operation: Operation) -> Answer:
        """Look for the field."""
        other = operation.request.header("X-HTTP-Method")
        if operation.method == "PUT" and other:
            operation = replace(operation, method=other)
        return super().perform(operation)


class TakesParametersFromCookies(Fault, breaks="usual-fields-change-no-effect"):
    """Takes what a body does not have from cookies of that name."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Look into the field."""
        parameters = super().body_parameters(request, resource, method)
        cookie = SimpleCookie(request.header("Cookie") or "")
        known = {name: morsel.value for name, morsel in cookie.items() if name in COOKIE_FIELDS}
        return {**known, **parameters}


class SpeaksGerman(Fault, breaks="usual-fields-change-no-answer"):
    """Answers the choices of a source in German to callers who prefer that."""

    def sent(self, request: Request, response: Response) -> Response:
        """Look for the language."""
        if not (request.header("Accept-Language") or "").startswith("de"):
            return super().sent(request, response)
        return replace(response, body=response.body.replace(b'"active"', b'"aktiv"'))


class CreatesOnceForEachExpectation(
    Fault, breaks="expected-continue-creates-one", on_a_socket=True
):
    """Carries a POST out when it has said 100, and again when it has the body."""

    def create(self, operation: Operation) -> Answer:
        """Look for the field."""
        if operation.request.header("Expect") and operation.resource is GREETINGS:
            super().create(operation)
        return super().create(operation)


class WantsTheBodyOfItsType(Fault, breaks="usual-fields-change-no-answer"):
    """Refuses a GET that tells the type of JSON: there is none in its body."""

    def parameters(
        self, request: Request, resource: Resource, method: str, query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Read the body."""
        if method == "GET" and self.is_json(request) and not request.body:
            raise Refusal(400, "The body is not a JSON object")
        return super().parameters(request, resource, method, query)


class WritesDecimalCommas(Fault, breaks="language-changes-no-call"):
    """Writes what a call cost with a comma for callers of a language that has it."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Look at the language."""
        values = super().presented(operation, record)
        told = operation.request.header("Accept-Language") or ""
        if not told.startswith("sv") or "commission" not in values:
            return values
        return {**values, "commission": str(values["commission"]).replace(".", ",")}


class ObeysRangesOfRecords(Fault, breaks="range-of-records-cuts-no-list"):
    """Shows of a list the records that a Range asks for, as if these were all."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Look for a first and a last one, whatever the unit."""
        asked = re.fullmatch(
            "(?!bytes)[a-z]+=([0-9]+)-([0-9]+)", operation.request.header("Range") or ""
        )
        within = records[int(asked[1]) : int(asked[2]) + 1] if asked else records
        return super().listing(operation, within)


class AnswersExpectationsLate(
    Fault,
    breaks="expected-continue-is-served expected-continue-creates-one "
    "field-changes-by-a-write-that-names-it",
    on_a_socket=True,
):
    """Carries out what comes with Expect: 100-continue, and answers 417."""

    def sent(self, request: Request, response: Response) -> Response:
        """Look for the field."""
        return replace(response, status=417) if request.header("Expect") else response


class StoresNothingExpected(Fault, breaks="expected-continue-is-served", on_a_socket=True):
    """Answers a PUT with Expect: 100-continue as if it were carried out."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Make the new state up."""
        if not self.__dict__.get("expects"):
            return super().replace(resource, record, changes)
        return Record(record.id, record.account, {**record.values, **changes})

    def perform(self, operation: Operation) -> Answer:
        """Look for the field."""
        self.__dict__["expects"] = operation.request.header("Expect")
        return super().perform(operation)

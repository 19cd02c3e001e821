"""Faults that show only with fields of gateways, browsers and caches."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from reference.faulty import Fault, LetsIn
from reference.message import Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.response_types import JSON


class ObeysAcceptCharset(Fault, breaks="accept-charset-changes-nothing"):
    """Answers in the charset that is asked for."""

    def sent(self, request: Request, response: Response) -> Response:
        """Write it anew."""
        wanted = (request.header("Accept-Charset") or "").lower()
        if not wanted.startswith("iso-8859-1"):
            return super().sent(request, response)
        body = response.body.decode().encode("iso-8859-1", "replace")
        fields = tuple(
            (name, value.replace("utf-8", "iso-8859-1")) for name, value in response.headers
        )
        return replace(response, body=body, headers=fields)


class AnswersNothingNew(Fault, breaks="usual-fields-change-no-answer condition-hides-no-change"):
    """Answers 304 to every GET with If-Modified-Since."""

    def sent(self, request: Request, response: Response) -> Response:
        """Look for the field."""
        if (
            request.header("If-Modified-Since")
            and request.method == "GET"
            and response.status == HTTPStatus.OK
        ):
            return Response(304, response.headers)
        return response


class RefusesTagsInAPut(Fault, breaks="usual-fields-change-no-effect"):
    """Refuses a PUT with If-None-Match."""

    def perform(self, operation: Operation) -> Answer:
        """Look for the field."""
        if operation.method == "PUT" and operation.request.header("If-None-Match"):
            raise Refusal(400, "The record was changed")
        return super().perform(operation)


class TakesMethodsFromOtherFields(
    Fault,
    breaks=(
        "unusual-fields-change-no-answer unusual-fields-select-nothing-else "
        "unusual-fields-change-no-effect unusual-fields-make-no-other-write"
    ),
):
    """Takes X-HTTP-Method for the method, whatever was sent."""

    def effective_method(self, request: Request, query: Mapping[str, str]) -> str:
        """Look for the field first."""
        return request.header("X-HTTP-Method") or super().effective_method(request, query)


class TrustsAForwardedAddress(
    LetsIn,
    breaks="forged-fields-let-nobody-in forged-fields-let-nobody-write "
    "anonymous-claim-gets-nothing",
):
    """Lets in whoever says that a proxy on this machine forwards the request."""

    def is_let_in(self, request: Request) -> bool:
        """Look for the field."""
        return "127.0.0.1" in (request.header("X-Forwarded-For") or "")


class GoesWhereAGatewayPoints(
    Fault,
    breaks=(
        "unusual-fields-change-no-answer unusual-fields-select-nothing-else "
        "unusual-fields-change-no-effect unusual-fields-cut-no-list"
    ),
):
    """Goes where X-Rewrite-URL leads."""

    def understood(self, request: Request, account: str) -> Operation:
        """Take the other target."""
        target = request.header("X-Rewrite-URL")
        return super().understood(replace(request, target=target) if target else request, account)


class TranslatesValues(Fault, breaks="usual-fields-change-no-answer"):
    """Says ja and nej to callers who prefer Swedish."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Translate a flag."""
        shown = super().presented(operation, record)
        if (operation.request.header("Accept-Language") or "").startswith("sv"):
            return {
                n: {"0": "nej", "1": "ja"}.get(str(v), v) if n == "freespee_caller_id" else v
                for n, v in shown.items()
            }
        return shown


class TrustsCookies(
    LetsIn, breaks="forged-fields-let-nobody-in cookie-of-a-caller-is-no-credential"
):
    """Lets in whoever brings a cookie of a session."""

    def is_let_in(self, request: Request) -> bool:
        """Look for the cookie."""
        return "PHPSESSID=" in (request.header("Cookie") or "")


class AnswersTheMinimum(
    Fault, breaks="usual-fields-change-no-answer usual-fields-change-no-effect"
):
    """Answers nothing to callers who prefer a minimum."""

    def sent(self, request: Request, response: Response) -> Response:
        """Leave the body out."""
        if "minimal" in (request.header("Prefer") or "") and response.status == HTTPStatus.OK:
            return replace(response, status=204, body=b"")
        return response


class TrustsHealthChecks(
    LetsIn, breaks="forged-fields-let-nobody-in forged-fields-let-nobody-write"
):
    """Lets in what calls itself a health checker."""

    def is_let_in(self, request: Request) -> bool:
        """Look who calls."""
        return "HealthCheck" in (request.header("User-Agent") or "")


class HasNoOtherCharsets(Fault, breaks="accept-charset-changes-nothing"):
    """Answers 404 where another charset is asked for before all others."""

    def perform(self, operation: Operation) -> Answer:
        """Look for the field."""
        wanted = operation.request.header("Accept-Charset") or "utf-8"
        if not wanted.startswith("utf-8"):
            raise Refusal(404, "There is nothing in this charset")
        return super().perform(operation)


class AnswersUpdatesWithTheMinimum(Fault, breaks="usual-fields-change-no-effect"):
    """Answers nothing to a PUT of callers who prefer a minimum."""

    def sent(self, request: Request, response: Response) -> Response:
        """Leave the body out."""
        asked = request.method == "PUT" and "minimal" in (request.header("Prefer") or "")
        if asked and response.status == HTTPStatus.OK:
            return replace(response, status=204, body=b"")
        return response


class DeletesWhatIsRead(
    Fault, breaks="unusual-fields-select-nothing-else record-goes-by-its-own-delete"
):
    """Answers a GET, and then carries out the DELETE that a field of other services names."""

    def read(self, operation: Operation) -> Answer:
        """Look for the field."""
        answer = super().read(operation)
        if operation.request.header("X-Method-Override") == "DELETE" and operation.record_id:
            self.delete(operation)
        return answer


class CountsUsers(Fault, breaks="forged-fields-let-nobody-in nothing-causes-a-500"):
    """Breaks down over a user's id that is no number, before it asks who calls."""

    def authenticate(self, request: Request) -> str:
        """Look for the field."""
        if not (request.header("X-User-Id") or "0").isdigit():
            raise Refusal(500, "The user's id is no number")
        return super().authenticate(request)


class GreetsHealthChecks(Fault, breaks="forged-fields-let-nobody-write"):
    """Answers whatever calls itself a health checker with success, and does nothing."""

    def answered(self, request: Request) -> Response:
        """Look who calls."""
        if "HealthCheck" not in (request.header("User-Agent") or ""):
            return super().answered(request)
        return Response(200, (("Content-Type", self.content_type(JSON)),), b"null")

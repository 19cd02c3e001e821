"""Freedoms of header fields: conditions, ranges, codings and what gateways refuse."""

import gzip
import hashlib
from dataclasses import replace
from http import HTTPStatus

from reference.faulty import Variant
from reference.message import Request, Response
from reference.operation import Operation
from reference.refusal import Refusal
from reference.representation import Answer


class KeepsConditions(Variant):
    """Tags its answers, and evaluates the conditions of callers (RFC 9110, 13).

    Ambiguity: `conditions`.
    """

    def sent(self, request: Request, response: Response) -> Response:
        """Answer 304 or 412 where a condition asks for it."""
        if request.method != "GET" or response.status != HTTPStatus.OK:
            return super().sent(request, response)
        tag = f'"{hashlib.sha256(response.body).hexdigest()[:16]}"'
        tagged = replace(response, headers=(*response.headers, ("ETag", tag)))
        if request.header("If-Match") not in {None, "*", tag}:
            return replace(tagged, status=412, body=b"")
        if request.header("If-None-Match") in {"*", tag}:
            return replace(tagged, status=304, body=b"")
        return tagged


class AnswersRanges(Variant, deviates="range-changes-no-answer"):
    """Answers the part that a Range asks for (RFC 9110, 14), as Apache does by itself."""

    def sent(self, request: Request, response: Response) -> Response:
        """Cut the body, unless the caller has another version of it."""
        wanted = request.header("Range") or ""
        first, dash, last = wanted.removeprefix("bytes=").partition("-")
        whole = response.status != HTTPStatus.OK or not dash or request.header("If-Range")
        if whole or request.method != "GET" or not (first.isdigit() and last.isdigit()):
            return super().sent(request, response)
        part = response.body[int(first) : int(last) + 1]
        length = ("Content-Range", f"bytes {first}-{last}/{len(response.body)}")
        return replace(response, status=206, headers=(*response.headers, length), body=part)


class CompressesAnswers(Variant):
    """Compresses what is answered to callers who take it (RFC 9110, 8.4)."""

    def sent(self, request: Request, response: Response) -> Response:
        """Use gzip."""
        if "gzip" not in (request.header("Accept-Encoding") or "") or not response.body:
            return super().sent(request, response)
        coding = (("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
        body = gzip.compress(response.body, mtime=0)
        return replace(response, headers=(*response.headers, *coding), body=body)


class RefusesOtherOrigins(
    Variant, deviates="unusual-fields-change-no-answer unusual-fields-change-no-effect"
):
    """Refuses what a page of another site asks for, as a firewall does."""

    def perform(self, operation: Operation) -> Answer:
        """Look at Origin."""
        if operation.request.header("Origin"):
            raise Refusal(403, "This API cannot be used by other sites")
        return super().perform(operation)


class RefusesOtherCharsets(Variant):
    """Answers 406 to a caller who does not take UTF-8 (RFC 7231, 5.3.3).

    Ambiguity: `charset-that-is-not-offered`.
    """

    def perform(self, operation: Operation) -> Answer:
        """Look at Accept-Charset."""
        accepted = (operation.request.header("Accept-Charset") or "*").lower()
        if "utf-8" not in accepted and ("*" not in accepted or "q=0" in accepted):
            raise Refusal(406, "There is UTF-8 only")
        return super().perform(operation)


class MeetsNoOtherExpectation(Variant):
    """Answers 417 to an expectation other than 100-continue (RFC 9110, 10.1.1).

    Ambiguity: `conditions`.
    """

    def perform(self, operation: Operation) -> Answer:
        """Look at Expect."""
        if (operation.request.header("Expect") or "100-continue").lower() != "100-continue":
            raise Refusal(417, "This cannot be expected")
        return super().perform(operation)


class AnswersPreflightsOfBrowsers(Variant):
    """Answers the preflight of a browser without credentials, and says nothing but what is allowed.

    Ambiguity: `options-request`.
    """

    def answered(self, request: Request) -> Response:
        """Look for a preflight."""
        if request.method == "OPTIONS" and request.header("Access-Control-Request-Method"):
            allowed = ("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
            return Response(200, (allowed, ("Access-Control-Allow-Origin", "*")))
        return super().answered(request)

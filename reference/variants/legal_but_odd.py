"""Freedoms with requests that are legal but odd."""

import re
from collections.abc import Mapping
from http import HTTPStatus

from reference.faulty import Variant
from reference.message import Request, Response
from reference.operation import Operation
from reference.refusal import Refusal
from reference.representation import Answer

LONGEST_TARGET = 8_000


class ReadsBrackets(Variant):
    """Takes a name in brackets for the name, and the last of several values, as PHP's users may."""

    def form_parameters(self, body: bytes) -> Mapping[str, str]:
        """Leave the brackets out."""
        return self.without_brackets(super().form_parameters(body))

    def query_parameters(self, query: str) -> Mapping[str, str]:
        """Leave the brackets out."""
        return self.without_brackets(super().query_parameters(query))

    def without_brackets(self, found: Mapping[str, str]) -> Mapping[str, str]:
        """The parameters by the part of their names before a bracket."""
        return {name.partition("[")[0]: value for name, value in found.items()}


class RefusesBrackets(Variant):
    """Answers 400 to names in brackets, also of an override.

    Ambiguity: `unknown-parameter`.
    """

    def form_parameters(self, body: bytes) -> Mapping[str, str]:
        """Look for brackets."""
        return self.checked(super().form_parameters(body))

    def query_parameters(self, query: str) -> Mapping[str, str]:
        """Look for brackets."""
        return self.checked(super().query_parameters(query))

    def checked(self, found: Mapping[str, str]) -> Mapping[str, str]:
        """Refuse names in brackets."""
        if any("[" in name for name in found):
            raise Refusal(400, "A parameter may not be an array")
        return found


class NeedsALength(Variant, on_a_socket=True):
    """Answers 411 to a POST that tells no length (RFC 9110, 15.5.12).

    Ambiguity: `post-without-length`.
    """

    def perform(self, operation: Operation) -> Answer:
        """Look for the field."""
        request = operation.request
        chunked = request.header("Transfer-Encoding")
        if request.method == "POST" and not request.header("Content-Length") and not chunked:
            raise Refusal(411, "The Content-Length is missing")
        return super().perform(operation)


class RefusesLongTargets(Variant, deviates="long-request-is-answered"):
    """Answers 414 and 431 to what is longer than 8,000 characters, as servers in front do."""

    def answered(self, request: Request) -> Response:
        """Measure target and fields."""
        if len(request.target) > LONGEST_TARGET:
            return Response(414)
        if any(len(value) > LONGEST_TARGET for _, value in request.headers):
            return Response(431)
        return super().answered(request)


class TakesTheFirstOverride(Variant):
    """Takes the first method in a list, and leaves blanks out."""

    def override(self, request: Request, query: Mapping[str, str]) -> str | None:
        """Look for the first word."""
        found = super().override(request, query)
        words = re.findall(r"[^\s,]+", found or "")
        return words[0] if words else found


class SeparatesBySemicolons(Variant):
    """Takes a semicolon in a query for an ampersand, as HTML 4 recommends it."""

    def decoded_query(self, query: str) -> Mapping[str, str]:
        """Replace them."""
        return super().decoded_query(query.replace(";", "&"))


class ClosesAfterRefusals(Variant, on_a_socket=True):
    """Closes the connection after each refusal, whatever was still to come on it."""

    def sent(self, request: Request, response: Response) -> Response:
        """Look at the status."""
        if response.status >= HTTPStatus.BAD_REQUEST:
            return Response(response.status, response.headers, response.body, close=True)
        return super().sent(request, response)

"""Faults of trouble inside: an odd request is answered 500."""

import re
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import NoReturn

from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.refusal import Refusal
from reference.representation import Value

ONE_GREETING = re.compile(r"/customers/\d+/voicemail_greetings/\d+$")

LONG = 18
"""Digits that a number of 64 bits can have."""


class FailsOnBadEscapes(
    Fault, breaks="odd-questions-cause-no-trouble odd-bodies-cause-no-trouble nothing-causes-a-500"
):
    """Fails on a percent sign that encodes nothing."""

    def bad_encoding(self) -> None:
        """Fail."""
        raise Refusal(500, "Malformed URI sequence")


class FailsOnLongNumbers(
    Fault,
    breaks=(
        "odd-questions-cause-no-trouble odd-values-cause-no-trouble "
        "nothing-causes-a-500 odd-values-of-others-cause-no-trouble "
        "long-request-is-answered"
    ),
):
    """Fails on an id that no number of 64 bits can hold."""

    def id_value(self, name: str, text: str) -> str:
        """Count the digits."""
        if len(text) > LONG:
            raise Refusal(500, "Numeric value out of range")
        return super().id_value(name, text)


class StumblesOverOddPages(
    Fault,
    breaks=(
        "odd-questions-cause-no-trouble page-without-sense "
        "generated-questions-cause-no-trouble odd-query-causes-no-trouble "
        "nothing-causes-a-500"
    ),
):
    """Fails on a page that is no number."""

    def invalid_page(self, text: str) -> int:
        """Fail."""
        raise Refusal(500, f"Cannot convert {text[:10]}")


class FailsOnEmptyParametersOfTypes(
    Fault, breaks="odd-bodies-cause-no-trouble nothing-causes-a-500"
):
    """Fails on a media type that ends in a semicolon."""

    def request_type(self, request: Request) -> str:
        """Look at its end."""
        if (request.header("Content-Type") or "").endswith(";"):
            raise Refusal(500, "Index out of range")
        return super().request_type(request)


class CountsRecordsIn31Bits(Fault, breaks="odd-questions-cause-no-trouble nothing-causes-a-500"):
    """Fails on a page whose first record has a number of more than 31 bits, but on none further."""

    def page(self, parameters: Mapping[str, str]) -> int:
        """Work out where it begins."""
        page = super().page(parameters)
        if 2**31 <= page * self.pagesize(parameters) < 2**32:
            raise Refusal(500, "Integer overflow")
        return page


class FailsOnBrokenJson(
    Fault,
    breaks="broken-json-is-400 odd-bodies-cause-no-trouble "
    "json-without-sense generated-bodies-cause-no-trouble nothing-causes-a-500",
):
    """Fails on a body that is no JSON object."""

    def no_parameters(self, text: str) -> NoReturn:
        """Fail."""
        raise Refusal(500, f"Unexpected token in {text[:10]}")


class FailsOnUndefinedFields(
    Fault,
    breaks="odd-values-cause-no-trouble nothing-causes-a-500",
):
    """Fails on a custom field that is not defined."""

    def undefined_custom_field(self, operation: Operation, name: str) -> None:
        """Fail."""
        del operation
        raise Refusal(500, f"Unknown column {name}")


class FailsOnAlternativeNumbers(
    Fault, breaks="odd-values-of-others-cause-no-trouble nothing-causes-a-500"
):
    """Fails where the alternative numbers of a source are no JSON array of objects."""

    def invalid_alternative_numbers(self) -> tuple[Value, ...]:
        """Fail."""
        raise Refusal(500, "Cannot read property 'phonenr' of null")


class FailsOnUnknownGreetings(
    Fault, breaks="odd-values-of-others-cause-no-trouble nothing-causes-a-500"
):
    """Fails where a source is to use a greeting whose id is no number."""

    def greeting_id(self, operation: Operation, text: str) -> str:
        """Expect digits."""
        if not text.isdigit():
            raise Refusal(500, "invalid input syntax for type integer")
        return super().greeting_id(operation, text)


class HangsUpOverOneGreeting(Fault, breaks="each-request-is-answered", in_a_whole_run=True):
    """Ends in the middle of reading one greeting: its caller finds the connection closed."""

    def respond(self, request: Request) -> Response:
        """Look at what is asked for."""
        response = super().respond(request)
        is_one = ONE_GREETING.search(request.target) is not None and request.method == "GET"
        return replace(response, hangs_up=is_one and response.status == HTTPStatus.OK)


class KnowsNoOtherMethods(Fault, breaks="odd-methods-cause-no-trouble"):
    """Has a table of methods, and looks up in it what is not there."""

    def answered(self, request: Request) -> Response:
        """Stumble over it."""
        known = request.method in {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}
        if known or not request.header("Authorization"):
            return super().answered(request)
        return Response(HTTPStatus.INTERNAL_SERVER_ERROR)

"""Faults of refusals that quote what they refuse, and of suffixes."""

import re
from dataclasses import replace
from http import HTTPStatus

from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, Field, Resource
from reference.response_types import JSON, XML

SURROGATE = re.compile("[\ud800-\udfff]")
"""Half of a pair, which no text in UTF-8 can hold."""


class QuotesWhatIsWrong(Fault, abstract=True):
    """Quotes what it refuses."""

    def malformed_id(self, name: str, text: str) -> str:
        """Quote what is no id."""
        raise Refusal(400, f"{name} is no id: {text}")

    def invalid_page(self, text: str) -> int:
        """Quote what is no page."""
        raise Refusal(400, f"{text} is no page")

    def unknown_override(self, override: str) -> str:
        """Quote what is no method."""
        raise Refusal(400, f"{override} is no method")

    def unknown_resource(self, names: tuple[str, ...]) -> Resource:
        """Quote what is no resource."""
        raise Refusal(404, f"There is no {'/'.join(names)}")


class QuotesMarkupInXml(QuotesWhatIsWrong, breaks="refusal-escapes-what-it-quotes xml-well-formed"):
    """Quotes in XML what it refuses, as it came."""

    def error_answer(self, refusal: Refusal) -> Answer:
        """Remember that it is a refusal."""
        self.raw = True
        return super().error_answer(refusal)

    raw = False

    def xml_escaped(self, text: str) -> str:
        """Leave it as it is."""
        return text if "no" in text and self.raw else super().xml_escaped(text)


class WritesJsonByHand(
    QuotesWhatIsWrong, breaks="json-well-formed refusal-escapes-what-it-quotes xml-well-formed"
):
    """Writes refusals in JSON by hand."""

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Join the parts."""
        response = super().refused(request, refusal)
        if refusal.status != HTTPStatus.UNAUTHORIZED and self.error_type(request) == JSON:
            return replace(
                response, body=('{"errors":["' + refusal.explanations[0] + '"]}').encode()
            )
        return response


class QuotesControlsInXml(
    QuotesWhatIsWrong, breaks="refusal-escapes-what-it-quotes xml-well-formed"
):
    """Writes control characters as references in XML."""

    def xml_escaped(self, text: str) -> str:
        """Refer to them by number."""
        return "".join(f"&#{ord(c)};" if c < " " else c for c in super().xml_escaped(text))


class TakesSuffixesInAGetOnly(
    Fault, breaks="refusal-has-one-code-in-each-type suffix-works-for-each-method"
):
    """Knows the suffix in a GET alone."""

    def understood(self, request: Request, account: str) -> Operation:
        """Look at the method."""
        operation = super().understood(request, account)
        if operation.method != "GET" and self.forced_type(request):
            raise Refusal(404, "There is no such resource")
        return operation


class DeletesNothingBySuffix(
    Fault, breaks="refusal-has-one-code-in-each-type suffix-works-for-each-method"
):
    """Answers a DELETE with a suffix, and does nothing."""

    def delete(self, operation: Operation) -> Answer:
        """Look for a suffix."""
        if self.forced_type(operation.request):
            return self.deleted(operation)
        return super().delete(operation)


class ForbidsInXmlWhatIsNotThere(
    Fault, breaks="refusal-has-one-code-in-each-type unknown-resource-is-404"
):
    """Refuses in XML with 403 what it refuses in JSON with 404."""

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Look at the type."""
        response = super().refused(request, refusal)
        xml = refusal.status == HTTPStatus.NOT_FOUND and self.media_type(request) == XML
        return replace(response, status=403) if xml else response


class RefusesInXmlUnasked(Fault, breaks="refusal-is-no-xml-unless-asked-for"):
    """Explains what is not found in XML."""

    def error_type(self, request: Request) -> str:
        """Look at the target."""
        return (
            XML
            if "unknown" in request.target or "page=" in request.target
            else super().error_type(request)
        )


class CallsRefusalsInXmlSuccess(Fault, breaks="refusal-has-one-code-in-each-type"):
    """Answers 200 with errors where XML was asked for."""

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Look at the type."""
        response = super().refused(request, refusal)
        xml = refusal.status == HTTPStatus.BAD_REQUEST and self.media_type(request) == XML
        return replace(response, status=200) if xml else response


class StoresWhatXmlCannotHold(Fault, breaks="xml-of-controls-is-well-formed"):
    """Stores every control, and writes it into XML as it is."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Refuse half of a pair alone."""
        if SURROGATE.search(text):
            raise Refusal(400, f"{field.name} has half of a pair")
        return super().value_sent(operation, field, text)

    def unwritable(self, name: str) -> None:
        """Let it pass."""
        del name


class QuotesTakenNumbersByHand(Fault, breaks="refusal-escapes-what-it-quotes json-well-formed"):
    """Quotes a custnr that is taken, in JSON that is written by hand."""

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Join the parts, with the quotes alone escaped."""
        response = super().refused(request, refusal)
        taken = any("has this custnr" in each for each in refusal.explanations)
        if not taken or self.error_type(request) != JSON:
            return response
        quoted = self.body_parameters(request, CUSTOMERS, "POST")["custnr"].replace('"', '\\"')
        return replace(response, body=('{"errors":["' + quoted + ' is taken"]}').encode())


class ExplainsTheSuffixInJson(Fault, breaks="refusal-is-no-json-where-xml-is-asked-for"):
    """Explains in JSON why it refuses a request whose suffix forces XML."""

    def error_type(self, request: Request) -> str:
        """Look at Accept alone."""
        return self.accepted_type(request) or JSON

"""Freedoms of a refusal: how it is explained, and where it is not."""

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus

from reference.faulty import Variant
from reference.message import Request, Response
from reference.refusal import Refusal
from reference.representation import Answer, Value, Wire
from reference.response_types import JSON


class SaysWhatItRefusesInObjects(Variant):
    """Explains a refusal by objects with a code and a message.

    Ambiguity: `shape-of-errors`.
    """

    def errors(self, refusal: Refusal) -> Sequence[str | Mapping[str, Value]]:
        """Make each an object."""
        return [{"code": str(refusal.status), "message": each} for each in refusal.explanations]


class ExplainsInJsonOnly(Variant, deviates="refusal-is-no-json-where-xml-is-asked-for"):
    """Explains a refusal in JSON, whatever was asked for.

    Ambiguity: `type-of-a-refusal`.
    """

    def error_type(self, request: Request) -> str:
        """Stay with JSON."""
        del request
        return JSON


class ExplainsInHtml(Variant):
    """Explains a refusal on a page in HTML, as web servers do: no error body is shown.

    Ambiguities: `type-of-a-refusal`, `body-of-a-401`.
    """

    kind = "text/html; charset=utf-8"
    text = "<!DOCTYPE html>\n<html><head><title>{0}</title></head><body>{1}</body></html>"

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Write a page, also where a challenge comes with it."""
        response = super().refused(request, refusal)
        explained = html.escape("; ".join(refusal.explanations))
        body = self.text.format(refusal.status, explained).encode()
        others = tuple(field for field in response.headers if field[0] != "Content-Type")
        return replace(response, headers=(("Content-Type", self.kind), *others), body=body)


class ExplainsInPlainText(ExplainsInHtml):
    """Explains a refusal in plain text.

    Ambiguities: `type-of-a-refusal`, `body-of-a-401`.
    """

    kind = "text/plain"
    text = "Error {0}: {1}"


class ExplainsAsProblems(
    Variant, deviates="errors-is-a-list refusal-is-no-json-where-xml-is-asked-for"
):
    """Explains a refusal as a problem of RFC 9457: the document shows no key errors."""

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Write a problem in its own media type."""
        response = super().refused(request, refusal)
        problem = {"title": "; ".join(refusal.explanations), "status": refusal.status}
        kind = ("Content-Type", "application/problem+json")
        others = (field for field in response.headers if field[0] != "Content-Type")
        return replace(response, headers=(kind, *others), body=json.dumps(problem).encode())


class ExplainsByField(Variant, deviates="errors-is-a-list"):
    """Explains a refusal by an object of arrays, one for each field.

    Ambiguity: `shape-of-errors`.
    """

    def json_document(self, answer: Answer) -> dict[str, Wire]:
        """Name a field."""
        document = super().json_document(answer)
        if answer.name != "errors":
            return document
        return {"message": "The given data was invalid", "errors": {"base": document["errors"]}}


class ExplainsNoRefusal(Variant, deviates="refusals-are-explained"):
    """Explains no refusal: an explanation comes in most cases, not in all.

    Ambiguity: `refusal-without-explanation`.
    """

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Leave body and type out."""
        response = super().refused(request, refusal)
        others = tuple(field for field in response.headers if field[0] != "Content-Type")
        return replace(response, headers=others, body=b"")


class ExplainsInvalidRequestsOnly(Variant):
    """Explains what is invalid, and leaves the body of any other refusal empty.

    Ambiguity: `refusal-without-explanation`.
    """

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Leave the body out unless it is a 400."""
        response = super().refused(request, refusal)
        return response if refusal.status == HTTPStatus.BAD_REQUEST else replace(response, body=b"")

"""Freedoms of refusals that quote what they refuse, and of who refuses."""

import html
from dataclasses import replace
from http import HTTPStatus

from reference.faulty import Variant
from reference.message import Request, Response
from reference.refusal import Refusal
from reference.resources import Field, Resource
from reference.response_types import JSON


class QuotesWhatItRefuses(Variant):
    """Quotes in a refusal what was sent, and escapes it for the type of the answer."""

    def malformed_id(self, name: str, text: str) -> str:
        """Quote what is no id."""
        raise Refusal(400, f"{name} has to be an id, not {text}")

    def invalid_page(self, text: str) -> int:
        """Quote what is no page."""
        raise Refusal(400, f"page has to be a number, not {text}")

    def unknown_override(self, override: str) -> str:
        """Quote what is no method."""
        raise Refusal(400, f"A POST cannot stand for {override}")

    def not_a_choice(self, field: Field, text: str) -> str:
        """Quote what is no choice."""
        raise Refusal(400, f"{field.name} cannot be {text}")

    def unknown_resource(self, names: tuple[str, ...]) -> Resource:
        """Quote what is no resource."""
        raise Refusal(404, f"There is no {'/'.join(names)}")

    def xml_escaped(self, text: str) -> str:
        """Leave out what XML cannot hold."""
        held = "".join(each for each in text if each >= " " or each in "\t\n\r")
        return super().xml_escaped(held)


class QuotesInSections(QuotesWhatItRefuses):
    """Quotes in sections of character data (XML 1.0, 2.7), of which one ends before each "]]>"."""

    def xml_escaped(self, text: str) -> str:
        """Divide the text where a section would end."""
        if not set("<>&").intersection(text):
            return super().xml_escaped(text)
        held = "".join(each for each in text if each >= " " or each in "\t\n")
        return f"<![CDATA[{held.replace(']]>', ']]]]><![CDATA[>')}]]>"


class QuotesOnPages(QuotesWhatItRefuses):
    """Quotes on a page in HTML what it refuses, with every quote escaped.

    Ambiguity: `type-of-a-refusal`.
    """

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Write a page, but where a challenge comes with the answer."""
        response = super().refused(request, refusal)
        if refusal.status == HTTPStatus.UNAUTHORIZED:
            return response
        kind = ("Content-Type", "text/html; charset=utf-8")
        others = tuple(field for field in response.headers if field[0] != "Content-Type")
        page = f"<!DOCTYPE html>\n<title>{refusal.status}</title>"
        body = f"{page}<p>{html.escape('; '.join(refusal.explanations))}</p>".encode()
        return replace(response, headers=(kind, *others), body=body)


class StopsMarkupAtTheGateway(Variant):
    """Has a firewall in front that answers 403, on a page of its own, to targets with markup."""

    def answered(self, request: Request) -> Response:
        """Look for an angle bracket in the target."""
        if "%3C" in request.target.upper() and request.header("Authorization"):
            page = b"<!DOCTYPE html>\n<html><head><title>403</title></head><body>No</body></html>"
            return Response(403, (("Content-Type", "text/html; charset=utf-8"),), page)
        return super().answered(request)


class ExplainsByNumbersOnly(Variant):
    """Explains a refusal by a number, which callers look up.

    Ambiguity: `shape-of-errors`.
    """

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Replace the explanations."""
        if refusal.status == HTTPStatus.UNAUTHORIZED:
            return super().refused(request, refusal)
        numbered = Refusal(refusal.status, f"E{refusal.status}", headers=refusal.headers)
        return super().refused(request, numbered)


class RefusesOutsideOfTheTypes(Variant):
    """Answers what is not found in JSON alone: no resource is there whose type could be chosen.

    Ambiguity: `type-of-a-refusal`.
    """

    def error_type(self, request: Request) -> str:
        """Look whether the target names anything known."""
        names = ("customers", "sources", "users", "cdrs", "ping")
        known = any(name in request.target for name in names)
        return super().error_type(request) if known else JSON

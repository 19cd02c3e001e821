"""Faults in choosing the response type."""

import json
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.refusal import Refusal
from reference.resources import CALL_RECORDS, CUSTOMERS, GREETINGS, PING, Resource
from reference.response_types import JSON, XML


class AnswersXmlWithoutAccept(Fault, breaks="json-is-the-default"):
    """Answers XML to callers who say nothing."""

    def accepted_type(self, request: Request) -> str | None:
        """Take silence for XML."""
        return XML if request.header("Accept") is None else super().accepted_type(request)


class AnswersXmlOfCallsToAnyone(
    Fault, breaks="json-is-the-default refusal-is-no-xml-unless-asked-for"
):
    """Answers calls in XML to callers who take anything."""

    def accepted_type(self, request: Request) -> str | None:
        """Take "anything" for XML."""
        if request.header("Accept") == "*/*" and request.target.endswith("/cdrs"):
            return XML
        return super().accepted_type(request)


class PrefersXmlInARange(Fault, breaks="json-where-it-is-preferred"):
    """Answers XML where any application type is accepted."""

    def accepted_type(self, request: Request) -> str | None:
        """Take the range for XML."""
        if request.header("Accept") == "application/*":
            return XML
        return super().accepted_type(request)


class TakesAnyMentionOfXml(Fault, breaks="json-where-it-is-preferred"):
    """Answers XML wherever Accept mentions it, even with quality 0."""

    def accepted_type(self, request: Request) -> str | None:
        """Look for the name."""
        return XML if "xml" in (request.header("Accept") or "") else super().accepted_type(request)


class RefusesLists(Fault, breaks="accept-list-answers-either json-where-it-is-preferred"):
    """Refuses an Accept field that names more than one type."""

    def understood(self, request: Request, account: str) -> Operation:
        """Look for a comma."""
        if "," in (request.header("Accept") or ""):
            raise Refusal(400, "Accept names more than one type")
        return super().understood(request, account)


class FindsNothingForOtherTypes(
    Fault,
    breaks="accept-neither readings-are-consistent",
):
    """Answers 404 where a picture is asked for."""

    def understood(self, request: Request, account: str) -> Operation:
        """Look for pictures."""
        if (request.header("Accept") or "").startswith("image/"):
            raise Refusal(404, "There is no such picture")
        return super().understood(request, account)


class IgnoresTheSuffixBeforeAnId(
    Fault,
    breaks="suffix-forces-type suffix-forces-type-of-writes suffix-wins-over-accept "
    "suffix-forces-type-of-sub-resource refusal-is-no-json-where-xml-is-asked-for "
    "suffix-of-a-sub-resource-is-not-ignored suffix-works-for-each-method "
    "suffix-wins-over-accept-of-writes",
):
    """Looks for a suffix at the end of the path only."""

    def forced_type(self, request: Request) -> str | None:
        """Leave the other segments alone."""
        return self.split_suffix(request.target.partition("?")[0])[1]


class KnowsNoJsonSuffixBeforeAnId(
    Fault,
    breaks="suffix-forces-type suffix-wins-over-accept suffix-forces-type-of-sub-resource "
    "suffix-works-for-each-method",
):
    """Finds nothing where .json stands before an id."""

    def route(self, path: str) -> tuple[Resource, Mapping[str, str]]:
        """Look for it."""
        if ".json/" in path:
            raise Refusal(404, "There is no such resource")
        return super().route(path)


class IgnoresTheSuffixOfPing(
    Fault, breaks="suffix-forces-type-everywhere suffix-wins-over-accept-everywhere"
):
    """Answers a ping in JSON, whatever its suffix."""

    def forced_type(self, request: Request) -> str | None:
        """Leave a ping alone."""
        return None if PING.name in request.target else super().forced_type(request)


class IgnoresTheSuffixOfSubResources(
    Fault,
    breaks="suffix-forces-type-of-sub-resource suffix-forces-type-of-parameter-forms "
    "suffix-of-a-sub-resource-is-not-ignored suffix-wins-over-accept-of-parameter-forms",
):
    """Answers greetings in JSON, whatever the suffix."""

    def forced_type(self, request: Request) -> str | None:
        """Leave greetings alone."""
        return None if GREETINGS.name in request.target else super().forced_type(request)


class IgnoresTheSuffixOfWrites(
    Fault,
    breaks="suffix-forces-type-of-writes suffix-works-for-each-method "
    "refusal-is-no-json-where-xml-is-asked-for suffix-wins-over-accept-of-writes",
):
    """Answers POST and PUT in JSON, whatever the suffix."""

    def forced_type(self, request: Request) -> str | None:
        """Leave writes alone."""
        return super().forced_type(request) if request.method == "GET" else None


class IgnoresTypesInOverrides(
    Fault,
    breaks=(
        "combined-ways-answer-in-the-type suffix-forces-type-of-writes "
        "accept-selects-type-of-writes override-keeps-the-response-type "
        "suffix-works-for-each-method refusal-is-no-json-where-xml-is-asked-for "
        "suffix-wins-over-accept-of-writes"
    ),
):
    """Answers an overridden request in JSON, whatever is asked for."""

    def media_type(self, request: Request) -> str:
        """Look for an override."""
        overridden = "_method=" in request.target or request.header(self.override_header)
        return JSON if overridden else super().media_type(request)


class IgnoresAcceptForCalls(
    Fault,
    breaks="accept-selects-type-of-lists xml-of-an-empty-list "
    "refusal-is-no-json-where-xml-is-asked-for",
):
    """Answers calls in JSON, whatever Accept says."""

    def accepted_type(self, request: Request) -> str | None:
        """Leave calls alone."""
        return None if CALL_RECORDS.name in request.target else super().accepted_type(request)


class IgnoresAcceptForOne(
    Fault,
    breaks="accept-selects-type sub-resource-forms-read-equal "
    "accept-selects-the-same-for-reads-and-writes",
):
    """Answers one record by its path in JSON, whatever Accept says."""

    def accepted_type(self, request: Request) -> str | None:
        """Look for an id at the end of the path of a GET."""
        path, _, query = request.target.partition("?")
        one = request.method == "GET" and path[-1].isdigit() and not query
        return None if one else super().accepted_type(request)


class IgnoresAcceptForPost(
    Fault,
    breaks="accept-selects-type-of-writes override-keeps-the-response-type "
    "refusal-is-no-json-where-xml-is-asked-for",
):
    """Answers POST in JSON, whatever Accept says."""

    def accepted_type(self, request: Request) -> str | None:
        """Leave POST alone."""
        return None if request.method == "POST" else super().accepted_type(request)


class LetsAcceptWin(
    Fault,
    breaks="suffix-wins-over-accept suffix-wins-over-accept-everywhere "
    "suffix-wins-over-accept-of-parameter-forms suffix-wins-over-accept-of-writes",
):
    """Lets Accept win over a suffix."""

    def media_type(self, request: Request) -> str:
        """Look at Accept first."""
        return self.accepted_type(request) or super().media_type(request)


class LetsAcceptWinOverJson(
    Fault,
    breaks="suffix-wins-over-accept suffix-wins-over-accept-everywhere "
    "suffix-wins-over-accept-of-parameter-forms suffix-wins-over-accept-of-writes",
):
    """Lets Accept win over .json, not over .xml."""

    def media_type(self, request: Request) -> str:
        """Look for XML in either place."""
        chosen = super().media_type(request)
        return XML if self.accepted_type(request) == XML else chosen


class CallsJsonHtml(Fault, breaks="media-type-tells-the-body"):
    """Calls JSON text/html."""

    def content_type(self, media_type: str) -> str:
        """Name another type."""
        return super().content_type("text/html" if media_type == JSON else media_type)


class CallsXmlJson(Fault, breaks="media-type-tells-the-body"):
    """Calls XML application/json."""

    def content_type(self, media_type: str) -> str:
        """Name the one type only."""
        del media_type
        return super().content_type(JSON)


class ReadsNoParameterOfAccept(Fault, breaks="xml-where-nothing-else-is-accepted"):
    """Takes a type in Accept for an unknown one where it has a parameter."""

    def accepted_type(self, request: Request) -> str | None:
        """Look for a parameter."""
        if ";" in (request.header("Accept") or "").partition(",")[0]:
            return None
        return super().accepted_type(request)


class CallsBack(Fault, breaks="success-is-json-or-xml"):
    """Answers a query that names a callback as a script."""

    def sent(self, request: Request, response: Response) -> Response:
        """Wrap the answer in a call."""
        if "callback=" in request.target and response.status == HTTPStatus.OK:
            kind = ("Content-Type", "application/javascript; charset=utf-8")
            return replace(response, headers=(kind,), body=b"cf(" + response.body + b");")
        return super().sent(request, response)


class ShowsPagesToBrowsers(
    Fault, breaks="success-is-json-or-xml accept-neither readings-are-consistent"
):
    """Answers HTML where nothing else is accepted, for people to look at."""

    def sent(self, request: Request, response: Response) -> Response:
        """Put the answer into a page."""
        if request.header("Accept") == "text/html" and response.status == HTTPStatus.OK:
            kind = ("Content-Type", "text/html; charset=utf-8")
            page = b"<!DOCTYPE html><pre>" + response.body.replace(b"<", b"&lt;") + b"</pre>"
            return replace(response, headers=(kind,), body=page)
        return super().sent(request, response)


class WritesSheets(Fault, breaks="success-is-json-or-xml"):
    """Answers records as comma-separated values where Accept names these."""

    def sent(self, request: Request, response: Response) -> Response:
        """Write each record into a line."""
        if request.header("Accept") != "text/csv" or response.status != HTTPStatus.OK:
            return super().sent(request, response)
        records = json.loads(response.body)[CUSTOMERS.name]
        lines = [",".join(f'"{value}"' for value in each.values()) for each in records]
        kind = ("Content-Type", "text/csv; charset=utf-8")
        return replace(response, headers=(kind,), body="\r\n".join(lines).encode())

"""Freedoms of HTTP: connections, codings, header fields, clocks, and other methods."""

import asyncio
import gzip
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256

from reference.faulty import Variant
from reference.message import Request, Response
from reference.refusal import Refusal
from reference.resources import Resource


def with_fields(response: Response, *fields: tuple[str, str]) -> Response:
    """A response with further header fields."""
    return replace(response, headers=(*response.headers, *fields))


def compressed(response: Response) -> Response:
    """A response whose body is compressed."""
    coded = replace(response, body=gzip.compress(response.body, mtime=0))
    return with_fields(coded, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))


class OnASocket(Variant, on_a_socket=True):
    """Is the reference server as it is, but shown over the network."""


class HasARealmBeyondAscii(Variant, on_a_socket=True):
    """Has a realm with letters beyond ASCII, in UTF-8, and without any parameter to say so."""

    realm = "Räksmörgås, API: 株"


class WritesFieldNamesInSmallLetters(Variant):
    """Writes the names of header fields in small letters (RFC 9110, 5.1)."""

    def sent(self, request: Request, response: Response) -> Response:
        """Write each name small."""
        response = super().sent(request, response)
        return replace(
            response, headers=tuple((name.lower(), value) for name, value in response.headers)
        )


class WritesFieldsBackwards(Variant):
    """Writes header fields in another order, and their names in capitals (RFC 9110, 5.3)."""

    def sent(self, request: Request, response: Response) -> Response:
        """Begin with the last field."""
        response = super().sent(request, response)
        return replace(
            response, headers=tuple((name.upper(), value) for name, value in response.headers[::-1])
        )


class AnswersInChunks(Variant):
    """Sends bodies in chunks instead of telling their length (RFC 9112, 7.1)."""

    def sent(self, request: Request, response: Response) -> Response:
        """Have a body sent in chunks."""
        return replace(super().sent(request, response), chunked=True)


class ClosesConnections(Variant):
    """Closes the connection after each response (RFC 9112, 9.6)."""

    def sent(self, request: Request, response: Response) -> Response:
        """Close it."""
        return replace(super().sent(request, response), close=True)


class ClosesRefusedConnections(Variant):
    """Closes the connection after each refusal, a challenge among them (RFC 9112, 9.6)."""

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Close it."""
        return replace(super().refused(request, refusal), close=True)


class CompressesWhereAsked(Variant):
    """Compresses the body where the caller says that it takes that (RFC 9110, 12.5.3)."""

    def sent(self, request: Request, response: Response) -> Response:
        """Look for gzip among the codings that are taken."""
        response = super().sent(request, response)
        taken = "gzip" in (request.header("Accept-Encoding") or "")
        return compressed(response) if taken and response.body else response


class SetsCookies(Variant):
    """Sets cookies, which it never looks at again (RFC 6265)."""

    def sent(self, request: Request, response: Response) -> Response:
        """Set two."""
        session = ("Set-Cookie", f"PHPSESSID={self.random.randbytes(8).hex()}; path=/; HttpOnly")
        place = ("Set-Cookie", "node=b2; Expires=Wed, 09 Jun 2100 10:18:14 GMT; Secure")
        return with_fields(super().sent(request, response), session, place)


class HelpsCaches(Variant):
    """Tells caches what they need, but answers no request with 304 (RFC 9110, 8.8; RFC 9111)."""

    def sent(self, request: Request, response: Response) -> Response:
        """Tell the age of the body, and a tag of it."""
        response = super().sent(request, response)
        return with_fields(
            response,
            ("ETag", f'W/"{sha256(response.body).hexdigest()[:16]}"'),
            ("Last-Modified", "Mon, 02 Dec 2024 08:15:30 GMT"),
            ("Cache-Control", "private, max-age=0, must-revalidate"),
            ("Expires", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("Age", "0"),
            ("Vary", "Accept, Authorization"),
        )


class TalksOfItself(Variant):
    """Adds header fields about itself and what stands before it (RFC 9110, 7.6.3 and 10.2)."""

    def sent(self, request: Request, response: Response) -> Response:
        """Add the fields that proxies and frameworks are fond of."""
        return with_fields(
            super().sent(request, response),
            ("Server", "API (unix)"),
            ("Via", "1.1 edge"),
            ("X-Powered-By", "A framework/1.0"),
            ("X-Request-Id", self.random.randbytes(8).hex()),
            ("X-RateLimit-Remaining", "599"),
            ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
            ("X-Content-Type-Options", "nosniff"),
            ("Access-Control-Allow-Origin", "*"),
            ("Content-Language", "sv"),
            ("Alt-Svc", 'h3=":443"; ma=86400'),
            ("Link", '<https://help.example/api>; rel="help"'),
        )


class HasADateBehind(Variant):
    """Dates its responses a minute and a half behind, as the clock of a proxy may be."""

    def sent(self, request: Request, response: Response) -> Response:
        """Date the response."""
        moment = self.now() - timedelta(seconds=90)
        date = ("Date", format_datetime(moment, usegmt=True))
        return with_fields(super().sent(request, response), date)


class HasADateOfAnotherZone(Variant):
    """Dates its responses five hours behind, as a server in front may that is set wrongly."""

    def sent(self, request: Request, response: Response) -> Response:
        """Date the response."""
        moment = self.now() - timedelta(hours=5)
        date = ("Date", format_datetime(moment, usegmt=True))
        return with_fields(super().sent(request, response), date)


class HasAClockAhead(Variant):
    """Has a clock that is twenty minutes ahead of the caller's; its Date field says so."""

    def now(self) -> datetime:
        """Look at that clock."""
        return super().now() + timedelta(minutes=20)

    def sent(self, request: Request, response: Response) -> Response:
        """Date the response."""
        date = ("Date", format_datetime(self.now(), usegmt=True))
        return with_fields(super().sent(request, response), date)


class SendsNoDate(Variant):
    """Leaves the Date field out, and has a clock that is some minutes ahead."""

    def now(self) -> datetime:
        """Look at that clock."""
        return super().now() + timedelta(minutes=7)

    def sent(self, request: Request, response: Response) -> Response:
        """Leave the field out."""
        return replace(super().sent(request, response), dated=False)


class AnswersLate(Variant):
    """Takes a fifth of a second for every response."""

    def sent(self, request: Request, response: Response) -> Response:
        """Take the time."""
        return replace(super().sent(request, response), delay=0.2)


class AnswersHeadAsGet(Variant):
    """Answers HEAD as GET, without the body (RFC 9110, 9.3.2).

    Ambiguity: `head-request`.
    """

    def effective_method(self, request: Request, query: Mapping[str, str]) -> str:
        """Do as for GET; the body is left out on the way."""
        method = super().effective_method(request, query)
        return "GET" if method == "HEAD" else method


class AnswersOptions(Variant):
    """Answers OPTIONS with 200 and the methods that there are.

    Ambiguity: `options-request`.
    """

    def answered(self, request: Request) -> Response:
        """Let in whom it may, then tell the methods."""
        if request.method != "OPTIONS":
            return super().answered(request)
        try:
            self.admit(request)
        except Refusal as refusal:
            return self.refused(request, refusal)
        return Response(200, self.allow(("GET", "POST", "PUT", "DELETE", "OPTIONS")))


class SaysNotImplemented(Variant):
    """Answers 501 wherever a method is not there, and tells no others.

    Ambiguities: `unsupported-method`, `allow-field`.
    """

    def method_not_allowed(self, resource: Resource, method: str, methods: tuple[str, ...]) -> None:
        """Refuse with 501."""
        del resource, method, methods
        raise Refusal(501, "This method is not implemented")


class ListsNoMethods(Variant):
    """Has no Allow field in a 405: the document does not mention it.

    Ambiguity: `allow-field`.
    """

    def allow(self, methods: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Tell nothing."""
        del methods
        return ()


class HangsUpWithoutHost(Variant, on_a_socket=True):
    """Closes the connection on which a request comes without Host.

    Ambiguity: `missing-host`.
    """

    def missing_host(self, request: Request) -> Refusal:
        """End the connection's task."""
        del request
        raise asyncio.CancelledError


class LooksAtHostLast(Variant):
    """Looks at the credentials before the Host field.

    Ambiguity: `order-of-checks`.
    """

    def admit(self, request: Request) -> str:
        """Begin with the address and the credentials."""
        self.check_transport(request)
        self.check_address(request)
        account = self.authenticate(request)
        self.check_host(request)
        return account


class RedirectsPlainHttp(Variant):
    """Sends callers over plain HTTP to the place where it speaks TLS.

    Ambiguity: `plain-http`.
    """

    def answered(self, request: Request) -> Response:
        """Send them there."""
        if request.secure:
            return super().answered(request)
        place = f"https://{request.header('Host') or 'localhost'}{request.target}"
        return Response(301, (("Location", place), ("Content-Type", "text/html")), b"<html></html>")


class RefusesPlainHttpAsInvalid(Variant):
    """Answers plain HTTP with 400 and a page, as a web server in front does.

    Ambiguity: `plain-http`.
    """

    def answered(self, request: Request) -> Response:
        """Refuse without looking further."""
        if request.secure:
            return super().answered(request)
        page = b"<html><body>The plain HTTP request was sent to HTTPS port</body></html>"
        return Response(400, (("Content-Type", "text/html"),), page, close=True)

"""Freedoms of what stands before authentication: odd requests, landing pages, redirections."""

from http import HTTPStatus
from urllib.parse import unquote

from reference.faulty import Variant
from reference.message import Request, Response
from reference.refusal import Refusal
from reference.response_types import JSON

KNOWN = frozenset({"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"})
PAGE = b"<!DOCTYPE html><html><head><title>API</title></head><body>An API.</body></html>"


class RefusesUnknownMethodsFirst(Variant, deviates="anonymous-is-challenged-before-anything"):
    """Answers a method that it does not know with 405, before it asks who calls.

    Ambiguities: `order-of-checks`, `unsupported-method`.
    """

    refused_with = 405

    def check_host(self, request: Request) -> None:
        """Look at the method first."""
        super().check_host(request)
        if request.method not in KNOWN:
            raise Refusal(self.refused_with, "This method is not known here")


class ImplementsNoUnknownMethod(
    RefusesUnknownMethodsFirst, deviates="anonymous-is-challenged-before-anything"
):
    """Answers a method that it does not know with 501, before it asks who calls.

    Ambiguities: `order-of-checks`, `unsupported-method`.
    """

    refused_with = 501


class DoesNotImplementHead(Variant):
    """Answers HEAD with 501, whoever asks.

    Ambiguities: `head-request`, `order-of-checks`.
    """

    def check_host(self, request: Request) -> None:
        """Look at the method first."""
        super().check_host(request)
        if request.method == "HEAD":
            raise Refusal(501, "HEAD is not implemented")


class AnswersPreflights(Variant, deviates="anonymous-options-is-refused"):
    """Answers OPTIONS to anybody with fields for browsers, which send no credentials with it.

    Ambiguity: `options-request`.
    """

    def answered(self, request: Request) -> Response:
        """Tell browsers what they may send."""
        if request.method != "OPTIONS" or not request.secure:
            return super().answered(request)
        fields = (("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE"),)
        return Response(200, (*fields, ("Access-Control-Allow-Origin", "*")))


class KnowsPathsFirst(Variant, deviates="anonymous-is-challenged-before-anything"):
    """Answers 404 to a path that leads nowhere, before it asks who calls.

    Ambiguity: `order-of-checks`.
    """

    def check_host(self, request: Request) -> None:
        """Look at the path first."""
        super().check_host(request)
        self.route(self.split_target(request.target)[0])


class HasALandingPage(Variant):
    """Has a page for everybody where no version is asked for, and small files for browsers."""

    def answered(self, request: Request) -> Response:
        """Show it outside of the API."""
        path = request.target.partition("?")[0]
        served = self.is_served(path.removeprefix("/").partition("/")[0])
        if served or request.method != "GET" or not request.secure:
            return super().answered(request)
        return Response(200, (("Content-Type", "text/html"),), PAGE)


class RedirectsToOneSpelling(Variant):
    """Sends callers from a path with slashes too many to the one without, whoever they are.

    Ambiguity: `extra-slashes`.
    """

    def answered(self, request: Request) -> Response:
        """Tell the other path."""
        path, mark, query = request.target.partition("?")
        plain = "/" + "/".join(each for each in path.split("/") if each)
        if plain == path or not request.secure:
            return super().answered(request)
        return Response(301, (("Location", plain + mark + query),))


class NormalisesPaths(Variant):
    """Removes dot segments and needless percent signs from a path before it looks at it.

    Ambiguity: `extra-slashes`.
    """

    def path_segments(self, path: str) -> list[str]:
        """Normalise them (RFC 3986, 6.2.2)."""
        kept: list[str] = []
        for segment in path.removeprefix("/").split("/"):
            plain = unquote(segment) if segment.isascii() else segment
            if plain == "..":
                kept = kept[:-1]
            elif plain != ".":
                kept.append(segment)
        return super().path_segments("/" + "/".join(kept))


class FiltersOddTargets(Variant):
    """Has a filter in front that answers 403 to paths that look like an attack, without data."""

    def check_host(self, request: Request) -> None:
        """Look for dots, semicolons and what is encoded twice."""
        super().check_host(request)
        path = request.target.partition("?")[0].lower()
        if any(each in path for each in ("..", ";", "%25", "%00", "%2e", "%5c", "\\")):
            raise Refusal(403, "This request was blocked")


class RedirectsPlainHttpForNow(Variant):
    """Sends callers over plain HTTP to HTTPS for now, keeping their method.

    Ambiguity: `plain-http`.
    """

    redirected_with = 307

    def answered(self, request: Request) -> Response:
        """Send them there."""
        if request.secure:
            return super().answered(request)
        host = request.header("Host") or "localhost"
        return Response(self.redirected_with, (("Location", f"https://{host}{request.target}"),))


class RedirectsPlainHttpForGood(RedirectsPlainHttpForNow):
    """Sends callers over plain HTTP to HTTPS for good, keeping their method.

    Ambiguity: `plain-http`.
    """

    redirected_with = 308


class FindsNothingOverPlainHttp(Variant):
    """Has nothing over plain HTTP: whatever is asked is not found.

    Ambiguity: `plain-http`.
    """

    def plain_http(self) -> Refusal:
        """Find nothing."""
        return Refusal(404, "There is nothing here")


class WantsAnUpgrade(Variant):
    """Answers plain HTTP by telling that it takes TLS (RFC 9110, 15.5.22).

    Ambiguity: `plain-http`.
    """

    def answered(self, request: Request) -> Response:
        """Ask for it."""
        if request.secure:
            return super().answered(request)
        return Response(426, (("Upgrade", "TLS/1.0, HTTP/1.1"), ("Connection", "Upgrade")))


class HasAPageOverPlainHttp(Variant):
    """Shows a page over plain HTTP that tells where the API is, and nothing of what is in it.

    Ambiguity: `plain-http`.
    """

    def answered(self, request: Request) -> Response:
        """Show it."""
        if request.secure:
            return super().answered(request)
        return Response(HTTPStatus.OK, (("Content-Type", "text/html"),), PAGE)


class ChallengesOverPlainHttp(Variant):
    """Challenges who calls over plain HTTP, and refuses also the right answer.

    Ambiguity: `plain-http`.
    """

    def plain_http(self) -> Refusal:
        """Challenge."""
        return self.unauthorized()

    def unauthorized_response(self, request: Request) -> Response:
        """Say why."""
        if request.secure:
            return super().unauthorized_response(request)
        return Response(401, (("Content-Type", JSON),), b'{"errors":["HTTPS only"]}')

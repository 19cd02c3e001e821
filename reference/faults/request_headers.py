"""Faults that show on a socket only: versions of HTTP, header fields, ways of sending a body."""

import re
from collections.abc import Mapping

from reference.faulty import Fault
from reference.message import Request, Response
from reference.refusal import Refusal
from reference.resources import Resource


class RefusesHttp10(Fault, breaks="http10-with-host-works", on_a_socket=True):
    """Refuses HTTP/1.0, also with a Host field."""

    def check_host(self, request: Request) -> None:
        """Look at the version."""
        super().check_host(request)
        if request.http_version == "1.0":
            raise Refusal(400, "HTTP/1.1 is needed")


class LooksForHostInOneSpelling(Fault, breaks="host-name-in-any-case", on_a_socket=True):
    """Finds the Host field only where its name is written like this."""

    def check_host(self, request: Request) -> None:
        """Compare names to the letter."""
        if "Host" not in dict(request.headers):
            raise self.missing_host(request)


class NeedsATypeToCreate(Fault, breaks="form-without-type", on_a_socket=True):
    """Refuses a POST whose body has no Content-Type."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Look for the type."""
        if method == "POST" and request.header("Content-Type") is None:
            raise Refusal(400, "The Content-Type is missing")
        return super().body_parameters(request, resource, method)


class NeedsATypeToUpdate(Fault, breaks="form-without-type", on_a_socket=True):
    """Reads nothing in a PUT whose body has no Content-Type."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Look for the type."""
        if method == "PUT" and request.header("Content-Type") is None:
            return {}
        return super().body_parameters(request, resource, method)


class IgnoresChunkedBodies(
    Fault, breaks="form-in-chunks put-in-chunks-that-succeeds-is-done", on_a_socket=True
):
    """Takes a body that comes in chunks for an empty one."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Look at how the body came."""
        if (request.header("Transfer-Encoding") or "").lower() == "chunked":
            return {}
        return super().body_parameters(request, resource, method)


class KnowsUpperCaseDigitsOnly(Fault, breaks="query-digits-in-any-case", on_a_socket=True):
    """Does not decode percent-escapes of a query that are in lower case."""

    def decoded_query(self, query: str) -> Mapping[str, str]:
        """Keep them as they are."""
        kept = re.sub(r"%(?=[0-9][a-f]|[a-f][0-9a-f])", "%25", query)
        return super().decoded_query(kept)


class LooksForTheDefaultHost(Fault, breaks="missing-host-gets-no-data", on_a_socket=True):
    """Answers 404 to what is no HTTP/1.1, such as a request without Host."""

    def unheard(self, status: int, explanation: str) -> Response:
        """Take another status."""
        return super().unheard(404 if status == 400 else status, explanation)  # noqa: PLR2004

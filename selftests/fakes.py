"""Servers that are not the API at all, and answer everything in one way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from reference import Reference, Response
from reference.refusal import Refusal

if TYPE_CHECKING:
    from reference import Request

JSON = (("Content-Type", "application/json; charset=utf-8"),)
HTML = (("Content-Type", "text/html; charset=utf-8"),)
LOGIN = b"""<!DOCTYPE html>
<html><head><title>Welcome</title></head>
<body><form action="/login"><input name="room"/></form></body></html>"""


class SaysYes(Reference):
    """Answers 200 and an empty object to everything."""

    def respond(self, request: Request) -> Response:
        """Answer without looking."""
        del request
        return Response(200, JSON, b"{}")


class SaysYesToTheAccount(Reference):
    """Lets in whom it should, then answers 200 and an empty object to everything."""

    def respond(self, request: Request) -> Response:
        """Look at the credentials, and at nothing else."""
        try:
            self.admit(request)
        except Refusal as refusal:
            return self.refused(request, refusal)
        return Response(200, JSON, b"{}")


class Challenges(Reference):
    """Answers everything with a challenge."""

    def respond(self, request: Request) -> Response:
        """Challenge without looking."""
        del request
        return Response(401, (*JSON, *self.challenges(stale=False)), b"null")


class ChallengesForever(Reference):
    """Answers everything with a challenge that calls the nonce stale."""

    def respond(self, request: Request) -> Response:
        """Challenge without looking."""
        del request
        return Response(401, (*JSON, *self.challenges(stale=True)), b"null")


class RefusesWithoutAChallenge(Reference):
    """Answers 401 to everything, and names no way to authenticate."""

    def respond(self, request: Request) -> Response:
        """Refuse without looking."""
        del request
        return Response(401, JSON, b"null")


class FindsNothing(Reference):
    """Answers 404 to everything."""

    def respond(self, request: Request) -> Response:
        """Refuse without looking."""
        del request
        return Response(404, JSON, b'{"errors": ["There is no such resource"]}')


class Fails(Reference):
    """Answers 500 to everything."""

    def respond(self, request: Request) -> Response:
        """Fail without looking."""
        del request
        return Response(500, JSON, b'{"errors": ["Something went wrong"]}')


class CaptivePortal(Reference):
    """Answers everything with a page on which one can log in."""

    def respond(self, request: Request) -> Response:
        """Answer without looking."""
        del request
        return Response(200, HTML, LOGIN)


class ClumsyPortal(Reference):
    """A captive portal whose page happens to be well-formed XML."""

    def respond(self, request: Request) -> Response:
        """Answer without looking."""
        del request
        return Response(200, HTML, LOGIN.partition(b"\n")[2])


class Redirects(Reference):
    """Sends everybody to another place."""

    def respond(self, request: Request) -> Response:
        """Answer without looking."""
        del request
        return Response(302, (("Location", "https://portal.example/login"),))


class Echoes(Reference):
    """Repeats the last good answer to everybody, whatever is asked for."""

    last = Response(200, JSON, b'{"ping":"ok"}')

    def respond(self, request: Request) -> Response:
        """Do what was asked for, and answer the last thing that went well."""
        response = super().respond(request)
        if response.status == 200:
            self.last = response
        return self.last


class HangsUp(Reference):
    """Closes every connection without an answer."""

    def respond(self, request: Request) -> Response:
        """End the connection's task."""
        del request
        raise asyncio.CancelledError

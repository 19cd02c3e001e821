"""Faults in what is done with a request before its credentials are looked at, or with a refusal."""

from dataclasses import replace

from reference.faulty import Fault
from reference.message import Request, Response
from reference.refusal import Refusal


class ReadsJsonBeforeTheGuard(Fault, breaks="anonymous-body-is-not-read-first"):
    """Parses JSON before it asks who sends it."""

    def admit(self, request: Request) -> str:
        """Parse it."""
        if request.secure and request.body and self.is_json(request):
            self.json_parameters(request.body)
        return super().admit(request)


class ChallengesNoScripts(Fault, breaks="unusual-fields-change-no-challenge"):
    """Leaves the challenge out for scripts, so that no browser asks for a password."""

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Look whether it is one."""
        response = super().refused(request, refusal)
        if request.header("X-Requested-With") is None:
            return response
        kept = [field for field in response.headers if field[0].lower() != "www-authenticate"]
        return replace(response, headers=tuple(kept))


class BelievesThePortOfAHost(Fault, breaks="plain-http-way-shows-nothing"):
    """Takes a request for one over TLS whose Host has the port of that."""

    def check_transport(self, request: Request) -> None:
        """Look at the port."""
        if not (request.header("Host") or "").endswith(":443"):
            super().check_transport(request)


class LetsUpgradesThrough(Fault, breaks="plain-http-way-shows-nothing"):
    """Answers plain requests that ask for a web socket."""

    def check_transport(self, request: Request) -> None:
        """Look for the field."""
        if request.header("Upgrade") is None:
            super().check_transport(request)

"""Faults in what wins where the suffix and Accept name different response types."""

from functools import cached_property

from reference.faulty import Fault
from reference.message import Request, Response
from reference.representation import Answer


class AcceptWins(Fault, abstract=True):
    """Lets Accept win over a suffix; subclasses say where."""

    def is_misled(self, request: Request) -> bool:
        """Whether Accept is looked at first."""
        raise NotImplementedError

    def media_type(self, request: Request) -> str:
        """Look at Accept first, in places."""
        accepted = self.accepted_type(request) if self.is_misled(request) else None
        return accepted or super().media_type(request)


class LetsAcceptWinForSources(AcceptWins, breaks="suffix-wins-over-accept-everywhere"):
    """Lets Accept win over a suffix for sources."""

    def is_misled(self, request: Request) -> bool:
        """Look for the resource."""
        return "/sources" in request.target


class LetsAcceptWinForPing(AcceptWins, breaks="suffix-wins-over-accept-everywhere"):
    """Lets Accept win over a suffix for ping."""

    def is_misled(self, request: Request) -> bool:
        """Look for the resource."""
        return "/ping" in request.target


class LetsAcceptWinWithParameters(AcceptWins, breaks="suffix-wins-over-accept-of-parameter-forms"):
    """Lets Accept win over a suffix where there are parameters in the query string."""

    def is_misled(self, request: Request) -> bool:
        """Look for a query string."""
        return "?" in request.target


class LetsAcceptWinForWrites(AcceptWins, breaks="suffix-wins-over-accept-of-writes"):
    """Lets Accept win over a suffix in what is not read."""

    def is_misled(self, request: Request) -> bool:
        """Look at the method."""
        return request.method not in ("GET", "HEAD")


class PingsInAnArray(Fault, breaks="suffix-answers-what-accept-does"):
    """Answers ping with a suffix as it answers a list: with an array."""

    @cached_property
    def state(self) -> dict[str, bool]:
        """Whether the type of the request in hand is forced by a suffix."""
        return {"forced": False}

    def respond(self, request: Request) -> Response:
        """Look for a suffix."""
        self.state["forced"] = self.forced_type(request) is not None
        return super().respond(request)

    def ping(self) -> Answer:
        """Answer a list of one."""
        return Answer("ping", ["ok"]) if self.state["forced"] else super().ping()

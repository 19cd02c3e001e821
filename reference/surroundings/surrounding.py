"""What a surrounding is: a wrapper round a server, and how a run behind it has to end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from reference.hostile.framing import ends_after, written
from reference.message import Request, Response
from reference.server import Reference

from .channel import Channel


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ends, and what it says.

    Each of `words` stands somewhere in what the run writes; `broken` are the rules that fail, no
    others, where `exit_code` is 1.
    """

    exit_code: int = 0
    words: tuple[str, ...] = ()
    broken: frozenset[str] = frozenset()


CONFORMANT = Ending()


class Surrounding:
    """Stands before a server, and by itself changes nothing.

    A subclass states what it does in its docstring, and what permits it. `ending` is how a run
    has to end, `options` select what is run behind it, `in_sample` puts it among those that every
    test of the project meets.
    """

    ending: ClassVar[Ending] = CONFORMANT
    options: ClassVar[tuple[str, ...]] = ()
    in_sample: ClassVar[bool] = False

    def __init__(self, server: Reference) -> None:
        """Stand before a server."""
        self.server = server

    def respond(self, request: Request, connection: int) -> Response:
        """Answer a request that came over a connection; these are numbered from 1."""
        del connection
        return self.server.respond(request)

    def accept(self, channel: Channel) -> None:
        """Begin with a connection: speak TLS where the port is that of HTTPS."""
        if channel.is_secure:
            channel.encrypt()

    def answer(self, channel: Channel, request: Request) -> None:
        """Answer a request over the wire."""
        response = self.respond(request, channel.number)
        channel.wait(response.delay)
        self.send(channel, request, response)
        if response.close or ends_after(request):
            channel.end()

    def send(self, channel: Channel, request: Request, response: Response) -> None:
        """Send an answer that is made."""
        channel.send(written(request, response))


Maker: TypeAlias = Callable[[Reference], Surrounding]
"""Puts a surrounding round a server: a class, or a class with its parameters."""

Makers: TypeAlias = Mapping[str, Maker]
"""What a module of surroundings has: each by a name in kebab-case."""

"""Several processes behind one address: records are shared, nonces are not."""

import copy
from functools import partial
from typing import ClassVar

from reference.message import Request, Response
from reference.nonces import NonceMemory
from reference.server import Reference

from .channel import Channel
from .surrounding import Makers, Surrounding


class SpreadsConnections(Surrounding):
    """Gives each connection to the next of its processes, which know only nonces of their own."""

    in_sample: ClassVar[bool] = True

    def __init__(self, server: Reference, *, many: int = 2) -> None:
        """Have so many processes."""
        super().__init__(server)
        self.processes = [server, *(another(server) for _ in range(many - 1))]

    def respond(self, request: Request, connection: int) -> Response:
        """Let the connection's process answer."""
        return self.processes[connection % len(self.processes)].respond(request)


class SpreadsShortConnections(SpreadsConnections):
    """Closes each connection after some answers besides, without having said so."""

    in_sample: ClassVar[bool] = False

    def __init__(self, server: Reference, *, many: int = 2, after: int) -> None:
        """Answer so many requests on each connection."""
        super().__init__(server, many=many)
        self.after = after

    def answer(self, channel: Channel, request: Request) -> None:
        """Answer, and close in time."""
        super().answer(channel, request)
        if channel.answers >= self.after:
            channel.end()


def another(server: Reference) -> Reference:
    """A server with the same records, but nonces of its own."""
    process = copy.copy(server)
    process._key = server.random.randbytes(32)  # noqa: SLF001 - the key of another process
    process.nonces = NonceMemory(server.nonce_limit)
    return process


SURROUNDINGS: Makers = {
    "two-processes": SpreadsConnections,
    "five-processes": partial(SpreadsConnections, many=5),
    "two-processes-that-close": partial(SpreadsShortConnections, after=4),
}

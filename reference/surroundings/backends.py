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

    def __init__(self, server: Reference, *, many: int = 2, closes_refusals: bool = False) -> None:
        """Have so many processes; a refusal may end its connection."""
        super().__init__(server)
        self.closes_refusals = closes_refusals
        self.processes = [server, *(another(server) for _ in range(many - 1))]

    def respond(self, request: Request, connection: int) -> Response:
        """Let the connection's process answer."""
        return self.processes[connection % len(self.processes)].respond(request)

    def answer(self, channel: Channel, request: Request) -> None:
        """Answer, and end the connection where the request had credentials that were refused."""
        if not self.closes_refusals:
            super().answer(channel, request)
            return
        response = self.respond(request, channel.number)
        self.send(channel, request, response)
        if response.status == 401 and request.header("Authorization"):  # noqa: PLR2004
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
    "two-processes-that-close": partial(SpreadsConnections, closes_refusals=True),
}

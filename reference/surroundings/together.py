"""Several surroundings round one server: a gateway, what is behind it, and the way between.

The first one is met first by a caller. Each has a say in which message comes back; how a connection
begins, is answered and ends, and how an answer is written, one of them alone decides.
"""

from collections.abc import Callable, Sequence
from threading import local
from typing import Final, cast

from reference.message import Request, Response
from reference.server import Reference

from .surrounding import Ending, Maker, Surrounding

ON_THE_WIRE: Final = ("accept", "answer", "send")
"""The methods that no two surroundings may override."""


class Together(Surrounding):
    """Stands before a server as several surroundings do, the outermost first."""

    def __init__(self, server: Reference, makers: Sequence[Maker]) -> None:
        """Put one round the other; raises ValueError where two decide about one thing."""
        super().__init__(server)
        self._over = local()
        behind = server
        self.parts: list[Surrounding] = []
        for maker in reversed(makers):
            part = maker(behind)
            self.parts.insert(0, part)
            behind = cast("Reference", _Behind(part, self._connection))
        self._respond = self.parts[0].respond
        for name in ON_THE_WIRE:
            self._let_one_decide(name)

    @property
    def stated(self) -> Ending:
        """How a run has to end behind all of them: each breaks what it breaks alone."""
        endings = [each.ending for each in self.parts]
        words = tuple(dict.fromkeys(word for each in endings for word in each.words))
        broken = frozenset[str]().union(*(each.broken for each in endings))
        return Ending(max(each.exit_code for each in endings), words, broken)

    def respond(self, request: Request, connection: int) -> Response:
        """Let the outermost answer, who asks the next one."""
        self._over.connection = connection
        return self._respond(request, connection)

    def _connection(self) -> int:
        number: int = self._over.connection
        return number

    def _let_one_decide(self, name: str) -> None:
        """Take a method from the part that overrides it, which uses the whole for the others."""
        plain = getattr(Surrounding, name)
        deciding = [each for each in self.parts if getattr(type(each), name) is not plain]
        if len(deciding) > 1:
            message = f"{' and '.join(type(each).__name__ for each in deciding)} both {name}"
            raise ValueError(message)
        for part in deciding:
            setattr(self, name, getattr(part, name))
            for other in {*ON_THE_WIRE, "respond"} - {name}:
                if other == "respond" or getattr(type(part), other) is getattr(Surrounding, other):
                    setattr(part, other, _calling(self, other))


class _Behind:
    """The server as an outer surrounding sees it: an inner one answers in its place."""

    def __init__(self, part: Surrounding, connection: Callable[[], int]) -> None:
        self._server = part.server
        self._respond = part.respond
        self._connection = connection

    def respond(self, request: Request) -> Response:
        """Let the inner surrounding answer."""
        return self._respond(request, self._connection())

    def __getattr__(self, name: str) -> object:
        return getattr(self._server, name)


def _calling(whole: Together, name: str) -> Callable[..., object]:
    """A method of all surroundings together, as one of them calls it."""

    def call(*arguments: object) -> object:
        return getattr(whole, name)(*arguments)

    return call

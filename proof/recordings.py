"""What a case asks the plain reference server, and whether another server would answer the same.

A rule sees nothing of a server but its responses. Where a server gives, to the requests that a case
sends to the plain one, the same responses byte for byte, that case cannot tell the two apart: it
would send the same next request each time, and end with the same verdict. So only cases with a
response that differs are worth being run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Self, TypeVar

from reference.server import Reference
from reference.timestamps import system_clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from conformance.clients.roles import Roles
    from conformance.wire.exchanges import Exchange
    from reference.message import Request, Response

_Server = TypeVar("_Server", bound=Reference)

_NOT_BEHAVIOUR = frozenset(
    {"__module__", "__doc__", "__qualname__", "__annotations__", "__annotate_func__"}
    | {"__firstlineno__", "__static_attributes__", "__init_subclass__"}
)
_IMPLICIT = "__"
"""How the names begin that Python looks up by itself, unseen."""


@dataclass(frozen=True, slots=True)
class Start:
    """How servers start that are to be compared: all alike."""

    versions: tuple[str, ...]
    calls: int
    seed: int

    def server(self, kind: type[_Server], clock: Callable[[], datetime] = system_clock) -> _Server:
        """Start a server."""
        chance = Random(self.seed)  # noqa: S311  (the same each time, and nobody's secret)
        return kind(versions=self.versions, calls=self.calls, random=chance, clock=clock)


@dataclass(slots=True)
class StoppedClock:
    """A clock that shows the moment that it was set to."""

    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        """Return that moment."""
        return self.moment


@dataclass(frozen=True, slots=True)
class Answered:
    """One request, the moment of its arrival, and the plain server's response."""

    moment: datetime
    request: Request
    response: Response


@dataclass(slots=True)
class Tape:
    """What one case asked, and the names of the server's methods and values that it reached."""

    answered: list[Answered] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Told:
    """What a case leaves in the journal."""

    exchanges: Sequence[Exchange]
    readings: Mapping[str, str]


class Taped(Reference):
    """The plain reference server, with a tape running from its first moment on."""

    tape: Tape

    def __new__(cls, **start: object) -> Self:
        """Put the tape in before anything is looked up."""
        del start
        taped = super().__new__(cls)
        taped.tape = Tape()
        return taped

    if not TYPE_CHECKING:  # it would hide the types of all that is looked up

        def __getattribute__(self, name: str) -> object:
            """Note which name is looked up."""
            tape = object.__getattribute__(self, "tape")
            tape.reached.add(name)
            return object.__getattribute__(self, name)

    def respond(self, request: Request) -> Response:
        """Answer a request, within one moment, and keep both."""
        self.clock = clock = StoppedClock()
        response = super().respond(request)
        self.tape.answered.append(Answered(clock.moment, request, response))
        return response


def changed_names(kind: type[Reference]) -> frozenset[str]:
    """Return the names of what a server does in its own way."""
    own = [each for each in kind.__mro__ if each not in Reference.__mro__]
    return frozenset(name for each in own for name in vars(each)) - _NOT_BEHAVIOUR


def answers_alike(kind: type[Reference], start: Start, tape: Tape) -> bool:
    """Tell whether a new server gives the responses on a tape to the requests on it.

    A case that never reached what the server does in its own way cannot have met a difference:
    what it did reach is the plain server's very code.
    """
    changed = changed_names(kind)
    unseen = any(name.startswith(_IMPLICIT) for name in changed)
    if not unseen and changed.isdisjoint(tape.reached):
        return True
    clock = StoppedClock()
    server = start.server(kind, clock)
    for each in tape.answered:
        clock.moment = each.moment
        try:
            response = server.respond(each.request)
        except Exception:  # noqa: BLE001  (whatever a fault stumbles over is a difference)
            return False
        if response != each.response:
            return False
    return True


def fill(roles: Roles, told: Iterable[Told]) -> None:
    """Write what cases left into the journal of some callers."""
    for each in told:
        roles.journal.begin_account()
        for exchange in each.exchanges:
            roles.journal.add(exchange)
        roles.journal.note(each.readings)

"""Guards against guessing that do not count as a lock does: by the minute, by the address."""

import time
from collections import deque
from functools import partial
from threading import Lock
from typing import ClassVar

from reference.message import Request, Response
from reference.server import Reference

from .busy import LISTED, anonymous, refusal
from .channel import Channel
from .locking import SECURITY, UNAUTHORIZED, LocksByThrottling, LocksForGood
from .surrounding import Ending, Makers, Surrounding


class Guards(Surrounding):
    """Counts wrong passwords of the last while, whatever right ones came between them."""

    options: ClassVar[tuple[str, ...]] = SECURITY

    def __init__(
        self,
        server: Reference,
        *,
        after: int,
        within: float = 60.0,
        seconds: float = 3.0,
        status: int = UNAUTHORIZED,
    ) -> None:
        """Lock for so many seconds after so many wrong ones within a time."""
        super().__init__(server)
        self.after = after
        self.within = within
        self.seconds = seconds
        self.status = status
        self.locked_until = 0.0
        self._lock = Lock()
        self._wrong: deque[float] = deque()

    @property
    def is_locked(self) -> bool:
        """Whether nobody is let in."""
        return time.monotonic() < self.locked_until

    def respond(self, request: Request, connection: int) -> Response:
        """Answer, and count what was wrong."""
        if request.header("Authorization") is None:
            return super().respond(request, connection)
        with self._lock:
            if self.is_locked:
                return self.refused(request, connection)
            response = super().respond(request, connection)
            stale = "stale=true" in (response.header("WWW-Authenticate") or "").lower()
            if response.status == UNAUTHORIZED and not stale:
                self.count()
        return response

    def count(self) -> None:
        """Count a wrong one, and lock where it is one too many."""
        now = time.monotonic()
        self._wrong.append(now)
        while now - self._wrong[0] > self.within:
            self._wrong.popleft()
        if len(self._wrong) >= self.after:
            self._wrong.clear()
            self.locked_until = now + self.seconds

    def refused(self, request: Request, connection: int) -> Response:
        """The refusal of whoever has credentials."""
        if self.status != UNAUTHORIZED:
            return refusal(self.status, str(round(self.seconds)))
        return super().respond(anonymous(request), connection)


class GuardsByThrottling(Guards):
    """Answers 429, which the document does not list, while it is locked."""

    options: ClassVar[tuple[str, ...]] = LocksByThrottling.options
    ending: ClassVar[Ending] = Ending(1, (LISTED,), frozenset({LISTED}))


class GuardsForGood(Guards):
    """Locks until somebody unlocks the account."""

    ending: ClassVar[Ending] = LocksForGood.ending


class BansAddresses(Guards):
    """Closes each connection of an address before TLS, while it is banned."""

    def accept(self, channel: Channel) -> None:
        """Close it, or go on."""
        if self.is_locked:
            channel.reset()
        super().accept(channel)

    def answer(self, channel: Channel, request: Request) -> None:
        """Answer, where the address is not banned by now."""
        if self.is_locked:
            channel.reset()
        super().answer(channel, request)


class AnswersTheWrongLater(Guards):
    """Takes longer for each further refusal, up to a second, and locks nobody."""

    def __init__(self, server: Reference) -> None:
        """Start at once."""
        super().__init__(server, after=1_000_000)
        self._late = 0.0

    def count(self) -> None:
        """Take longer from now on."""
        self._late = min(self._late + 0.1, 1.0)

    def answer(self, channel: Channel, request: Request) -> None:
        """Wait, where it is refused."""
        response = self.respond(request, channel.number)
        bears = request.header("Authorization") is not None
        channel.wait(self._late if bears and response.status == UNAUTHORIZED else 0.0)
        self.send(channel, request, response)
        if response.close or (request.header("Connection") or "").lower() == "close":
            channel.end()


SURROUNDINGS: Makers = {
    "ten-wrong-in-a-minute-401": partial(Guards, after=10),
    "ten-wrong-in-a-minute-403": partial(Guards, after=10, status=403),
    "ten-wrong-in-a-minute-429": partial(GuardsByThrottling, after=10, status=429),
    "ten-wrong-ban-the-address": partial(BansAddresses, after=10),
    "five-wrong-in-a-minute": partial(Guards, after=5, seconds=2.0),
    "ten-wrong-lock-for-good": partial(GuardsForGood, after=10, seconds=3600.0),
    "answers-the-wrong-later": AnswersTheWrongLater,
}

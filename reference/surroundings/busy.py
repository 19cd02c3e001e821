"""Servers that have no time for a while, and say so; and some that come back no more."""

import time
from collections import deque
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import ClassVar, Final

from reference.message import Request, Response
from reference.server import Reference

from .channel import Channel
from .surrounding import Ending, Makers, Surrounding

HTML: Final = ("Content-Type", "text/html; charset=utf-8")
GATEWAY_PAGE: Final = b"<html><body><h1>The service does not answer</h1></body></html>"
THROTTLED: Final = 429
WRITES: Final = ("suites/consuming/test_creating.py", "suites/consuming/test_deleting.py")
LISTED: Final = "only-listed-status-codes"
"""The rule that a status code breaks which the document does not list, as 429."""


def refusal(status: int, retry_after: str | None = None) -> Response:
    """Return a refusal as gateways write it: a page for people."""
    again = () if retry_after is None else (("Retry-After", retry_after),)
    return Response(status, (HTML, *again), GATEWAY_PAGE)


def anonymous(request: Request) -> Request:
    """Return a request without its credentials."""
    kept = tuple(each for each in request.headers if each[0].lower() != "authorization")
    return replace(request, headers=kept)


class Throttles(Surrounding):
    """Answers 429 to more requests within a second than it takes; none of them is carried out."""

    ending: ClassVar[Ending] = Ending(1, (LISTED,), frozenset({LISTED}))

    def __init__(
        self, server: Reference, *, most: int, status: int = THROTTLED, retry: str | None = None
    ) -> None:
        """Take so many requests in a second; `retry` is the Retry-After of a refusal, if any."""
        super().__init__(server)
        self._most = most
        self._status = status
        self._retry = retry
        self._lock = Lock()
        self._recent: deque[float] = deque()

    def respond(self, request: Request, connection: int) -> Response:
        """Answer what is not too much."""
        with self._lock:
            now = time.monotonic()
            while self._recent and now - self._recent[0] > 1:
                self._recent.popleft()
            if len(self._recent) >= self._most:
                return refusal(self._status, self._retry)
            self._recent.append(now)
        return super().respond(request, connection)


class Sheds(Throttles):
    """Answers 503 to more requests within a second than it takes; none of them is carried out."""

    ending: ClassVar[Ending] = Ending()


class SometimesFails(Surrounding):
    """Refuses each request of a certain number before it looks at it."""

    def __init__(self, server: Reference, *, each: int, status: int) -> None:
        """Refuse one request out of so many with a status."""
        super().__init__(server)
        self._each = each
        self._status = status
        self._lock = Lock()
        self._asked = 0

    def respond(self, request: Request, connection: int) -> Response:
        """Answer most requests."""
        with self._lock:
            self._asked += 1
            fails = self._asked % self._each == 0
        return refusal(self._status) if fails else super().respond(request, connection)


class Restarts(Surrounding):
    """Is away for a while, once, after some requests: then it answers nothing but this."""

    def __init__(
        self, server: Reference, *, after: int, seconds: float, status: int | None
    ) -> None:
        """Be away after so many requests; a `status` of None closes connections unanswered."""
        super().__init__(server)
        self._after = after
        self._seconds = seconds
        self._status = status
        self._lock = Lock()
        self._asked = 0
        self._away_until: float | None = None

    @property
    def is_away(self) -> bool:
        """Whether it is away at this moment."""
        return self._away_until is not None and time.monotonic() < self._away_until

    def answer(self, channel: Channel, request: Request) -> None:
        """Answer, or be away."""
        with self._lock:
            self._asked += 1
            if self._asked > self._after and self._away_until is None:
                self._away_until = time.monotonic() + self._seconds
        if self.is_away and self._status is None:
            channel.end()
        super().answer(channel, request)

    def respond(self, request: Request, connection: int) -> Response:
        """Answer, or be away."""
        if self.is_away and self._status is not None:
            return refusal(self._status)
        return super().respond(request, connection)


class LogsOut(Restarts):
    """Knows no credentials for a while: it answers 401 to everybody, with a new challenge."""

    def respond(self, request: Request, connection: int) -> Response:  # noqa: ARG002
        """Look at a request without its credentials, while nobody is known."""
        asked = anonymous(request) if self.is_away else request
        return self.server.respond(asked)


class IsGone(Restarts):
    """Goes away after some requests, and does not come back."""

    ending: ClassVar[Ending] = Ending(10, ("stopped: ", "requests in a row unanswered since"))


class IsOverwhelmed(Restarts):
    """Has no time for anybody any more, after some requests."""

    ending: ClassVar[Ending] = Ending(11, ("stopped: ", "was answered 503"))


SURROUNDINGS: Makers = {
    "throttles-with-retry-after": partial(Throttles, most=30, retry="1"),
    "throttles-without-a-word": partial(Throttles, most=30),
    "sheds-load": partial(Sheds, most=40, status=503),
    "sheds-load-with-retry-after": partial(Sheds, most=30, status=503, retry="1"),
    "each-twentieth-is-503": partial(SometimesFails, each=20, status=503),
    "each-fiftieth-is-503": partial(SometimesFails, each=50, status=503),
    "restart-of-two-seconds": partial(Restarts, after=150, seconds=2.0, status=None),
    "restart-behind-a-gateway-502": partial(Restarts, after=150, seconds=2.0, status=502),
    "restart-behind-a-gateway-503": partial(Restarts, after=151, seconds=2.0, status=503),
    "restart-behind-a-gateway-504": partial(Restarts, after=100, seconds=1.0, status=504),
    "logged-out-for-half-a-second": partial(LogsOut, after=150, seconds=0.5, status=401),
    "is-gone": partial(IsGone, after=150, seconds=3600.0, status=None),
    "is-overwhelmed": partial(IsOverwhelmed, after=150, seconds=3600.0, status=503),
}

"""Limits of connections and rates, as servers and their operators set them."""

import time
from collections import deque
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from threading import Lock
from typing import ClassVar, Final

from reference.message import Request, Response
from reference.server import Reference

from .busy import LISTED, refusal
from .channel import Channel, EndedError
from .surrounding import Ending, Makers, Surrounding

FORBIDDEN: Final = 403
THROTTLED: Final = 429
BUSY: Final = 503


class HasFewConnections(Surrounding):
    """Has so many connections at a time; a further one is closed before TLS, or answered 503."""

    def __init__(self, server: Reference, *, most: int, status: int | None = None) -> None:
        """Have so many."""
        super().__init__(server)
        self.most = most
        self.status = status
        self._lock = Lock()
        self._open: set[int] = set()

    def accept(self, channel: Channel) -> None:
        """Count it, and close it where it is one too many."""
        with self._lock:
            is_one_too_many = len(self._open) >= self.most
        if is_one_too_many and self.status is None:
            channel.end()
        super().accept(channel)
        if is_one_too_many:
            self.refuse(channel)
        with self._lock:
            self._open.add(channel.number)
        try:
            self.converse(channel)
        finally:
            with self._lock:
                self._open.discard(channel.number)

    def converse(self, channel: Channel) -> None:
        """Answer one request after another, to the end."""
        while True:
            request = channel.next_request()
            channel.answers += 1
            self.answer(channel, request)

    def refuse(self, channel: Channel) -> None:
        """Answer the first request, and close."""
        response = refusal(self.status or BUSY)
        closing = (*response.headers, ("Connection", "close"))
        self.send(
            channel, channel.next_request(), Response(response.status, closing, response.body)
        )
        channel.end()


class QueuesConnections(HasFewConnections):
    """Has so many connections at a time; a further one waits until one is closed."""

    def accept(self, channel: Channel) -> None:
        """Wait for a place, and close what is idle where others wait."""
        while len(self._open) >= self.most:
            channel.wait(0.01)
        super().accept(channel)

    def converse(self, channel: Channel) -> None:
        """Answer, and close a connection that is idle for a moment."""
        while True:
            request = channel.next_request()
            channel.answers += 1
            self.answer(channel, request)
            if not channel.hears_within(0.2):
                channel.end()


class OpensFewConnections(Surrounding):
    """Accepts so many new connections in a second, and resets further ones."""

    def __init__(self, server: Reference, *, most: int) -> None:
        """Accept so many."""
        super().__init__(server)
        self.most = most
        self._lock = Lock()
        self._recent: deque[float] = deque()

    def accept(self, channel: Channel) -> None:
        """Count those of the last second."""
        with self._lock:
            now = time.monotonic()
            while self._recent and now - self._recent[0] > 1:
                self._recent.popleft()
            is_one_too_many = len(self._recent) >= self.most
            if not is_one_too_many:
                self._recent.append(now)
        if is_one_too_many:
            channel.reset()
        super().accept(channel)


class CountsInWindows(Surrounding):
    """Takes so many requests in each window of time, and refuses the rest of it."""

    def __init__(
        self, server: Reference, *, most: int, seconds: float, status: int, dated: bool = False
    ) -> None:
        """Refuse with a status; Retry-After has a date, or seconds."""
        super().__init__(server)
        self.most = most
        self.seconds = seconds
        self.status = status
        self.dated = dated
        self._lock = Lock()
        self._began = 0.0
        self._taken = 0

    def respond(self, request: Request, connection: int) -> Response:
        """Count."""
        with self._lock:
            if time.monotonic() - self._began > self.seconds:
                self._began, self._taken = time.monotonic(), 0
            self._taken += 1
            is_one_too_many = self._taken > self.most
        if not is_one_too_many:
            return super().respond(request, connection)
        ends = datetime.now(UTC) + timedelta(seconds=self.seconds)
        when = format_datetime(ends, usegmt=True) if self.dated else str(round(self.seconds))
        left = (("X-RateLimit-Limit", str(self.most)), ("X-RateLimit-Remaining", "0"))
        response = refusal(self.status, when)
        return Response(response.status, (*response.headers, *left), response.body)


class Throttled(CountsInWindows):
    """Refuses the rest of a window with a status that the document does not list."""

    ending: ClassVar[Ending] = Ending(1, (LISTED,), frozenset({LISTED}))


class RestartsItsPort(Surrounding):
    """Closes each new connection, and those that there are, while it restarts for two seconds."""

    def __init__(self, server: Reference, *, after: int, seconds: float) -> None:
        """Restart after so many requests."""
        super().__init__(server)
        self.after = after
        self.seconds = seconds
        self._asked = 0
        self._until: float | None = None

    def accept(self, channel: Channel) -> None:
        """Close it while nobody is there."""
        if self._until is not None and time.monotonic() < self._until:
            channel.reset()
        super().accept(channel)

    def answer(self, channel: Channel, request: Request) -> None:
        """Answer; the one that the restart meets is never answered."""
        self._asked += 1
        if self._until is None and self._asked > self.after:
            self._until = time.monotonic() + self.seconds
        if self._until is not None and time.monotonic() < self._until:
            channel.end()
        super().answer(channel, request)


class LosesAnswers(Surrounding):
    """Loses the answer of one request in so many, which was carried out: a gateway says so."""

    def __init__(
        self, server: Reference, *, each: int, status: int | None, hangs_up: bool = False
    ) -> None:
        """Answer with a status instead, or cut the answer within its body, or before it."""
        super().__init__(server)
        self.each = each
        self.status = status
        self.hangs_up = hangs_up
        self._lock = Lock()
        self._asked = 0

    def send(self, channel: Channel, request: Request, response: Response) -> None:
        """Send most answers."""
        with self._lock:
            self._asked += 1
            loses = self._asked % self.each == 0
        if loses and self.hangs_up:
            channel.end()
        if loses and self.status is None:
            channel.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
            channel.send(b"Content-Length: 5000\r\n\r\n{")
            channel.reset()
        super().send(channel, request, refusal(self.status) if loses and self.status else response)


class ClosesAfterWrites(Surrounding):
    """Closes the connection after each answer to a request with a body, without a word."""

    def answer(self, channel: Channel, request: Request) -> None:
        """Answer, and close."""
        super().answer(channel, request)
        if request.body:
            raise EndedError


class CountsItsAnswers(Surrounding):
    """Tells with each answer how many more there will be, and closes after the last one."""

    most: ClassVar[int] = 5

    def send(self, channel: Channel, request: Request, response: Response) -> None:
        """Tell."""
        left = self.most - channel.answers
        told = (
            (("Connection", "close"),)
            if left <= 0
            else (("Connection", "Keep-Alive"), ("Keep-Alive", f"timeout=5, max={left}"))
        )
        kept = Response(response.status, (*response.headers, *told), response.body)
        super().send(channel, request, kept)
        if left <= 0:
            channel.end()


class OffersUpgrades(Surrounding):
    """Offers HTTP/2 and more in each answer, as servers do that speak it."""

    fields: ClassVar[tuple[tuple[str, str], ...]] = (
        ("Upgrade", "h2,h2c"),
        ("Connection", "Upgrade, Keep-Alive"),
        ("Alt-Svc", 'h3=":443"; ma=86400, h2="alt.example:443"'),
        ("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),
        ("Keep-Alive", "timeout=5"),
        ("Via", "1.1 varnish, 1.0 fred (Apache/1.1)"),
        ("Age", "0"),
        ("X-Cache", "MISS"),
        ("Server", "Apache/2.4 (Unix) PHP/5.3"),
        ("Warning", '199 - "Misc"'),
        ("Link", "</openapi>; rel=service-desc"),
    )

    def respond(self, request: Request, connection: int) -> Response:
        """Add the fields."""
        response = super().respond(request, connection)
        return Response(response.status, (*response.headers, *self.fields), response.body)


SURROUNDINGS: Makers = {
    "six-connections-then-closed": partial(HasFewConnections, most=6),
    "six-connections-then-503": partial(HasFewConnections, most=6, status=BUSY),
    "three-connections-then-waiting": partial(QueuesConnections, most=3),
    "ten-new-connections-a-second": partial(OpensFewConnections, most=10),
    "windows-of-429-with-a-date": partial(
        Throttled, most=150, seconds=2.0, status=THROTTLED, dated=True
    ),
    "windows-of-403": partial(CountsInWindows, most=60, seconds=2.0, status=FORBIDDEN),
    "windows-of-503-with-a-date": partial(
        CountsInWindows, most=150, seconds=2.0, status=BUSY, dated=True
    ),
    "restart-of-the-port": partial(RestartsItsPort, after=300, seconds=2.0),
    "answers-lost-502": partial(LosesAnswers, each=97, status=502),
    "answers-lost-504": partial(LosesAnswers, each=61, status=504),
    "answers-cut": partial(LosesAnswers, each=83, status=None),
    "answers-lost-by-hanging-up": partial(LosesAnswers, each=71, status=None, hangs_up=True),
    "closes-after-writes": ClosesAfterWrites,
    "counts-its-answers": CountsItsAnswers,
    "offers-upgrades": OffersUpgrades,
}

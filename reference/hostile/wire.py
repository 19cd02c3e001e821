"""One connection to a hostile server: what is read from it, and all that may be done to it."""

import socket
import ssl
import struct
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event
from typing import Final, NoReturn

import trustme

from reference import Request, Response

from .account import Account
from .framing import PIECE, chunks, head, read_request, written

ABORT: Final = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: closing resets the connection."""
SETTLING: Final = 0.05
"""Seconds before a reset, which would overtake what was sent."""
FAREWELL: Final = 0.2
"""Seconds for the end of TLS."""


class EndedError(Exception):
    """The conversation on a connection is over."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a connection may cost this machine."""

    lifetime: float = 120.0
    """Seconds from its beginning to its end."""
    most_bytes: int = 2 * 1024**3
    """The most bytes that it is sent."""


@dataclass(slots=True)
class Surroundings:
    """What all connections to a server share."""

    account: Account
    authority: trustme.CA
    context: ssl.SSLContext
    bounds: Bounds
    http_url: str = ""
    closing: Event = field(default_factory=Event)
    """Whether the server is being closed."""
    deaf: Event = field(default_factory=Event)
    """Whether it has stopped to listen, while it goes on talking."""
    answers: int = 0
    """How many requests were to be misbehaved at, on all connections together."""


class Wire:
    """One connection; every method ends in EndedError when the connection is over."""

    def __init__(self, plain: socket.socket, around: Surroundings, *, number: int = 1) -> None:
        """Take over a connection that was accepted; `number` counts them from 1."""
        self.around = around
        self.number = number
        self.socket = plain
        self.request = Request("", "")
        self.response = Response(200)
        self.answers = 0
        """How many requests on this connection were to be misbehaved at."""
        self.last: tuple[Response, Request] | None = None
        """What was kept from the turn before, for those who answer a turn late."""
        self._ends = time.monotonic() + around.bounds.lifetime
        self._sent = 0
        self._buffer = b""

    # Bounds

    def remaining(self) -> float:
        """Seconds that the connection may still last."""
        seconds = self._ends - time.monotonic()
        if seconds <= 0 or self.around.closing.is_set():
            self.end()
        return seconds

    def end(self) -> NoReturn:
        """End the conversation here."""
        raise EndedError

    def pause(self, seconds: float) -> None:
        """Do nothing for so many seconds."""
        if self.around.closing.wait(min(seconds, self.remaining())):
            self.end()

    def hold(self) -> NoReturn:
        """Say nothing, and keep the connection open for as long as it may last."""
        while True:
            self.pause(self.around.bounds.lifetime)

    # Sending

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            self._sent += len(piece)
            if self._sent > self.around.bounds.most_bytes:
                self.end()
            self.socket.settimeout(self.remaining())
            try:
                self.socket.sendall(piece)
            except OSError:
                self.end()

    def stream(self, pieces: Iterable[bytes]) -> None:
        """Send pieces as they are made, none of them kept."""
        for piece in pieces:
            self.send(piece)

    def drip(self, data: bytes, seconds: float = 0.1) -> None:
        """Send a byte, wait, send the next."""
        for octet in data:
            self.send(bytes((octet,)))
            self.pause(seconds)

    def repeat(self, data: bytes | Callable[[int], bytes], seconds: float = 0.002) -> NoReturn:
        """Send the same, or what is made for each turn, again and again without end."""
        turn = 0
        while True:
            self.send(data if isinstance(data, bytes) else data(turn))
            self.pause(seconds)
            turn += 1

    def answer(self, status: bytes, *fields: bytes, body: bytes = b"") -> None:
        """Send a whole answer: status code and reason, lines of fields, a body of known length."""
        self.send(head(status, *fields, b"Content-Length: %d" % len(body)) + body)

    def chunked(self, status: bytes, *fields: bytes, pieces: Iterable[bytes]) -> None:
        """Send an answer whose body is made while it is sent."""
        self.send(head(status, *fields, b"Transfer-Encoding: chunked"))
        self.stream(chunks(pieces))

    def honest(self) -> None:
        """Send what the account answers, as it should be."""
        if self.response.delay:
            self.pause(self.response.delay)
        self.send(written(self.request, self.response))

    # Receiving

    def receive(self) -> bytes:
        """Receive what comes next: at least a byte."""
        self.socket.settimeout(self.remaining())
        try:
            received = self.socket.recv(PIECE)
        except OSError:
            self.end()
        return received or self.end()

    def next_request(self) -> None:
        """Receive the next request, and have it as `request`."""
        peer: str = self.socket.getpeername()[0]
        read = read_request(self._buffer, self.receive, self.send)
        if read is None:
            self.answer(b"400 Bad Request", b"Connection: close")
            self.end()
        parsed, self._buffer = read
        self.request = Request(
            parsed.method,
            parsed.target,
            parsed.headers,
            parsed.body,
            client=peer,
            secure=isinstance(self.socket, ssl.SSLSocket),
            http_version=parsed.http_version,
        )

    # Connecting and closing

    def secure(self, context: ssl.SSLContext | None = None) -> None:
        """Speak TLS from now on."""
        self.socket.settimeout(self.remaining())
        context = context or self.around.context
        try:
            self.socket = context.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )
            self.socket.do_handshake()
        except OSError:
            self.end()

    def half_close(self) -> None:
        """Close the direction to the caller, and go on to listen."""
        with suppress(OSError):
            socket.socket.shutdown(self.socket, socket.SHUT_WR)

    def reset(self) -> NoReturn:
        """Reset the connection instead of closing it, when what was sent has arrived."""
        self.pause(SETTLING)
        with suppress(OSError):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
            self.socket.close()
        self.end()

    def interrupt(self) -> None:
        """Wake whatever waits on the connection; called from another thread."""
        with suppress(OSError):
            socket.socket.shutdown(self.socket, socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the connection, with the end that TLS prescribes where the caller listens."""
        with suppress(OSError, ValueError):
            if isinstance(self.socket, ssl.SSLSocket) and not self.around.closing.is_set():
                self.socket.settimeout(FAREWELL)
                self.socket.unwrap()
        with suppress(OSError):
            self.socket.close()

"""One connection on the side of a server: what comes over it, and what is sent as it is."""

import socket
import ssl
import struct
from contextlib import suppress
from threading import Event
from typing import Final, NoReturn

from reference.hostile.framing import PIECE, read_request
from reference.message import Request

ABORT: Final = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: closing resets the connection."""
LONGEST: Final = 60.0
"""Seconds that a caller may keep silent."""


class EndedError(Exception):
    """The connection is over."""


class Channel:
    """A connection; every method ends in EndedError when it is over."""

    def __init__(
        self,
        connection: socket.socket,
        number: int,
        closing: Event,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Take over an accepted connection, where TLS is to be spoken if `tls` is given."""
        self.number = number
        self.is_secure = tls is not None
        self.answers = 0
        """How many requests were answered."""
        self._tls = tls
        self._socket = connection
        self._closing = closing
        self._buffer = b""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(LONGEST)

    def encrypt(self) -> None:
        """Speak TLS from now on."""
        if self._tls is None:
            return
        try:
            self._socket = self._tls.wrap_socket(
                self._socket, server_side=True, do_handshake_on_connect=False
            )
            self._socket.do_handshake()
        except OSError:
            self.end()

    def next_request(self) -> Request:
        """Receive the next request."""
        read = read_request(self._buffer, self.receive, self.send)
        if read is None:
            self.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            self.end()
        request, self._buffer = read
        client: str = self._socket.getpeername()[0]
        return Request(
            request.method,
            request.target,
            request.headers,
            request.body,
            client=client,
            secure=self.is_secure,
            http_version=request.http_version,
        )

    def receive(self) -> bytes:
        """Receive what comes next: at least a byte."""
        try:
            received = self._socket.recv(PIECE)
        except OSError:
            self.end()
        return received or self.end()

    def first_byte(self) -> int:
        """The first byte that comes before TLS, which stays where it is."""
        try:
            peeked = self._socket.recv(1, socket.MSG_PEEK)
        except OSError:
            self.end()
        return peeked[0] if peeked else self.end()

    def hears_within(self, seconds: float) -> bool:
        """Whether a further request begins to come within so many seconds."""
        if self._buffer:
            return True
        self._socket.settimeout(seconds)
        try:
            self._buffer = self._socket.recv(PIECE)
        except TimeoutError:
            return False
        except OSError:
            self.end()
        finally:
            self._socket.settimeout(LONGEST)
        return bool(self._buffer) or self.end()

    def send(self, octets: bytes) -> None:
        """Send bytes as they are."""
        try:
            self._socket.sendall(octets)
        except OSError:
            self.end()

    def wait(self, seconds: float) -> None:
        """Do nothing for so many seconds."""
        if seconds and self._closing.wait(seconds):
            self.end()

    def end(self) -> NoReturn:
        """End the connection here."""
        raise EndedError

    def reset(self) -> NoReturn:
        """Reset the connection instead of closing it."""
        with suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
            self._socket.close()
        self.end()

    def interrupt(self) -> None:
        """Wake whatever waits on the connection; called from another thread."""
        with suppress(OSError):
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def close(self) -> None:
        """Close it, with the end that TLS prescribes where the caller still listens."""
        with suppress(OSError, ValueError):
            if isinstance(self._socket, ssl.SSLSocket) and not self._closing.is_set():
                self._socket.settimeout(0)
                self._socket.unwrap()
        with suppress(OSError):
            self._socket.close()

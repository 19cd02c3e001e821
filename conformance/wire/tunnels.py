"""A tunnel through an HTTP proxy (CONNECT), which neither sees nor alters what goes through it.

So every caller's bytes arrive as they were written, over TLS, at the target itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from conformance.wire.failures import NoAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_HEAD = 16 * 1024
_OK = range(200, 300)
_ASKS_FOR_PASSWORD = 407


class ProxyRefused(NoAnswer):
    """The proxy opened no tunnel; the message says what it answered instead."""


class _Stream(Protocol):
    """A connection to the proxy."""

    def send(self, octets: bytes) -> None:
        """Send all of these bytes."""

    def receive_one(self) -> bytes:
        """Return the next byte; b"" where the other side has closed."""


def opened(stream: _Stream, host: str, port: int) -> None:
    """Ask the proxy at the other end for a tunnel; raises ProxyRefused where it opens none."""
    authority = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    stream.send(f"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n".encode())
    status = _status_in(b"".join(_head(stream)))
    if status == _ASKS_FOR_PASSWORD:
        message = "the proxy asks for a password (407), which is not supported"
        raise ProxyRefused(message)
    if status not in _OK:
        message = f"the proxy opens no tunnel to {authority}: it answered {status or 'no HTTP'}"
        raise ProxyRefused(message)


def _head(stream: _Stream) -> Iterator[bytes]:
    """Give the bytes of the proxy's answer, and none of what comes through the tunnel behind it."""
    last = b""
    for _ in range(LONGEST_HEAD):
        octet = stream.receive_one()
        if not octet:
            return
        yield octet
        last = (last + octet)[-4:]
        if last.endswith((b"\r\n\r\n", b"\n\n")):
            return


def _status_in(head: bytes) -> int:
    words = head.split(None, 2)
    readable = len(words) > 1 and words[0].startswith(b"HTTP/") and words[1].isdigit()
    return int(words[1]) if readable else 0

"""A caller that notes each byte that comes, as hostile modes are looked at."""

from __future__ import annotations

import re
import secrets
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from reference.digest import md5
from reference.seed import PASSWORD, USERNAME

if TYPE_CHECKING:
    from hostile_signs import Step

    from reference.hostile import Hostile

STILL: Final = b"<still>"
CLOSED: Final = b"<closed>"
RESET: Final = b"<reset>"
WATCHED: Final = 0.6
"""Seconds after which a connection counts as one that stays open."""
PATIENCE: Final = 10.0
TCP_CLOSE: Final = 7
"""The state of a connection that was reset; one that was closed by the peer waits (Linux)."""
GLANCE: Final = 0.1
MOST_BYTES: Final = 8 * 1024 * 1024


def connected(hostile: Hostile) -> socket.socket:
    """Connect without a word."""
    return socket.create_connection(("127.0.0.1", urlsplit(hostile.base_url).port or 0), 5)


def secured(hostile: Hostile) -> ssl.SSLSocket:
    """Connect over TLS, trusting the server's authority alone."""
    context = ssl.create_default_context(cafile=hostile.ca_file)
    plain = connected(hostile)
    try:
        return context.wrap_socket(plain, server_hostname="127.0.0.1")
    except OSError:
        plain.close()
        raise


def watched(connection: socket.socket, sign: re.Pattern[bytes], before: bytes = b"") -> bytes:
    """Receive until a sign is seen, the connection is over, or time is up; all that came."""
    received = bytearray(before)
    ends = time.monotonic() + (WATCHED if STILL in sign.pattern else PATIENCE)
    looked = 0
    while len(received) < MOST_BYTES and time.monotonic() < ends:
        connection.settimeout(GLANCE)
        came: bytes | None = None
        with suppress(TimeoutError, ssl.SSLWantReadError):
            try:
                came = connection.recv(65536) or how_it_ended(connection)
            except ConnectionError:
                came = RESET
            received += came
        is_over = came in {CLOSED, RESET}
        if is_over or (not came and looked < len(received)) or len(received) > 2 * looked:
            looked = len(received)
            if is_over or sign.search(received):
                return bytes(received)
    return bytes(received + STILL)


def how_it_ended(connection: socket.socket) -> bytes:
    """Tell a reset, which OpenSSL may take for a mere end, from a close: by the state of TCP."""
    state = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
    return RESET if state == TCP_CLOSE else CLOSED


@dataclass
class Caller:
    """Calls on one connection, with the right credentials where there is a challenge."""

    connection: socket.socket
    challenge: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def greet(self) -> None:
        """Be challenged, and keep the challenge."""
        self.send(("GET", "/miscellaneous/ping", b""))
        self.challenge = dict(re.findall(r'(\w+)="([^"]*)"', self.whole_answer().decode()))

    def send(self, step: Step) -> None:
        """Send a request."""
        method, path, body = step
        uri = f"/2.4.9{path}"
        fields = ["Host: 127.0.0.1", f"Content-Length: {len(body)}"]
        if body:
            fields.append("Content-Type: application/x-www-form-urlencoded")
        if self.challenge:
            fields.append(f"Authorization: Digest {self.credentials(method, uri)}")
        start = "\r\n".join((f"{method} {uri} HTTP/1.1", *fields, "", ""))
        self.connection.sendall(start.encode() + body)

    def credentials(self, method: str, uri: str) -> str:
        """Answer the challenge."""
        self.count += 1
        given, nc, cnonce = self.challenge, f"{self.count:08x}", secrets.token_hex(4)
        secret = md5(f"{USERNAME}:{given['realm']}:{PASSWORD}")
        asked = md5(f"{method}:{uri}")
        response = md5(f"{secret}:{given['nonce']}:{nc}:{cnonce}:auth:{asked}")
        return (
            f'username="{USERNAME}", realm="{given["realm"]}", nonce="{given["nonce"]}",'
            f' opaque="{given["opaque"]}", uri="{uri}", response="{response}", qop=auth,'
            f' nc={nc}, cnonce="{cnonce}"'
        )

    def whole_answer(self) -> bytes:
        """Receive one answer, as long as it says."""
        self.connection.settimeout(PATIENCE)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.connection.recv(1) or b"\r\n\r\n"
        length = re.search(rb"Content-Length: (\d+)", received)
        body = b""
        while length and len(body) < int(length[1]):
            body += self.connection.recv(int(length[1]) - len(body))
        return received + body

"""A connection whose every step ends by one deadline: connecting, TLS, sending, receiving."""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard
from urllib.parse import urlsplit

from conformance.wire.trust import SYSTEM, trusting
from conformance.wire.tunnels import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HTTP_PORT, HTTPS_PORT = 80, 443
_MOST_AT_ONCE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Place:
    """Where to connect to, and how: a host, its port, and the authorities that are trusted.

    Without `authorities`, a file with certificates or the system's own, the connection is not
    encrypted. `proxy` is the URL of one that tunnels it.
    """

    host: str
    port: int
    authorities: str | None = None
    source_address: str | None = None
    proxy: str | None = None

    @property
    def first_hop(self) -> tuple[str, int]:
        """Host and port to connect to: those of the proxy, where there is one."""
        if self.proxy is None:
            return self.host, self.port
        parts = urlsplit(self.proxy)
        return parts.hostname or "", parts.port or HTTP_PORT

    @property
    def host_field(self) -> str:
        """The value of the Host field: the port stands there unless the scheme implies it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        implied = HTTP_PORT if self.authorities is None else HTTPS_PORT
        return host if self.port == implied else f"{host}:{self.port}"


def place_of(
    url: str,
    authorities: Path | str | None = None,
    source_address: str | None = None,
    proxy: str | None = None,
) -> Place:
    """Return where a URL leads to; without authorities those of the system are trusted."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if parts.scheme == "https":
        trusted = str(authorities or SYSTEM)
        return Place(host, parts.port or HTTPS_PORT, trusted, source_address, proxy)
    return Place(host, parts.port or HTTP_PORT, None, source_address, proxy)


class BoundSocket:
    """A connection, plain or TLS, that raises TimeoutError for what is not done by its deadline.

    `deadline` is a time of the monotonic clock; who asks again on the same connection moves it.
    """

    def __init__(self, place: Place, deadline: float) -> None:
        """Connect; raises OSError where that fails, NoAnswer where a proxy refuses."""
        self.deadline = deadline
        self._socket = self._connected(place)
        if place.proxy is not None:
            self._tunnel(place)
        if place.authorities is not None:
            self._encrypt(place.host, place.authorities)

    def send(self, octets: bytes) -> None:
        """Send all of these bytes."""
        rest = memoryview(octets)
        while rest:
            self._socket.settimeout(self._left())
            rest = rest[self._socket.send(rest[:_MOST_AT_ONCE]) :]

    def receive(self) -> bytes:
        """Return the next bytes, at least one; b"" where the other side has closed."""
        self._socket.settimeout(self._left())
        return self._socket.recv(_MOST_AT_ONCE)

    def receive_one(self) -> bytes:
        """Return the next byte; b"" where the other side has closed."""
        self._socket.settimeout(self._left())
        return self._socket.recv(1)

    def is_quiet(self) -> bool:
        """Tell whether an idle connection is open, and nothing came that nobody asked for."""
        self._socket.settimeout(0)
        try:
            self._socket.recv(1)
        except (BlockingIOError, ssl.SSLWantReadError):
            return True
        except OSError:
            return False
        return False

    def close(self) -> None:
        """Close the connection."""
        with suppress(OSError):
            self._socket.close()

    def _left(self) -> float:
        """Return the seconds that are left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            message = "timed out"
            raise TimeoutError(message)
        return left

    def _connected(self, place: Place) -> socket.socket:
        """Return a connection to the first address of the host that accepts one."""
        failure: OSError | None = None
        for family, kind, protocol, _, address in socket.getaddrinfo(
            *place.first_hop, type=socket.SOCK_STREAM
        ):
            connection = socket.socket(family, kind, protocol)
            try:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if place.source_address is not None:
                    connection.bind((place.source_address, 0))
                connection.settimeout(self._left())
                connection.connect(address)
            except OSError as error:
                connection.close()
                failure = failure or error
            else:
                return connection
        raise failure or OSError("Name or service not known")

    def _tunnel(self, place: Place) -> None:
        """Have the proxy lead to the place from now on."""
        try:
            opened(self, place.host, place.port)
        except BaseException:
            self.close()
            raise

    def _encrypt(self, host: str, authorities: str) -> None:
        """Speak TLS from now on."""
        try:
            self._socket.settimeout(self._left())
            self._socket = trusting(authorities).wrap_socket(self._socket, server_hostname=host)
        except BaseException as error:
            self.close()
            for each in _left_open(error):
                each.close()
            raise


def _left_open(error: BaseException) -> Iterator[ssl.SSLSocket]:
    """Give the sockets that an error left open on its way.

    `SSLSocket` takes a connection over before it looks whether it stands, and does not close it
    where the other side has reset it by then.
    """
    step = error.__traceback__
    while step is not None:
        yield from (each for each in step.tb_frame.f_locals.values() if _is_tls(each))
        step = step.tb_next


def _is_tls(value: object) -> TypeGuard[ssl.SSLSocket]:
    return isinstance(value, ssl.SSLSocket)

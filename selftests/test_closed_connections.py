"""Connections that are closed while they are opened: nothing was asked, and nothing stays open."""

from __future__ import annotations

import socket
import ssl
import struct
import time
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from listening import listening

from conformance.wire import sockets
from conformance.wire.busy import may_be_sent_again
from conformance.wire.exchanges import Exchange
from conformance.wire.failures import NotOpened
from conformance.wire.sockets import BoundSocket, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping

ABORT = struct.pack("ii", 1, 0)
NO_FIELDS: Mapping[str, str] = {}


class Late:
    """A TLS context that begins when the other side has long reset the connection."""

    def wrap_socket(self, connection: socket.socket, *, server_hostname: str) -> ssl.SSLSocket:
        """Wait for the reset, then begin."""
        with suppress(OSError):
            until = time.monotonic() + 5
            while time.monotonic() < until:
                connection.getpeername()  # raises once there is none
                time.sleep(0.01)
        context = ssl.create_default_context()
        return context.wrap_socket(connection, server_hostname=server_hostname)


def resets(connection: socket.socket) -> None:
    """Reset a connection as soon as the other side has seen that it stands."""
    time.sleep(0.2)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)


def test_a_socket_that_tls_does_not_begin_on_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python leaves it open where the connection was reset before: that would be an error of ours.

    It would be charged to whichever rule runs when the socket is thrown away.
    """
    monkeypatch.setattr(sockets, "trusting", lambda _: Late())
    with listening(resets) as url, warnings.catch_warnings():
        warnings.simplefilter("error")
        place = place_of(url.replace("http:", "https:"))

        with pytest.raises(OSError, match=r"reset|not connected") as raised:
            BoundSocket(place, time.monotonic() + 5)

        left = list(sockets._left_open(raised.value))  # noqa: SLF001 - what would be thrown away

    assert left != []
    assert [each.fileno() for each in left] == [-1] * len(left)


@pytest.mark.parametrize(("failure", "again"), [(str(NotOpened("x")), True), ("x", False)])
def test_what_was_never_asked_may_be_asked_again(failure: str, *, again: bool) -> None:
    """Even where it may write."""
    exchange = Exchange("api", "POST", "https://x/1", NO_FIELDS, b"", None, 0.0, failure)

    assert may_be_sent_again(exchange) is again

"""Small servers of raw bytes, on loopback, plain or TLS."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

    Behaviour = Callable[[socket.socket], None]


@contextmanager
def listening(behave: Behaviour, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Let each connection be served as told, in a thread of its own, and then closed."""
    stopped = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            served = connection
            if tls is not None:
                served = tls.wrap_socket(connection, server_side=True)
            with served:
                behave(served)

    def accept(server: socket.socket) -> None:
        with suppress(OSError):
            while not stopped.is_set():
                connection, _ = server.accept()
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=accept, args=(server,), daemon=True).start()
        scheme = "http" if tls is None else "https"
        yield f"{scheme}://127.0.0.1:{server.getsockname()[1]}/2.4.9"
        stopped.set()
        server.shutdown(socket.SHUT_RDWR)


def saying(*answers: bytes) -> Behaviour:
    """Answer the requests of a connection with these, one after another."""

    def behave(connection: socket.socket) -> None:
        for answer in answers:
            if not request_of(connection):
                return
            connection.sendall(answer)

    return behave


def dripping(head: bytes, drop: bytes, every: float = 0.02) -> Behaviour:
    """Begin an answer and go on with it for ten seconds, a drop at a time."""

    def behave(connection: socket.socket) -> None:
        request_of(connection)
        connection.sendall(head)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            connection.sendall(drop)
            time.sleep(every)

    return behave


def request_of(connection: socket.socket) -> bytes:
    """Read one request without a body; b"" where the other side has closed."""
    received = b""
    while b"\r\n\r\n" not in received:
        chunk = connection.recv(65536)
        if not chunk:
            return b""
        received += chunk
    return received

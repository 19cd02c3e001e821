"""A reference server on the loopback interface, over TLS."""

import asyncio
import os
import socket
import ssl
import tempfile
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Final, Self, TypeAlias

import trustme
from aiohttp import web

from .connection import Listener
from .server import Reference

HOST: Final = "127.0.0.1"
LAST_PORT: Final = 65535
NAMES: Final = (HOST, "localhost", "::1")


class PortUnavailableError(OSError):
    """A port that was asked for cannot be had; the message says which, and what to do."""

    def __init__(self, port: int, reason: str) -> None:
        """Name the port and the reason."""
        super().__init__(
            f"port {port} of {HOST} cannot be had ({reason}): ask for another one,"
            " or for 0, which stands for any that is free"
        )


class Serving:
    """Puts a reference server on TLS sockets of the loopback interface, in a thread of its own."""

    base_url: str
    http_url: str | None
    ca_file: Path

    def __init__(
        self,
        server: Reference,
        *,
        port: int = 0,
        http_port: int | None = 0,
        authority: trustme.CA | None = None,
        ca_file: Path | None = None,
    ) -> None:
        """Prepare to serve; 0 is any free port, and without `http_port` there is no plain HTTP.

        `ca_file` is where the authority's certificate goes while it serves; otherwise to a
        temporary file.
        """
        self.server = server
        self._ports = (port, http_port)
        self._authority = authority
        self._ca_file = ca_file
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        """Start to serve."""
        version = self.server.versions[0]
        authority = self._authority or trustme.CA()
        port, http_port = self._ports
        with ExitStack() as opened:
            secure = opened.enter_context(bound(port))
            sites: list[Site] = [(secure, tls_context(authority))]
            self.base_url = f"https://{HOST}:{port_of(secure)}/{version}"
            self.http_url = None
            if http_port is not None:
                plain = opened.enter_context(bound(http_port))
                sites.append((plain, None))
                self.http_url = f"http://{HOST}:{port_of(plain)}/{version}"
            self.ca_file = written(authority, self._ca_file)
            opened.callback(self.ca_file.unlink, missing_ok=True)
            opened.enter_context(served(self.server, sites))
            self._closing = opened.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop to serve: connections are closed, whatever is going on there."""
        self._closing.close()


Site: TypeAlias = tuple[socket.socket, ssl.SSLContext | None]
"""A socket to listen on, and what it takes to speak TLS there."""


def bound(port: int) -> socket.socket:
    """A socket that listens on a port of the loopback interface."""
    if not 0 <= port <= LAST_PORT:
        raise PortUnavailableError(port, f"they go from 0 to {LAST_PORT}")
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise PortUnavailableError(port, os.strerror(error.errno or 0)) from error


def port_of(listening: socket.socket) -> int:
    """The port that a socket got."""
    port: int = listening.getsockname()[1]
    return port


def tls_context(authority: trustme.CA) -> ssl.SSLContext:
    """What it takes to speak TLS, with a certificate from this authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*NAMES).configure_cert(context)
    return context


def written(authority: trustme.CA, file: Path | None) -> Path:
    """The file that holds an authority's certificate: the one given, or a temporary one."""
    directory = file.parent if file else None
    descriptor, name = tempfile.mkstemp(prefix="reference-ca-", suffix=".pem", dir=directory)
    os.close(descriptor)
    authority.cert_pem.write_to_path(name)
    return Path(name).replace(file) if file else Path(name)


@contextmanager
def loop_in_thread() -> Iterator[asyncio.AbstractEventLoop]:
    """Have an event loop that runs in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="reference", daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextmanager
def served(server: Reference, sites: Iterable[Site]) -> Iterator[None]:
    """Have a server listen on sockets."""
    with loop_in_thread() as loop:
        close = asyncio.run_coroutine_threadsafe(listen(server, sites), loop).result()
        try:
            yield
        finally:
            asyncio.run_coroutine_threadsafe(close(), loop).result()


async def listen(
    server: Reference, sites: Iterable[Site]
) -> Callable[[], Coroutine[None, None, None]]:
    """Listen on sockets, until what is returned is called."""
    listener = Listener(server)
    runner = web.ServerRunner(listener, shutdown_timeout=1.0)
    await runner.setup()
    for listening, context in sites:
        await web.SockSite(runner, listening, ssl_context=context).start()

    async def close() -> None:
        listener.drop_connections()
        await runner.cleanup()

    return close

"""A surrounding on the loopback interface: a thread that accepts, and one for each connection."""

import select
import socket
import ssl
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Final, Self

import trustme

from reference import seed
from reference.server import Reference
from reference.serving import HOST, bound, port_of, tls_context, written

from .channel import Channel, EndedError
from .surrounding import Maker

GLANCE: Final = 0.05
"""Seconds after which the thread that accepts looks whether it is still wanted."""


class Surrounded:
    """Puts a server with its surrounding on sockets; it tells what `Serving` tells."""

    base_url: str
    http_url: str | None
    ca_file: Path

    def __init__(
        self,
        maker: Maker,
        server: Reference | None = None,
        *,
        port: int = 0,
        http_port: int = 0,
        ca_file: Path | None = None,
    ) -> None:
        """Prepare to serve; 0 is any free port. Without a server it is a new reference server."""
        self.server = server or Reference(versions=seed.VERSIONS)
        self.surrounding = maker(self.server)
        self._ports = (port, http_port)
        self._ca_file = ca_file
        self._closing = Event()
        self._channels: set[Channel] = set()
        self._accepted = 0
        self._lock = Lock()
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        """Start to serve."""
        with ExitStack() as opened:
            secure, plain = (opened.enter_context(bound(port)) for port in self._ports)
            version = self.server.versions[0]
            authority = trustme.CA()
            self.base_url = f"https://{HOST}:{port_of(secure)}/{version}"
            self.http_url = f"http://{HOST}:{port_of(plain)}/{version}"
            self.ca_file = written(authority, self._ca_file)
            opened.callback(self.ca_file.unlink, missing_ok=True)
            sites = {secure: tls_context(authority), plain: None}
            acceptor = Thread(target=self._accept, args=(sites,), daemon=True)
            acceptor.start()
            opened.callback(self._stop, acceptor)
            self._opened = opened.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop to serve: connections are closed, whatever is going on there."""
        self._opened.close()

    def _stop(self, acceptor: Thread) -> None:
        self._closing.set()
        acceptor.join()
        with self._lock:
            for channel in self._channels:
                channel.interrupt()

    def _accept(self, sites: dict[socket.socket, ssl.SSLContext | None]) -> None:
        for each in sites:
            each.settimeout(0)
        while not self._closing.is_set():
            for ready in select.select(list(sites), [], [], GLANCE)[0]:
                with suppress(OSError):
                    accepted, _ = ready.accept()
                    self._begin(accepted, sites[ready])

    def _begin(self, accepted: socket.socket, tls: ssl.SSLContext | None) -> None:
        with self._lock:
            self._accepted += 1
            channel = Channel(accepted, self._accepted, self._closing, tls)
            self._channels.add(channel)
        Thread(target=self._converse, args=(channel,), daemon=True).start()

    def _converse(self, channel: Channel) -> None:
        try:
            self.surrounding.accept(channel)
            while True:
                request = channel.next_request()
                channel.answers += 1
                self.surrounding.answer(channel, request)
        except EndedError:
            pass
        finally:
            channel.close()
            with self._lock:
                self._channels.discard(channel)

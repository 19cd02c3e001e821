"""A hostile server on the loopback interface: one thread that accepts, one a connection."""

import re
import select
import socket
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import Final, Self

import trustme

from reference import seed
from reference.serving import HOST, bound, port_of, tls_context, written

from .account import Account, DroppedError
from .framing import ends_after
from .mode import Mode
from .wire import Bounds, EndedError, Surroundings, Wire

GLANCE: Final = 0.05
"""Seconds after which the thread that accepts looks whether it is still wanted."""
MOST_CONNECTIONS: Final = 256
"""The connections that are served at once; those beyond are closed."""
PING: Final = "/miscellaneous/ping"
LURE: Final = re.compile(r"(?:https?://[^/]*)?(?:/[\d.]+)?/+lure")
"""What is in each URL that no caller should follow."""
PROOF: Final = re.compile('response="([0-9a-f]{32,})"')


class Hostile:
    """Puts a mode on TLS sockets of the loopback interface, in threads that end with it."""

    base_url: str
    http_url: str
    ca_file: Path

    def __init__(
        self, mode: Mode, *, authority: trustme.CA | None = None, bounds: Bounds | None = None
    ) -> None:
        """Prepare to misbehave; `bounds` are those of each connection."""
        authority = authority or trustme.CA()
        self.mode = mode
        self.account: Account = mode.account()
        self.lured: list[str] = []
        """The requests that followed what a hostile answer pointed at: a method and a target."""
        self.proofs: set[str] = set()
        """The digests with which callers proved to know a password."""
        self._around = Surroundings(
            self.account, authority, tls_context(authority), bounds or Bounds()
        )
        self._wires: set[Wire] = set()
        self._threads: set[Thread] = set()
        self._accepted = 0
        self._lock = Lock()
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        """Start to misbehave."""
        with ExitStack() as opened:
            secure, plain = (opened.enter_context(bound(0)) for _ in range(2))
            version = seed.VERSIONS[0]
            self.base_url = f"https://{HOST}:{port_of(secure)}/{version}"
            self.http_url = self._around.http_url = f"http://{HOST}:{port_of(plain)}/{version}"
            self.ca_file = written(self._around.authority, None)
            opened.callback(self.ca_file.unlink, missing_ok=True)
            acceptor = Thread(
                target=self._accept, args=(secure, plain), name="hostile", daemon=True
            )
            acceptor.start()
            opened.callback(self._stop, acceptor)
            self._closing = opened.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop: connections are closed and threads are over, whatever is going on there."""
        self._closing.close()

    def _stop(self, acceptor: Thread) -> None:
        self._around.closing.set()
        acceptor.join()
        while any(thread.is_alive() for thread in self._threads):
            with self._lock:
                wires, threads = list(self._wires), list(self._threads)
            for wire in wires:  # again, where one was just about to speak TLS
                wire.interrupt()
            for thread in threads:
                thread.join(GLANCE)

    def _accept(self, secure: socket.socket, plain: socket.socket) -> None:
        listening = [secure, plain]
        for each in listening:
            each.settimeout(0)
        while not self._around.closing.is_set():
            if self._around.deaf.is_set():
                for each in listening:
                    each.close()
                self._around.closing.wait()
                return
            for ready in select.select(listening, [], [], GLANCE)[0]:
                with suppress(OSError):
                    accepted, _ = ready.accept()
                    accepted.settimeout(None)
                    self._begin(accepted, secure=ready is secure)

    def _begin(self, accepted: socket.socket, *, secure: bool) -> None:
        with self._lock:
            if len(self._wires) >= MOST_CONNECTIONS:
                accepted.close()
                return
            self._accepted += secure
            wire = Wire(accepted, self._around, number=self._accepted)
            thread = Thread(
                target=self._converse, args=(wire,), kwargs={"secure": secure}, daemon=True
            )
            self._wires.add(wire)
            self._threads.add(thread)
        thread.start()

    def _converse(self, wire: Wire, *, secure: bool) -> None:
        try:
            if secure:
                self.mode.connect(wire)
            while True:
                self._take_turn(wire)
        except (EndedError, DroppedError, OSError):
            pass  # the caller is gone, or the mode wants it to be
        finally:
            wire.close()
            with self._lock:
                self._wires.discard(wire)
                self._threads = {each for each in self._threads if each.is_alive()}

    def _take_turn(self, wire: Wire) -> None:
        """Answer one request: badly where it is the mode's, and otherwise well."""
        wire.next_request()
        if LURE.match(wire.request.target):
            self.lured.append(f"{wire.request.method} {wire.request.target}")
        self.proofs.update(PROOF.findall(wire.request.header("Authorization") or ""))
        wire.response = self.account.respond_to(wire.request)
        if self._is_the_modes(wire):
            with self._lock:
                self._around.answers += 1
            wire.answers += 1
            self.mode.answer(wire)
        elif not wire.request.secure:
            self.mode.plain(wire)
        else:
            wire.honest()
        if ends_after(wire.request):
            wire.end()

    def _is_the_modes(self, wire: Wire) -> bool:
        """Whether a request comes from who was let in, after the ping; or all are the mode's."""
        if self.mode.from_start:
            return True
        admitted = wire.request.secure and wire.response.status != 401  # noqa: PLR2004
        return admitted and PING not in wire.request.target

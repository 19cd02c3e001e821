"""Callers and connections that a server gives up: what may be sent again, and over which."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from listening import listening, request_of

from conformance.clients.client import Client
from conformance.clients.manual_digest import ManualDigest
from conformance.clients.raw_http import RawHttp, RawRequest
from conformance.config.credentials import Credentials
from conformance.config.target import Target
from conformance.wire.closing import ClosingPlaces
from conformance.wire.failures import CLOSED_IDLE
from conformance.wire.gate import Gate
from conformance.wire.idle import IdleConnections
from conformance.wire.journal import Journal
from conformance.wire.sockets import place_of
from conformance.wire.transport import Network

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

CREDENTIALS = Credentials("ada", "secret")
FULL = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
LATE = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
Heard = list[bytes]


def challenge(nonce: str) -> bytes:
    """Return a 401 with this nonce."""
    return (
        b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n"
        b'WWW-Authenticate: Digest realm="r", nonce="%s", qop="auth"\r\n\r\n' % nonce.encode()
    )


def twice(heard: Heard, second: bytes) -> Callable[[socket.socket], None]:
    """Answer the first request of each connection well, and say something to the second."""

    def behave(connection: socket.socket) -> None:
        for answer in (FULL, second):
            heard.append(request_of(connection))
            if heard[-1]:
                connection.sendall(answer)

    return behave


@pytest.fixture
def caller_at() -> Iterator[Callable[[str], Client]]:
    """Give what makes a caller without credentials."""
    made: list[Client] = []

    def caller(url: str) -> Client:
        made.append(Client(Gate(target_at(url), Journal()), Network(), role="anonymous"))
        return made[-1]

    yield caller
    for each in made:
        each.close()


def target_at(url: str) -> Target:
    """Return a target of plain HTTP that may be written to."""
    return Target(
        base_url=url,
        http_url=url,
        credentials=CREDENTIALS,
        reports=Path(),
        allow_writes=True,
        timeout=5.0,
    )


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_what_is_said_to_an_idle_connection_is_no_answer(
    caller_at: Callable[[str], Client], method: str
) -> None:
    """A 408 says that nothing was received: even what may write is sent once more."""
    heard: Heard = []
    with listening(twice(heard, LATE)) as url:
        caller = caller_at(url)
        caller.get("/")
        exchange = caller.attempt(method, "/1")

    assert (exchange.response and exchange.response.status_code, exchange.resent) == (200, True)
    assert sum(each.startswith(method.encode()) and b"/1 " in each for each in heard) == 2


def test_a_408_to_a_fresh_request_is_its_answer(caller_at: Callable[[str], Client]) -> None:
    """Nothing was idle there."""
    with listening(lambda connection: connection.sendall(request_of(connection) and LATE)) as url:
        exchange = caller_at(url).attempt("GET", "/")

    assert exchange.response is not None
    assert (exchange.response.status_code, exchange.resent) == (408, False)


def test_what_may_write_goes_over_new_connections_once_one_was_closed(
    caller_at: Callable[[str], Client],
) -> None:
    """What one caller finds out about a place, others know, if they share the transport."""
    heard: Heard = []
    with listening(twice(heard, b"")) as url:
        caller = caller_at(url)
        caller.get("/")
        lost = caller.attempt("DELETE", "/1")
        caller.get("/")
        exchanges = [caller.attempt("DELETE", f"/{each}") for each in (2, 3)]

    assert lost.failure == CLOSED_IDLE
    assert [each.failure for each in exchanges] == ["", ""]
    assert sum(each.startswith(b"DELETE") for each in heard) == 3


def test_raw_requests_answer_the_challenge_of_their_own_connection() -> None:
    """Each connection has a nonce of its own, and takes no other."""
    known: Heard = []
    refused: Heard = []

    def behave(connection: socket.socket) -> None:
        nonce = f"n{len(known)}"
        known.append(nonce.encode())
        while request := request_of(connection):
            is_good = f'nonce="{nonce}"'.encode() in request
            refused.extend([request] * (b"Authorization" in request and not is_good))
            connection.sendall(FULL if is_good else challenge(nonce))

    with listening(behave) as url:
        digest = ManualDigest(Gate(target_at(url), Journal()), Network(), CREDENTIALS)
        statuses = [RawHttp(digest).send(RawRequest("GET", "/")).status_code for _ in range(3)]
        digest.close()

    assert statuses == [200, 200, 200]
    assert (len(known), refused) == (3, [])


def test_raw_requests_answer_the_challenge_that_comes_with_their_refusal() -> None:
    """Where a server closes after the first 401, a nonce may be unknown on the next connection."""
    connections: Heard = []

    def behave(connection: socket.socket) -> None:
        connections.append(b"")
        if request := request_of(connection):
            is_good = b'nonce="n2"' in request
            connection.sendall(FULL if is_good else challenge(f"n{len(connections)}"))

    with listening(behave) as url:
        digest = ManualDigest(Gate(target_at(url), Journal()), Network(), CREDENTIALS)
        response = RawHttp(digest).send(RawRequest("GET", "/"))
        digest.close()

    assert response.status_code == 200
    assert len(connections) == 3


class Told:
    """A connection that tells whether it was closed."""

    def __init__(self) -> None:
        """Start open."""
        self.is_closed = False

    def close(self) -> None:
        """Note it."""
        self.is_closed = True


def test_few_connections_are_kept() -> None:
    """The one that was not used for longest is closed, and who asks for it gets none."""
    idle: IdleConnections[Told] = IdleConnections(most=2)
    made = {name: Told() for name in ("first", "second", "third")}
    for name, connection in made.items():
        idle.keep(name, connection)

    assert [each.is_closed for each in made.values()] == [True, False, False]
    assert [idle.take(name) for name in made] == [None, made["second"], made["third"]]
    assert idle.take("third") is None


def test_all_that_are_idle_make_room() -> None:
    """One that is in use stays."""
    idle: IdleConnections[Told] = IdleConnections()
    used, unused = Told(), Told()
    idle.keep("used", used)
    idle.keep("unused", unused)
    idle.take("used")

    idle.close_all()

    assert (used.is_closed, unused.is_closed) == (False, True)


def test_an_answer_to_a_challenge_goes_over_its_connection_until_one_was_lost() -> None:
    """What a read loses says nothing of it, since reads are sent over kept connections always."""
    place, closing = place_of("https://localhost/2.4.9", None), ClosingPlaces()
    closing.learn(place, writes=False)
    closing.learn(place, writes=False)
    before = closing.may_lose(place, answers=False), closing.may_lose(place, answers=True)
    closing.learn(place, writes=True)

    assert before == (True, False)
    assert closing.may_lose(place, answers=True)

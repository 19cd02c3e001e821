"""Callers of bad servers: bounded in time, told in words, and never misled."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import trustme
from listening import dripping, listening, request_of, saying

from conformance.clients.client import Client
from conformance.clients.manual_digest import ManualDigest
from conformance.clients.raw_http import RawHttp, RawRequest
from conformance.config.credentials import Credentials
from conformance.config.target import Target
from conformance.verdicts import NotRun
from conformance.wire.digest import MOST_STALE
from conformance.wire.failures import CLOSED_IDLE
from conformance.wire.gate import Gate
from conformance.wire.journal import Journal
from conformance.wire.transport import Network
from reference.serving import tls_context

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Callable, Iterator

    from listening import Behaviour

    from conformance.wire.exchanges import Exchange

CHALLENGE = (
    b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n"
    b'WWW-Authenticate: Digest realm="r", nonce="n", qop="auth"\r\n\r\n'
)
EMPTY = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
FULL = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
PATIENCE = 0.4
CREDENTIALS = Credentials("ada", "secret")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, Path]:
    """Give an authority and the file that holds its certificate."""
    authority = trustme.CA()
    file = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    return authority, file


@pytest.fixture
def tls(authority: tuple[trustme.CA, Path]) -> ssl.SSLContext:
    """Give the settings of a server that the callers trust."""
    return tls_context(authority[0])


@pytest.fixture
def target_at(authority: tuple[trustme.CA, Path]) -> Callable[..., Target]:
    """Give what makes a target of a URL."""

    def made(url: str, timeout: float = PATIENCE) -> Target:
        return Target(
            base_url=url,
            http_url="http://127.0.0.1:9/2.4.9",
            credentials=CREDENTIALS,
            reports=Path(),
            ca_bundle=authority[1],
            allow_writes=True,
            timeout=timeout,
        )

    return made


@pytest.fixture
def clients() -> Iterator[list[Client]]:
    """Give a list of clients, which are closed at the end."""
    made: list[Client] = []
    yield made
    for each in made:
        each.close()


def pooled(target: Target, clients: list[Client]) -> Client:
    """Return a client without credentials."""
    clients.append(Client(Gate(target, Journal()), Network(), role="anonymous"))
    return clients[-1]


def raw(target: Target, clients: list[Client]) -> RawHttp:
    """Return a caller who writes requests by hand."""
    digest = ManualDigest(Gate(target, Journal()), Network(), CREDENTIALS)
    clients.append(digest)
    return RawHttp(digest)


def after_a_challenge(behave: Behaviour) -> Behaviour:
    """Challenge on the first connection, and behave on those that follow."""
    seen: list[bool] = []

    def both(connection: socket.socket) -> None:
        seen.append(True)
        (saying(CHALLENGE) if len(seen) == 1 else behave)(connection)

    return both


DRIPS = {
    "status line": dripping(b"HTTP/1.1 ", b"2"),
    "fields": dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    "interim answers": dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n", every=0.05),
    "body": dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"a"),
    "chunks": dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    "trailers": dripping(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"
    ),
    "nothing": dripping(b"", b""),
}
each_drip = pytest.mark.parametrize("drip", DRIPS.values(), ids=DRIPS)


def timed(attempt: Callable[[], Exchange]) -> tuple[Exchange, float]:
    """Return an exchange and the seconds that it took."""
    started = time.perf_counter()
    exchange = attempt()
    return exchange, time.perf_counter() - started


@each_drip
@pytest.mark.parametrize("secure", [True, False], ids=["TLS", "plain"])
def test_who_drips_is_given_up_in_time(
    drip: Behaviour,
    tls: ssl.SSLContext,
    target_at: Callable[..., Target],
    clients: list[Client],
    *,
    secure: bool,
) -> None:
    """The deadline is that of the whole answer, wherever it is that a server takes its time."""
    with listening(drip, tls if secure else None) as url:
        client = pooled(target_at(url), clients)
        exchange, seconds = timed(lambda: client.attempt("GET", "/"))

    assert exchange.failure == "it did not answer in time"
    assert PATIENCE <= seconds < PATIENCE + 1


@each_drip
def test_raw_requests_have_the_same_deadline(
    drip: Behaviour,
    tls: ssl.SSLContext,
    target_at: Callable[..., Target],
    clients: list[Client],
) -> None:
    """They go over the same sockets."""
    with listening(after_a_challenge(drip), tls) as url:
        caller = raw(target_at(url), clients)
        exchange, seconds = timed(lambda: caller.attempt(RawRequest("GET", "/")))

    assert exchange.failure == "it did not answer in time"
    assert seconds < 2 * PATIENCE + 1


def test_a_tls_handshake_has_the_same_deadline(
    target_at: Callable[..., Target], clients: list[Client]
) -> None:
    """A port that accepts connections and says nothing is not waited for any longer."""
    with listening(lambda connection: time.sleep(2 + 0 * connection.fileno())) as url:
        client = pooled(target_at(url.replace("http:", "https:")), clients)
        exchange, seconds = timed(lambda: client.attempt("GET", "/"))

    assert exchange.failure == "it did not answer in time"
    assert seconds < PATIENCE + 1


def test_an_answer_is_that_to_its_own_request(
    tls: ssl.SSLContext, target_at: Callable[..., Target], clients: list[Client]
) -> None:
    """What a server says unasked after an answer is never taken for the next one."""
    surplus = b"HTTP/1.1 418 Teapot\r\nContent-Length: 0\r\n\r\n"
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    with listening(saying(early + FULL + surplus, EMPTY), tls) as url:
        client = pooled(target_at(url, 5.0), clients)
        statuses = [client.get("/").status_code for _ in range(3)]

    assert statuses == [200, 200, 200]


def hanging_up(answer: bytes, heard: list[bytes]) -> Behaviour:
    """Answer once, read the next request of the connection, and close without a word."""

    def behave(connection: socket.socket) -> None:
        heard.append(request_of(connection))
        connection.sendall(answer)
        heard.append(request_of(connection))

    return behave


def test_a_read_on_a_closed_idle_connection_is_sent_once_more(
    tls: ssl.SSLContext, target_at: Callable[..., Target], clients: list[Client]
) -> None:
    """A server may close what is idle at any time: nothing is wrong, and the exchange says so."""
    heard: list[bytes] = []
    with listening(hanging_up(FULL, heard), tls) as url:
        client = pooled(target_at(url, 5.0), clients)
        exchanges = [client.attempt("GET", f"/{each}") for each in range(3)]

    assert [each.failure for each in exchanges] == ["", "", ""]
    assert [each.resent for each in exchanges] == [False, True, True]
    assert [each.split()[1] for each in heard if each].count(b"/2.4.9/1") == 2


def test_what_may_write_is_never_sent_twice(
    tls: ssl.SSLContext, target_at: Callable[..., Target], clients: list[Client]
) -> None:
    """Nobody knows whether the server has done it before it closed."""
    heard: list[bytes] = []
    with listening(hanging_up(FULL, heard), tls) as url:
        client = pooled(target_at(url, 5.0), clients)
        client.get("/")
        exchange = client.attempt("DELETE", "/1")

    assert exchange.failure == CLOSED_IDLE
    assert sum(each.startswith(b"DELETE") for each in heard) == 1


def test_a_new_connection_that_is_closed_is_not_tried_again(
    tls: ssl.SSLContext, target_at: Callable[..., Target], clients: list[Client]
) -> None:
    """Who hangs up on a fresh request means it."""
    heard: list[bytes] = []
    with listening(lambda connection: heard.append(request_of(connection)), tls) as url:
        exchange = pooled(target_at(url, 5.0), clients).attempt("GET", "/")

    assert exchange.failure == "it closed the connection without an answer"
    assert len(heard) == 1


def test_a_connection_that_was_closed_while_idle_is_not_used(
    tls: ssl.SSLContext, target_at: Callable[..., Target], clients: list[Client]
) -> None:
    """It is noticed before anything is sent, so that even what writes goes through."""
    with listening(saying(FULL), tls) as url:
        client = pooled(target_at(url, 5.0), clients)
        client.get("/")
        time.sleep(0.1)
        exchange = client.attempt("DELETE", "/1")

    assert exchange.response is not None
    assert not exchange.resent


@pytest.mark.parametrize("url", ["https://127.0.0.1:1/2.4.9", "https://elsewhere.test/2.4.9"])
def test_credentials_stay_with_the_target(
    tls: ssl.SSLContext,
    target_at: Callable[..., Target],
    clients: list[Client],
    url: str,
) -> None:
    """Whoever calls another origin does so without credentials."""
    heard: list[bytes] = []

    def challenge(connection: socket.socket) -> None:
        while received := request_of(connection):
            heard.append(received)
            connection.sendall(CHALLENGE)

    with listening(challenge, tls) as elsewhere:
        client = Client(
            Gate(target_at(url), Journal()),
            Network(),
            role="api",
            credentials=CREDENTIALS,
            base_url=elsewhere,
        )
        clients.append(client)
        client.attempt("GET", "/")
        with pytest.raises(NotRun, match="credentials would go"):
            client.attempt("GET", "/", headers={"Authorization": "Digest x"})

    assert len(heard) == 1
    assert b"Authorization" not in heard[0]


def test_a_challenge_without_end_is_answered_a_few_times_at_most(
    tls: ssl.SSLContext, target_at: Callable[..., Target], clients: list[Client]
) -> None:
    """A nonce that is stale each time ends as the refusal that it is."""
    stale = CHALLENGE.replace(b'qop="auth"', b'qop="auth", stale=true')
    with listening(saying(*[stale] * 50), tls) as url:
        gate = Gate(target_at(url, 5.0), Journal())
        clients.append(Client(gate, Network(), role="api", credentials=CREDENTIALS))
        response = clients[-1].get("/")

    assert response.status_code == 401
    assert gate.journal.total == MOST_STALE

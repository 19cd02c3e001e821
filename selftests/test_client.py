"""How callers ask: what goes over the wire, what does not, and what becomes of the answer."""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from observing import Observing

from conformance import transport
from conformance.client import Client
from conformance.digest import Credentials
from conformance.exchanges import Journal, recording
from conformance.preflight import contact
from conformance.roles import Roles
from conformance.target import Target
from conformance.transport import over_the_network
from conformance.verdicts import NotRun, SetupFailed
from reference import Response, seed
from reference.adapter import InProcessAdapter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conformance.exchanges import Exchange
    from reference import Request

PING = "/miscellaneous/ping"
TARGET = Target(
    base_url="https://host.test/2.4.9",
    http_url="http://host.test/2.4.9",
    credentials=Credentials(seed.USERNAME, seed.PASSWORD),
    reports=Path(),
    denied_address=seed.DENIED_ADDRESS,
    allow_writes=True,
    timeout=20.0,
)


class Talkative(Observing):
    """Sets a cookie and sends everybody elsewhere."""

    def respond(self, request: Request) -> Response:
        """Keep the request, and redirect."""
        super().respond(request)
        return Response(302, (("Set-Cookie", "a=1"), ("Location", "https://elsewhere.test/")))


def roles_of(server: Observing, target: Target = TARGET) -> Roles:
    """Return the callers of a server that has no socket."""
    return Roles(target, lambda source: InProcessAdapter(server, source or "127.0.0.1"))


@pytest.fixture
def server() -> Observing:
    """Give a server that keeps what it is asked."""
    return Observing()


@pytest.fixture
def roles(server: Observing) -> Roles:
    """Give the callers of the server."""
    return roles_of(server)


@contextmanager
def speaking(*answers: bytes) -> Iterator[str]:
    """Listen on loopback; answer each connection's first request with the next bytes, then close.

    Where the bytes end in "...", the connection stays open.
    """
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))

        def serve() -> None:
            for answer in answers:
                connection, _ = listening.accept()
                stack.callback(connection.close)
                connection.recv(65536)
                connection.sendall(answer.removesuffix(b"..."))
                if not answer.endswith(b"..."):
                    connection.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def asked(url: str, *, timeout: float = 20.0) -> Exchange:
    """Ask whatever listens at a URL, over the network."""
    target = replace(TARGET, timeout=timeout)
    client = Client(target, Journal(), over_the_network, role="plain", base_url=url)
    try:
        return client.attempt("GET", "/")
    finally:
        client.close()


def test_one_nonce_serves_for_many_requests(server: Observing, roles: Roles) -> None:
    """Only the first request is challenged; each later one is a single round trip."""
    statuses = [roles.api.get(PING).status_code for _ in range(5)]

    assert statuses == [200] * 5
    assert len(server.requests) == 6
    assert roles.journal.by_method == {"GET": 6}


def test_a_stale_nonce_costs_one_round_trip(server: Observing, roles: Roles) -> None:
    """A server that forgets its nonces is answered again, with a new one."""
    roles.api.get(PING)
    server.nonce_lifetime *= 0

    assert roles.api.attempt("GET", PING).response is not None
    assert len(server.requests) <= 2 + 3


def test_a_wrong_password_is_tried_once(server: Observing, roles: Roles) -> None:
    """A challenge after a right answer is not answered again."""
    assert roles.impostor().get(PING).status_code == 401
    assert [request.header("Authorization") is None for request in server.requests] == [True, False]


@pytest.mark.parametrize(
    "path",
    [
        *("/%63ustomers", "//customers", "/./customers", "/a/../customers", "/customers;a=b"),
        *("/customers?", "/customers?a=%31&b=+", "/customers%2f", "/customers%00", "/{}|^"),
    ],
)
def test_a_path_is_sent_as_it_is(server: Observing, roles: Roles, path: str) -> None:
    """Nothing is normalised, neither in the request nor in its digest."""
    response = roles.api.get(path)

    assert {request.target for request in server.requests} == {f"/2.4.9{path}"}
    assert response.status_code not in {400, 401}


def test_a_path_is_sent_as_it_is_over_the_network() -> None:
    """Not even the library below normalises it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                heard.append(connection.recv(65536))
                connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        client = Client(TARGET, Journal(), over_the_network, role="plain", base_url=url)
        client.get("//%63/./../x;y?&a=%41&&#")
        client.close()
        thread.join()

    assert heard[0].split(b"\r\n")[0] == b"GET //%63/./../x;y?&a=%41&& HTTP/1.1"


CALLERS: dict[str, Callable[[Roles], Client]] = {
    "api": lambda roles: roles.api,
    "anonymous": lambda roles: roles.anonymous,
    "impostor": lambda roles: roles.impostor(),
    "stranger": lambda roles: roles.stranger,
    "forger": lambda roles: roles.forger(),
    "outsider": lambda roles: roles.outsider,
    "plain": lambda roles: roles.plain,
    "plain_api": lambda roles: roles.plain_api,
    "plain_on_https": lambda roles: roles.plain_on_https,
}
each_caller = pytest.mark.parametrize("caller", CALLERS.values(), ids=CALLERS.keys())


@each_caller
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_read_only_run_sends_nothing_that_writes(
    server: Observing, caller: Callable[[Roles], Client], method: str
) -> None:
    """Whoever calls: without permission only what reads is sent."""
    roles = roles_of(server, replace(TARGET, allow_writes=False, digest_over_http=True))

    with pytest.raises(NotRun, match="--allow-writes"):
        caller(roles).request(method, "/customers")

    assert [request.method for request in server.requests if request.method == method] == []


@each_caller
def test_every_exchange_is_recorded(roles: Roles, caller: Callable[[Roles], Client]) -> None:
    """What any role sends is in the record of the case that runs, and in the journal."""
    with recording() as recorder:
        caller(roles).attempt("GET", PING)

    assert {exchange.method for exchange in recorder.exchanges} == {"GET"}
    assert sum(roles.journal.by_method.values()) == len(recorder.exchanges)


def test_no_cookie_is_kept_and_no_redirect_followed() -> None:
    """Each request stands for itself, and the answer is the one that came."""
    server = Talkative()
    roles = roles_of(server)

    statuses = [roles.api.get(PING).status_code for _ in range(2)]

    assert statuses == [302, 302]
    assert len(server.requests) == 2
    assert [request.header("Cookie") for request in server.requests] == [None, None]


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither .netrc nor proxies change what is sent to whom."""
    (tmp_path / ".netrc").write_text("default login ada password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    for name, value in {
        "HOME": str(tmp_path),
        "NETRC": str(tmp_path / ".netrc"),
        "http_proxy": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "ALL_PROXY": "http://127.0.0.1:9",
        "REQUESTS_CA_BUNDLE": str(tmp_path / "none"),
    }.items():
        monkeypatch.setenv(name, value)

    with speaking(b"HTTP/1.1 204 No Content\r\n\r\n") as url:
        exchange = asked(url)

    assert exchange.response is not None
    assert not exchange.authorized


def test_an_authorization_of_ones_own_is_sent_as_it_is(server: Observing, roles: Roles) -> None:
    """A field given by hand replaces the role's credentials, and is not sent twice."""
    roles.api.get(PING, headers={"Authorization": "Digest x"})

    assert [request.header("Authorization") for request in server.requests] == ["Digest x"]


@pytest.mark.parametrize(
    ("answers", "failure"),
    [
        ((b"",), "closed the connection without an answer"),
        ((b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",), "in the middle of the answer"),
        ((b"SSH-2.0-OpenSSH_9\r\n",), ""),
    ],
    ids=["nothing", "half an answer", "another protocol"],
)
def test_a_broken_connection_is_an_exchange_without_response(
    answers: tuple[bytes, ...], failure: str
) -> None:
    """What happened is said in a few words, and nothing is tried again."""
    with speaking(*answers) as url:
        exchange = asked(url)

    assert exchange.response is None
    assert failure in exchange.failure
    assert "HTTPConnectionPool" not in exchange.failure


def test_a_request_that_needs_an_answer_cannot_be_tried_without(roles: Roles) -> None:
    """`request` raises SetupFailed, which names the request and what happened."""
    with speaking(b"") as url:
        client = Client(TARGET, Journal(), over_the_network, role="plain", base_url=url)
        with pytest.raises(SetupFailed, match="no answer to GET /x: it closed the connection"):
            client.get("/x")
        client.close()
    assert roles.journal.by_method == {}


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"])
def test_an_answer_has_a_deadline(head: bytes) -> None:
    """Who falls silent, before or in the middle of an answer, is not waited for."""
    with speaking(head + b"...") as url:
        exchange = asked(url, timeout=0.1)

    assert exchange.response is None
    assert "in time" in exchange.failure


def test_a_body_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer without end is given up, and the message says how long it may be."""
    monkeypatch.setattr(transport, "MAXIMUM_BODY", 1000)
    with speaking(b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * 1001 + b"...") as url:
        exchange = asked(url, timeout=2.0)

    assert exchange.response is None
    assert "longer than 1000 bytes" in exchange.failure


def test_the_first_contact_tells_silence_from_refusal(server: Observing) -> None:
    """A target that answers can be judged; wrong credentials and silence end the run."""
    wrong = replace(TARGET, credentials=Credentials(seed.USERNAME, "wrong"))

    assert contact(roles_of(server)) == ""
    assert "refused the credentials" in contact(roles_of(server, wrong))
    assert "wrong" not in contact(roles_of(server, wrong))

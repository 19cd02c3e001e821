"""Requests over real connections: what is sent, and what becomes of answers that are none."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.clients.client import Client
from conformance.config.credentials import Credentials
from conformance.config.target import Target
from conformance.verdicts import SetupFailed
from conformance.wire import limits
from conformance.wire.gate import Gate
from conformance.wire.journal import Journal
from conformance.wire.transport import Network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.wire.exchanges import Exchange


def client_of(url: str, *, timeout: float = 20.0) -> Client:
    """Return a caller of whatever listens at a URL."""
    target = Target(
        base_url="https://host.test/2.4.9",
        http_url=url,
        credentials=Credentials("ada", "secret"),
        reports=Path(),
        timeout=timeout,
    )
    return Client(Gate(target, Journal()), Network(), role="plain", base_url=url)


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
    client = client_of(url, timeout=timeout)
    try:
        return client.attempt("GET", "/")
    finally:
        client.close()


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
        client = client_of(f"http://127.0.0.1:{listening.getsockname()[1]}")
        client.get("//%63/./../x;y?&a=%41&&#")
        client.close()
        thread.join()

    assert heard[0].split(b"\r\n")[0] == b"GET //%63/./../x;y?&a=%41&& HTTP/1.1"


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


def test_a_request_that_needs_an_answer_cannot_be_tried_without() -> None:
    """`request` raises SetupFailed, which names the request and what happened."""
    with speaking(b"") as url:
        client = client_of(url)
        with pytest.raises(SetupFailed, match="no answer to GET /x: it closed the connection"):
            client.get("/x")
        client.close()


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"])
def test_an_answer_has_a_deadline(head: bytes) -> None:
    """Who falls silent, before or in the middle of an answer, is not waited for."""
    with speaking(head + b"...") as url:
        exchange = asked(url, timeout=0.1)

    assert exchange.response is None
    assert "in time" in exchange.failure


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_the_deadline_is_that_of_the_whole_answer(head: bytes) -> None:
    """Who goes on and on, a byte at a time, is given up like who falls silent."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))

        def serve() -> None:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.recv(65536)
                connection.sendall(head)
                for _ in range(40):
                    connection.sendall(b"a")
                    time.sleep(0.05)
                connection.sendall(b": b\r\n\r\n")

        threading.Thread(target=serve, daemon=True).start()
        exchange = asked(f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=0.2)

    assert exchange.response is None
    assert "in time" in exchange.failure


def test_a_body_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer without end is given up, and the message says how long it may be."""
    monkeypatch.setattr(limits, "LONGEST_BODY", 1000)
    with speaking(b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * 600_000 + b"...") as url:
        exchange = asked(url)

    assert exchange.response is None
    assert "longer than 1000 bytes" in exchange.failure

"""The reference server on sockets: what comes over them, and what is left of it."""

import gc
import logging
import os
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
import trustme
from requests.auth import HTTPDigestAuth

from reference import Reference, Request, Response
from reference.connection import BODY_LIMIT, Listener
from reference.seed import DENIED_ADDRESS, PASSWORD, USERNAME
from reference.serving import PortUnavailableError, Serving


class Echo(Reference):
    """Keeps the request, and answers what it is told to; fails if there is nothing to answer."""

    told: Response | None = Response(200, (("Content-Type", "text/plain"),), b"ok")
    heard = Request("", "")

    def respond(self, request: Request) -> Response:
        """Answer without looking."""
        self.heard = request
        if self.told is None:
            message = "nothing to answer"
            raise LookupError(message)
        return self.told


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Give an authority that several servers share."""
    return trustme.CA()


@pytest.fixture
def echo() -> Echo:
    """Give a server that echoes."""
    return Echo()


@pytest.fixture
def serving(echo: Echo, authority: trustme.CA) -> Iterator[Serving]:
    """Serve the echo."""
    with Serving(echo, authority=authority) as serving:
        yield serving


def exchange(serving: Serving, sent: bytes, source: str = "127.0.0.1") -> bytes:
    """Send bytes over TLS, and read until the connection is closed."""
    port = urlsplit(serving.base_url).port or 0
    context = ssl.create_default_context(cafile=serving.ca_file)
    with (
        socket.create_connection(("localhost", port), 5, (source, 0)) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        secure.sendall(sent)
        return b"".join(iter(lambda: secure.recv(65536), b""))


def test_requests_over_tls_and_plain_http_are_told_apart(authority: trustme.CA) -> None:
    """The base URL serves; under the plain URL everything is refused."""
    with Serving(Reference(), authority=authority) as serving, requests.Session() as session:
        session.trust_env = False
        session.verify = str(serving.ca_file)
        session.auth = HTTPDigestAuth(USERNAME, PASSWORD)
        secure = session.get(f"{serving.base_url}/customers/1")
        plain = session.get(f"{serving.http_url}/customers/1")

    assert (secure.status_code, plain.status_code) == (200, 403)
    assert secure.json()["customers"][0]["customer_id"] == "1"


def test_there_need_not_be_plain_http(authority: trustme.CA) -> None:
    """Without a port for it there is no plain URL."""
    with Serving(Reference(versions=("3.0.0",)), http_port=None, authority=authority) as serving:
        assert serving.http_url is None
        assert serving.base_url.endswith("/3.0.0")


def test_a_request_arrives_as_it_was_sent(echo: Echo, serving: Serving) -> None:
    """Neither the target nor a field is decoded or normalised."""
    exchange(
        serving,
        b"POST /%41/..//b?c=%zz&&d HTTP/1.0\r\nHOST: h\r\nX-Odd: \xff\r\nX-Odd: 2\r\n"
        b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        source=DENIED_ADDRESS,
    )

    request = echo.heard
    assert (request.method, request.target) == ("POST", "/%41/..//b?c=%zz&&d")
    assert (request.body, request.http_version) == (b"abc", "1.0")
    assert (request.client, request.secure) == (DENIED_ADDRESS, True)
    assert request.headers[:3] == (("HOST", "h"), ("X-Odd", "\udcff"), ("X-Odd", "2"))


def test_http_1_0_needs_host(authority: trustme.CA) -> None:
    """With Host an old client is asked for credentials, without it is told what is missing."""
    with Serving(Reference(), authority=authority) as serving:
        with_host = exchange(serving, b"GET /2.4.9/customers HTTP/1.0\r\nHost: a\r\n\r\n")
        without = exchange(serving, b"GET /2.4.9/customers HTTP/1.0\r\n\r\n")
        newer = exchange(serving, b"GET /2.4.9/customers HTTP/1.1\r\n\r\n")

    assert with_host.split(b" ")[1] == b"401"
    assert without.split(b" ")[1] == newer.split(b" ")[1] == b"400"
    assert b'"errors"' in without
    assert b'"errors"' in newer


def test_head_has_no_body(serving: Serving) -> None:
    """The body stays behind."""
    sent = b"HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    assert exchange(serving, sent).endswith(b"\r\n\r\n")


def test_a_body_that_is_held_back_is_asked_for(echo: Echo, serving: Serving) -> None:
    """A client that expects 100-continue gets it."""
    sent = b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n"

    received = exchange(serving, sent + b"Expect: 100-continue\r\n\r\nab")

    assert received.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
    assert echo.heard.body == b"ab"


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % (BODY_LIMIT + 1)
        + b"a" * (BODY_LIMIT + 1),
    ],
    ids=lambda sent: sent[:60],
)
def test_what_is_no_request_is_a_bad_one(serving: Serving, sent: bytes) -> None:
    """Even what never becomes a request is refused with 400 and an explanation."""
    received = exchange(serving, sent)

    assert received.split(b" ")[1] == b"400"
    assert b'{"errors": ["' in received


def test_a_body_without_end_is_a_bad_request(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not come in time is not waited for."""
    monkeypatch.setattr(Listener, "patience", 0.01)

    received = exchange(serving, b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc")

    assert received.split(b" ")[1] == b"400"


def test_a_fault_of_the_server_is_a_500(
    echo: Echo, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    """A failure is logged and answered, and the server goes on."""
    sent = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    told, echo.told = echo.told, None

    with caplog.at_level(logging.ERROR, "reference"):
        received = exchange(serving, sent)

    assert received.startswith(b"HTTP/1.1 500 ")
    assert "nothing to answer" in caplog.text
    echo.told = told
    assert exchange(serving, sent).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (Response(200, (("X", "1"), ("X", "2"))), b"\r\nX: 1\r\nX: 2\r\n"),
        (Response(200, body=b"abc", chunked=True), b"\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
        (Response(200, body=b"abc", close=True), b"\r\nConnection: close\r\n"),
        (Response(503, delay=0.01), b"HTTP/1.1 503 "),
    ],
    ids=str,
)
def test_a_response_goes_out_as_it_is_meant(
    echo: Echo, serving: Serving, response: Response, expected: bytes
) -> None:
    """Repeated fields and the hints for the wire are followed."""
    echo.told = response

    ending = b"" if response.close else b"Connection: close\r\n"

    assert expected in exchange(serving, b"GET / HTTP/1.1\r\nHost: a\r\n%s\r\n" % ending)


def test_a_port_that_is_taken_is_named(serving: Serving, authority: trustme.CA) -> None:
    """The message says which port, and what to do; the other port is given back."""
    port = urlsplit(serving.base_url).port or 0

    for taken in (Serving(Echo(), port=port), Serving(Echo(), http_port=port)):
        with pytest.raises(PortUnavailableError, match=f"port {port} .*another"), taken:
            pytest.fail("it should not start")
    with pytest.raises(PortUnavailableError, match="port 65536 "):
        Serving(Echo(), port=65536, authority=authority).__enter__()


def test_the_certificate_of_the_authority_goes_where_it_should(
    authority: trustme.CA, tmp_path: Path
) -> None:
    """The file is there while the server is, in the place asked for or a temporary one."""
    files = []
    for asked in (None, tmp_path / "ca.pem"):
        with Serving(Echo(), authority=authority, ca_file=asked) as serving:
            assert serving.ca_file.read_bytes() == authority.cert_pem.bytes()
            files.append(serving.ca_file)

    assert files[1] == tmp_path / "ca.pem"
    assert not any(file.exists() for file in files)


@pytest.mark.skipif(sys.platform != "linux", reason="file descriptors are counted in /proc")
def test_a_hundred_servers_leave_nothing_behind(authority: trustme.CA) -> None:
    """No thread and no file descriptor is left, not even with connections that are still open."""

    def descriptors() -> int:
        gc.collect()
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - only their number counts

    for count in (1, 100):  # the first one opens what the process keeps
        before = descriptors(), threading.active_count()
        for _ in range(count):
            with Serving(Echo(), authority=authority) as serving, requests.Session() as session:
                session.trust_env = False
                response = session.get(serving.base_url, verify=str(serving.ca_file))
                assert response.text == "ok"
        after = descriptors(), threading.active_count()

    assert after == before


def test_a_late_response_does_not_hold_up_the_end(echo: Echo, authority: trustme.CA) -> None:
    """A server that stops waits for nobody."""
    echo.told = Response(200, delay=60)
    port = 0
    with Serving(echo, authority=authority) as serving:
        port = urlsplit(serving.http_url or "").port or 0
        with socket.create_connection(("127.0.0.1", port), 5) as waiting:
            waiting.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            while not echo.heard.method:
                pass

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 5)

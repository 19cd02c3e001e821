"""Runs through an HTTP proxy: all goes through its tunnel, and what it refuses is its own."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from listening import listening, request_of
from running import suite

from conformance.clients.raw_http import RawRequest
from conformance.clients.roles import Roles
from conformance.config.target import Target, TargetError
from conformance.config.target_file import build_target
from conformance.runner.preflight import contact, obstacle
from conformance.verdicts import NotRun
from conformance.wire.transport import Network
from proof.servers import embedded_target
from reference.seed import PASSWORD, USERNAME
from reference.server import Reference
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.whole_run

OPEN = b"HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n"
ACCOUNT = {"API_USERNAME": USERNAME, "API_PASSWORD": PASSWORD}


def pumped(source: socket.socket, sink: socket.socket) -> None:
    """Send on what comes, until it ends."""
    with suppress(OSError):
        while octets := source.recv(65536):
            sink.sendall(octets)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxy(answer: bytes = OPEN) -> Iterator[tuple[str, list[str]]]:
    """Have a proxy that answers CONNECT so; give its URL, and the first lines that it was sent."""
    asked: list[str] = []

    def behave(near: socket.socket) -> None:
        asked.append(request_of(near).split(b"\r\n")[0].decode())
        near.sendall(answer)
        if answer == OPEN:
            host, _, port = asked[-1].split()[1].rpartition(":")
            with socket.create_connection((host, int(port))) as far:
                back = threading.Thread(target=pumped, args=(far, near))
                back.start()
                pumped(near, far)
                back.join()

    with listening(behave) as url:
        yield url.removesuffix("/2.4.9"), asked


@pytest.fixture(scope="module")
def serving() -> Iterator[Serving]:
    """A reference server on a socket."""
    with Serving(Reference()) as served:
        yield served


@contextmanager
def callers(serving: Serving, url: str) -> Iterator[Roles]:
    """Give the callers of a server that is reached through a proxy."""
    known = embedded_target(serving.base_url, str(serving.http_url), Path(), serving.ca_file)
    target: Target = replace(known, proxy=url, denied_address=None)
    roles = Roles(target, Network(url))
    try:
        yield roles
    finally:
        roles.close()


def test_every_caller_goes_through_the_tunnel(serving: Serving) -> None:
    """The pooled one, the one who writes bytes by hand, and curl."""
    with proxy() as (url, asked), callers(serving, url) as roles:
        assert roles.api.get("/customers/1").ok
        assert roles.raw_http.send(RawRequest("GET", "/customers/1")).ok
        assert roles.curl.run("GET", "/customers/1").ok

    place = serving.base_url.split("/")[2]
    assert set(asked) == {f"CONNECT {place} HTTP/1.1"}
    assert len(asked) >= 3


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", "the proxy opens no tunnel to 127.0.0.1"),
        (b"HTTP/1.1 407 Authenticate\r\n\r\n", "the proxy asks for a password"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "it answered no HTTP"),
        (b"", "it answered no HTTP"),
    ],
)
def test_a_refusal_of_the_proxy_is_named_as_its_own(
    serving: Serving, answer: bytes, words: str
) -> None:
    """It is no word about the target: the run does not begin."""
    with proxy(answer) as (url, _), callers(serving, url) as roles:
        assert words in obstacle(roles.target, contact(roles))


def test_a_proxy_that_is_not_there_is_named(serving: Serving) -> None:
    """Else the user would look for the mistake at the target."""
    with callers(serving, "http://127.0.0.1:9") as roles:
        said = obstacle(roles.target, contact(roles))

    assert "through the proxy http://127.0.0.1:9: the connection was refused" in said


def test_what_a_proxy_would_decide_is_not_asked(serving: Serving) -> None:
    """Plain HTTP, and addresses: what it refuses there would count as the target's refusal."""
    with proxy() as (url, asked), callers(serving, url) as roles:
        for name in ("plain", "plain_api", "plain_manual_digest", "plain_on_https", "outsider"):
            with pytest.raises(NotRun):
                getattr(roles, name)

    assert asked == []


def test_a_run_through_a_proxy_finds_nothing_broken(serving: Serving) -> None:
    """The smoke run passes, but for plain HTTP; a proxy of the environment is not asked."""
    with proxy() as (url, asked), proxy() as (other, unasked):
        options = [f"--base-url={serving.base_url}", f"--ca-bundle={serving.ca_file}"]
        ended = suite(*options, f"--proxy={url}", "-m", "smoke", HTTPS_PROXY=other)

    assert ended.exit_code == 0, ended.output
    assert ended.rules("not run") == {"plain-http-answers-nothing"}
    assert asked
    assert unasked == []


@pytest.mark.parametrize(
    "url",
    [
        "https://host:3128",
        "host:3128",
        "http://host",
        "http://ada:secret@host:1",
        "http://host:1/x",
    ],
)
def test_what_is_no_usable_proxy_is_refused(url: str) -> None:
    """The message says which are usable, and shows no password."""
    with pytest.raises(TargetError) as caught:
        build_target({"base_url": "https://host/2.4.9", "proxy": url}, ACCOUNT)

    assert "proxy" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_denied_address_and_a_proxy_contradict_each_other() -> None:
    """No local address is seen through a proxy."""
    said = {"base_url": "https://host/2.4.9", "proxy": "http://h:1", "denied_address": "192.0.2.7"}

    with pytest.raises(TargetError, match="leave proxy or denied_address out"):
        build_target(said, ACCOUNT)

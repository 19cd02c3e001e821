"""Raw HTTP over a TLS socket, for requests that no client library sends.

Exchanges are recorded in the journal like any other, and bounded in time and size. The target has
to be on a real socket.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from conformance.verdicts import SetupFailed, not_applicable
from conformance.wire.digest import authorization
from conformance.wire.exchanges import Exchange
from conformance.wire.outgoing import Outgoing
from conformance.wire.responses import Response
from conformance.wire.transport import NoAnswer, explain, target_of

if TYPE_CHECKING:
    from conformance.clients.manual_digest import ManualDigest

HTTPS_PORT = 443
MOST_BYTES = 8 * 1024 * 1024
"""The maximum number of bytes of a response to read."""

HTTP_1_0, HTTP_1_1 = "HTTP/1.0", "HTTP/1.1"
HOST = "Host"
CLOSE = ("Connection", "close")


@dataclass(frozen=True, slots=True)
class RawRequest:
    """A request with every header field given.

    `path` is relative to the base URL. `hosts` are the names of the fields that carry the host; an
    empty tuple leaves it out. `Authorization` and `Connection: close` are added.
    """

    method: str
    path: str
    version: str = HTTP_1_1
    hosts: tuple[str, ...] = (HOST,)
    fields: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


class RawHttp:
    """A caller with the right credentials who writes requests by hand."""

    def __init__(self, manual_digest: ManualDigest) -> None:
        """Take the caller who knows the credentials, and the journal."""
        self._digest = manual_digest
        self._gate = manual_digest.gate
        self._target = manual_digest.target

    def send(self, asked: RawRequest) -> Response:
        """Send a request and return its response; raises SetupFailed where there is none."""
        exchange = self.attempt(asked)
        if exchange.response is None:
            message = f"no answer to {asked.version} {asked.method}: {exchange.failure}"
            raise SetupFailed(message)
        return exchange.response

    def attempt(self, asked: RawRequest) -> Exchange:
        """Send a request with fresh credentials and return the exchange, even without a response.

        Raises SetupFailed where there is no challenge or no connection, NotRun where the request
        may write and the run may not.
        """
        if self._target.without_socket:
            not_applicable("this server is shown without a socket")
        url = self._digest.url(asked.path)
        self._gate.permit(Outgoing(asked.method, url, dict(asked.fields), asked.body))
        challenge = self._digest.challenge("/miscellaneous/ping")
        digest = authorization(self._digest.fields(challenge, asked.method, asked.path))
        self._gate.admit()
        host = urlsplit(url).netloc
        fields = [
            *((name, host) for name in asked.hosts),
            ("Authorization", digest),
            *asked.fields,
            CLOSE,
        ]
        lines = [f"{asked.method} {target_of(url)} {asked.version}"]
        lines += [f"{name}: {value}" for name, value in fields]
        octets = "\r\n".join([*lines, "", ""]).encode() + asked.body
        started = time.perf_counter()
        response, failure = None, ""
        with self._connected() as connection:
            try:
                response = parsed_response(conversation(connection, octets, self._target.timeout))
            except (OSError, NoAnswer, http.client.HTTPException) as error:
                failure = explain(error)
        seconds = time.perf_counter() - started
        exchange = Exchange(
            "raw", asked.method, url, dict(fields), asked.body, response, seconds, failure
        )
        self._gate.keep(exchange)
        return exchange

    def _connected(self) -> ssl.SSLSocket:
        """Return a TLS connection to the target; raises SetupFailed where there is none."""
        parts = urlsplit(self._target.base_url)
        place = (parts.hostname or "", parts.port or HTTPS_PORT)
        authorities = str(self._target.ca_bundle or DEFAULT_CA_BUNDLE_PATH)
        context = ssl.create_default_context(cafile=authorities)
        context.set_alpn_protocols(["http/1.1"])
        try:
            plain = socket.create_connection(place, timeout=self._target.timeout)
        except OSError as error:
            message = f"no connection to {place[0]}: {explain(error)}"
            raise SetupFailed(message) from error
        try:
            return context.wrap_socket(plain, server_hostname=place[0])
        except OSError as error:
            plain.close()
            message = f"no TLS with {place[0]}: {explain(error)}"
            raise SetupFailed(message) from error


def conversation(connection: ssl.SSLSocket, octets: bytes, timeout: float) -> bytes:
    """Send bytes and return the bytes received up to the end of the response.

    `timeout` is in seconds and bounds the whole. Raises NoAnswer after it, or past the maximum
    size.
    """
    deadline = time.monotonic() + timeout
    connection.sendall(octets)
    received = b""
    while not is_complete(received):
        left = deadline - time.monotonic()
        if left <= 0 or len(received) > MOST_BYTES:
            message = "its answer does not end"
            raise NoAnswer(message)
        connection.settimeout(left)
        try:
            chunk = connection.recv(65_536)
        except ssl.SSLError:
            chunk = b""  # closed without saying so in TLS
        if not chunk:
            break
        received += chunk
    return received


def is_complete(received: bytes) -> bool:
    """Tell whether bytes hold a whole response, by its Content-Length, or a 204 or 304."""
    head, end, body = received.partition(b"\r\n\r\n")
    if not end:
        return False
    for line in head.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length" and value.strip().isdigit():
            return len(body) >= int(value)
    return head.split(b" ", 2)[1:2] in ([b"204"], [b"304"])


class _Received:
    """Received bytes with the interface that http.client reads from."""

    def __init__(self, octets: bytes) -> None:
        self._octets = octets

    def makefile(self, mode: str) -> io.BytesIO:
        """Return the bytes as a file."""
        del mode
        return io.BytesIO(self._octets)


def parsed_response(received: bytes) -> Response:
    """Parse a response; the body of one in HTTP/1.0 is not dechunked.

    Raises NoAnswer where there are no bytes, HTTPException where they are not HTTP.
    """
    if not received:
        message = "it closed the connection without an answer"
        raise NoAnswer(message)
    reader = http.client.HTTPResponse(_Received(received))  # type: ignore[arg-type]  # reads only
    reader.begin()
    return Response(reader.status, tuple(reader.getheaders()), reader.read())

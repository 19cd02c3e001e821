"""The transport to the target: adapters of the requests library."""

from __future__ import annotations

import io
import ssl
import time
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol, Unpack

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse
from urllib3.exceptions import HTTPError

from conformance.wire import limits
from conformance.wire.answers import AnswerReader, too_long
from conformance.wire.closing import ClosingPlaces
from conformance.wire.decoding import decoded
from conformance.wire.failures import CLOSED_IDLE, Hangup, NoAnswer, NotOpened, explain
from conformance.wire.idle import IdleConnections
from conformance.wire.responses import Response
from conformance.wire.sockets import BoundSocket, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.wire.answers import Answer, Fields
    from conformance.wire.responses import Arrival
    from conformance.wire.sockets import Place

SAFE_METHODS = frozenset({"GET", "HEAD"})
"""Methods that may be sent once more where a connection turns out to have been closed."""


class Transport(Protocol):
    """Makes the adapter of a client, once per client and thread."""

    def __call__(self, source_address: str | None) -> BaseAdapter:
        """Return an adapter that connects from a local address; None for any."""


class Connection:
    """A connection to a place, and the reader of its answers."""

    def __init__(self, place: Place, deadline: float) -> None:
        """Connect by a deadline; raises OSError where that fails."""
        self.place = place
        self.has_challenged = False
        """Whether the last answer was a 401: its nonce may be known to this connection alone."""
        self._stays = True
        self._socket = BoundSocket(place, deadline)
        self._reader = AnswerReader(self._socket)

    @property
    def is_usable(self) -> bool:
        """Whether it is open and is to stay so, and nothing came that nobody asked for."""
        return self._stays and self._reader.is_empty and self._socket.is_quiet()

    def ask(self, octets: bytes, method: str, deadline: float) -> Answer:
        """Send a request and read its answer, by a deadline; raises NoAnswer and OSError."""
        self._socket.deadline = deadline
        with suppress(ConnectionError, ssl.SSLError):  # it may have answered before it closed
            self._socket.send(octets)
        answer = self._reader.answer_to(method)
        self.has_challenged = answer.status_code == HTTPStatus.UNAUTHORIZED
        self._stays = answer.keeps_open
        return answer

    def close(self) -> None:
        """Close it."""
        self._socket.close()


class NetworkAdapter(BaseAdapter):
    """Opens real connections, and keeps one for as long as the server does.

    It writes the request target and the header fields as they were given: a library that repairs
    them ("%zz" into "%25zz") would hide them from every server, and they would not fit the digest.
    """

    def __init__(
        self,
        source_address: str | None = None,
        closing: ClosingPlaces | None = None,
        proxy: str | None = None,
        idle: IdleConnections[Connection] | None = None,
    ) -> None:
        """Take the local address to connect from; None leaves it to the system.

        `proxy` is the URL of an HTTP proxy that tunnels each connection. `closing` are the places
        that are known to close idle connections just when they are asked again: what may write goes
        there over a new connection each time. `idle` keeps the connections of several adapters.
        """
        super().__init__()
        self._source_address = source_address
        self._proxy = proxy
        self._closing = ClosingPlaces() if closing is None else closing
        self._idle: IdleConnections[Connection] = IdleConnections() if idle is None else idle
        self._told = False
        """Whether the latest answer said that its connection ends with it."""

    def send(  # noqa: PLR0913, PLR0917  (the signature is that of requests)
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: FBT001, FBT002
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,  # noqa: FBT001, FBT002
        cert: object = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send a request and read its whole answer within `timeout` seconds, a single number.

        Raises NoAnswer and OSError. A request is sent once more where the server turns out to have
        given up the idle connection before it: where it can change nothing, or the server says so
        (408). The status of the request is then found in `resent`.
        """
        del stream, cert, proxies
        seconds = timeout if isinstance(timeout, int | float) else limits.LONGEST_WAIT
        deadline = time.monotonic() + seconds
        authorities = None if isinstance(verify, bool) else verify
        place = place_of(str(request.url), authorities, self._source_address, self._proxy)
        octets, method = request_octets(request, place), str(request.method)
        kept = self._take(place, method, answers="Authorization" in request.headers)
        if kept is not None:
            answer = self._ask_kept(kept, octets, method, deadline)
            if answer is not None:
                return _Received(request, answer)
        moved = not self._told
        answer = self._ask(self._opened(place, deadline), octets, method, deadline)
        return _Received(request, answer, resent=kept is not None, anew=True, moved=moved)

    def close(self) -> None:
        """Close the connection."""
        kept = self._idle.take(self)
        if kept is not None:
            kept.close()

    def _opened(self, place: Place, deadline: float) -> Connection:
        """Return a new connection; raises OSError where that fails, NotOpened where it is closed.

        A server that has no room for another one gets it: those that are idle are closed.
        """
        try:
            return Connection(place, deadline)
        except (ConnectionResetError, BrokenPipeError, ssl.SSLEOFError) as error:
            self._idle.close_all()
            raise NotOpened(explain(error)) from error

    def _take(self, place: Place, method: str, *, answers: bool) -> Connection | None:
        """Return the connection that is kept, if it leads to a place and can be used.

        `answers` says that the request answers a challenge, which may have come over it.
        """
        kept = self._idle.take(self)
        if kept is None:
            return None
        is_at_risk = self._closing.may_lose(place, answers=answers and kept.has_challenged)
        may_be_used = method in SAFE_METHODS or not is_at_risk
        if kept.place == place and may_be_used and kept.is_usable:
            return kept
        kept.close()
        return None

    def _ask_kept(
        self, kept: Connection, octets: bytes, method: str, deadline: float
    ) -> Answer | None:
        """Ask on the connection that was kept; None where the server had given it up before.

        Raises Hangup where it is not known whether it did what was asked.
        """
        try:
            answer = self._ask(kept, octets, method, deadline)
        except Hangup as error:
            writes = method not in SAFE_METHODS
            self._closing.learn(kept.place, writes=writes)
            if writes:
                raise Hangup(CLOSED_IDLE) from error
            return None
        given_up = answer.status_code == HTTPStatus.REQUEST_TIMEOUT and not answer.keeps_open
        return None if given_up else answer

    def _ask(self, connection: Connection, octets: bytes, method: str, deadline: float) -> Answer:
        """Ask on a connection, which is kept if it may be used again, and else closed."""
        try:
            answer = connection.ask(octets, method, deadline)
        except BaseException:
            connection.close()
            raise
        self._told = not answer.keeps_open
        if answer.keeps_open:
            self._idle.keep(self, connection)
        else:
            connection.close()
        return answer


class _Received(requests.Response):
    """An answer as requests has it, and how it came."""

    def __init__(
        self, request: requests.PreparedRequest, answer: Answer, **arrival: Unpack[Arrival]
    ) -> None:
        """Put the answer into the words of requests."""
        super().__init__()
        self.request, self.url = request, str(request.url)
        self.status_code, self.arrival = answer.status_code, arrival
        self.raw = HTTPResponse(
            io.BytesIO(answer.body),
            HTTPHeaderDict(answer.fields),
            answer.status_code,
            preload_content=False,
            request_method=request.method,
        )


def request_octets(request: requests.PreparedRequest, place: Place) -> bytes:
    """Return a request as it goes over the wire; Host is added where it has none."""
    fields = list(request.headers.items())
    if "Host" not in request.headers:
        fields.insert(0, ("Host", place.host_field))
    lines = [f"{request.method} {target_of(str(request.url))} HTTP/1.1".encode()]
    lines += [in_octets(name) + b": " + in_octets(value) for name, value in fields]
    body = request.body or b""
    return b"\r\n".join([*lines, b"", in_octets(body)])


def in_octets(text: str | bytes) -> bytes:
    """Return text in Latin-1, as HTTP has it, or else in UTF-8."""
    if isinstance(text, bytes):
        return text
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode()


def target_of(url: str) -> str:
    """Return the request target of a URL: all that follows the host, unchanged."""
    return "/" + url.partition("#")[0].split("/", 3)[3]


class Network:
    """The transport of every remote target: opens real connections.

    What one caller finds out about a place, all callers of the run know.
    """

    def __init__(self, proxy: str | None = None) -> None:
        """Start without knowing anything about any place; `proxy` is what all goes through."""
        self._closing = ClosingPlaces()
        self._idle: IdleConnections[Connection] = IdleConnections()
        self._proxy = proxy

    def __call__(self, source_address: str | None) -> BaseAdapter:
        """Return an adapter that opens real connections."""
        return NetworkAdapter(source_address, self._closing, self._proxy, self._idle)


def send(
    adapter: BaseAdapter,
    prepared: requests.PreparedRequest,
    *,
    timeout: float,
    verify: str | bool,
) -> Response:
    """Send one request and read the whole response.

    The adapter is called without a session around it: so nothing is redirected, no cookie is
    kept, and no setting of the environment (proxies, .netrc, CA bundles) has a say. `timeout` in
    seconds bounds all of it: connecting, TLS, sending, the answer to its end. Raises NoAnswer.
    """
    try:
        received = adapter.send(prepared, stream=True, timeout=timeout, verify=verify)
        body = received.raw.read(limits.LONGEST_BODY + 1, decode_content=False)
        received.close()
    except (requests.RequestException, HTTPError, OSError) as error:
        raise NoAnswer(explain(error)) from error
    fields = tuple(received.raw.headers.items())
    arrival: Arrival = received.arrival if isinstance(received, _Received) else {}
    return response_of(received.status_code, fields, body, **arrival)


def response_of(
    status_code: int, fields: Fields, body: bytes, **arrival: Unpack[Arrival]
) -> Response:
    """Return the response that came, without its content coding; raises NoAnswer past the limit."""
    if len(body) > limits.LONGEST_BODY:
        raise too_long()
    codings = ",".join(value for name, value in fields if name.lower() == "content-encoding")
    return Response(status_code, fields, decoded(body, codings), **arrival)

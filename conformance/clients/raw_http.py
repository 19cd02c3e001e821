"""Raw HTTP exchanges over a connection of their own: for requests that no client library sends.

Recorded in the journal like any other exchange, over the same sockets and read by the same reader
as those of all callers. They need a target on a real socket.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from conformance.clients.manual_digest import challenge_of, first_challenge
from conformance.config.credentials import RIGHT_IN_SHELL
from conformance.spec.addressing import PING
from conformance.verdicts import SetupFailed, not_applicable, not_run
from conformance.wire.busy import is_busy
from conformance.wire.digest import authorization
from conformance.wire.exchanges import Exchange
from conformance.wire.failures import HUNG_UP, NoAnswer, explain
from conformance.wire.outgoing import Outgoing
from conformance.wire.preparing import default_headers
from conformance.wire.sockets import place_of
from conformance.wire.transport import (
    SAFE_METHODS,
    Connection,
    in_octets,
    response_of,
    target_of,
)

if TYPE_CHECKING:
    from conformance.clients.manual_digest import ManualDigest
    from conformance.wire.digest import Challenge
    from conformance.wire.responses import Response

HTTP_1_0, HTTP_1_1 = "HTTP/1.0", "HTTP/1.1"
HOST = "Host"
CLOSE = ("Connection", "close")


@dataclass(frozen=True, slots=True)
class RawRequest:
    """A request as it is written, but for what every caller says of itself.

    `path` is relative to the base URL. `hosts` are the names of the fields that carry the host; an
    empty tuple leaves it out. `Authorization` and `Connection: close` are added, and the fields of
    every request that are not among `fields`: filters turn away who does not say who they are.
    `target` stands on the request line in place of that of the path.
    """

    method: str
    path: str
    version: str = HTTP_1_1
    hosts: tuple[str, ...] = (HOST,)
    fields: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    target: str = ""


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

        The challenge comes over the same connection, as far as the server keeps it: processes
        behind one address need not know each other's nonces. Where it is refused nevertheless, the
        challenge that comes with that is answered, once. Raises SetupFailed where there is no
        challenge or no connection, NotRun where the request may write and the run may not.
        """
        if self._target.without_socket:
            not_applicable("this server is shown without a socket")
        url = self._digest.url(asked.path)
        self._gate.permit(Outgoing(asked.method, url, dict(asked.fields), asked.body))
        return self._gate.send(lambda: self._attempted(asked))

    def sent_as_it_is(self, asked: RawRequest) -> Exchange:
        """Send a request once, with no other credentials than its own, and return the exchange.

        Raises SetupFailed where there is no connection, NotRun where the request may write and the
        run may not, or bears credentials to where they may not go.
        """
        if self._target.without_socket:
            not_applicable("this server is shown without a socket")
        url = self._digest.url(asked.path)
        self._gate.permit(Outgoing(asked.method, url, dict(asked.fields), asked.body))
        if "Authorization" in dict(asked.fields) and not self._target.may_bear_credentials(url):
            not_run("needs --digest-over-http: credentials would go over plain HTTP, or elsewhere")
        return self._gate.send(lambda: self._sent_once(asked))

    def _sent_once(self, asked: RawRequest) -> Exchange:
        """Send a request on a connection of its own."""
        connection = self._connected()
        try:
            return self._exchange(connection, asked, role="anonymous")
        finally:
            connection.close()

    def _attempted(self, asked: RawRequest) -> Exchange:
        """Send a request with fresh credentials, on a connection of its own."""
        connection = self._connected()
        try:
            fetched = self._exchange(connection, RawRequest("GET", PING))
            if fetched.response is None:
                message = f"no answer to GET {PING}: {fetched.failure}"
                raise SetupFailed(message)
            if is_busy(fetched):
                return fetched
            challenge = challenge_of(fetched.response, PING)
            connection = self._kept_or_new(connection)
            exchange = self._exchange(connection, asked, challenge)
            if given_up(exchange) and asked.method in SAFE_METHODS:
                connection = self._renewed(connection)
                exchange = self._exchange(connection, asked, challenge)
            another = exchange.response and first_challenge(exchange.response)
            if another:
                connection = self._renewed(connection)
                exchange = self._exchange(connection, asked, another)
        finally:
            connection.close()
        return exchange

    def _exchange(
        self,
        connection: Connection,
        asked: RawRequest,
        challenge: Challenge | None = None,
        role: str = "raw",
    ) -> Exchange:
        """Send a request over a connection: the last one there if it answers a challenge."""
        self._gate.admit(at_once=challenge is not None)
        url = self._digest.url(asked.path)
        host = urlsplit(url).netloc
        named = {name.lower() for name, _ in asked.fields}
        usual = default_headers(self._target.contact).items()
        fields = [*((name, host) for name in asked.hosts), *asked.fields]
        fields += [each for each in usual if each[0].lower() not in named]
        if challenge is not None:
            digest = authorization(self._digest.fields(challenge, asked.method, asked.path))
            fields += [("Authorization", digest), CLOSE]
        lines = [f"{asked.method} {asked.target or target_of(url)} {asked.version}".encode()]
        lines += [in_octets(name) + b": " + in_octets(value) for name, value in fields]
        octets = b"\r\n".join([*lines, b"", asked.body])
        started = time.perf_counter()
        response, failure = None, ""
        try:
            answer = connection.ask(octets, asked.method, self._deadline())
            response = response_of(answer.status_code, answer.fields, answer.body)
        except (OSError, NoAnswer) as error:
            failure = explain(error)
        exchange = Exchange(
            role,
            asked.method,
            url,
            dict(fields),
            asked.body,
            response,
            time.perf_counter() - started,
            failure,
            RIGHT_IN_SHELL if challenge else "",
            asked.version,
        )
        self._gate.keep(exchange)
        return exchange

    def _kept_or_new(self, connection: Connection) -> Connection:
        """Return a connection if it can be used on, or else a new one."""
        return connection if connection.is_usable else self._renewed(connection)

    def _renewed(self, connection: Connection) -> Connection:
        """Return a new connection in the place of one, which is closed."""
        connection.close()
        return self._connected()

    def _connected(self) -> Connection:
        """Return a new connection to the target; raises SetupFailed where there is none."""
        place = place_of(self._digest.base_url, self._target.ca_bundle, proxy=self._target.proxy)
        try:
            return Connection(place, self._deadline())
        except (OSError, NoAnswer) as error:
            message = f"no connection to {place.host}: {explain(error)}"
            raise SetupFailed(message) from error

    def _deadline(self) -> float:
        """Return when an answer has to be there that is asked for now."""
        return time.monotonic() + self._target.timeout


def given_up(exchange: Exchange) -> bool:
    """Tell whether the server had given up the idle connection before the request came."""
    response = exchange.response
    return exchange.failure == HUNG_UP if response is None else response.gives_up

"""The callers of a run, by their roles."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar, Unpack
from urllib.parse import urlsplit

from conformance.clients.api import Api
from conformance.clients.client import OTHER, Client
from conformance.clients.curl import Curl
from conformance.clients.made_once import made_once
from conformance.clients.manual_digest import ManualDigest
from conformance.clients.ownership import Guard
from conformance.clients.patience import Patience
from conformance.clients.raw_http import RawHttp
from conformance.config.credentials import Credentials, Spelled
from conformance.spec.addressing import PING, versioned
from conformance.verdicts import not_applicable, not_run
from conformance.wire.digest import usable_challenge
from conformance.wire.gate import Gate
from conformance.wire.journal import Journal
from conformance.wire.silence import Silence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.clients.client import Where
    from conformance.config.target import Target
    from conformance.wire.transport import Transport

_Client = TypeVar("_Client", bound=Client)

HTTPS_PORT = 443
WRONG_PASSWORD = Spelled("not-the-password", "not-the-password")
LOOPBACK_NEIGHBOUR = "127.0.0.2"
"""A second address of this machine, which a target on this machine may refuse."""

_NEEDS_ACCOUNT = (
    "needs OTHER_USERNAME and OTHER_PASSWORD: only a second account, which shares nothing with the "
    "first, shows that neither sees, changes, counts or links to what is the other's"
)
_NEEDS_DIRECT = "needs a connection without a proxy, which may do otherwise with plain HTTP"
_NEEDS_ADDRESS = "needs --denied-address: a local address that is not on the account's list"


class Roles:
    """Makes each caller once; all of them share one journal. Threads may share the callers."""

    def __init__(self, target: Target, transport: Transport) -> None:
        """Take the target and the transport that reaches it."""
        self.target = target
        self.gate = Gate(target, Journal())
        self._transport = transport
        self._lock = threading.Lock()
        self._clients: list[Client] = []
        self._by_credentials: dict[Credentials, Client] = {}
        self._by_base_url: dict[str, Client] = {}
        self._silence = Silence()
        self.patience = self.gate.patience = Patience(self.gate, lambda: self.api)
        self.gate.guard = Guard(self.api)

    @property
    def journal(self) -> Journal:
        """Every exchange of the run so far."""
        return self.gate.journal

    @made_once
    def api(self) -> Api:
        """The account's own caller: right credentials, permitted address."""
        return self._kept(Api(self.gate, self._transport, self.target.credentials))

    @made_once
    def other(self) -> Api:
        """The caller of a second account, whose records are its own.

        Its gate has a guard of its own: what it may write to are the records that it has made. A
        busy target keeps both waiting.
        Raises NotRun where the run has no second account.
        """
        credentials = self.target.other_credentials or not_run(_NEEDS_ACCOUNT)
        gate = Gate(self.target, self.journal, self.gate)
        gate.patience = self.patience
        other = Api(gate, self._transport, credentials, role=OTHER, beside=self.api)
        gate.guard = Guard(other)
        return self._kept(other)

    @property
    def accounts(self) -> list[Api]:
        """The callers that may have made records: the account's own, and the second one's."""
        has_called = any(each.role == OTHER for each in self.journal.exchanges)
        return [self.api, self.other] if has_called else [self.api]

    def tidy(self) -> None:
        """Delete, between two cases, what is too much of our records; see `Housekeeping`."""
        if self.target.allow_writes and not self.gate.stopped:
            for account in self.called_accounts:
                account.housekeeping.tidy()

    def tidy_up(self) -> None:
        """Delete all records of ours that nobody needs, before wrong credentials are sent.

        If the account is locked for them, hardly any are left that cannot be deleted.
        """
        if self.target.allow_writes and not self.gate.stopped:
            for account in self.called_accounts:
                account.housekeeping.free(leaving=0)

    @property
    def called_accounts(self) -> list[Api]:
        """The callers of accounts that the run has asked for so far."""
        return [each for each in self._clients if isinstance(each, Api)]

    @made_once
    def courier(self) -> Client:
        """A caller with the right credentials, for requests that may be answered in many ways.

        It has a role of its own, so that no rule about all answers to the account's caller judges
        what a server may say to a field of a gateway, or to a condition.
        """
        return self._made("courier", self.target.credentials)

    @made_once
    def anonymous(self) -> Client:
        """A caller without credentials."""
        return self._made("anonymous")

    @made_once
    def second_session(self) -> Client:
        """Another session of the account's own caller: connections and nonces of its own."""
        return self._made("second session", self.target.credentials)

    def anonymous_at(self, base_url: str) -> Client:
        """Return a caller without credentials at another base URL of the target."""
        return self._made("anonymous", base_url=base_url)

    def impostor(self, password: Spelled = WRONG_PASSWORD) -> Client:
        """Return a caller with the right user name and a wrong password."""
        in_shell = f"$API_USERNAME:{password.in_shell}"
        known = self.target.credentials
        return self._with("impostor", Credentials(known.username, password.text, in_shell))

    def stranger(self, username: Spelled | None = None) -> Client:
        """Return a caller with the right password and a user name that is not the account's."""
        known = self.target.credentials
        other = username or Spelled(f"{known.username}-x", "$API_USERNAME-x")
        in_shell = f"{other.in_shell}:$API_PASSWORD"
        return self._made("stranger", Credentials(other.text, known.password, in_shell))

    def confused(self, looking: Api, owner: Api) -> Client:
        """Return a caller with the user name of one account and the password of another."""
        names = [each.credentials or self.target.credentials for each in (looking, owner)]
        in_shell = ":".join(
            [names[0].in_shell.partition(":")[0], names[1].in_shell.partition(":")[2]]
        )
        return self._with("impostor", Credentials(names[0].username, names[1].password, in_shell))

    def manual_digest(self, account: Api | None = None, **where: Unpack[Where]) -> ManualDigest:
        """Return a caller with its own connections who writes the Authorization field by hand."""
        known = (account and account.credentials) or self.target.credentials
        return self._kept(ManualDigest(self.gate, self._transport, known, **where))

    @made_once
    def digest_by_hand(self) -> ManualDigest:
        """The caller who writes the Authorization field by hand, whose connection rules share."""
        return self.manual_digest()

    @made_once
    def raw_http(self) -> RawHttp:
        """A caller with the right credentials who writes requests byte by byte."""
        return RawHttp(self.manual_digest())

    @made_once
    def plain_raw_http(self) -> RawHttp:
        """A caller who writes requests to the place of plain HTTP byte by byte."""
        return RawHttp(self.plain_manual_digest)

    @made_once
    def curl(self) -> Curl:
        """The real curl; not applicable to a server that is shown without a socket."""
        if self.target.without_socket:
            not_applicable("this server is shown without a socket")
        return Curl(self.gate)

    @made_once
    def outsider(self) -> Client:
        """A caller with the right credentials from an address that is not on the list.

        Raises NotRun where no such address is known: none was given, and a second address of this
        machine, which can be tried, is permitted or does not exist.
        """
        credentials = self.target.credentials
        client = self._made("outsider", credentials, source_address=self.denied_address)
        if self.target.denied_address is None:
            response = client.attempt("GET", PING).response
            if response is None or response.ok:
                not_run(f"{_NEEDS_ADDRESS} ({LOOPBACK_NEIGHBOUR} was tried: it is on the list)")
        return client

    @property
    def denied_address(self) -> str:
        """The local address that is not on the list: the given one, or one to try."""
        named = self.target.denied_address
        direct = self.target.on_this_machine and self.target.proxy is None
        if named is None and not direct:
            not_run(_NEEDS_ADDRESS)
        return named or LOOPBACK_NEIGHBOUR

    def calling(self, base_url: str) -> Client:
        """Return a caller with the account's credentials at another base URL of the target."""
        with self._lock:
            if base_url not in self._by_base_url:
                client = self._made("visitor", self.target.credentials, base_url=base_url)
                self._by_base_url[base_url] = client
            return self._by_base_url[base_url]

    def under(self, versions: Iterable[str]) -> dict[str, Client]:
        """Return callers with the account's credentials under other versions, by the version."""
        return {each: self.calling(versioned(self.target.base_url, each)) for each in versions}

    def elsewhere(self, caller: Client, version: str) -> Client:
        """Return a caller like a given one, under another version of the API."""
        return self._kept(caller.at(versioned(caller.base_url, version)))

    @made_once
    def plain(self) -> Client:
        """A caller over plain HTTP, without credentials; NotRun where a proxy stands between."""
        self._require_direct()
        return self._made("plain", base_url=self.target.http_url, silence=self._silence)

    @made_once
    def plain_api(self) -> Client:
        """A caller over plain HTTP with the right credentials.

        A digest does not reveal the password, but an eavesdropper can test guesses against it: it
        is sent to another machine only where that is permitted. Raises NotRun where it is not
        permitted and the target asks for it, or a proxy stands between.
        """
        self._require_direct()
        if not self.target.may_send_digest_over_http:
            response = self.plain.attempt("GET", PING).response
            if response is not None and usable_challenge(response.all("WWW-Authenticate")):
                not_run("needs --digest-over-http: plain HTTP asks for credentials there")
        credentials = self.target.credentials
        http_url = self.target.http_url
        return self._made("plain", credentials, base_url=http_url, silence=self._silence)

    @made_once
    def plain_manual_digest(self) -> ManualDigest:
        """A caller over plain HTTP who writes the Authorization field by hand, if at all."""
        self._require_direct()
        return self.manual_digest(base_url=self.target.http_url, silence=self._silence)

    @made_once
    def plain_on_https(self) -> Client:
        """A caller who speaks plain HTTP to the HTTPS port, without credentials."""
        self._require_direct()
        host = urlsplit(self.target.base_url)
        port = host.port or HTTPS_PORT
        name = f"[{host.hostname}]" if ":" in (host.hostname or "") else host.hostname
        url = f"http://{name}:{port}{host.path}"
        return self._made("plain", base_url=url, silence=Silence())

    def close(self) -> None:
        """Close every connection, and the record logs."""
        for client in self._clients:
            client.close()
        for account in self.called_accounts:
            if account.ledger.log is not None:
                account.ledger.log.close()

    def _require_direct(self) -> None:
        """End the case as not run where a proxy stands between: what it refuses is its own."""
        if self.target.proxy is not None:
            not_run(_NEEDS_DIRECT)

    def _with(self, role: str, credentials: Credentials) -> Client:
        """Return the caller of a role with these credentials, made once."""
        with self._lock:
            if credentials not in self._by_credentials:
                self._by_credentials[credentials] = self._made(role, credentials)
            return self._by_credentials[credentials]

    def _made(
        self, role: str, credentials: Credentials | None = None, **where: Unpack[Where]
    ) -> Client:
        client = Client(self.gate, self._transport, role=role, credentials=credentials, **where)
        return self._kept(client)

    def _kept(self, client: _Client) -> _Client:
        self._clients.append(client)
        return client

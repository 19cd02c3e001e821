"""Callers of the API in their roles; every exchange goes through here and is recorded."""

from __future__ import annotations

import itertools
import json
import threading
import time
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Self, TypedDict, Unpack

from conformance.spec.addressing import (
    PING,
    Form,
    Override,
    Request,
    list_request,
    request_for,
)
from conformance.spec.media_types import FORM_TYPE, JSON_TYPE
from conformance.verdicts import SetupFailed, not_run
from conformance.wire.digest import DigestSession, may_answer_again
from conformance.wire.exchanges import Exchange
from conformance.wire.failures import NoAnswer
from conformance.wire.gate import SAFE_METHODS
from conformance.wire.outgoing import Outgoing
from conformance.wire.preparing import default_headers, encoded, prepared_request
from conformance.wire.transport import send, target_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from requests.adapters import BaseAdapter

    from conformance.config.credentials import Credentials
    from conformance.spec.addressing import Identity, Options
    from conformance.spec.resources import Resource
    from conformance.wire.gate import Gate
    from conformance.wire.responses import Response
    from conformance.wire.silence import Silence
    from conformance.wire.transport import Transport

OTHER = "other account"
"""The role of the caller of the second account."""

MAY_BE_ANSWERED = frozenset({"api", "plain"})
"""Roles with credentials that may be answered without them: plain HTTP may have a page for all."""


class Where(TypedDict, total=False):
    """The base URL of a caller, if not the target's, and the local address that it calls from.

    Where `silence` may be an answer, it says how long the caller waits for another.
    """

    base_url: str | None
    source_address: str | None
    silence: Silence


class Client:
    """One caller: a role, its credentials (or none) and the address that it calls from.

    Paths are relative to a base URL. Each thread has connections and nonces of its own, so that
    threads can share a client. Without permission to write, no caller sends a method that may
    write: a broken server might let anyone in.
    """

    def __init__(
        self,
        gate: Gate,
        transport: Transport,
        *,
        role: str,
        credentials: Credentials | None = None,
        **where: Unpack[Where],
    ) -> None:
        """Make a caller, by default for the target's base URL from any local address."""
        self.gate = gate
        self.target = target = gate.target
        self.role = role
        self.credentials = credentials
        self.base_url = where.get("base_url") or target.base_url
        self._where = where
        self._transport = transport
        self._source_address = where.get("source_address")
        self._silence = where.get("silence")
        self._default_headers = default_headers(target.contact)
        self._verify: str | bool = str(target.ca_bundle) if target.ca_bundle else True
        self._local = threading.local()
        self._adapters: list[BaseAdapter] = []
        self._lender: Client | None = None

    def at(self, base_url: str) -> Client:
        """Return a caller like this one, but for another base URL."""
        where: Where = {**self._where, "base_url": base_url}
        credentials = self.credentials
        return Client(self.gate, self._transport, role=self.role, credentials=credentials, **where)

    def lent_to(self, role: str, credentials: Credentials | None = None) -> Client:
        """Return a caller of another role, who sends over the connections of this one."""
        borrower = Client(
            self.gate, self._transport, role=role, credentials=credentials, **self._where
        )
        borrower._lender = self
        return borrower

    def get(self, path: str, **options: Unpack[Options]) -> Response:
        """Send a GET; see `request`."""
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Unpack[Options]) -> Response:
        """Send a POST; see `request`."""
        return self.request("POST", path, **options)

    def put(self, path: str, **options: Unpack[Options]) -> Response:
        """Send a PUT; see `request`."""
        return self.request("PUT", path, **options)

    def delete(self, path: str, **options: Unpack[Options]) -> Response:
        """Send a DELETE; see `request`."""
        return self.request("DELETE", path, **options)

    def request(self, method: str, path: str, **options: Unpack[Options]) -> Response:
        """Send one request and return its response.

        `path` starts with "/" and is sent unchanged; for `options` see `Options`. Raises
        SetupFailed where there is no response, NotRun where the run does not permit the request.
        """
        exchange = self.attempt(method, path, **options)
        if exchange.response is None:
            message = f"no answer to {method} {path}: {exchange.failure}"
            raise SetupFailed(message)
        return exchange.response

    def attempt(self, method: str, path: str, **options: Unpack[Options]) -> Exchange:
        """Send one request and return the exchange, which may lack a response; see `request`."""
        self.gate.permit_method(method)
        fields = {**self._default_headers, **options.get("headers", {})}
        headers = {name: value for name, value in fields.items() if value is not None}
        body = b""
        if "json" in options:
            body = json.dumps(options["json"]).encode()
            headers.setdefault("Content-Type", JSON_TYPE)
        elif "data" in options:
            data = options["data"]
            body = data if isinstance(data, bytes) else encoded(data)
            headers.setdefault("Content-Type", FORM_TYPE)
        url = self.url(path, options.get("params"))
        outgoing = Outgoing(method, url, headers, body)
        self.gate.permit(outgoing)
        permitted = self.target.may_bear_credentials(url)
        by_hand = "Authorization" in headers
        if by_hand and not permitted:
            not_run("needs --digest-over-http: credentials would go over plain HTTP, or elsewhere")
        if self.credentials is None or by_hand or not permitted:
            return self.gate.send(lambda: self._exchange(outgoing, at_once=by_hand))
        digest = self._digest(self.credentials)
        return self.gate.send(lambda: self._authenticated(digest, outgoing))

    def ask(
        self,
        method: str,
        identity: Identity,
        form: Form = Form.PATH,
        override: Override = Override.NATIVE,
        data: Mapping[str, str] | None = None,
    ) -> Response:
        """Send a request for one record in one of the equal ways."""
        return self.send(request_for(method, identity, form, override, data))

    def send(self, asked: Request) -> Response:
        """Send a prepared request and return its response; see `request`."""
        return self.request(asked.method, asked.path, **asked.options)

    def ask_list(
        self, resource: Resource, parent_id: str | None = None, form: Form = Form.PARAMETERS
    ) -> Response:
        """GET the first page of a list, for a sub-resource of one parent, in either form."""
        return self.send(list_request(resource, parent_id, form))

    def url(self, path: str, params: Mapping[str, str] | None = None) -> str:
        """Return the whole URL of a path with parameters."""
        query = encoded(params).decode() if params else ""
        joint = "" if not query else "&" if "?" in path else "?"
        return self.base_url + path + joint + query

    def hung_up(self) -> Self:
        """Close the connection of this thread, so that the next request opens another one.

        Were that asked for by `Connection: close`, the challenge of a 401 could not be answered on
        the connection that it may be bound to.
        """
        self._adapter().close()
        return self

    def forget_nonce(self) -> None:
        """Let the next request of this thread be challenged anew."""
        if self.credentials is not None:
            self._digest(self.credentials).forget()

    def close(self) -> None:
        """Close the connections of every thread."""
        for adapter in self._adapters:
            adapter.close()

    def _authenticated(self, digest: DigestSession, outgoing: Outgoing) -> Exchange:
        """Send a request with digest credentials, again while a challenge makes that useful.

        A request that may write is never sent without credentials first: a server that executed it
        despite the 401 would do so twice.
        """
        user, answers = digest.credentials.in_shell, False
        method, target = outgoing.method, target_of(outgoing.url)
        if not digest.ready and method not in SAFE_METHODS:
            ping = Outgoing("GET", self.url(PING), self._default_headers)
            asked = self.gate.send(lambda: self._exchange(ping, user))
            if asked.response is not None:
                answers = digest.learn(asked.response.all("WWW-Authenticate"))
        for sent in itertools.count(1):
            answer = digest.answer(method, target)
            proof = {"Authorization": answer} if answer else {}
            authorized = replace(outgoing, headers={**outgoing.headers, **proof})
            exchange = self._exchange(authorized, user, at_once=answers)
            response = exchange.response
            if response is None:
                break
            digest.follow(response.headers.get("Authentication-Info", ""))
            if response.ok and answer is None and self.role not in MAY_BE_ANSWERED:
                message = f"{method} {target} is answered without any credentials"
                raise SetupFailed(message)
            if response.status_code != HTTPStatus.UNAUTHORIZED:
                break
            sure = self.role == "api" and response.anew
            offered = response.all("WWW-Authenticate")
            answers = digest.learn(offered, sure=sure)
            if not answers or not may_answer_again(offered, sent):
                break
        return exchange

    def _exchange(self, outgoing: Outgoing, user: str = "", *, at_once: bool = False) -> Exchange:
        """Send a request, once, and record the exchange; `user` is that of `Exchange`.

        What answers a challenge is sent `at_once`; see `Gate.admit`.
        """
        method, url = outgoing.method, outgoing.url
        self.gate.admit_credentials(method, outgoing.headers)
        self.gate.admit(at_once=at_once)
        prepared = prepared_request(method, url, outgoing.headers, outgoing.body)
        started = time.perf_counter()
        response, failure = None, ""
        try:
            response = send(self._adapter(), prepared, timeout=self._timeout, verify=self._verify)
        except NoAnswer as error:
            failure = str(error)
        if self._silence is not None:
            self._silence.learn(failure)
        seconds = time.perf_counter() - started
        exchange = Exchange(
            self.role,
            method,
            url,
            prepared.headers,
            outgoing.body,
            response,
            seconds,
            failure,
            user,
        )
        self.gate.keep(exchange)
        return exchange

    @property
    def _timeout(self) -> float:
        """The seconds until a whole answer has to be there."""
        longest = self.target.timeout
        return longest if self._silence is None else min(longest, self._silence.seconds)

    def _adapter(self) -> BaseAdapter:
        """Return this thread's adapter, or that of the caller whose connections are lent."""
        if self._lender is not None:
            return self._lender._adapter()  # noqa: SLF001  (the same class)
        adapter: BaseAdapter | None = getattr(self._local, "adapter", None)
        if adapter is None:
            adapter = self._local.adapter = self._transport(self._source_address)
            self._adapters.append(adapter)
        return adapter

    def _digest(self, credentials: Credentials) -> DigestSession:
        """Return this thread's digest session."""
        digest: DigestSession | None = getattr(self._local, "digest", None)
        if digest is None:
            digest = self._local.digest = DigestSession(credentials)
        return digest

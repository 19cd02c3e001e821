"""How requests reach the target: adapters of the requests library."""

from __future__ import annotations

import time
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from conformance.wire.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

MAXIMUM_BODY = 64 * 1024 * 1024
"""Bytes of a response that are read at most."""

_CHUNK = 256 * 1024


class Transport(Protocol):
    """Makes the adapter that a client sends with, once per client and thread."""

    def __call__(self, source_address: str | None) -> BaseAdapter:
        """Return an adapter whose connections come from an address; None: any address."""


class NoAnswer(Exception):  # noqa: N818  (what happened, not whose fault it is)
    """No complete response came; the message says what happened instead."""


_target: ContextVar[str | None] = ContextVar("target", default=None)
"""The request target of the request that is being sent, as it is to go onto the line."""


class _AsItIs:
    """A connection that writes the request target as it was given.

    urllib3 would repair it on the way: "%zz" becomes "%25zz" and "%c3" becomes "%C3", so that no
    server ever saw the one, and the other did not fit its digest.
    """

    def putrequest(self, method: str, url: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Begin a request."""
        super().putrequest(method, _target.get() or url, *args, **kwargs)  # type: ignore[misc]


class _HTTPConnection(_AsItIs, HTTPConnection):
    pass


class _HTTPSConnection(_AsItIs, HTTPSConnection):
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _HTTPConnection


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _HTTPSConnection


class SourceAddressAdapter(HTTPAdapter):
    """Connects from a given local address, and never tries again by itself."""

    def __init__(self, source_address: str | None = None) -> None:
        """Take the local address to connect from; None leaves it to the system."""
        self._source_address = source_address
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (as requests has it)
        """Make the pool of connections, bound to the source address."""
        if self._source_address is not None:
            kwargs["source_address"] = (self._source_address, 0)
        super().init_poolmanager(*args, **kwargs)
        pools = {"http": _HTTPPool, "https": _HTTPSPool}
        self.poolmanager.pool_classes_by_scheme = pools


def target_of(url: str) -> str:
    """Return what the request line carries for a URL: what stands behind the host, as it is."""
    return "/" + url.partition("#")[0].split("/", 3)[3]


def over_the_network(source_address: str | None) -> BaseAdapter:
    """Return an adapter that opens real connections: the transport of every remote target."""
    return SourceAddressAdapter(source_address)


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
    seconds bounds the connection, each wait, and the whole. Raises NoAnswer.
    """
    deadline = time.monotonic() + timeout
    token = _target.set(target_of(str(prepared.url)))
    try:
        received = adapter.send(prepared, stream=True, timeout=timeout, verify=verify)
        body = _read(received, deadline)
    except (requests.RequestException, OSError) as error:
        raise NoAnswer(explain(error)) from error
    finally:
        _target.reset(token)
    return Response(received.status_code, tuple(received.raw.headers.items()), body)


def explain(error: Exception) -> str:
    """Say in a few words why no answer came."""
    causes: list[BaseException] = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and cause not in causes:
        causes.append(cause)
    text = " ".join(str(cause) for cause in causes)
    for sign, explanation in _EXPLANATIONS.items():
        if sign in text:
            return explanation
    return f"{type(error).__name__}: {error}"


_EXPLANATIONS: Mapping[str, str] = {
    "CERTIFICATE_VERIFY_FAILED": "its certificate is not trusted",
    "WRONG_VERSION_NUMBER": "it does not speak TLS",
    "Connection refused": "the connection was refused",
    "Name or service not known": "the host name is not known",
    "nodename nor servname": "the host name is not known",
    "Temporary failure in name resolution": "the host name could not be resolved",
    "No address associated with hostname": "the host name has no address",
    "Cannot assign requested address": "the local address does not exist on this machine",
    "timed out": "it did not answer in time",
    "Connection aborted": "it closed the connection without an answer",
    "Connection reset": "it reset the connection",
    "IncompleteRead": "it closed the connection in the middle of the answer",
}


def _read(received: requests.Response, deadline: float) -> bytes:
    """Return the body, decoded; raises NoAnswer past the deadline or the greatest length."""
    body = b""
    chunks = received.iter_content(_CHUNK)
    while time.monotonic() <= deadline:
        chunk = next(chunks, None)
        if chunk is None:
            return body
        body += chunk
        if len(body) > MAXIMUM_BODY:
            received.close()
            message = f"its answer is longer than {MAXIMUM_BODY} bytes"
            raise NoAnswer(message)
    received.close()
    message = "it did not finish its answer in time"
    raise NoAnswer(message)

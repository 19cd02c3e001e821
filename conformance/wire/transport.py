"""The transport to the target: adapters of the requests library."""

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
"""The maximum number of bytes of a response to read."""

_CHUNK = 256 * 1024


class Transport(Protocol):
    """Makes the adapter of a client, once per client and thread."""

    def __call__(self, source_address: str | None) -> BaseAdapter:
        """Return an adapter that connects from a local address; None for any."""


class NoAnswer(Exception):  # noqa: N818  (what happened, not whose fault it is)
    """There is no complete response; the message says why."""


_target: ContextVar[str | None] = ContextVar("target", default=None)
"""The request target of the present request, as it goes onto the request line."""


class _AsItIs:
    """A connection that sends the request target unchanged.

    urllib3 would normalise it: "%zz" becomes "%25zz" and "%c3" becomes "%C3", so that no server
    would see the former, and the latter would not match its digest.
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
    """Connects from a given local address, and never retries by itself."""

    def __init__(self, source_address: str | None = None) -> None:
        """Take the local address to connect from; None leaves it to the system."""
        self._source_address = source_address
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (as requests has it)
        """Make the pool of connections, bound to the local address."""
        if self._source_address is not None:
            kwargs["source_address"] = (self._source_address, 0)
        super().init_poolmanager(*args, **kwargs)
        pools = {"http": _HTTPPool, "https": _HTTPSPool}
        self.poolmanager.pool_classes_by_scheme = pools


def target_of(url: str) -> str:
    """Return the request target of a URL: all that follows the host, unchanged."""
    return "/" + url.partition("#")[0].split("/", 3)[3]


def over_the_network(source_address: str | None) -> BaseAdapter:
    """Return an adapter with real connections: the transport of every remote target."""
    return SourceAddressAdapter(source_address)


def send(
    adapter: BaseAdapter,
    prepared: requests.PreparedRequest,
    *,
    timeout: float,
    verify: str | bool,
) -> Response:
    """Send one request and read the whole response.

    The adapter is called without a session: so no redirect is followed, no cookie is kept, and the
    environment (proxies, .netrc, CA bundles) is ignored. `timeout` in seconds bounds the
    connection, each wait, and the whole. Raises NoAnswer.
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
    """Return in a few words why there is no response."""
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
    """Return the body, decoded; raises NoAnswer past the deadline or the maximum size."""
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

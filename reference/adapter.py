"""A transport for `requests` that calls a reference server instead of opening a socket."""

import time
from collections.abc import Callable, Mapping
from email.utils import formatdate
from http.client import responses as reasons
from io import BytesIO
from itertools import count
from typing import Final

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers
from urllib3 import HTTPHeaderDict, HTTPResponse

from .message import Request, Response
from .server import Reference

HTTP_1_1: Final = 11
NUMBERS: Final = count(1)
"""A number for the connections of each caller."""

Timeout = float | tuple[float | None, float | None] | None


class InProcessAdapter(BaseAdapter):
    """Answers a requests session without a socket."""

    def __init__(
        self,
        server: Reference,
        client: str = "127.0.0.1",
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Ask `server`, as a caller from the address `client`, who lets time pass by `sleep`."""
        super().__init__()
        self.server = server
        self.client = client
        self.sleep = sleep
        self.closed = 0
        self.number = next(NUMBERS)

    def send(  # noqa: PLR0913, PLR0917 - the signature is that of requests
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: FBT001, FBT002
        timeout: Timeout = None,
        verify: bool | str = True,  # noqa: FBT001, FBT002
        cert: object = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send a request, and wait for the response as long as `timeout` allows."""
        del verify, cert, proxies
        answer = self.server.respond(self.arrived(request))
        if answer.hangs_up:
            message = "Connection reset"
            raise requests.ConnectionError(message)
        if answer.delay:
            self.wait(answer.delay, timeout)
        response = received(request, answer)
        response.connection = self  # type: ignore[assignment]  # HTTPDigestAuth asks it again
        if not stream:
            _ = response.content  # reads the body
        return response

    def wait(self, delay: float, timeout: Timeout) -> None:
        """Wait for a late response, or give up on it."""
        patience = timeout[1] if isinstance(timeout, tuple) else timeout
        if patience is not None and delay > patience:
            self.sleep(patience)
            message = "The response did not come in time"
            raise requests.ReadTimeout(message)
        self.sleep(delay)

    def close(self) -> None:
        """Count it: there is nothing to close, but a server may be asked anew."""
        self.closed += 1

    def arrived(self, request: requests.PreparedRequest) -> Request:
        """A prepared request, as a server would see it."""
        scheme, _, rest = (request.url or "").partition("://")
        headers = [(field_text(name), field_text(text)) for name, text in request.headers.items()]
        if "Host" not in request.headers:
            headers.insert(0, ("Host", rest.partition("/")[0].partition("?")[0]))
        return Request(
            method=request.method or "",
            target="/" + (request.url or "").partition("#")[0].split("/", 3)[-1],
            headers=tuple(headers),
            body=octets(request.body),
            client=self.client,
            connection=self.closed,
            pool=self.number,
            secure=scheme == "https",
        )


def field_text(text: str | bytes) -> str:
    """A header field's name or value after it went over the wire."""
    if isinstance(text, str):
        if text.isascii():
            return text
        text = text.encode("latin-1")
    return text.decode("utf-8", "surrogateescape")


def octets(body: object) -> bytes:
    """The bytes of a body, in whatever form requests takes one."""
    if body is None:
        return b""
    if isinstance(body, bytes):
        return body
    if isinstance(body, str):
        return body.encode()
    read = getattr(body, "read", None)
    if read is not None:
        return octets(read())
    return b"".join(octets(part) for part in body)  # type: ignore[attr-defined]  # an iterable


def received(request: requests.PreparedRequest, answer: Response) -> requests.Response:
    """A response, as requests makes one of what comes from a socket."""
    headers = HTTPHeaderDict()
    for name, value in (*answer.headers, *framing(answer)):
        headers.add(name, value)
    body = b"" if request.method == "HEAD" else answer.body
    response = requests.Response()
    response.raw = HTTPResponse(
        BytesIO(body),
        headers,
        answer.status,
        version=HTTP_1_1,
        reason=reasons.get(answer.status, ""),
        preload_content=False,
        request_method=request.method,
        request_url=request.url,
    )
    response.status_code = answer.status
    response.reason = reasons.get(answer.status, "")
    response.headers = CaseInsensitiveDict(headers)
    response.encoding = get_encoding_from_headers(response.headers)
    response.url = request.url or ""
    response.request = request
    return response


def framing(answer: Response) -> list[tuple[str, str]]:
    """The header fields that a server adds when it puts a response on the wire."""
    named = {name.lower() for name, _ in answer.headers}
    lacks_date = answer.dated and "date" not in named
    fields = [("Date", formatdate(usegmt=True))] if lacks_date else []
    if answer.chunked:
        fields.append(("Transfer-Encoding", "chunked"))
    elif "content-length" not in named:
        fields.append(("Content-Length", str(len(answer.body))))
    if answer.close:
        fields.append(("Connection", "close"))
    return fields

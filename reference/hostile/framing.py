"""HTTP/1.1 as bytes: the little of it that a hostile server keeps to."""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from email.utils import formatdate
from http import HTTPStatus
from typing import Final

from reference import Request, Response

PIECE: Final = 64 * 1024
"""The bytes that are sent or received at once."""
MOST_HEAD: Final = 1024 * 1024
MOST_BODY: Final = 8 * 1024 * 1024
JSON: Final = b"Content-Type: application/json; charset=utf-8"
XML: Final = b"Content-Type: application/xml; charset=utf-8"
LENGTH: Final = re.compile("[0-9]{1,9}")
BLANK: Final = b"\r\n\r\n"


def head(status: bytes, *fields: bytes) -> bytes:
    """The beginning of an answer: a status line, lines of fields, a blank line."""
    return b"\r\n".join((b"HTTP/1.1 " + status, *fields, b"", b""))


def chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces as chunks of a chunked body, with its end."""
    for piece in pieces:
        if piece:
            yield b"%x\r\n%s\r\n" % (len(piece), piece)
    yield b"0\r\n\r\n"


def repeated(piece: bytes, times: int) -> Iterator[bytes]:
    """A piece so many times, joined to pieces that are worth sending."""
    at_once = max(1, PIECE // len(piece))
    full, rest = divmod(times, at_once)
    yield from itertools.repeat(piece * at_once, full)
    yield piece * rest


def numbered(pattern: bytes, times: int) -> Iterator[bytes]:
    """A pattern with the numbers from 0 put in, joined to pieces that are worth sending."""
    for start in range(0, times, 1000):
        yield b"".join(pattern % turn for turn in range(start, min(start + 1000, times)))


def written(request: Request, response: Response) -> bytes:
    """A response as it should go onto the wire."""
    status = HTTPStatus(response.status)
    length = b"Content-Length: %d" % len(response.body)
    fields = [f"{name}: {value}".encode() for name, value in response.headers]
    date = b"Date: " + formatdate(usegmt=True).encode()
    closing = [b"Connection: close"] if ends_after(request) else []
    body = b"" if request.method == "HEAD" else response.body
    return head(f"{status.value} {status.phrase}".encode(), *fields, date, length, *closing) + body


def ends_after(request: Request) -> bool:
    """Whether the connection is closed when this request is answered."""
    asked = (request.header("Connection") or "").lower()
    return "close" in asked or (request.http_version == "1.0" and "keep-alive" not in asked)


def read_request(
    buffer: bytes, receive: Callable[[], bytes], send: Callable[[bytes], None]
) -> tuple[Request, bytes] | None:
    """Read one request, and what came after it; None where it is none, or too large.

    `buffer` is what came before, `receive` gives more, `send` says that a body may come.
    """
    while BLANK not in buffer:
        if len(buffer) > MOST_HEAD:
            return None
        buffer += receive()
    start, _, buffer = buffer.partition(BLANK)
    request = parsed(start)
    if request is None:
        return None
    if "100-continue" in (request.header("Expect") or "").lower():
        send(b"HTTP/1.1 100 Continue\r\n\r\n")
    if "chunked" in (request.header("Transfer-Encoding") or "").lower():
        body, buffer = read_chunks(buffer, receive)
        return with_body(request, body), buffer
    length = request.header("Content-Length") or "0"
    if not LENGTH.fullmatch(length) or int(length) > MOST_BODY:
        return None
    while len(buffer) < int(length):
        buffer += receive()
    return with_body(request, buffer[: int(length)]), buffer[int(length) :]


def read_chunks(buffer: bytes, receive: Callable[[], bytes]) -> tuple[bytes, bytes]:
    """Read a chunked body, as it ends where chunks do; trailers are not looked for."""
    body = b""
    while True:
        while b"\r\n" not in buffer:
            buffer += receive()
        line, _, buffer = buffer.partition(b"\r\n")
        try:
            size = int(line.partition(b";")[0], 16)
        except ValueError:
            return body, b""
        while len(buffer) < size + 2:
            buffer += receive()
        body, buffer = body + buffer[:size], buffer[size + 2 :]
        if size <= 0 or len(body) > MOST_BODY:
            return body, buffer


def parsed(start: bytes) -> Request | None:
    """A request without its body; None where it is none."""
    line, *fields = start.decode("utf-8", "surrogateescape").lstrip("\r\n").split("\r\n")
    parts = line.split(" ")
    if len(parts) != 3 or not parts[2].startswith("HTTP/"):  # noqa: PLR2004 - of a request line
        return None
    split = [each.partition(":") for each in fields]
    headers = tuple((name, value.strip(" \t")) for name, _, value in split)
    return Request(parts[0], parts[1], headers, http_version=parts[2].removeprefix("HTTP/"))


def with_body(request: Request, body: bytes) -> Request:
    """A request with its body."""
    return Request(
        request.method, request.target, request.headers, body, http_version=request.http_version
    )

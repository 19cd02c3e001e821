"""Modes of the port for plain HTTP: over TLS all is well."""

from typing import Final

from .acting_text import ALL, one_line
from .framing import JSON, head, repeated
from .mode import Act, Family, Mode, kebab
from .size import GZIP, bomb
from .wire import Wire

FAMILY: Final = Family("plain-http")


def over_plain_http(act: Act) -> Act:
    """Make a mode of what is done for a request over plain HTTP."""
    name, sentence = kebab(getattr(act, "__name__", "")), (act.__doc__ or "").strip()
    FAMILY.add(Mode(f"plain-http-{name}", sentence, FAMILY.name, plain=act))
    return act


@over_plain_http
def silent(wire: Wire) -> None:
    """Says nothing over plain HTTP."""
    wire.hold()


@over_plain_http
def reset(wire: Wire) -> None:
    """Resets each connection over plain HTTP."""
    wire.reset()


@over_plain_http
def dripped(wire: Wire) -> None:
    """Sends a body byte by byte over plain HTTP, without end."""
    wire.send(head(b"403 Forbidden", JSON, b"Content-Length: 1000000"))
    wire.repeat(b" ", 0.1)


@over_plain_http
def without_end(wire: Wire) -> None:
    """Sends fields over plain HTTP without end."""
    wire.send(b"HTTP/1.1 403 Forbidden\r\n")
    wire.repeat(lambda turn: b"X-%d: a\r\n" % turn * 100)


@over_plain_http
def garbage(wire: Wire) -> None:
    """Answers what is no HTTP over plain HTTP."""
    wire.stream(repeated(b"\xde\xad\xbe\xef", 10_000))
    wire.end()


@over_plain_http
def bombed(wire: Wire) -> None:
    """Sends ten megabytes that become ten gigabytes over plain HTTP."""
    wire.chunked(b"403 Forbidden", JSON, b"Content-Encoding: gzip", pieces=bomb(GZIP))


@over_plain_http
def redirected(wire: Wire) -> None:
    """Redirects over plain HTTP to itself."""
    lure = f"{wire.around.http_url}/lure".encode()
    wire.answer(b"301 Elsewhere", b"Location: " + lure, body=b"")


@over_plain_http
def asks_for_the_password(wire: Wire) -> None:
    """Asks over plain HTTP for the password itself."""
    fields = b'WWW-Authenticate: Basic realm="API"', JSON
    wire.answer(b"401 Unauthorized", *fields, body=b"null")


@over_plain_http
def with_acting_texts(wire: Wire) -> None:
    """Answers over plain HTTP with all the texts that want to act."""
    line = one_line(ALL)
    wire.answer(b"200 " + line, b"X-Text: " + line, JSON, body=b'{"ping":"ok"}')

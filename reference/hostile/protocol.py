"""Modes that break HTTP: framing, status lines and fields that are not what they seem."""

from typing import Final

from .framing import JSON, head
from .mode import Family
from .wire import Wire

FAMILY: Final = Family("protocol")
BODY: Final = b'{"customers":[]}'
SIZE: Final = b"Content-Length: 16"
CHUNKED: Final = b"Transfer-Encoding: chunked"
WHOLE: Final = head(b"200 OK", JSON, SIZE) + BODY


def chunk(length: bytes) -> bytes:
    """An answer whose first chunk has this length."""
    return head(b"200 OK", JSON, CHUNKED) + length + b"\r\n" + BODY + b"\r\n0\r\n\r\n"


def lengths(*fields: bytes) -> bytes:
    """An answer that tells its length with these fields."""
    return head(b"200 OK", JSON, *fields) + BODY


def status(line: bytes) -> bytes:
    """An answer with this status line."""
    return b"\r\n".join((line, JSON, SIZE, b"", BODY))


LIES: Final[dict[str, tuple[str, bytes]]] = {
    "chunk-length-negative": ("a chunk of negative length", chunk(b"-10")),
    "chunk-length-huge": ("a chunk of a length beyond all bounds", chunk(b"F" * 40)),
    "chunk-length-2-gb": ("a chunk of which two gigabytes are promised", chunk(b"7FFFFFFF")),
    "chunk-length-with-0x": ("a chunk whose length begins with 0x", chunk(b"0x10")),
    "chunk-length-with-underscore": ("a chunk whose length has an underscore", chunk(b"1_0")),
    "chunk-length-no-number": ("a chunk whose length is no number", chunk(b"sixteen")),
    "chunk-length-empty": ("a chunk without a length", chunk(b"")),
    "chunk-too-long": ("a chunk longer than it says", chunk(b"2")),
    "length-negative": ("a negative length", lengths(b"Content-Length: -1")),
    "length-huge": ("a length beyond all bounds", lengths(b"Content-Length: " + b"9" * 40)),
    "length-of-million": ("a length of a million digits",
                          lengths(b"Content-Length: " + b"9" * 1_000_000)),
    "length-hexadecimal": ("a hexadecimal length", lengths(b"Content-Length: 0x10")),
    "length-with-plus": ("a length with a plus sign", lengths(b"Content-Length: +16")),
    "length-no-number": ("a length that is no number", lengths(b"Content-Length: many")),
    "length-other-digits": ("a length in Arabic digits",
                            lengths("Content-Length: ١٦".encode())),
    "lengths-two": ("two lengths", lengths(SIZE, b"Content-Length: 5")),
    "lengths-listed": ("two lengths in one field", lengths(b"Content-Length: 16, 5")),
    "length-and-chunked": ("a length for a chunked body",
                           head(b"200 OK", JSON, CHUNKED, b"Content-Length: 3")
                           + b"10\r\n" + BODY + b"\r\n0\r\n\r\n"),
    "coding-unknown": ("an unknown transfer coding",
                       lengths(b"Transfer-Encoding: identity, sideways", SIZE)),
    "chunked-twice": ("a body that is chunked twice",
                      head(b"200 OK", JSON, b"Transfer-Encoding: chunked, chunked")
                      + b"1a\r\n10\r\n" + BODY + b"\r\n0\r\n\r\n0\r\n\r\n"),
    "no-content-with-body": ("a body with 204", head(b"204 No Content", JSON, SIZE) + BODY),
    "not-modified-with-body": ("a body with 304", head(b"304 Not Modified", JSON, SIZE) + BODY),
    "switching-protocols": ("101, and then another protocol",
                            head(b"101 Switching Protocols", b"Upgrade: x") + b"\x00\x01" * 50),
    "status-0": ("the status code 0", status(b"HTTP/1.1 0 None")),
    "status-000": ("the status code 000", status(b"HTTP/1.1 000 None")),
    "status-99": ("the status code 99", status(b"HTTP/1.1 99 Low")),
    "status-999": ("the status code 999", status(b"HTTP/1.1 999 High")),
    "status-1000": ("the status code 1000", status(b"HTTP/1.1 1000 Higher")),
    "status-negative": ("a negative status code", status(b"HTTP/1.1 -200 OK")),
    "status-abc": ("a status code that is no number", status(b"HTTP/1.1 abc OK")),
    "status-of-million": ("a status code of a million digits",
                          status(b"HTTP/1.1 2" + b"0" * 1_000_000 + b" OK")),
    "status-line-without-reason": ("a status line without a reason", status(b"HTTP/1.1 200")),
    "status-line-empty": ("an empty status line", status(b"")),
    "http-0-9": ("a body without status line or fields", BODY),
    "http-1-0": ("an answer in HTTP/1.0", status(b"HTTP/1.0 200 OK")),
    "http-9-9": ("an answer in HTTP/9.9", status(b"HTTP/9.9 200 OK")),
    "http-2-preface": ("frames of HTTP/2",
                       b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + b"\x00\x03\x00\x00\x00\x80" * 3),
    "other-protocol": ("the greeting of a mail server", b"220 mail.example ESMTP ready\r\n"),
    "field-folded": ("a field that goes on in the next line",
                     lengths(SIZE, b"X-Folded: a\r\n\tb\r\n c")),
    "field-with-nul": ("NUL in fields", lengths(SIZE, b"X-Nul: a\x00b", b"X\x00: a")),
    "field-with-bare-cr": ("a bare CR in a field", lengths(SIZE, b"X-Cr: a\rX-In: b")),
    "lines-with-bare-lf": ("lines that end in LF alone", WHOLE.replace(b"\r\n", b"\n")),
    "lines-with-bare-cr": ("lines that end in CR alone", WHOLE.replace(b"\r\n", b"\r")),
    "field-name-with-blank": ("blanks in the names of fields",
                              lengths(SIZE, b"X Blank: a", b"X-Before : b", b" X-First: c")),
    "field-name-empty": ("a field without a name", lengths(SIZE, b": nameless")),
    "field-without-colon": ("a field without a colon", lengths(b"no colon here", SIZE)),
    "field-not-ascii": ("fields in UTF-8 and Latin-1",
                        lengths(SIZE, "X-Ünicode: åäö 山".encode(), b"X-Latin: \xe5\xff")),
    "fields-cut": ("fields without the blank line at their end", b"HTTP/1.1 200 OK\r\n" + SIZE),
    "media-types-two": ("two media types", lengths(SIZE, b"Content-Type: text/html")),
    "media-type-odd": ("a media type that is none",
                       head(b"200 OK", b'Content-Type: ;;="/\\;charset="\x01', SIZE) + BODY),
    "date-odd": ("dates beyond all calendars",
                 lengths(SIZE, b"Date: Fri, 99 Foo 99999 99:99:99 GMT", b"Age: -1")),
}  # fmt: skip

CUT: Final = frozenset({"http-0-9", "fields-cut", "switching-protocols"})
"""Those after which the connection is closed: only that makes them what they are."""


def lie(name: str, what: str, data: bytes) -> None:
    """Make a mode of an answer that breaks HTTP."""

    @FAMILY.answering(name, f"Sends {what}.", at_start_too=name in AT_START_TOO)
    def act(wire: Wire) -> None:
        wire.send(data)
        if name in CUT:
            wire.end()


AT_START_TOO: Final = frozenset(
    {"chunk-length-negative", "length-negative", "status-abc", "http-0-9", "http-2-preface",
     "other-protocol", "status-of-million", "status-0"}
)  # fmt: skip

for key, (told, sent) in LIES.items():
    lie(key, told, sent)


@FAMILY.answering()
def answers_before_request(wire: Wire) -> None:
    """Sends the answer to the next request before that was sent."""
    wire.honest()
    wire.send(WHOLE)


@FAMILY.answering()
def answers_twice(wire: Wire) -> None:
    """Sends two answers to each request, the second of which grants what was never asked for."""
    wire.honest()
    wire.answer(b"200 OK", JSON, body=b'{"customers":[{"customer_id":"1","name":"smuggled"}]}')


@FAMILY.answering()
def answers_the_one_before(wire: Wire) -> None:
    """Sends each time the answer to the request before, on the same connection."""
    kept = wire.response, wire.request
    wire.response, wire.request = wire.last or kept
    wire.honest()
    wire.last = kept
    wire.request = kept[1]


@FAMILY.answering()
def answers_of_another(wire: Wire) -> None:
    """Sends the answer of a ping, whatever is asked for."""
    wire.answer(b"200 OK", JSON, body=b'{"ping":"ok"}')


@FAMILY.answering()
def garbage_after_answer(wire: Wire) -> None:
    """Sends two hundred bytes after each answer that are no HTTP."""
    wire.honest()
    wire.send(b"\x00garbage\xff" * 25)

"""Modes of size: answers, fields and JSON that are too large to be held in memory."""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from .framing import JSON, head, numbered, repeated
from .mode import Family
from .wire import Wire

FAMILY: Final = Family("size")
MEGABYTE: Final = 1024 * 1024
BOMB_MEGABYTES: Final = 10 * 1024
"""What a bomb of compressed data makes: 10 GB."""
MANY: Final = 1_000_000
GZIP: Final = 31
ZLIB: Final = 15
RAW: Final = -15
"""How zlib calls the formats that gzip, deflate and those who misread deflate mean."""


def bomb(window: int) -> Iterator[bytes]:
    """Compressed data of ten gigabytes of blanks in ten megabytes; its checksum is wrong."""
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    yield packer.compress(b'{"customers":[') + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    yield from repeated(block, BOMB_MEGABYTES)
    yield packer.compress(b"]}") + packer.flush()


def bombs(name: str, coding: bytes, window: int) -> None:
    """Make a mode of a bomb in a content coding."""

    @FAMILY.answering(
        name, f"Sends ten megabytes that {coding.decode()} makes into ten gigabytes.",
        at_start_too=True,
    )  # fmt: skip
    def act(wire: Wire) -> None:
        wire.chunked(b"200 OK", JSON, b"Content-Encoding: " + coding, pieces=bomb(window))


bombs("gzip-bomb", b"gzip", GZIP)
bombs("deflate-bomb", b"deflate", ZLIB)
bombs("raw-deflate-bomb", b"deflate", RAW)


@FAMILY.answering()
def codings_many(wire: Wire) -> None:
    """Names gzip a thousand times as the coding of a body that is not compressed at all."""
    wire.answer(b"200 OK", JSON, b"Content-Encoding: " + b"gzip, " * 1000, body=b"{}")


@FAMILY.answering()
def gzip_that_is_none(wire: Wire) -> None:
    """Names gzip as the coding of a body that is not compressed."""
    wire.answer(b"200 OK", JSON, b"Content-Encoding: gzip", body=b'{"customers":[]}')


@FAMILY.answering(at_start_too=True)
def body_of_200_mb(wire: Wire) -> None:
    """Sends a body of 200 MB, as it promised."""
    wire.send(head(b"200 OK", JSON, b"Content-Length: %d" % (200 * MEGABYTE)))
    wire.stream(repeated(b" " * 1024, 200 * 1024))


@FAMILY.answering(at_start_too=True)
def fields_100000(wire: Wire) -> None:
    """Sends 100,000 header fields."""
    wire.send(b"HTTP/1.1 200 OK\r\n")
    wire.stream(numbered(b"X-Field-%d: a\r\n", 100_000))
    wire.send(JSON + b"\r\nContent-Length: 2\r\n\r\n{}")


@FAMILY.answering()
def fields_90(wire: Wire) -> None:
    """Sends 90 header fields of 60,000 bytes each, as many and as long as are often let through."""
    wire.send(b"HTTP/1.1 200 OK\r\n")
    wire.stream(b"X-%d: %s\r\n" % (turn, b"a" * 60_000) for turn in range(90))
    wire.send(JSON + b"\r\nContent-Length: 2\r\n\r\n{}")


@FAMILY.answering(at_start_too=True)
def cookies_100000(wire: Wire) -> None:
    """Sends 100,000 cookies."""
    wire.send(b"HTTP/1.1 200 OK\r\n")
    wire.stream(numbered(b"Set-Cookie: c%d=" + b"a" * 100 + b"; Path=/\r\n", 100_000))
    wire.send(JSON + b"\r\nContent-Length: 2\r\n\r\n{}")


@FAMILY.answering()
def cookies_that_add_up(wire: Wire) -> None:
    """Answers well, with 80 new cookies of 4,000 bytes each time."""
    start = wire.around.answers * 80
    wire.send(b"HTTP/1.1 200 OK\r\n")
    wire.stream(
        b"Set-Cookie: c%d=%s; Path=/\r\n" % (start + turn, b"a" * 4000) for turn in range(80)
    )
    body = wire.response.body
    wire.send(JSON + b"\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))


def long_part(name: str, sentence: str, before: bytes, after: bytes) -> None:
    """Make a mode of an answer that has ten megabytes in one place."""

    @FAMILY.answering(name, sentence, at_start_too=True)
    def act(wire: Wire) -> None:
        wire.send(before)
        wire.stream(repeated(b"a" * 1024, 10 * 1024))
        wire.send(after)


REST: Final = b"\r\nContent-Length: 2\r\n\r\n{}"
long_part("field-of-10-mb", "Sends a header field of 10 MB.", b"HTTP/1.1 200 OK\r\nX-A: ", REST)
long_part("reason-of-10-mb", "Sends a reason phrase of 10 MB.", b"HTTP/1.1 200 ", REST)
long_part("status-line-of-10-mb", "Sends a status line of 10 MB.", b"HTTP/1.1", b" 200 OK" + REST)
long_part(
    "media-type-of-10-mb", "Sends a media type of 10 MB.",
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=", REST,
)  # fmt: skip


def json_mode(name: str, sentence: str, *pieces: Iterable[bytes]) -> None:
    """Make a mode of a body of JSON; `pieces` can be gone through again and again."""

    @FAMILY.answering(name, sentence)
    def act(wire: Wire) -> None:
        wire.chunked(b"200 OK", JSON, pieces=chain.from_iterable(pieces))


class Repeated:
    """Pieces that are made anew whenever they are gone through."""

    def __init__(self, pattern: bytes, times: int = MANY, *, count: bool = False) -> None:
        """Repeat a pattern so many times; `count` puts the numbers from 0 into it."""
        self.pattern, self.times, self.count = pattern, times, count

    def __iter__(self) -> Iterator[bytes]:
        """Make the pieces."""
        return (numbered if self.count else repeated)(self.pattern, self.times)


RECORDS: Final = (b'{"total":1000000,"page":0,"pagesize":1000,"numpages":1,"customers":[',)
ONE: Final = (b'{"total":1,"page":0,"pagesize":1000,"numpages":1,"customers":[{"customer_id":',)
DONE: Final = (b'{"customer_id":"0"}]}',)
CLOSED: Final = (b"}]}",)

json_mode(
    "json-arrays-deep", "Nests a million JSON arrays.",
    (b'{"customers":',), Repeated(b"["), Repeated(b"]"), (b"}",),
)  # fmt: skip
json_mode(
    "json-objects-deep", "Nests a million JSON objects.",
    Repeated(b'{"customers":'), (b"1",), Repeated(b"}"),
)  # fmt: skip
json_mode(
    "json-depth-900", "Nests 900 JSON arrays, as deep as is often let through.",
    (b'{"customers":',), Repeated(b"[", 900), Repeated(b"]", 900), (b"}",),
)  # fmt: skip
json_mode(
    "json-keys-million", "Sends a JSON object of a million names.",
    (b'{"customers":[{',), Repeated(b'"key%d":"",', count=True), (b'"customer_id":"1"}]}',),
)  # fmt: skip
json_mode(
    "json-keys-repeated", "Sends a JSON object that has the same name a million times.",
    (b'{"customers":[{',), Repeated(b'"customer_id":"%d",', count=True), (b'"a":""}]}',),
)  # fmt: skip
json_mode(
    "json-keys-twice", "Sends JSON objects that tell everything twice, differently.",
    (b'{"customers":[{"customer_id":"1","name":"a","customer_id":"2","name":"b"}],"customers":[]}',),
)  # fmt: skip
json_mode(
    "json-records-million", "Sends a million records.",
    RECORDS, Repeated(b'{"customer_id":"%d","name":"a","custnr":"1"},', count=True), DONE,
)  # fmt: skip
json_mode(
    "json-empty-million", "Sends a million empty objects, which memory holds as sixty.",
    RECORDS, Repeated(b"{},"), DONE,
)  # fmt: skip
json_mode(
    "json-string-of-50-mb", "Sends a name of 50 MB.",
    ONE, (b'"1","name":"',), Repeated(b"a", 50 * MEGABYTE), (b'"',), CLOSED,
)  # fmt: skip
json_mode(
    "json-id-of-million", "Sends an id of a million characters.",
    ONE, (b'"',), Repeated(b"1"), (b'"',), CLOSED,
)  # fmt: skip
json_mode(
    "json-number-of-million", "Sends a number of a million digits.",
    ONE, Repeated(b"1"), CLOSED,
)  # fmt: skip
json_mode(
    "json-exponent-huge", "Sends a number with an exponent of a million digits.",
    ONE, (b"1e",), Repeated(b"9"), CLOSED,
)  # fmt: skip
json_mode("json-nan", "Sends NaN where an id should be.", ONE, (b"NaN",), CLOSED)
json_mode(
    "json-infinity", "Sends infinite totals.",
    (b'{"total":Infinity,"page":0,"pagesize":-Infinity,"numpages":1e999,"customers":[]}',),
)  # fmt: skip
json_mode(
    "json-surrogates", "Sends half characters in names and ids.",
    ONE, (rb'"\ud800","name":"\udfff\ud800\udbff"',), CLOSED,
)  # fmt: skip
json_mode("json-cut", "Sends JSON that is cut off.", ONE)
json_mode("json-null", "Sends null where an object should be.", (b"null",))
json_mode(
    "json-not-utf-8", "Sends bytes that are no UTF-8.", (b'{"customers":"\xff\xfe\xc0\x80"}',)
)


def charset(name: str) -> None:
    """Make a mode of a charset that is not what the body is in."""

    @FAMILY.answering(
        f"charset-{name.replace('_', '-')}", f"Says that its body is in the charset {name}."
    )
    def act(wire: Wire) -> None:
        field = f"Content-Type: application/json; charset={name}".encode()
        wire.chunked(b"200 OK", field, pieces=repeated(b"a." * 512, 1024))


for each in ("idna", "punycode", "zlib_codec", "rot13", "utf-7", "unicode_escape", "no-such"):
    charset(each)

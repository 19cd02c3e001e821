"""Answers of HTTP/1.x: what clients have to understand, and what no client can."""

from __future__ import annotations

import gzip
import time
import zlib

import pytest

from conformance.wire import limits
from conformance.wire.answers import Answer, AnswerReader
from conformance.wire.decoding import decoded
from conformance.wire.failures import NoAnswer

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
ONE = OK + b"Content-Length: 2\r\n\r\n{}"
EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"


class Pieces:
    """A source that gives bytes in pieces of a size."""

    def __init__(self, octets: bytes, size: int) -> None:
        """Take the bytes and the size."""
        self._octets, self._size, self._at = octets, size, 0

    def receive(self) -> bytes:
        """Give the next piece."""
        piece = self._octets[self._at : self._at + self._size]
        self._at += self._size
        return piece


def read(octets: bytes, method: str = "GET", size: int = 65536) -> Answer:
    """Read an answer from bytes."""
    return AnswerReader(Pieces(octets, size)).answer_to(method)


@pytest.mark.parametrize("size", [1, 7, 65536])
@pytest.mark.parametrize(
    "octets",
    [
        ONE,
        EARLY * 20 + ONE,
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 \r\n\r\n" + ONE,
        b"HTTP/1.1 200\r\ncontent-LENGTH: 2\r\n\r\n{}",
        b"HTTP/1.1 200 \r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.0 200 OK\r\n\r\n{}",
        b"HTTP/1.0 200 OK\nX: y\n\n{}",
        CHUNKED + b'1;a=b;c="d"\r\n{\r\n01 \r\n}\r\n0\r\nX-Trailer: a\r\n\r\n',
        OK + b"transfer-encoding: Chunked\r\nContent-Length: 9\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        OK + b"".join(b"X-%d: %d\r\n" % (each, each) for each in range(999)) + b"\r\n{}",
        OK + b"X: " + b"a" * 65_000 + b"\r\n\r\n{}",
    ],
    ids=[
        *("length", "early hints", "continue and processing", "no reason phrase", "same lengths"),
        *("HTTP/1.0", "line feeds", "extensions and trailers", "chunks and a length"),
        *("999 fields", "a long field"),
    ],
)
def test_lawful_answers_are_understood(octets: bytes, size: int) -> None:
    """However it is framed and in whatever pieces it comes."""
    answer = read(octets, size=size)

    assert (answer.status_code, answer.body) == (200, b"{}")


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (b"", "closed the connection without an answer"),
        (b"SSH-2.0-OpenSSH_9\r\n", "no HTTP/1.1: 'SSH"),
        (b"HTTP/1.1 000 OK\r\n\r\n", "no HTTP/1.1"),
        (b"\x1b]0;gotcha\x07\r\n", "no HTTP/1.1: '.x1b"),
        (b"HTTP/1.1 " + b"2" * 70_000, "status line of its answer is longer than"),
        (EARLY * 101 + ONE, "more than 100 interim answers"),
        (OK + b"X: y\r\n" * 1001 + b"\r\n", "more than 1000 header fields"),
        (OK + b"X: " + b"a" * 70_000, "header field of its answer is longer than"),
        (OK + (b"X: " + b"a" * 60_000 + b"\r\n") * 20, "header of its answer is longer than"),
        (OK + b"no colon\r\n\r\n", "has no name: 'no colon'"),
        (OK + b": value\r\n\r\n", "has no name"),
        (OK + b"Content-Length: -1\r\n\r\n", "no number: '-1'"),
        (OK + b"Content-Length: 0x2\r\n\r\n{}", "no number: '0x2'"),
        (OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", "2 different values"),
        (OK + b"Content-Length: 2, 3\r\n\r\n{} ", "2 different values"),
        (OK + b"Content-Length: 99999999\r\n\r\n", "longer than 8388608 bytes"),
        (OK + b"Content-Length: 9\r\n\r\n{}", "in the middle of the answer"),
        (OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n", "transfer codings that are not known"),
        (CHUNKED + b"-2\r\n{}\r\n", "no length: '-2'"),
        (CHUNKED + b"0x2\r\n{}\r\n", "no length"),
        (CHUNKED + b"\r\n", "no length"),
        (CHUNKED + b"f" * 40 + b"\r\n", "no length"),
        (CHUNKED + b"ffffffffffff\r\n", "longer than 8388608 bytes"),
        (CHUNKED + b"1\r\n{}\r\n0\r\n\r\n", "longer than it says"),
        (CHUNKED + b"2\r\n{}\r\n", "in the middle of the answer"),
        (CHUNKED + b"1;" + b"a" * 20_000, "chunk's first line is longer than"),
        (CHUNKED + (b"1;" + b"a" * 16_000 + b"\r\na\r\n") * 70, "chunk extensions are longer"),
        (CHUNKED + b"0\r\n" + b"X: y\r\n" * 1001, "more than 1000 trailer fields"),
        (OK + b"\r\n" + b"a" * 9_000_000, "longer than 8388608 bytes"),
    ],
)
def test_what_is_no_answer_is_told_in_words(octets: bytes, words: str) -> None:
    """Nothing is guessed, nothing else is raised, and control characters are shown escaped."""
    with pytest.raises(NoAnswer) as raised:
        read(octets)

    assert words in str(raised.value) or words.replace("'.x1b", "'\\x1b") in str(raised.value)
    assert str(raised.value).isprintable()


@pytest.mark.parametrize(
    ("octets", "method", "body"),
    [
        (b"HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n", "GET", b""),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", "GET", b""),
        (ONE[:-2], "HEAD", b""),
        (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", "GET", b""),
    ],
)
def test_some_answers_have_no_body(octets: bytes, method: str, body: bytes) -> None:
    """Whatever their header says."""
    assert read(octets, method).body == body


@pytest.mark.parametrize(
    ("octets", "keeps_open"),
    [
        (ONE, True),
        (CHUNKED + b"0\r\n\r\n", True),
        (OK + b"Connection: keep-alive, CLOSE\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n", True),
        (OK + b"\r\n{}", False),
        (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", False),
        (OK + b"Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n", False),
    ],
)
def test_a_connection_is_used_again_or_not(octets: bytes, *, keeps_open: bool) -> None:
    """As the header says, and never where two readers could see different ends."""
    assert read(octets).keeps_open is keeps_open


def test_fields_are_kept_as_sent() -> None:
    """In their order and letter case; a continued line is part of its field."""
    fields = read(OK + b"b: 1\r\nA:2 \r\nB: \xe9\r\n  more\r\n\r\n").fields

    assert fields == (("b", "1"), ("A", "2"), ("B", "é more"))


def test_a_field_of_many_lines_takes_no_time() -> None:
    """Continued lines are counted like fields."""
    started = time.perf_counter()
    with pytest.raises(NoAnswer, match="more than 1000 header fields"):
        read(OK + b"X: y\r\n" + b" a\r\n" * 200_000)

    assert time.perf_counter() - started < 1


def deflated(body: bytes) -> bytes:
    """Return a body in raw DEFLATE, as some servers send "deflate"."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("body", "codings", "plain"),
    [
        (gzip.compress(b"{}"), "gzip", b"{}"),
        (gzip.compress(b"{") + gzip.compress(b"}"), "X-GZIP", b"{}"),
        (zlib.compress(b"{}"), "deflate", b"{}"),
        (deflated(b"{}"), "deflate", b"{}"),
        (gzip.compress(zlib.compress(b"{}")), "deflate, gzip", b"{}"),
        (b"{}", "identity", b"{}"),
        (b"{}", "unknown", b"{}"),
        (b"", "gzip", b""),
    ],
)
def test_content_codings_are_undone(body: bytes, codings: str, plain: bytes) -> None:
    """Although nobody here asks for any."""
    assert decoded(body, codings) == plain


@pytest.mark.parametrize(
    ("body", "codings", "words"),
    [
        (gzip.compress(b"a" * (limits.LONGEST_BODY + 1)), "gzip", "longer than"),
        (gzip.compress(b"a" * 2_000_000) * 9, "gzip", "longer than"),
        (gzip.compress(gzip.compress(bytes(50_000_000))), "gzip, gzip", "longer than"),
        (b"{}", "gzip", "not in the content coding"),
        (gzip.compress(b"{}")[:-9], "gzip", "not in the content coding"),
        (b"{}", "gzip," * 9, "more than 3 content codings"),
    ],
)
def test_what_grows_beyond_the_limit_is_no_answer(body: bytes, codings: str, words: str) -> None:
    """A bomb is given up where it begins to explode."""
    with pytest.raises(NoAnswer, match=words):
        decoded(body, codings)

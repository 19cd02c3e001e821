"""One answer of HTTP/1.x, read from a connection: bounded in time, size and shape (RFC 9112)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

from conformance.wire import limits
from conformance.wire.failures import CUT_SHORT, Hangup, NoAnswer

Fields = tuple[tuple[str, str], ...]

WITHOUT_BODY = frozenset(
    {HTTPStatus.SWITCHING_PROTOCOLS, HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}
)
"""Status codes whose answers end with their header."""

FIRST_FINAL = 200
"""The lowest status code of an answer that is not interim, but for 101."""

_STATUS_LINE = re.compile(rb"HTTP/1\.(\d)[ \t]+([1-9]\d{2})(?:[ \t].*)?", re.DOTALL)
_LENGTH = re.compile(r"[0-9]{1,15}")
_CHUNK_LINE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?", re.DOTALL)
_SHOWN = 40


class Source(Protocol):
    """Where the bytes of an answer come from."""

    def receive(self) -> bytes:
        """Return the next bytes; b"" at their end."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its body without the transfer coding, and whether the connection may be used on.

    Trailer fields are read and left out.
    """

    status_code: int
    fields: Fields
    body: bytes
    keeps_open: bool


class AnswerReader:
    """Reads answers from a connection, each within the limits."""

    def __init__(self, source: Source) -> None:
        """Take where the bytes come from."""
        self._source = source
        self._buffer = bytearray()
        self._head = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was received that no answer needed."""
        return not self._buffer

    def answer_to(self, method: str) -> Answer:
        """Read the next answer but interim ones; raises NoAnswer, and OSError as the source does.

        Raises Hangup where the connection was closed before its first byte.
        """
        self._head = 0
        self._require_first()
        for _ in range(limits.MOST_INTERIM + 1):
            minor, status_code = self._status()
            fields = self.fields("header")
            if status_code >= FIRST_FINAL or status_code == HTTPStatus.SWITCHING_PROTOCOLS:
                break
        else:
            message = f"it sent more than {limits.MOST_INTERIM} interim answers"
            raise NoAnswer(message)
        keeps_open = _keeps_open(minor, fields) and status_code in range(FIRST_FINAL, 600)
        if method == "HEAD" or status_code in WITHOUT_BODY:
            return Answer(status_code, fields, b"", keeps_open)
        codings = _listed(fields, "transfer-encoding")
        lengths = set(_listed(fields, "content-length"))
        if codings[:-1] or codings not in ([], ["chunked"], ["identity"]):
            message = f"its answer comes in transfer codings that are not known: {codings!r:.80}"
            raise NoAnswer(message)
        if codings == ["chunked"]:
            return Answer(status_code, fields, self._chunks(), keeps_open and not lengths)
        if lengths:
            return Answer(status_code, fields, self._exactly(_length(lengths)), keeps_open)
        return Answer(status_code, fields, self._rest(), keeps_open=False)

    def fields(self, kind: str) -> Fields:
        """Return fields up to the empty line; a line that continues one belongs to it."""
        fields: list[tuple[str, str]] = []
        lines = 0
        while line := self._line(limits.LONGEST_LINE, f"a {kind} field of its answer"):
            self._head += len(line)
            lines += 1
            if lines > limits.MOST_FIELDS:
                message = f"its answer has more than {limits.MOST_FIELDS} {kind} fields"
                raise NoAnswer(message)
            if self._head > limits.LONGEST_HEAD:
                message = f"the {kind} of its answer is longer than {limits.LONGEST_HEAD} bytes"
                raise NoAnswer(message)
            name, colon, value = line.decode("latin-1").partition(":")
            if line[:1] in b" \t" and fields:
                last, before = fields.pop()
                fields.append((last, f"{before} {line.decode('latin-1').strip()}".strip()))
            elif colon and name.strip():
                fields.append((name.strip(), value.strip(" \t")))
            else:
                message = f"a {kind} field of its answer has no name: {_shown(line)}"
                raise NoAnswer(message)
        return tuple(fields)

    def _status(self) -> tuple[int, int]:
        """Return the minor version and the code of a status line."""
        line = self._line(limits.LONGEST_LINE, "the status line of its answer")
        found = _STATUS_LINE.fullmatch(line)
        if found is None:
            message = f"its answer is no HTTP/1.1: {_shown(line)}"
            raise NoAnswer(message)
        return int(found[1]), int(found[2])

    def _chunks(self) -> bytes:
        """Return a body that comes in chunks, and pass over its trailers."""
        body = bytearray()
        extensions = 0
        while True:
            line = self._line(limits.LONGEST_CHUNK_LINE, "a chunk's first line")
            found = _CHUNK_LINE.fullmatch(line)
            if found is None:
                message = f"a chunk of its answer has no length: {_shown(line)}"
                raise NoAnswer(message)
            size = int(found[1], 16)
            extensions += len(line) - len(found[1])
            if extensions > limits.LONGEST_HEAD:
                message = f"its chunk extensions are longer than {limits.LONGEST_HEAD} bytes"
                raise NoAnswer(message)
            if size == 0:
                self.fields("trailer")
                return bytes(body)
            if len(body) + size > limits.LONGEST_BODY:
                raise too_long()
            body += self._exactly(size)
            if self._line(limits.LONGEST_LINE, "what follows a chunk"):
                message = "a chunk of its answer is longer than it says"
                raise NoAnswer(message)

    def _line(self, longest: int, what: str) -> bytes:
        """Return the next line without its end."""
        seen = 0
        while (end := self._buffer.find(b"\n", seen, longest + 2)) < 0:
            seen = len(self._buffer)
            if seen > longest + 1:
                message = f"{what} is longer than {longest} bytes"
                raise NoAnswer(message)
            self._require_more()
        return self._taken(end + 1)[:-1].removesuffix(b"\r")

    def _exactly(self, length: int) -> bytes:
        """Return this many bytes."""
        while len(self._buffer) < length:
            self._require_more()
        return self._taken(length)

    def _rest(self) -> bytes:
        """Return all bytes until the connection is closed."""
        while self._more():
            if len(self._buffer) > limits.LONGEST_BODY:
                raise too_long()
        return self._taken(len(self._buffer))

    def _taken(self, length: int) -> bytes:
        """Return the first bytes of those received, and take them out."""
        taken = bytes(self._buffer[:length])
        del self._buffer[:length]
        return taken

    def _require_first(self) -> None:
        """Receive the first bytes; raises Hangup where none come."""
        try:
            came = bool(self._buffer) or self._more()
        except ConnectionError as error:
            raise Hangup from error
        if not came:
            raise Hangup

    def _require_more(self) -> None:
        """Receive more; raises NoAnswer where nothing more comes."""
        if not self._more():
            raise NoAnswer(CUT_SHORT)

    def _more(self) -> bool:
        """Receive more, and tell whether anything came."""
        received = self._source.receive()
        self._buffer += received
        return bool(received)


class _Octets:
    """A source that has all its bytes at once."""

    def __init__(self, octets: bytes) -> None:
        self._octets = octets

    def receive(self) -> bytes:
        octets, self._octets = self._octets, b""
        return octets


def head_fields(octets: bytes) -> Fields:
    """Return header fields from bytes that an empty line ends; raises NoAnswer beyond a limit."""
    return AnswerReader(_Octets(octets)).fields("header")


def too_long() -> NoAnswer:
    """Return what to raise for a body beyond the limit."""
    return NoAnswer(f"its answer is longer than {limits.LONGEST_BODY} bytes")


def _length(lengths: set[str]) -> int:
    """Return the length that Content-Length fields agree on."""
    (length, *others) = sorted(lengths)
    if others:
        message = f"its answer has {len(lengths)} different values of Content-Length"
        raise NoAnswer(message)
    if not _LENGTH.fullmatch(length):
        message = f"the Content-Length of its answer is no number: {length!r:.60}"
        raise NoAnswer(message)
    if int(length) > limits.LONGEST_BODY:
        raise too_long()
    return int(length)


def _keeps_open(minor: int, fields: Fields) -> bool:
    """Tell whether the server means to answer on this connection again."""
    options = _listed(fields, "connection")
    return "close" not in options and (minor > 0 or "keep-alive" in options)


def _listed(fields: Fields, name: str) -> list[str]:
    """Return the members of a list that one field holds, or several, in lower case."""
    values = [value for field, value in fields if field.lower() == name]
    return [member.strip().lower() for value in values for member in value.split(",")]


def _shown(line: bytes) -> str:
    """Return the beginning of a line as text that is safe to print."""
    return ascii(line[:_SHOWN].decode("latin-1"))

"""Content codings undone, a piece at a time: a small body may have a huge one in it."""

from __future__ import annotations

import zlib

from conformance.wire import limits
from conformance.wire.answers import too_long
from conformance.wire.failures import NoAnswer

_PIECE = 16 * 1024
_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
_CODINGS = {"gzip": (_GZIP,), "x-gzip": (_GZIP,), "deflate": (_ZLIB, _RAW)}
"""What zlib calls each coding; where there are several, the first that fits."""


def decoded(body: bytes, codings: str) -> bytes:
    """Return a body without the codings that a Content-Encoding value names.

    A coding that is not known stays; callers here ask for none. Raises NoAnswer where the body is
    not in that coding, or longer than the limit.
    """
    names = [name for each in codings.split(",") if (name := each.strip().lower())]
    if len(names) > limits.MOST_CODINGS:
        message = f"its answer has more than {limits.MOST_CODINGS} content codings"
        raise NoAnswer(message)
    for name in reversed(names):
        if name not in _CODINGS and name != "identity":
            break
        if name in _CODINGS and body:
            body = _inflated(body, name)
    return body


def _inflated(body: bytes, name: str) -> bytes:
    """Return a body without one coding."""
    for bits in _CODINGS[name]:
        try:
            return _inflated_as(bits, body)
        except zlib.error as error:
            failure = error
    message = f"its answer is not in the content coding that it names: {name}"
    raise NoAnswer(message) from failure


def _inflated_as(bits: int, body: bytes) -> bytes:
    """Return what one or more compressed members hold; zeros may follow them."""
    inflated = bytearray()
    at, members = 0, 0
    while at < len(body) and (body[at] or body[at:].strip(b"\0")):
        members += 1
        if members > limits.MOST_MEMBERS:
            message = f"its compressed answer has more than {limits.MOST_MEMBERS} members"
            raise NoAnswer(message)
        at = _with_member(inflated, body, at, bits)
    return bytes(inflated)


def _with_member(inflated: bytearray, body: bytes, at: int, bits: int) -> int:
    """Add what the member that begins at a place holds; return where it ends.

    It is read in pieces, as what follows a member is copied each time.
    """
    member = zlib.decompressobj(bits)
    while not member.eof:
        piece = body[at : at + _PIECE]
        if not piece:
            message = "incomplete"
            raise zlib.error(message)
        inflated += member.decompress(piece, limits.LONGEST_BODY + 1 - len(inflated))
        if len(inflated) > limits.LONGEST_BODY:
            raise too_long()
        at += len(piece)
    return at - len(member.unused_data)

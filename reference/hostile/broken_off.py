"""Modes that break off or drip at further points: in each part of an answer, or of a request."""

from typing import Final

from .framing import JSON, head
from .mode import Family
from .wire import Wire

FAMILY: Final = Family("broken-off")
CHUNKED: Final = b"Transfer-Encoding: chunked"
START: Final = head(b"200 OK", JSON, CHUNKED)
LATE: Final = 40
"""The answers that come before a mode that begins late."""
LOCKED: Final = 200.0
"""Seconds for a run that may be locked out: it waits for that to end, and again to clean up."""


@FAMILY.answering(at_start_too=True)
def resets_within_status_line(wire: Wire) -> None:
    """Resets the connection in the middle of a status line."""
    wire.send(b"HTTP/1.1 2")
    wire.reset()


@FAMILY.answering(at_start_too=True)
def resets_within_fields(wire: Wire) -> None:
    """Resets the connection in the middle of a header field."""
    wire.send(b"HTTP/1.1 200 OK\r\nContent-Ty")
    wire.reset()


@FAMILY.answering()
def resets_between_chunks(wire: Wire) -> None:
    """Resets the connection between two chunks."""
    wire.send(START + b'e\r\n{"customers":[\r\n')
    wire.reset()


@FAMILY.answering()
def resets_before_last_chunk(wire: Wire) -> None:
    """Resets the connection where nothing but the last chunk is missing."""
    wire.send(START + b'10\r\n{"customers":[]}\r\n')
    wire.reset()


@FAMILY.answering()
def closes_within_chunk_length(wire: Wire) -> None:
    """Closes the connection in the middle of a chunk's length."""
    wire.send(START + b"1")
    wire.end()


@FAMILY.answering()
def resets_after_answer(wire: Wire) -> None:
    """Resets the connection after each whole answer, which promised to keep it."""
    wire.honest()
    wire.reset()


@FAMILY.answering()
def resets_after_interim(wire: Wire) -> None:
    """Resets the connection after an interim answer."""
    wire.send(head(b"103 Early Hints", b"Link: </a>"))
    wire.reset()


@FAMILY.answering(at_start_too=True)
def resets_who_answers_a_challenge(wire: Wire) -> None:
    """Challenges, and resets the connection of who answers."""
    if wire.request.header("Authorization"):
        wire.reset()
    wire.honest()


@FAMILY.answering()
def resets_writes(wire: Wire) -> None:
    """Answers what reads, and resets the connection of what writes after it was done."""
    if wire.request.method != "GET":
        wire.reset()
    wire.honest()


@FAMILY.answering()
def closes_on_large_requests(wire: Wire) -> None:
    """Answers 413 to what is longer than a thousand bytes, and resets the connection."""
    if len(wire.request.body) + len(wire.request.target) > 1000:  # noqa: PLR2004 - as it says
        wire.answer(b"413 Too Large", JSON, b"Connection: close", body=b'{"errors":["large"]}')
        wire.reset()
    wire.honest()


@FAMILY.answering()
def trailers_dripped(wire: Wire) -> None:
    """Sends a whole chunked body, and then a trailer byte by byte that has no end."""
    wire.send(START + b"2\r\n{}\r\n0\r\nX-Trailer: ")
    wire.repeat(b"a", 0.1)


@FAMILY.answering()
def chunk_length_dripped(wire: Wire) -> None:
    """Sends the length of a chunk byte by byte, zeros without end."""
    wire.send(START)
    wire.repeat(b"0", 0.1)


@FAMILY.answering(at_start_too=True)
def interim_dripped(wire: Wire) -> None:
    """Sends an interim answer twice a second, without end."""
    wire.repeat(head(b"102 Processing"), 0.5)


@FAMILY.answering(at_start_too=True)
def interim_of_many_fields(wire: Wire) -> None:
    """Sends interim answers of 500 fields each, without end."""
    wire.repeat(head(b"103 Early Hints", *[b"Link: </a>; rel=preload"] * 500))


@FAMILY.answering()
def refusal_dripped(wire: Wire) -> None:
    """Refuses with an explanation byte by byte that has no end."""
    wire.send(head(b"400 Bad Request", JSON, CHUNKED))
    wire.repeat(b"1\r\n \r\n", 0.1)


@FAMILY.answering()
def late_after_40(wire: Wire) -> None:
    """Answers forty requests well, and sends a body byte by byte from then on."""
    if wire.around.answers > LATE:
        wire.send(head(b"200 OK", JSON, b"Content-Length: 1000000"))
        wire.repeat(b" ", 0.1)
    wire.honest()


@FAMILY.answering(ends_within=LOCKED)
def refused_after_40(wire: Wire) -> None:
    """Answers forty requests well, and refuses the credentials from then on."""
    if wire.around.answers > LATE:
        fields = b'WWW-Authenticate: Digest realm="API", qop="auth", nonce="other"'
        wire.answer(b"401 Unauthorized", fields, JSON, body=b"null")
    else:
        wire.honest()


@FAMILY.answering()
def resets_after_40(wire: Wire) -> None:
    """Answers forty requests well, and resets every connection from then on."""
    if wire.around.answers > LATE:
        wire.reset()
    wire.honest()


@FAMILY.answering()
def asks_as_a_proxy(wire: Wire) -> None:
    """Answers as a proxy that wants a password."""
    field = b'Proxy-Authenticate: Basic realm="proxy", Digest realm="proxy", nonce="n"'
    wire.answer(b"407 Proxy Authentication Required", field, JSON, body=b"{}")


@FAMILY.answering()
def delete_never_answered(wire: Wire) -> None:
    """Answers all but DELETE, which is done and never answered."""
    if wire.request.method == "DELETE":
        wire.hold()
    wire.honest()


@FAMILY.answering()
def gone_at_first_delete(wire: Wire) -> None:
    """Neither listens nor answers any more once a DELETE has come."""
    if wire.request.method == "DELETE":
        wire.around.deaf.set()
    if wire.around.deaf.is_set():
        wire.reset()
    wire.honest()


@FAMILY.answering()
def delete_refused_and_dripped(wire: Wire) -> None:
    """Answers each DELETE with a challenge byte by byte that has no end."""
    if wire.request.method == "DELETE":
        wire.send(b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest ")
        wire.repeat(b"a", 0.1)
    wire.honest()

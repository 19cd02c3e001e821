"""Modes that never come to an end: what is slow, and what goes on and on."""

from typing import Final

from .framing import JSON, head
from .mode import Family
from .wire import Wire

FAMILY: Final = Family("never-ending")
PROMISED: Final = b"Content-Length: 1000000"
CHUNKED: Final = b"Transfer-Encoding: chunked"
START: Final = b"HTTP/1.1 200 OK\r\n"


@FAMILY.answering(at_start_too=True)
def never_answers(wire: Wire) -> None:
    """Takes the request and says nothing."""
    wire.hold()


@FAMILY.answering(at_start_too=True)
def status_line_dripped(wire: Wire) -> None:
    """Sends a status line byte by byte that has no end."""
    wire.drip(START[:-2])
    wire.repeat(b"K", 0.1)


@FAMILY.answering(at_start_too=True)
def fields_dripped(wire: Wire) -> None:
    """Sends a header field byte by byte that has no end."""
    wire.send(START + b"X-Slow: ")
    wire.repeat(b"a", 0.1)


@FAMILY.answering(at_start_too=True)
def short_fields_dripped(wire: Wire) -> None:
    """Sends short header fields, ten a second, without end."""
    wire.send(START)
    wire.repeat(lambda turn: b"X-%d: a\r\n" % turn, 0.1)


@FAMILY.answering(at_start_too=True)
def body_dripped(wire: Wire) -> None:
    """Sends a body byte by byte, of which there is a million."""
    wire.send(head(b"200 OK", JSON, PROMISED))
    wire.repeat(b" ", 0.1)


@FAMILY.answering()
def body_dripped_until_close(wire: Wire) -> None:
    """Sends a body byte by byte that lasts until the connection is closed, which it is not."""
    wire.send(head(b"200 OK", JSON, b"Connection: close"))
    wire.repeat(b" ", 0.1)


@FAMILY.answering()
def chunks_dripped(wire: Wire) -> None:
    """Sends chunks of one byte, ten a second, without end."""
    wire.send(head(b"200 OK", JSON, CHUNKED))
    wire.repeat(b"1\r\n \r\n", 0.1)


@FAMILY.answering(at_start_too=True)
def one_byte_per_second(wire: Wire) -> None:
    """Sends a true answer, a byte a second."""
    wire.drip(head(b"200 OK", JSON, b"Content-Length: 13") + b'{"ping":"ok"}', 1.0)


@FAMILY.answering()
def challenge_dripped(wire: Wire) -> None:
    """Sends a challenge byte by byte that has no end."""
    wire.send(b'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm="')
    wire.repeat(b"a", 0.1)


@FAMILY.answering(at_start_too=True)
def body_without_end(wire: Wire) -> None:
    """Sends a chunked body as fast as it is read, without end."""
    wire.send(head(b"200 OK", JSON, CHUNKED) + b'e\r\n{"customers":[\r\n')
    wire.repeat(b"2000\r\n" + b'{"name":"a"},   ' * 512 + b"\r\n")


@FAMILY.answering()
def chunk_extension_without_end(wire: Wire) -> None:
    """Sends a chunk whose extension has no end."""
    wire.send(head(b"200 OK", JSON, CHUNKED) + b"2;x=")
    wire.repeat(b"x" * 4096)


@FAMILY.answering()
def chunk_length_without_end(wire: Wire) -> None:
    """Sends a chunk whose length has digits without end."""
    wire.send(head(b"200 OK", JSON, CHUNKED))
    wire.repeat(b"0" * 4096)


@FAMILY.answering(at_start_too=True)
def trailers_without_end(wire: Wire) -> None:
    """Sends a whole chunked body, and then trailers without end."""
    wire.send(head(b"200 OK", JSON, CHUNKED) + b'd\r\n{"ping":"ok"}\r\n0\r\n')
    wire.repeat(lambda turn: b"X-Trailer-%d: a\r\n" % turn)


@FAMILY.answering(at_start_too=True)
def fields_without_end(wire: Wire) -> None:
    """Sends header fields without end."""
    wire.send(START)
    wire.repeat(lambda turn: b"X-Field-%d: a\r\n" % turn * 100)


@FAMILY.answering()
def field_without_end(wire: Wire) -> None:
    """Sends one header field without end."""
    wire.send(START + b"X-Long: ")
    wire.repeat(b"a" * 8192)


@FAMILY.answering()
def status_line_without_end(wire: Wire) -> None:
    """Sends a reason phrase without end."""
    wire.send(START[:-2])
    wire.repeat(b" OK" * 2048)


@FAMILY.answering()
def body_shorter_than_promised(wire: Wire) -> None:
    """Promises more than it sends, and closes the connection."""
    wire.send(head(b"200 OK", JSON, b"Content-Length: 1000") + b'{"customers":[]}')
    wire.end()


@FAMILY.answering(at_start_too=True)
def body_shorter_and_held(wire: Wire) -> None:
    """Promises more than it sends, and keeps the connection open."""
    wire.send(head(b"200 OK", JSON, b"Content-Length: 1000") + b'{"customers":[]}')
    wire.hold()


@FAMILY.answering()
def body_longer_than_promised(wire: Wire) -> None:
    """Sends more than it promised, and goes on as if nothing were."""
    wire.answer(b"200 OK", JSON, body=b'{"customers":[]}')
    wire.send(b'{"customers":[{"customer_id":"1","name":"more than was promised"}]}' * 100)


@FAMILY.answering()
def second_answer_never_comes(wire: Wire) -> None:
    """Answers one request on each connection, and keeps silent at the next one."""
    if wire.answers > 1:
        wire.hold()
    wire.honest()


@FAMILY.answering()
def later_than_timeout(wire: Wire) -> None:
    """Answers well, but each time after five seconds."""
    wire.pause(5.0)
    wire.honest()


@FAMILY.answering()
def every_third_is_late(wire: Wire) -> None:
    """Answers well, but every third answer after five seconds."""
    if wire.around.answers % 3 == 0:
        wire.pause(5.0)
    wire.honest()


@FAMILY.answering()
def just_in_time(wire: Wire) -> None:
    """Answers well, but each time after a second and a half."""
    wire.pause(1.5)
    wire.honest()


def interim(status: bytes) -> None:
    """Make a mode of interim answers of one status code."""

    @FAMILY.answering(
        f"interim-{status[:3].decode()}-without-end",
        f"Sends interim answers of status code {status[:3].decode()} without end.",
        at_start_too=True,
    )
    def act(wire: Wire) -> None:
        wire.repeat(b"HTTP/1.1 " + status + b"\r\nLink: </a>\r\n\r\n")


for each in (b"100 Continue", b"102 Processing", b"103 Early Hints", b"199 Wait"):
    interim(each)

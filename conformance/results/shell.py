"""The words of a shell's command line, quoted once, when the line is written."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expansion:
    """A part that the shell expands, as it is written between double quotes: ${customer_7}."""

    text: str


Part = str | bytes | Expansion
Word = tuple[Part, ...]
"""One word, in parts that follow each other without a space."""


def command(words: list[Word]) -> str:
    """Return a command line of words."""
    return " ".join(quoted(word) for word in words)


def quoted(word: Word) -> str:
    """Return a word as bash reads it, with characters that are not printable as escapes."""
    return "".join(_quoted(part) for part in word if part) or "''"


def _quoted(part: Part) -> str:
    if isinstance(part, Expansion):
        return f'"{part.text}"'
    if isinstance(part, str) and part.isprintable():
        return re.sub("#(?=#)", "#''", shlex.quote(part))  # "##" may be a command to a CI runner
    chars = part if isinstance(part, str) else part.decode("latin-1")
    encoding = "utf-8" if isinstance(part, str) else "latin-1"
    return "$'" + "".join(_escaped(char, encoding) for char in chars) + "'"


def _escaped(char: str, encoding: str) -> str:
    if char.isascii() and char.isprintable() and char not in "\\'#":
        return char
    octets = char.encode(encoding, "surrogatepass")
    return "".join(f"\\x{octet:02x}" for octet in octets)

"""Values of filters that differ from a value that exists, by what may take them for the same.

A number of a customer is text, so another text is another number of a customer. What a collation
ignores (letter case, accents, blanks at the end, width, normal form) is a tail that the document
does not settle, and stands apart.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

UNSEEN = "\u00ad\u200d\ufeff"
"""Characters without a width, which a collation ignores."""

MARK = "é🦊ß"
"""The end of a text that collations have opinions about."""


def near_numbers(number: str) -> Mapping[str, Sequence[str]]:
    """Return by strata other texts than one of digits that may be taken for the same number."""
    exponent = len(number) - 1
    return {
        "text before": [f"0{number}", f"000{number}", f"+{number}", f"-{number}"],
        "fraction": [f"{number}.0", f"{number}.", f"{number}.00", f"{number},0"],
        "exponent": [f"{number[0]}.{number[1:]}e{exponent}", f"{number}e0", f"{number}0e-1"],
        "base": [f"0x{int(number):x}", f"0X{int(number):X}", f"0b{int(number):b}"],
        "text behind": [f"{number}abc", f"{number}-", f"{number}\x00", f"{number}\x00a"],
        "between its digits": [f"{number[:1]}_{number[1:]}", f"{number[:-3]},{number[-3:]}"],
        "bits": [str(int(number) + 2**32), str(int(number) + 2**64)],
        "words": ["true", "NULL", "NaN", "null", "0", "[]"],
    }


def of_other_lengths(text: str) -> Sequence[str]:
    """Return texts that begin like one of at least 33 characters, and end earlier or otherwise."""
    cut = [text[:length] for length in (8, 16, 20, 32)]
    other = "1" if text[-1] == "0" else "0"
    longer = [text + other * (length - len(text)) for length in (50, 65, 129, 257, 600, 1500)]
    return [*cut, text[:-1], text[:-1] + other, text + other, *longer]


def near_texts(text: str) -> Mapping[str, Sequence[str]]:
    """Return by strata other texts than one that ends with `MARK`, whatever a collation ignores."""
    start = text.removesuffix(MARK)
    return {
        "another character beyond 16 bits": [f"{start}é🐻ß", f"{start}é𝒳ß", f"{start}é🦝ß"],
        "bytes": [f"{start}é?ß", f"{start}é\ufffdß", f"{start}??ß", _as_latin_1(text)],
        "any text": [f"{start}*", f"{start[:-1]}*{MARK}", "*"],
        "any character": [f"{start[:-1]}?{MARK}", f"{start}?????"],
        "a pattern of SQL": [f"{start}%", f"{start[:-1]}_{MARK}", "%"],
        "a pattern": [f"{start}.*", f"^{start}", f"/{start}/", f"~{start}"],
        "an escape": [f"{start[:-1]}\\{start[-1]}{MARK}"],
        "a negation": [f"!{text}"],
        "an operator": [f"{sign}{text}" for sign in ("<>", "ne:", "-", ">=", "not ", "neq.")],
    }


WORDS_FOR_NOTHING = ("0", "false", "null", "undefined", "None", "0.0", "[]", "-1")
"""Texts that a language or a database may hold for no value."""

OTHER_NUMBERS: Mapping[str, Callable[[str], str]] = {
    "another country": lambda number: ("+47" if number[:3] == "+46" else "+46") + number[3:],
    "another last digit": lambda number: number[:-1] + ("1" if number[-1] == "0" else "0"),
    "a digit more": lambda number: number + ("1" if number[-1] == "0" else "0"),
    "a digit less": lambda number: number[:-1],
}
"""Numbers that are like that of a source, but no source's."""


def collated(text: str) -> Mapping[str, Sequence[str]]:
    """Return by what a collation may ignore texts that differ from one that ends with `MARK`."""
    start = text.removesuffix(MARK)
    wide = f"{start[:-1]}{chr(ord(start[-1]) + 0xFEE0)}{MARK}"
    return {
        "accents and letter case": [
            f"{start}e🦊ß",
            f"{start}ê🦊ß",
            f"{start}É🦊ß",
            f"{start}é🦊ss",
        ],
        "form and width": [unicodedata.normalize("NFD", text), wide],
        "blanks behind": [f"{text} ", f"{text}\t"],
        "unseen characters": [f"{start[:-1]}{unseen}{start[-1]}{MARK}" for unseen in UNSEEN],
        "blanks before": [f" {text}"],
    }


def _as_latin_1(text: str) -> str:
    """Return the octets of a text in UTF-8, each taken for a character."""
    return text.encode().decode("latin-1")

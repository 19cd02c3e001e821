"""What the words of a refusal tell: which fields are demanded, and what they may hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.spec.resources import CUSTOMERS, RESOURCES
from conformance.spec.schemas import schema_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.spec.resources import Resource

NEVER = frozenset({"name", "custnr", "uuid", "timestamp", "token", "errors"})
"""What is not to be copied from another record, nor taken for a field that is demanded."""

COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
DIGITS = "1234567890"

_IDENTIFIER = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
_BREAKS = re.compile(r"[^a-z0-9]+")
_QUOTED = re.compile(r"[\"'`\u201c\u2018\u201e]([^\"'`\u201d\u2019]{1,40})[\"'`\u201d\u2019]")
_BETWEEN = re.compile(r"\s*(?:[,;/|]|\bor\b|\band\b|\boder\b)\s*", re.IGNORECASE)
_DIGITS = re.compile(r"digit|numer|number|integer|\bzip\b|ziffer", re.IGNORECASE)


def demanded(resource: Resource, words: str) -> list[str]:
    """Return the fields that a refusal names, those of the document's pages and any identifier."""
    schema = schema_of(resource.name)["$defs"]["record"]
    known = [*schema["properties"], *(f"custom_{number}" for number in range(1, 21))]
    found = [*named_in(words, known), *_IDENTIFIER.findall(words.lower())]
    ids = {each.id_field for each in RESOURCES} - {CUSTOMERS.id_field}
    return [name for name in dict.fromkeys(found) if name not in NEVER | ids]


def named_in(words: str, fields: Mapping[str, object] | list[str]) -> list[str]:
    """Return the fields that a text names, in whatever spelling: custom_1, "Custom 1", E-mail."""
    spoken = f" {_BREAKS.sub(' ', words.lower())} "
    return [
        name
        for name in fields
        if f" {_BREAKS.sub(' ', name.lower())} " in spoken
        or (name == "email" and " e mail " in spoken)
        or (name == "corporateid" and " corporate id " in spoken)
    ]


def called_missing(words: str, sent: Mapping[str, str]) -> bool:
    """Tell whether a refusal says that something is missing which was sent, and filled in."""
    names = "|".join(re.escape(name) for name, value in sent.items() if value)
    missing = (
        r"(?:is|are|was|must be|has to be|field)?\W*(?:missing|required|mandatory|empty|blank)"
    )
    before = r"(?:missing|required|mandatory)\W*(?:parameter|field|value|argument)?\W*"
    pattern = rf"\b(?:{names})\b\W*{missing}|{before}\b(?:{names})\b"
    return bool(names) and re.search(pattern, words.lower()) is not None


def choices_in(words: str, field: str) -> list[str]:
    """Return what a refusal says that a field may hold: quoted, listed, or so many digits.

    "custom_5 is one of Firma, Herr, Frau" gives these three, "a code of five digits" 12345.
    """
    said = re.sub(r"[\\\[\]{}()<>]", " ", words)
    found = re.search(_BREAKS.sub(r"[\\W_]+", field), said, re.IGNORECASE)
    rest = said[found.end() :] if found else said
    quoted = [each for each in _QUOTED.findall(rest) if re.search(r"\w", each)]
    parts = [each.strip(" .:\"'") for each in _BETWEEN.split(rest)]
    last_words = [each.split()[-1].strip(".:\"'") for each in parts if each]
    listed = last_words if len(parts) > 1 else []
    return list(dict.fromkeys([*quoted, *(each for each in listed if each), *_digits_of(rest)]))


def _digits_of(words: str) -> list[str]:
    """Return digits where a text asks for them, as many as it says."""
    if not _DIGITS.search(words):
        return []
    named = {name: number for number, name in enumerate(COUNTS, 1)}
    spoken = re.findall(rf"\b(?:[0-9]{{1,2}}|{'|'.join(COUNTS)})\b", words.lower())
    lengths = [named.get(each) or int(each) for each in spoken]
    return [*(DIGITS[:length] for length in lengths if length <= len(DIGITS)), DIGITS[:5], "1"]

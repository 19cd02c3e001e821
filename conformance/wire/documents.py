"""JSON and XML of a target, read within bounds: of size, of depth, of what they may declare."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from conformance.verdicts import SetupFailed
from conformance.wire import limits

if TYPE_CHECKING:
    from collections.abc import Iterable

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""How UTF-8 may begin in XML."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How a body begins that is not UTF-8 but UTF-16, where a declaration could hide."""

_DOCUMENT_TYPE = re.compile(
    rb"""<!DOCTYPE\s+[^\s<>\["']+(?:\s+(?:SYSTEM|PUBLIC)(?:\s*(?:"[^"<>]*"|'[^'<>]*')){1,2})?\s*>"""
)
"""A document type declaration that declares nothing by itself."""

_ELEMENT = re.compile(rb"<[A-Za-z_:\x80-\xff]")
"""How the first element begins: what is before it is the prolog."""

_ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)""")
_LONGEST_DECLARATION = 400
"""Bytes of an XML declaration: more have no purpose but to hide something."""

_SUPERSET_OF_ASCII = re.compile(
    rb"utf-?8|us-ascii|ascii|latin-?1|iso-?8859-\d{1,2}|windows-125\d", re.IGNORECASE
)
"""Encodings in which markup is written as in ASCII, so that none can hide."""

_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of surrogate pairs that stand alone: JSON can write them, but they are no characters."""

_SHOWN = 80

FEW = 4
"""How many texts are kept as what they were read as: an answer is looked at several times."""


class Unreadable(SetupFailed):
    """A response is not the representation that it should be, so nothing can be read from it."""


@lru_cache(FEW)
def json_value(content: bytes) -> object:
    """Return the value of a JSON text; raises Unreadable where it is none, or beyond the bounds.

    It is not to be changed: all who read the same text one after another share it. What is half a
    character in it is read as U+FFFD, so that every text can be written in UTF-8.
    """
    if has_too_many_values(content):
        message = f"the body has more than {limits.MOST_VALUES} values: it is not read"
        raise Unreadable(message)
    try:
        value: object = json.loads(content)
    except (ValueError, RecursionError) as error:
        message = f"the body is not JSON ({error}): {excerpt(content)}"
        raise Unreadable(message) from error
    if _is_deep_json(value, content):
        message = f"the body is nested deeper than {limits.DEEPEST}: {excerpt(content)}"
        raise Unreadable(message)
    return _of_characters(value) if _may_have_halves(content) else value


def has_too_many_values(content: bytes) -> bool:
    """Tell whether a JSON text could hold more values than are read."""
    return sum(map(content.count, (b",", b"[", b"{"))) > limits.MOST_VALUES


@lru_cache(FEW)
def xml_root(content: bytes) -> ET.Element:
    """Return the root of an XML document; raises Unreadable where it is none, or beyond the bounds.

    Nothing is read that declares entities or could hide that it does. Like a value of JSON, it is
    not to be changed.
    """
    safe = without_document_type(content)
    if safe is None:
        message = "the body declares entities, hides its markup or is too large: it is not read"
        raise Unreadable(message)
    try:
        root = ET.fromstring(safe)  # noqa: S314  (entities need the DOCTYPE refused above)
    except (ET.ParseError, ValueError, LookupError) as error:
        message = f"the body is not XML ({error}): {excerpt(content)}"
        raise Unreadable(message) from error
    if _is_deep([root]):
        message = f"the body is nested deeper than {limits.DEEPEST}: {excerpt(content)}"
        raise Unreadable(message)
    return root


def without_document_type(content: bytes) -> bytes | None:
    """Return XML without its document type, which may name a file that nobody opens.

    None where it declares anything, since entities could make a small body grow; where UTF-16 or
    another encoding hides what it declares; or where it has too many elements.
    """
    if not _shows_its_markup(content):
        return None
    if content.count(b"<") - content.count(b"</") > limits.MOST_VALUES:
        return None
    first = _ELEMENT.search(content)
    prolog = content[: first.start()] if first else content
    if b"<!DOCTYPE" not in prolog:
        return content  # one behind the first element is text, or no XML
    stripped = _DOCUMENT_TYPE.sub(b"", content, count=1)
    return None if b"<!DOCTYPE" in stripped else stripped


def _shows_its_markup(content: bytes) -> bool:
    """Tell whether XML is in an encoding whose markup is that of ASCII."""
    if content.startswith(_UTF_16) or b"\0" in content[:4]:
        return False
    declaration, end, _ = content[:_LONGEST_DECLARATION].partition(b"?>")
    if b"<?xml" not in declaration:
        return True
    named = _ENCODING.search(declaration)
    return bool(end) and (named is None or _SUPERSET_OF_ASCII.fullmatch(named[1]) is not None)


def excerpt(content: bytes) -> str:
    """Return the beginning of a body, quoted."""
    return repr(content[: 4 * _SHOWN].decode("utf-8", "replace")[:_SHOWN])


def _may_have_halves(content: bytes) -> bool:
    """Tell whether a JSON text may hold half a character: by its escape, or in bytes of its own."""
    escaped = b"\\ud" in content or b"\\uD" in content
    return escaped or b"\xed" in content or b"\0" in content[:4]


def _of_characters(value: object) -> object:
    """Return a value of JSON with U+FFFD in place of each half of a character."""
    if isinstance(value, str):
        return _HALVES.sub("\ufffd", value)
    if isinstance(value, list):
        return [_of_characters(each) for each in value]
    if isinstance(value, dict):
        return {_HALVES.sub("\ufffd", key): _of_characters(each) for key, each in value.items()}
    return value


def _is_deep(level: Iterable[ET.Element]) -> bool:
    """Tell whether elements are nested deeper than they may be."""
    for _ in range(limits.DEEPEST):
        level = [child for element in level for child in element]
    return bool(level)


def _is_deep_json(value: object, content: bytes) -> bool:
    """Tell whether a value is nested deeper than it may be."""
    if content.count(b"[") + content.count(b"{") <= limits.DEEPEST:
        return False
    level: list[Any] = [value]
    for _ in range(limits.DEEPEST):
        within = [each.values() if type(each) is dict else each for each in level]
        level = [each for values in within for each in values if type(each) in (dict, list)]
        if not level:
            return False
    return True

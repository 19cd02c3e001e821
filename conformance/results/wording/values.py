"""Values in words: short, on one line, in the terms of HTTP and of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from enum import Enum
from http import HTTPStatus
from typing import Final
from xml.etree import ElementTree as ET

from conformance.results.wording.assertions import EMPTY
from conformance.results.wording.requests import exchange_in_words, response_in_words
from conformance.results.wording.texts import MOST_OF_A_TEXT, shortened
from conformance.spec.addressing import Identity
from conformance.spec.resources import CDRS, CUSTOMERS, RESOURCES
from conformance.wire.exchanges import Exchange
from conformance.wire.responses import Response

MOST_OF_A_VALUE: Final = 150
"""Characters of any value that are shown."""

MOST_OF_A_FINDING: Final = 230
"""Characters of a finding that says itself what it is."""

MOST_PARTS: Final = 4
"""The maximum number of parts of a value to show."""


def in_words(value: object) -> str:  # noqa: PLR0911  (one for each form)
    """Return a value in words; a text within a value is in quotes."""
    if isinstance(value, EMPTY) and not value:
        return "none" if not isinstance(value, str) else "an empty text"
    if isinstance(value, str | bytes):
        return text_in_words(value)
    if told := _documented(value):
        return told
    if isinstance(value, Mapping):
        return _record(value) or _mapping(value)
    if isinstance(value, Iterable):
        return several_in_words(value)
    if is_dataclass(value) and not _words_itself(value):
        return _parts(
            f"{each.name.replace('_', ' ')} {in_words(getattr(value, each.name))}"
            for each in fields(value)
        )
    return shortened(str(value).strip("<>"), MOST_OF_A_FINDING)


def text_in_words(value: str | bytes, most: int = MOST_OF_A_TEXT) -> str:
    """Return a text in quotes; one that is too long to be shown with its length."""
    shown = shortened(value, most)
    whole = value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value
    return repr(shown) + (f" ({len(whole)} characters)" if len(whole) > most else "")


def span_in_words(span: timedelta) -> str:
    """Return a length of time: "1 h 30 min", with a minus sign where it is negative."""
    seconds = round(abs(span).total_seconds())
    parts = ((seconds // 3600, "h"), (seconds // 60 % 60, "min"), (seconds % 60, "s"))
    told = " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 s"
    return f"minus {told}" if span < timedelta(0) else told


def _documented(value: object) -> str:  # noqa: PLR0911  (one for each form)
    """Return what HTTP or the document has a word for; "" for any other value."""
    match value:
        case None | True | False:
            return {None: "nothing", True: "yes", False: "no"}[value]
        case Exchange():
            return exchange_in_words(value)
        case Response():
            return response_in_words(value)
        case object(exchange=Exchange() as exchange):
            return _attempt(value, exchange)
        case Identity():
            return f"{value.resource.singular} {shortened(value.id)}"
        case HTTPStatus():
            return str(int(value))
        case Enum():
            return str(value.value)
        case ET.Element():
            return f"<{value.tag}>"
        case timedelta():
            return span_in_words(value)
    return ""


def _attempt(value: object, exchange: Exchange) -> str:
    """Return something that holds an exchange in words, and what it says itself of it."""
    asked = getattr(value, "asked", "")
    how = f"{asked}, " if isinstance(asked, str) and asked and " /" not in asked else ""
    data = ", data shown" if getattr(value, "shows_data", False) else ""
    return f"{how}{exchange_in_words(exchange)}{data}"


def several_in_words(values: Iterable[object]) -> str:
    """Return several values in words, the first few of them, with how many there are.

    A text that stands alone in a list is a finding in words, unless it is a single word.
    """
    several = values if isinstance(values, Collection) else [*values]
    if isinstance(several, set | frozenset):
        several = sorted(several, key=str)
    counted = Counter(map(_as_part, several))
    told = (f"{part} ({count} times)" if count > 1 else part for part, count in counted.items())
    return _parts(told, len(counted))


def either(values: Iterable[object], last: str = "or") -> str:
    """Return alternatives in words: "400, 403 or 404"."""
    texts = [str(int(each)) if isinstance(each, int) else str(each) for each in values]
    *before, final = sorted(dict.fromkeys(texts)) or ["none"]
    return f"{', '.join(before)} {last} {final}" if before else final


def _mapping(value: Mapping[object, object]) -> str:
    texts = (f"{shortened(str(key))}: {_as_part(each)}" for key, each in value.items())
    return _parts(texts, len(value))


_FEWEST_FIELDS: Final = 4
"""Fields of the smallest record: parameters of a request may name ids as well."""


def _record(value: Mapping[object, object]) -> str:
    """Return a record by its id and its name; "" for what is none."""
    ids = {
        each.singular: value[each.id_field]
        for each in (CDRS, *RESOURCES)
        if isinstance(value.get(each.id_field), str | int) and len(value) >= _FEWEST_FIELDS
    }
    if not ids:
        return ""
    kind, id_ = min(ids.items(), key=lambda each: each[0] == CUSTOMERS.singular)  # not the owner
    name = value.get("name")
    return f"{kind} {id_}" + (f" (name {in_words(name)})" if name else "")


def _as_part(value: object) -> str:
    if isinstance(value, str) and " " in value:
        return shortened(value, MOST_OF_A_FINDING)
    if isinstance(value, tuple):
        return ", ".join(map(_as_part, value))
    return in_words(value)


def _parts(texts: Iterable[str], count: int = 0) -> str:
    """Return texts joined, as many as are short enough, and how many more there are."""
    shown: list[str] = []
    for text in texts:
        too_long = sum(map(len, shown)) + len(text) > 2 * MOST_OF_A_VALUE
        if shown and (len(shown) == MOST_PARTS or too_long):
            break
        shown.append(shortened(text, 2 * MOST_OF_A_VALUE))
    more = count - len(shown)
    return "; ".join(shown) + (f" (and {more} more)" if more > 0 and shown else "")


def _words_itself(value: object) -> bool:
    """Tell whether a dataclass says itself what it is; what dataclasses generate is wrapped."""
    kind = type(value)
    return kind.__str__ is not object.__str__ or not hasattr(kind.__repr__, "__wrapped__")

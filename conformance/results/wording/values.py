"""Values in words: short, on one line, in the terms of HTTP and of the document."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from conformance.results.wording.assertions import EMPTY
from conformance.spec.addressing import Identity
from conformance.spec.resources import CDRS, CUSTOMERS, RESOURCES
from conformance.wire.exchanges import Exchange
from conformance.wire.responses import Response

MOST_OF_A_TEXT: Final = 60
"""Characters of one text that are shown."""

MOST_OF_A_VALUE: Final = 150
"""Characters of any value that are shown."""

MOST_PARTS: Final = 4
"""The maximum number of parts of a value to show."""


def in_words(value: object) -> str:  # noqa: PLR0911  (one for each form)
    """Return a value in words; a text within a value is in quotes."""
    if isinstance(value, EMPTY) and not value:
        return "none" if not isinstance(value, str) else "an empty text"
    if isinstance(value, str | bytes):
        return repr(shortened(value))
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
    return shortened(str(value).strip("<>"), MOST_OF_A_VALUE)


def _documented(value: object) -> str:  # noqa: PLR0911  (one for each form)
    """Return what HTTP or the document has a word for; "" for any other value."""
    match value:
        case None | True | False:
            return {None: "nothing", True: "yes", False: "no"}[value]
        case Exchange():
            return exchange_in_words(value)
        case Response():
            return response_in_words(value)
        case Identity():
            return f"{value.resource.singular} {shortened(value.id)}"
        case HTTPStatus():
            return str(int(value))
        case Enum():
            return str(value.value)
        case ET.Element():
            return f"<{value.tag}>"
    return ""


def several_in_words(values: Iterable[object]) -> str:
    """Return several values in words, the first few of them, with how many there are.

    A text that stands alone in a list is a finding in words, unless it is a single word.
    """
    several = values if isinstance(values, Collection) else [*values]
    if isinstance(several, set | frozenset):
        several = sorted(several, key=str)
    return _parts((_as_part(each) for each in several), len(several))


def either(values: Iterable[object], last: str = "or") -> str:
    """Return alternatives in words: "400, 403 or 404"."""
    texts = [str(int(each)) if isinstance(each, int) else str(each) for each in values]
    *before, final = sorted(dict.fromkeys(texts)) or ["none"]
    return f"{', '.join(before)} {last} {final}" if before else final


def exchange_in_words(exchange: Exchange) -> str:
    """Return the request of an exchange and its answer in words."""
    answer = exchange.response
    told = "no answer" if answer is None else response_in_words(answer)
    return f"{request_in_words(exchange)}: {told}"


def request_in_words(exchange: Exchange) -> str:
    """Return the method and the target of a request."""
    parts = urlsplit(exchange.url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return f"{exchange.method} {shortened(target, 2 * MOST_OF_A_TEXT)}"


def response_in_words(response: Response) -> str:
    """Return the status and the media type of a response."""
    kind = response.media_type.rpartition("/")[2].upper()
    return f"{response.status_code}, {shortened(kind)}" if kind else str(response.status_code)


def shortened(text: str | bytes, most: int = MOST_OF_A_TEXT) -> str:
    """Return a text cut to a number of characters, on one line; of bytes, as UTF-8."""
    told = text.decode("utf-8", "backslashreplace") if isinstance(text, bytes) else text
    told = " ".join(told.split()) if "\n" in told else told
    return told if len(told) <= most else f"{told[: most - 1]}…"


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
        return shortened(value, MOST_OF_A_VALUE)
    if isinstance(value, tuple):
        return _parts(_as_part(each) for each in value)
    return in_words(value)


def _parts(texts: Iterable[str], count: int = 0) -> str:
    """Return texts joined, as many as are short enough, and how many more there are."""
    shown: list[str] = []
    for text in texts:
        if len(shown) == MOST_PARTS or sum(map(len, shown)) + len(text) > 2 * MOST_OF_A_VALUE:
            break
        shown.append(text)
    more = count - len(shown)
    return "; ".join(shown) + (f" (and {more} more)" if more > 0 and shown else "")


def _words_itself(value: object) -> bool:
    """Tell whether a dataclass says itself what it is; what dataclasses generate is wrapped."""
    kind = type(value)
    return kind.__str__ is not object.__str__ or not hasattr(kind.__repr__, "__wrapped__")

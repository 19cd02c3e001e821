"""The header fields that make a request special, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from conformance.results.wording.texts import shortened
from conformance.spec.media_types import FORM_TYPE, JSON_TYPE

if TYPE_CHECKING:
    from conformance.wire.exchanges import Exchange

MOST_FIELDS: Final = 2
"""Fields that are told with their values; of more than so many, the names alone."""

MOST_OF_A_FIELD: Final = 40
"""Characters of a field's value that are shown."""

_MOST_OF_NAMES: Final = 120

_COUNT_MOST: Final = ("if-", "x-http-method", "range", "expect", "content-", "host")
"""How fields begin that servers act upon: of many they are named first."""

_PLAIN: Final = {
    "accept": ("*/*", JSON_TYPE),
    "accept-encoding": ("identity",),
    "connection": None,
    "content-length": None,
    "user-agent": None,
    "authorization": None,
}
"""Fields that tell nothing, with these values or with any; credentials are told by the caller."""

_SECRET: Final = re.compile("auth|cookie|token|key|secret|session", re.IGNORECASE)
"""Fields whose value may be a credential."""


def special_fields(exchange: Exchange) -> list[str]:
    """Return in words the header fields that a plain request of this suite has not."""
    told = {
        name: value
        for name, value in exchange.request_headers.items()
        if not _is_plain(name.lower(), value, exchange)
    }
    if len(told) > MOST_FIELDS:
        first = sorted(told, key=lambda name: not name.lower().startswith(_COUNT_MOST))
        names = shortened(", ".join(first), _MOST_OF_NAMES)
        return [f"{len(told)} special fields ({names})"]
    return [_in_words(*each) for each in told.items()] + _lacking(exchange)


def _lacking(exchange: Exchange) -> list[str]:
    """Return that the type of a body is not told, which plain requests do."""
    names = {name.lower() for name in exchange.request_headers}
    told = not exchange.request_body or "content-type" in names or exchange.role == "curl"
    return [] if told else ["no Content-Type"]


def _is_plain(name: str, value: str, exchange: Exchange) -> bool:
    if name == "content-type":
        is_json = exchange.request_body[:1] in (b"{", b"[")
        return value == (JSON_TYPE if is_json else FORM_TYPE)
    if name == "host":
        return value == urlsplit(exchange.url).netloc
    values = _PLAIN.get(name, ())
    return values is None or value in values


def _in_words(name: str, value: str) -> str:
    if not value:
        return name
    shown = "..." if _SECRET.search(name) else shortened(value, MOST_OF_A_FIELD)
    return f"{name}: {shown}"

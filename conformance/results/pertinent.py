"""The exchanges that a finding is about, among all those of a case or of a run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from conformance.wire.exchanges import Exchange
from conformance.wire.responses import Response

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_PERTINENT: Final = 3
"""The maximum number of exchanges that a finding is about."""

_MOST_LOOKED_AT: Final = 20
_LONGEST_TARGET: Final = 80
_DEEPEST: Final = 3
_STATUS: Final = re.compile(r"[1-5]\d\d")
_MENTION: Final = re.compile(r"\b([A-Z]{3,8}) (/[^\s:;,)'\"]*)(?:: (\d{3}))?")


def pertinent(found: object, exchanges: Sequence[Exchange]) -> list[Exchange]:
    """Return the exchanges that a finding holds, names, or has the status codes of; or none."""
    parts = [*_within(found, _DEEPEST)]
    held = [each for each in parts if isinstance(each, Exchange)]
    responses = {id(each) for each in parts if isinstance(each, Response)}
    held += [each for each in exchanges if id(each.response) in responses]
    if held:
        return held[:MOST_PERTINENT]
    texts = [each for each in parts if isinstance(each, str)]
    return _named(texts, exchanges) or _of_status(parts, exchanges)


def _within(value: object, depth: int) -> Iterator[object]:
    """Give a value and what it holds; of what says itself what it is, also its text."""
    yield value
    if not depth or isinstance(value, str | bytes | Exchange | Response):
        return
    if isinstance(value, Mapping):
        value = [part for pair in list(value.items())[:_MOST_LOOKED_AT] for part in pair]
    if isinstance(value, list | tuple | set | frozenset):
        for each in list(value)[:_MOST_LOOKED_AT]:
            yield from _within(each, depth - 1)
    elif hasattr(value, "__dataclass_fields__"):
        yield repr(value)
        yield from (getattr(value, name, None) for name in ("exchange", "response"))


def _named(texts: Iterable[str], exchanges: Sequence[Exchange]) -> list[Exchange]:
    wanted = [found for text in texts for found in _MENTION.findall(text)]
    named: list[Exchange] = []
    for method, target, status in wanted[:MOST_PERTINENT]:
        alike = (
            each
            for each in exchanges
            if each.method == method
            and _target(each)[:_LONGEST_TARGET] == target[:_LONGEST_TARGET]
            and (not status or _status(each) == status)
        )
        named += [found for found in [next(alike, None)] if found is not None]
    return named


def _of_status(parts: Iterable[object], exchanges: Sequence[Exchange]) -> list[Exchange]:
    codes = {_code(each) for each in parts if _is_status(each)}
    return [each for each in exchanges if _status(each) in codes][:MOST_PERTINENT]


def _is_status(value: object) -> bool:
    number = isinstance(value, int | str) and not isinstance(value, bool)
    return number and _STATUS.fullmatch(_code(value)) is not None and _code(value) != "200"


def _code(value: object) -> str:
    """Return the first word of a text, which may be a status: "404 JSON"."""
    return str(value).partition(" ")[0]


def _status(exchange: Exchange) -> str:
    return "" if exchange.response is None else str(exchange.response.status_code)


def _target(exchange: Exchange) -> str:
    parts = urlsplit(exchange.url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path

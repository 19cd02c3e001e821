"""Characters that lie across the borders at which a buffer may end, in requests and answers.

Buffers, pieces and records mostly have a power of two of bytes. They are counted from the first
byte of a body or from that of its head; which of the two cannot be seen from outside.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.checks import request_data
from conformance.checks.text_packs import IN_JSON, IN_XML, fields_for_texts
from conformance.clients.raw_http import RawRequest
from conformance.clients.ways import read_by
from conformance.config.sampling import part_of
from conformance.spec.media_types import JSON_TYPE
from conformance.spec.resources import CUSTOMERS, GREETINGS
from conformance.verdicts import not_applicable
from conformance.wire.documents import Unreadable
from conformance.wire.recorder import observed
from conformance.wire.records import id_of
from conformance.wire.transport import target_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from conformance.clients.api import Api
    from conformance.clients.raw_http import RawHttp
    from conformance.spec.addressing import Identity
    from conformance.wire.exchanges import Exchange
    from conformance.wire.responses import Response

WIDE = ("å", "株", "📞")
"""A character of two bytes, of three, and of four."""

CUTS = {
    "two bytes": [("å", 1)],
    "three bytes": [("株", 1), ("株", 2)],
    "four bytes": [("📞", 1), ("📞", 2), ("📞", 3)],
}
"""Where a border may cut a character: behind so many of its bytes."""

BORDERS = (4096, 16384, 32768, 65536)
MORE_BORDERS = (1024, 2048, 8192, 49152)
"""Bytes behind which a buffer of a request may end; larger bodies are refused by many servers."""

UNITS = 13
"""Characters of a text that lies across a border: at most 39 bytes of three-byte characters."""

ACROSS_HEAD = 8192


@dataclass(frozen=True, slots=True)
class Placed:
    """A text of one character repeated, of which one lies across a border."""

    field: str
    character: str
    cut: int
    border: int

    @property
    def text(self) -> str:
        """The text: few enough characters for every documented length."""
        return self.character * (40 // len(self.character.encode()))

    @property
    def start(self) -> int:
        """The byte at which the text has to begin."""
        width = len(self.character.encode())
        return self.border - self.cut - width * (len(self.text) // 2)


def padded_json(placed: Sequence[Placed]) -> bytes:
    """Return a JSON object whose texts lie where they have to, with blanks between its members."""
    body = b"{"
    for number, each in enumerate(sorted(placed, key=lambda one: one.border)):
        key = (b"," if number else b"") + json.dumps(each.field).encode() + b':"'
        body += b" " * (each.start - len(body) - len(key)) + key + each.text.encode() + b'"'
    return body + b"}"


def cut_in_requests(api: Api) -> list[tuple[int, str, str, object]]:
    """PUT JSON in which characters lie across borders; return those that are shown otherwise.

    Each comes with its border, how it was read, and the text sent and shown. A body that is refused
    is not judged. Ends the case where a PUT of JSON does not work.
    """
    made = request_data.require_json_put(api)
    fields = [name for name in fields_for_texts(api, CUSTOMERS) if name != "corporateid"]
    head = _head_of(api.attempt("PUT", made.path, **_json_options(b'{"name":"plain"}')))
    found = []
    for character, cut in part_of(CUTS):
        for counted_from in (0, head):
            for borders in _shares(BORDERS, len(fields)):
                placed = [
                    Placed(field, character, cut, border - counted_from)
                    for field, border in zip(fields, borders, strict=False)
                ]
                found += _shown_otherwise(api, made, placed)
    return found


def _shares(borders: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for at in range(0, len(borders), size):
        yield borders[at : at + size]


def _json_options(body: bytes) -> dict[str, object]:
    return {"data": body, "headers": {"Content-Type": JSON_TYPE}}

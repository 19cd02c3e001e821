"""Characters that lie across the borders at which a buffer may end, in requests and answers.

Buffers, pieces and records mostly have a power of two of bytes. They are counted from the first
byte of a body or from that of its head; which of the two cannot be seen from outside.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING

from conformance.checks import request_data
from conformance.checks.text_packs import fields_for_texts
from conformance.clients.raw_http import RawRequest
from conformance.config.sampling import some_of_strata
from conformance.spec.media_types import JSON_TYPE
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed
from conformance.wire.transport import target_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.clients.api import Api
    from conformance.clients.raw_http import RawHttp
    from conformance.spec.addressing import Identity
    from conformance.wire.exchanges import Exchange
    from conformance.wire.responses import Response

PAIR = "\\ud83d\\udcde"
"""A character of four bytes as JSON may escape it."""

CUTS = {
    "two bytes": [("å", 1)],
    "three bytes": [("株", 1), ("株", 2)],
    "four bytes": [("📞", 1), ("📞", 2), ("📞", 3)],
    "an escaped pair": [(PAIR, 6), (PAIR, 3), (PAIR, 9), (PAIR, 8)],
}
"""Characters, and behind how many of their bytes, as they are sent, a border may cut them."""

BORDERS = (4096, 16384, 65536)
MORE_BORDERS = {"other borders": [1024, 2048, 8192, 32768, 49152]}
"""Bytes behind which a buffer of a request may end; larger bodies are refused by many servers."""

MOST_BYTES = 40
"""Bytes of one text: it is below every documented length, however that is counted."""

WIDE_NAME = "å株📞" * 3


@dataclass(frozen=True, slots=True)
class Placed:
    """A text for a field: one character repeated, of which one lies across a border.

    The character is as JSON has it: as it is, or escaped.
    """

    field: str
    character: str
    cut: int
    border: int

    @property
    def written(self) -> str:
        """The text as it is sent."""
        return self.character * (MOST_BYTES // len(self.character.encode()))

    @property
    def text(self) -> str:
        """The text."""
        return str(json.loads(f'"{self.written}"'))

    @property
    def start(self) -> int:
        """The byte at which the text has to begin."""
        width = len(self.character.encode())
        return self.border - self.cut - width * (len(self.written) // len(self.character) // 2)


def padded_json(placed: Sequence[Placed]) -> bytes:
    """Return a JSON object whose texts lie where they have to, with blanks between its members."""
    body = b"{"
    for number, each in enumerate(sorted(placed, key=lambda one: one.border)):
        key = (b"," if number else b"") + json.dumps(each.field).encode() + b':"'
        body += b" " * (each.start - len(body) - len(key)) + key + each.written.encode() + b'"'
    return body + b"}"


def cut_in_requests(api: Api) -> list[tuple[int, str, object]]:
    """PUT JSON in which characters lie across borders; return those that are stored otherwise.

    Each comes with the border, and the text sent and shown. Borders are counted from the first
    byte of the body, and from that of the head. A body that is refused is not judged.
    """
    made = request_data.require_json_put(api)
    fields = fields_for_texts(api, CUSTOMERS)
    head = _length_of_head(_put_json(api, made, b'{"name":"plain"}'))
    borders = sorted([*BORDERS, *some_of_strata(MORE_BORDERS)])
    found: list[tuple[int, str, object]] = []
    for (character, cut), counted_from in zip(some_of_strata(CUTS), cycle((0, head)), strict=False):
        for at in range(0, len(borders), len(fields)):
            placed = [
                Placed(field, character, cut, border - counted_from)
                for field, border in zip(fields, borders[at : at + len(fields)], strict=False)
            ]
            found += _stored_otherwise(api, made, placed)
    return found


def cut_by_chunks(api: Api, raw: RawHttp) -> dict[str, object]:
    """PUT JSON in chunks of one byte each; return the name if it is stored otherwise.

    Not applicable where plain letters do not come through in such chunks.
    """
    made = request_data.require_json_put(api)
    plain = api.fresh()
    put_in_bytes(raw, made, plain)
    if api.read(made).get("name") != plain:
        not_applicable("JSON is not taken in chunks")
    response = put_in_bytes(raw, made, WIDE_NAME)
    observed("texts" if response.ok else "texts refused", 1)
    shown = api.read(made).get("name")
    return {WIDE_NAME: shown} if response.ok and shown != WIDE_NAME else {}


def put_in_bytes(raw: RawHttp, made: Identity, name: str) -> Response:
    """PUT a name in JSON with chunked transfer coding, each byte in a chunk of its own."""
    body = json.dumps({"name": name}, ensure_ascii=False).encode()
    chunks = b"".join(b"1\r\n%c\r\n" % octet for octet in body) + b"0\r\n\r\n"
    fields = (("Content-Type", JSON_TYPE), ("Transfer-Encoding", "chunked"))
    return raw.send(RawRequest("PUT", made.path, fields=fields, body=chunks))


def _stored_otherwise(
    api: Api, made: Identity, placed: Sequence[Placed]
) -> list[tuple[int, str, object]]:
    response = _put_json(api, made, padded_json(placed)).response
    if response is None or not response.ok:
        observed("texts refused", len(placed))
        return []
    record = api.read(made)
    observed("texts", len(placed))
    return [
        (each.border, each.text, record.get(each.field))
        for each in placed
        if record.get(each.field) != each.text
    ]


def _put_json(api: Api, made: Identity, body: bytes) -> Exchange:
    """PUT a body as it is; a server may also refuse a long one by closing the connection."""
    return api.attempt("PUT", made.path, data=body, headers={"Content-Type": JSON_TYPE})


def _length_of_head(exchange: Exchange) -> int:
    """Return about how many bytes a request had before its body; Host is added where it lacks."""
    fields = {"Host": exchange.url.split("/")[2], **exchange.request_headers}
    lines = [f"{exchange.method} {target_of(exchange.url)} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in fields.items()]
    longer = len(str(BORDERS[-1])) - len(str(len(exchange.request_body)))
    return len("\r\n".join([*lines, "", ""])) + longer

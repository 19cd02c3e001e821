"""Freedoms of JSON and of the media types: how a text is written, and how it is called."""

import json
from collections.abc import Mapping

from reference.faulty import Variant
from reference.representation import Answer, Value, Wire


class IndentsJson(Variant):
    """Indents JSON, and ends it with a new line (RFC 8259, 2)."""

    def json_dumped(self, document: Wire) -> str:
        """Write it for people."""
        return json.dumps(document, ensure_ascii=False, indent=4) + "\n"


class EscapesJson(Variant):
    """Escapes all but ASCII in JSON, and the solidus as well (RFC 8259, 7).

    Ambiguity: `escaped-text`.
    """

    def json_dumped(self, document: Wire) -> str:
        """Write capital hexadecimal digits nowhere, and an escaped solidus everywhere."""
        return json.dumps(document).replace("/", "\\/")


class SurroundsJsonWithSpace(Variant):
    """Has white space before and behind the JSON text (RFC 8259, 2)."""

    def json_dumped(self, document: Wire) -> str:
        """Begin with a new line, as a script does that has one before its code."""
        return f"\n{super().json_dumped(document)}\r\n \t\r\n"


class PutsTheRecordsFirst(Variant):
    """Has the records before the paging properties, in JSON and in XML (RFC 8259, 4)."""

    def json_document(self, answer: Answer) -> dict[str, Wire]:
        """Turn the members round."""
        return dict(reversed(super().json_document(answer).items()))

    def xml_content(self, answer: Answer) -> str:
        """Turn the children of the root round."""
        return self.xml_children(answer) + self.xml_paging(answer.paging or {})


class ShufflesMembers(Variant):
    """Has members and fields in another order in every answer (RFC 8259, 4)."""

    def json_document(self, answer: Answer) -> dict[str, Wire]:
        """Shuffle the members."""
        return self.shuffled(super().json_document(answer))

    def wire_record(self, values: Mapping[str, Value]) -> dict[str, Wire]:
        """Shuffle the fields."""
        return self.shuffled(super().wire_record(values))

    def shuffled(self, members: dict[str, Wire]) -> dict[str, Wire]:
        """The same members in an order that nobody can foretell."""
        names = list(members)
        self.random.shuffle(names)
        return {name: members[name] for name in names}


class AddsToTheEnvelope(Variant):
    """Has further members beside the records, errors that are null among them (S57)."""

    def json_document(self, answer: Answer) -> dict[str, Wire]:
        """Add what callers like to know; a ping is just that."""
        document = super().json_document(answer)
        if answer.name in {"ping", "errors"}:
            return document
        more: dict[str, Wire] = {
            "errors": None,
            "status": "ok",
            "code": 200,
            "links": {"self": "/", "next": None},
            "warnings": [],
            "meta": {"took": 3, "records": [answer.name]},
        }
        return {**more, **document}


class NamesNoCharset(Variant):
    """Names no charset in its media types: both have none, or UTF-8.

    Ambiguity: `charset-of-a-media-type`.
    """

    def content_type(self, media_type: str) -> str:
        """Name the type alone."""
        return media_type


class WritesTypesInCapitals(Variant):
    """Writes media type and charset in capitals, the latter quoted (RFC 9110, 8.3.1)."""

    def content_type(self, media_type: str) -> str:
        """Write it so."""
        return f'{media_type.upper()} ; Charset="UTF-8"'


class CallsXmlText(Variant):
    """Calls XML text/xml (RFC 7303, 9.2).

    Ambiguity: `media-type-of-xml`.
    """

    def content_type(self, media_type: str) -> str:
        """Call it so."""
        return super().content_type(media_type.replace("application/xml", "text/xml"))

"""Response data: how an answer is written in JSON and in XML."""

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from .response_types import XML
from .timestamps import Timestamps

Value: TypeAlias = "str | datetime | tuple[Value, ...] | Mapping[str, Value] | None"
"""What a field of a record holds. Numbers are kept as the text that they are on the wire."""
Wire: TypeAlias = "str | int | list[Wire] | dict[str, Wire] | None"
"""What a field looks like in a response."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a response says: a name, what it stands for, and where it is a page of something."""

    name: str
    content: str | Sequence[str | Mapping[str, Value]]
    paging: Mapping[str, int | str] | None = None


class Representation(Timestamps):
    """An answer says the same in both media types."""

    xml_declaration: str = '<?xml version="1.0" encoding="UTF-8"?>'

    def content_type(self, media_type: str) -> str:
        """The Content-Type of a response."""
        return f"{media_type}; charset=utf-8"

    def written(self, answer: Answer, media_type: str) -> bytes:
        """The body that an answer makes."""
        return self.encoded(self.xml_text(answer) if media_type == XML else self.json_text(answer))

    def encoded(self, text: str) -> bytes:
        """The bytes of a body."""
        return text.encode()

    def wire_content(self, answer: Answer) -> Wire:
        """What an answer holds, with every value as both media types show it."""
        content = answer.content
        if isinstance(content, str):
            return content
        return [item if isinstance(item, str) else self.wire_record(item) for item in content]

    def wire_record(self, values: Mapping[str, Value]) -> dict[str, Wire]:
        """A record, with every value as both media types show it."""
        wire_value = self.wire_value
        return {name: wire_value(name, value) for name, value in values.items()}

    def wire_value(self, name: str, value: Value) -> Wire:
        """A value, as both media types show it: text, or nothing."""
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, datetime):
            return self.timestamp(value)
        if isinstance(value, tuple):
            return [self.wire_value(name, item) for item in value]
        return self.wire_record(value)

    # JSON

    def json_text(self, answer: Answer) -> str:
        """An answer in JSON."""
        return self.json_dumped(self.json_document(answer))

    def json_document(self, answer: Answer) -> dict[str, Wire]:
        """The one object of an answer: the paging properties, then the records."""
        return {**(answer.paging or {}), answer.name: self.wire_content(answer)}

    def json_dumped(self, document: Wire) -> str:
        """A JSON document as text."""
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"))

    # XML

    def xml_text(self, answer: Answer) -> str:
        """An answer in XML: a root named after it, the paging properties before the records."""
        return f"{self.xml_declaration}\n{self.xml_root(answer)}"

    def xml_root(self, answer: Answer) -> str:
        """The root element."""
        return self.xml_tagged(answer.name, self.xml_content(answer))

    def xml_content(self, answer: Answer) -> str:
        """What the root holds."""
        return self.xml_paging(answer.paging or {}) + self.xml_children(answer)

    def xml_children(self, answer: Answer) -> str:
        """The records, or whatever else an answer holds."""
        return self.xml_inside(answer.name, self.wire_content(answer))

    def xml_paging(self, paging: Mapping[str, int | str]) -> str:
        """The paging properties: elements, like everything else."""
        return "".join(self.xml_element(name, value) for name, value in paging.items())

    def xml_element(self, name: str, value: Wire) -> str:
        """One element: a record or an array holds elements, nothing is an empty element."""
        if value is None:
            return self.xml_nothing(name)
        return self.xml_tagged(name, self.xml_inside(name, value))

    def xml_inside(self, name: str, value: Wire) -> str:
        """What an element holds."""
        if isinstance(value, str):
            return self.xml_escaped(value)
        if isinstance(value, dict):
            return "".join(self.xml_element(child, item) for child, item in value.items())
        if isinstance(value, list):
            return "".join(self.xml_element(self.singular(name), item) for item in value)
        return str(value)

    def xml_tagged(self, name: str, inside: str) -> str:
        """An element of a name, around what it holds."""
        return f"<{name}>{inside}</{name}>"

    def xml_nothing(self, name: str) -> str:
        """The element of a field that is not set."""
        return f"<{name}/>"

    def xml_escaped(self, text: str) -> str:
        """Text as XML; a parser would take a bare carriage return for a line feed."""
        return html.escape(text, quote=False).replace("\r", "&#13;")

    def singular(self, name: str) -> str:
        """The name of one element of an array."""
        return name.removesuffix("s") if name.endswith("s") else "item"

"""A response as rules see it, and the records in it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from requests.structures import CaseInsensitiveDict

from conformance.verdicts import SetupFailed

if TYPE_CHECKING:
    from conformance.spec.resources import Record, Resource

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""The optional first bytes of XML in UTF-8."""

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""The first bytes of a body in UTF-16, which could hide a declaration."""


_DOCUMENT_TYPE = re.compile(
    rb"""<!DOCTYPE\s+[^\s<>\["']+(?:\s+(?:SYSTEM|PUBLIC)(?:\s*(?:"[^"<>]*"|'[^'<>]*'))+)?\s*>"""
)
"""A document type declaration that declares nothing by itself."""


class Unreadable(SetupFailed):
    """A response is not in the expected representation, so that nothing can be read from it."""


@dataclass(frozen=True)
class Response:
    """Status, header fields (as sent, in order, repeated ones kept) and body of one response."""

    status_code: int
    fields: tuple[tuple[str, str], ...]
    content: bytes

    @cached_property
    def headers(self) -> CaseInsensitiveDict[str]:
        """Header fields by case-insensitive name; repeated ones are joined by ", "."""
        headers: CaseInsensitiveDict[str] = CaseInsensitiveDict()
        for name, value in self.fields:
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        return headers

    def all(self, name: str) -> list[str]:
        """Return all values of a header field, in the order sent."""
        return [value for field, value in self.fields if field.lower() == name.lower()]

    @property
    def ok(self) -> bool:
        """Whether the status is a success (2xx)."""
        return 200 <= self.status_code < 300  # noqa: PLR2004  (the class of status codes)

    @property
    def media_type(self) -> str:
        """The media type in lower case, without parameters; "" where there is none."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @cached_property
    def text(self) -> str:
        """The body decoded as UTF-8, with invalid bytes replaced."""
        return self.content.decode("utf-8", "replace")

    @property
    def looks_like_xml(self) -> bool:
        """Whether the body begins like XML, with or without a byte order mark."""
        return self.content.removeprefix(BYTE_ORDER_MARK).lstrip()[:1] == b"<"

    def json(self) -> object:
        """Return the JSON value of the body; raises Unreadable where it is not JSON."""
        try:
            value: object = json.loads(self.content)
        except (ValueError, RecursionError) as error:
            message = f"the body is not JSON ({error}): {self.text[:80]!r}"
            raise Unreadable(message) from error
        return value

    def xml(self) -> ET.Element:
        """Return the root element of the body; raises Unreadable where it cannot be parsed."""
        content = without_document_type(self.content)
        if content is None:
            message = "the body declares entities or is UTF-16: it is not read"
            raise Unreadable(message)
        try:
            return ET.fromstring(content)  # noqa: S314  (entities need the DOCTYPE refused above)
        except ET.ParseError as error:
            message = f"the body is not XML ({error}): {self.text[:80]!r}"
            raise Unreadable(message) from error

    def records(self, resource: Resource) -> list[Record]:
        """Return the records in the body.

        It accepts any envelope, so that only the rule about envelopes fails for a wrong one: a lone
        record counts as a list of one, and records are also found under another key or none. Raises
        Unreadable where there are no records to read.
        """
        if self.looks_like_xml:
            return _xml_records(self.xml(), resource)
        value = self.json()
        candidates: list[object] = [value]
        if isinstance(value, dict):
            candidates = (
                [value[resource.name]] if resource.name in value else [*value.values(), value]
            )
        for candidate in candidates:
            found = [candidate] if isinstance(candidate, dict) else candidate
            named = resource.name in value if isinstance(value, dict) else False
            if isinstance(found, list) and (named or _are_records(found, resource)):
                return [record for record in found if isinstance(record, dict)]
        message = f"the body has no {resource.name!r} that hold records: {self.text[:80]!r}"
        raise Unreadable(message)

    def holds_records(self, resource: Resource) -> bool:
        """Tell whether the body has at least one readable record of a resource."""
        try:
            return bool(self.records(resource))
        except Unreadable:
            return False


def without_document_type(content: bytes) -> bytes | None:
    """Return XML without its document type, which is never loaded.

    None where it declares anything, since entities can make a small body grow, or where UTF-16
    could hide a declaration.
    """
    stripped = _DOCUMENT_TYPE.sub(b"", content, count=1)
    return None if b"<!DOCTYPE" in stripped or content.startswith(UTF_16) else stripped


def _xml_records(root: ET.Element, resource: Resource) -> list[Record]:
    """Return the records of an XML response: the children of the root with the id field."""
    found: list[Record] = [
        {field.tag: field.text or "" for field in element}
        for element in root
        if element.find(resource.id_field) is not None
    ]
    if not found and root.tag != resource.name:
        message = f"the body's root element {root.tag!r} holds no {resource.name}"
        raise Unreadable(message)
    return found


def _are_records(values: list[object], resource: Resource) -> bool:
    """Tell whether values look like records of a resource: each has the id field."""
    return bool(values) and all(
        isinstance(value, dict) and resource.id_field in value for value in values
    )

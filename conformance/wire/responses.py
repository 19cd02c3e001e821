"""A response as rules see it, and the records in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, TypedDict
from xml.etree import ElementTree as ET

from requests.structures import CaseInsensitiveDict

from conformance.wire.documents import BYTE_ORDER_MARK, Unreadable, excerpt, json_value, xml_root
from conformance.wire.spool import Spooled, SpooledFields, are_few

if TYPE_CHECKING:
    from conformance.spec.resources import Record, Resource


class Arrival(TypedDict, total=False):
    """How a response came; see `Response`."""

    resent: bool
    anew: bool
    moved: bool


@dataclass(frozen=True)
class Response:
    """Status, header fields (as sent, in order, repeated ones kept) and body of one response.

    `resent` says that its request was sent twice: a server that closes an idle connection may do
    so at the very moment at which it is asked. `anew` says that it came over a new connection,
    which may lead to another process of the server than the one before; `moved` that this came
    unexpected, since the server had not said that the one before would end.
    """

    status_code: int
    fields: SpooledFields = SpooledFields()  # noqa: RUF009  (a descriptor)
    content: Spooled = Spooled()  # noqa: RUF009  (a descriptor)
    resent: bool = field(default=False, compare=False)
    anew: bool = field(default=False, compare=False)
    moved: bool = field(default=False, compare=False)

    @property
    def headers(self) -> CaseInsensitiveDict[str]:
        """Header fields by case-insensitive name; repeated ones are joined by ", "."""
        known: CaseInsensitiveDict[str] | None = self.__dict__.get("_headers")
        if known is not None:
            return known
        values: dict[str, list[str]] = {}
        names: dict[str, str] = {}
        fields = self.fields
        for name, value in fields:
            names.setdefault(name.lower(), name)
            values.setdefault(name.lower(), []).append(value)
        headers = CaseInsensitiveDict({names[key]: ", ".join(all_) for key, all_ in values.items()})
        if are_few(fields):
            self.__dict__["_headers"] = headers
        return headers

    def all(self, name: str) -> list[str]:
        """Return all values of a header field, in the order sent."""
        return [value for field, value in self.fields if field.lower() == name.lower()]

    @property
    def ok(self) -> bool:
        """Whether the status is a success (2xx)."""
        return 200 <= self.status_code < 300  # noqa: PLR2004  (the class of status codes)

    @property
    def gives_up(self) -> bool:
        """Whether it only says that the connection had been idle for too long (408)."""
        return self.status_code == HTTPStatus.REQUEST_TIMEOUT

    @property
    def media_type(self) -> str:
        """The media type in lower case, without parameters; "" where there is none."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body decoded as UTF-8, with invalid bytes replaced."""
        return self.content.decode("utf-8", "replace")

    @cached_property
    def looks_like_xml(self) -> bool:
        """Whether the body begins like XML, with or without a byte order mark."""
        return self.content.removeprefix(BYTE_ORDER_MARK).lstrip()[:1] == b"<"

    def json(self) -> object:
        """Return the body's JSON value; raises Unreadable where it is not JSON."""
        return json_value(self.content)

    def xml(self) -> ET.Element:
        """Return the root element of the body; raises Unreadable where it cannot be read."""
        return xml_root(self.content)

    def value(self) -> object:
        """Return what the body holds, XML or JSON; raises Unreadable where it cannot be read."""
        return self.xml() if self.looks_like_xml else self.json()

    def records(self, resource: Resource) -> list[Record]:
        """Return the records in the body.

        It accepts any envelope, so that only the rule about envelopes fails for a wrong one: a lone
        record counts as a list of one, and records are also found under another key or none. Raises
        Unreadable where there are no records to read.
        """
        value = self.value()
        found = records_in(value, resource)
        if found is not None:
            return found
        if isinstance(value, ET.Element):
            message = f"the body's root element {value.tag!r} holds no {resource.name}"
        else:
            shown = excerpt(self.content)
            message = f"the body has no {resource.name!r} that hold records: {shown}"
        raise Unreadable(message)

    def holds_records(self, resource: Resource) -> bool:
        """Tell whether the body has at least one readable record of a resource."""
        try:
            return bool(self.records(resource))
        except Unreadable:
            return False


def records_in(value: object, resource: Resource) -> list[Record] | None:
    """Return the records in what a body holds; None where there are none to read."""
    if isinstance(value, ET.Element):
        return _xml_records(value, resource)
    candidates: list[object] = [value]
    if isinstance(value, dict):
        candidates = [value[resource.name]] if resource.name in value else [*value.values(), value]
    for candidate in candidates:
        found = [candidate] if isinstance(candidate, dict) else candidate
        named = resource.name in value if isinstance(value, dict) else False
        if isinstance(found, list) and (named or _are_records(found, resource)):
            return [record for record in found if isinstance(record, dict)]
    return None


def _xml_records(root: ET.Element, resource: Resource) -> list[Record] | None:
    """Return the records of an XML response: the children of the root with the id field."""
    found: list[Record] = [
        {field.tag: field.text or "" for field in element}
        for element in root
        if element.find(resource.id_field) is not None
    ]
    return found if found or root.tag == resource.name else None


def _are_records(values: list[object], resource: Resource) -> bool:
    """Tell whether values look like records of a resource: each has the id field."""
    return bool(values) and all(
        isinstance(value, dict) and resource.id_field in value for value in values
    )

"""At which records a request aims, however it is written."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from conformance.spec.addressing import Identity, Override
from conformance.spec.resources import CUSTOMERS, RESOURCES, SOURCES, USERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.spec.resources import Resource

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that no server takes for a write, unless another one overrides them."""

_SUFFIX = re.compile(r"[.;].*$")
_BY_NAME = {resource.name: resource for resource in RESOURCES}


@dataclass(frozen=True)
class Outgoing:
    """A request on its way: what every sender knows of it before it is sent.

    What is read from it is read once: rules about a whole run look at each request again and again.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""

    @cached_property
    def methods(self) -> frozenset[str]:
        """The methods as which a server may take it, in capitals: its own, and overrides."""
        named = [value for name, value in self._query if "_method" in name]
        named += [value for name, value in self.headers.items() if name.lower() == _OVERRIDE_FIELD]
        named += [value for name, value in self._pairs if "_method" in name]
        return frozenset({self.method.upper(), *(each.strip().upper() for each in named)})

    @cached_property
    def is_safe(self) -> bool:
        """Whether every server takes it for a request that only reads."""
        plain = self.method in READING_METHODS and not self.body and "_method" not in self.url
        return self.method in READING_METHODS and (
            (plain and _OVERRIDE_FIELD not in {name.lower() for name in self.headers})
            or self.methods <= READING_METHODS
        )

    @cached_property
    def names_override(self) -> bool:
        """Whether a server may take it for another method than its own."""
        fields = {name.lower() for name in self.headers}
        return "_method" in self.url or _OVERRIDE_FIELD in fields

    @cached_property
    def aims(self) -> tuple[Identity, ...]:
        """The records that it names, by path or by parameters; ids as they were sent.

        An id "" stands for a collection that is named without any id.
        """
        segments = [_SUFFIX.sub("", unquote(each)) for each in urlsplit(self.url).path.split("/")]
        named = [(at, each.lower()) for at, each in enumerate(segments) if each.lower() in _BY_NAME]
        if not named:
            return ()
        at, name = named[-1]
        resource = _BY_NAME[name]
        behind = [each for each in segments[at + 1 :] if each]
        ids = [*behind[:1], *self._values(resource.id_field)]
        parents: list[str | None] = [None]
        if resource.parent is not None:
            first = named[0][0]
            between = [each for each in segments[first + 1 : at] if each]
            parents = [*between, *self._values(resource.parent.id_field)] or [""]
        return tuple(Identity(resource, id_, parent) for id_ in ids or [""] for parent in parents)

    @cached_property
    def is_by_parameters(self) -> bool:
        """Whether the id of the record that it names is a parameter, not part of the path."""
        fields = [each.resource.id_field for each in self.aims]
        return any(self._values(field) for field in fields)

    @cached_property
    def owners(self) -> list[str]:
        """The ids of customers under which it may put a record."""
        return self._values(CUSTOMERS.id_field) if self._is_about(SOURCES, USERS) else []

    @cached_property
    def values(self) -> dict[str, str]:
        """The texts that its body, or its query, would store, by field."""
        return dict([*self._query, *self._pairs])

    @cached_property
    def content(self) -> bytes:
        """The body, without the chunks in which it may be cut."""
        codings = [each for name, each in self.headers.items() if name.lower() == _CODING_FIELD]
        return _joined(self.body) if codings == ["chunked"] else self.body

    def _is_about(self, *resources: Resource) -> bool:
        return any(each.resource in resources for each in self.aims)

    def _values(self, field: str) -> list[str]:
        """Return what is sent in a field, in the query and in the body, in whatever spelling."""
        pairs = [*self._query, *self._pairs]
        return [value for name, value in pairs if name.lower().partition("[")[0] == field]

    @cached_property
    def _query(self) -> list[tuple[str, str]]:
        return _pairs(urlsplit(self.url).query)

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        """The pairs of the body, as a form and as JSON: a server may read it as either."""
        text = self.content.decode("utf-8", "replace")
        return [*_pairs(text), *_members(text)]


_CODING_FIELD = "transfer-encoding"
_OVERRIDE_FIELD = Override.HEADER.value.lower()


def _joined(chunks: bytes) -> bytes:
    """Return what chunks hold (RFC 9112, 7.1), as far as they can be read."""
    content, rest = b"", chunks
    while True:
        size, _, rest = rest.partition(b"\r\n")
        try:
            length = int(size.partition(b";")[0], 16)
        except ValueError:
            return content
        if not length:
            return content
        content, rest = content + rest[:length], rest[length:].removeprefix(b"\r\n")


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True)
    except ValueError:
        return []


def _members(text: str) -> Iterator[tuple[str, str]]:
    """Give the scalar members of a JSON object; nothing for any other text."""
    try:
        value = (
            json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
            if text.lstrip()[:1] == "{"
            else None
        )
    except (ValueError, RecursionError):
        return
    for name, member in value.items() if isinstance(value, dict) else ():
        if isinstance(member, str):
            yield name, member

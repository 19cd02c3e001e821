"""What the journal says of each record of ours: what was sent to it, and what it has shown.

Only what every server has to keep is followed: nothing is supposed of how a server stores a value,
nor of how soon it shows one. A look at a record is a GET of it alone, or of a list, in JSON.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.wire.documents import Unreadable
from conformance.wire.records import id_of, readable_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record, Resource
    from conformance.wire.exchanges import Exchange
    from conformance.wire.outgoing import Outgoing

KEPT = {
    CUSTOMERS: frozenset({"name", "custnr", "corporateid", "email", "uuid"}),
    GREETINGS: frozenset({"name", "customer_id"}),
    SOURCES: frozenset({"name", "media", "email", "customer_id"}),
    USERS: frozenset({"name", "email", "customer_id"}),
}
"""The fields that change by a write of that record alone."""

CUSTOM = frozenset(f"custom_{number}" for number in range(1, 31))

UNIQUE = re.compile(r"cf-[0-9a-f]{9,}-[0-9]+")
"""The texts that a run makes up, each for one use."""

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")
"""A character of JSON that is escaped."""

NOT_FOUND = 404
PLAIN_ACCEPT = frozenset({"*/*", "application/json"})

Key = tuple["Resource", str, str]
"""A record: its resource, its id, and the id of its parent."""


@dataclass(slots=True)
class Shown:
    """What one way of looking at a record has shown: alone, or in lists."""

    values: dict[str, str] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    """The fields that a write has named since."""


@dataclass(slots=True)
class History:
    """One record of ours: what was sent to it, what it had, and what it shows."""

    key: Key
    sent: set[str]
    """The unique texts that were sent to it."""
    born: Exchange
    """The request that has created it."""
    owner: str = ""
    last: Exchange | None = None
    """The latest look at it."""
    had: dict[str, set[str]] = field(default_factory=dict)
    looks: dict[str, Shown] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    """The ways of addressing in which it was not found since it was seen last."""

    def __str__(self) -> str:
        """Return the resource and the id, as evidence shows them."""
        return f"{self.key[0].singular} {self.key[1]}"

    @property
    def was_seen_alone(self) -> bool:
        """Whether a GET by its id has shown it."""
        return "alone" in self.looks

    def write(self, texts: set[str], names: set[str], values: Mapping[str, str]) -> None:
        """Take note of a write: its unique texts, the fields that it may have changed, its values.

        A read that is behind may show what was before, and a later one then what was sent.
        """
        self.sent |= texts
        for name in names & values.keys():
            self.had.setdefault(name, set()).add(values[name])
        for shown in self.looks.values():
            shown.open |= names

    def look(self, where: str, values: dict[str, str]) -> Iterator[str]:
        """Take note of what a look has shown; give the fields that no write has changed."""
        shown = self.looks.setdefault(where, Shown())
        for name, value in values.items():
            had = self.had.setdefault(name, set())
            before = shown.values.get(name, value)
            if value not in {before, *had} and name not in shown.open:
                what = f"{self} {where}: {name} was {before!r} and is {value!r}"
                yield f"{what}, though no write that was taken named {name}"
            had.add(value)
            shown.values[name] = value
        shown.open -= values.keys()


def kept_values(resource: Resource, record: Record) -> dict[str, str]:
    """Return the followed fields of a record as texts; null counts as empty."""
    return {
        name: "" if value is None else str(value)
        for name, value in record.items()
        if (name in KEPT[resource] or name.startswith("custom_"))
        and not isinstance(value, (list, dict))
    }


def owner_of(record: Record) -> str:
    """Return the id of the customer that a record says it belongs to."""
    return str(record.get(CUSTOMERS.id_field) or "")


def said(exchange: Exchange) -> str:
    """Return all that a request says, decoded: its URL and its body."""
    body = unquote_plus(exchange.outgoing.content.decode("latin-1"))
    plain = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), body)
    return f"{unquote_plus(exchange.url)} {body} {plain if plain != body else ''}"


def names_written(exchange: Exchange, resource: Resource, text: str) -> set[str]:
    """Return the fields that a write may change: all of those that are mentioned in what it says.

    Where the body cannot be read, any field.
    """
    text = text.replace("\x00", "")
    known = KEPT[resource] | CUSTOM
    is_plain = exchange.outgoing.content.isascii() or _is_utf8(exchange.outgoing.content)
    named = {name for name in known if name in text}
    return named if named and is_plain else set(known)


def _is_utf8(octets: bytes) -> bool:
    try:
        octets.decode()
    except UnicodeDecodeError:
        return False
    return b"\x00" not in octets


def address_of(exchange: Exchange, outgoing: Outgoing) -> tuple[Identity, str] | None:
    """Return the record that a plain GET asks for, and how; None for any other request."""
    if exchange.request_headers.get("Accept", "*/*") not in PLAIN_ACCEPT:
        return None
    path, query = urlsplit(exchange.url).path, dict(parse_qsl(urlsplit(exchange.url).query))
    for aim in outgoing.aims[:1]:
        if aim.id and not query and path.endswith(aim.path):
            return aim, "by path"
        if aim.id and query == aim.parameters and path.endswith(aim.resource.collection):
            return aim, "by parameters"
    return None


def is_list(outgoing: Outgoing) -> bool:
    """Tell whether a GET names no record."""
    return all(not aim.id for aim in outgoing.aims)


def key_of(resource: Resource, record: Record, parent_id: str | None) -> Key:
    """Return the key of a record that was answered to a request about a parent."""
    parent = parent_id or owner_of(record) if resource is GREETINGS else ""
    return resource, id_of(resource, record), parent


def answered_records(exchange: Exchange, resource: Resource) -> list[Record]:
    """Return the records that a request was answered in JSON."""
    response = exchange.response
    if response is None or not response.ok or response.looks_like_xml:
        return []
    return readable_records(response, resource)


def tells_records(exchange: Exchange, resource: Resource) -> bool:
    """Tell whether an answer says which records there are, in JSON, or that there is none."""
    response = exchange.response
    if response is None or response.looks_like_xml:
        return False
    try:
        return response.status_code == NOT_FOUND or (
            response.ok and isinstance(response.records(resource), list)
        )
    except Unreadable:
        return False

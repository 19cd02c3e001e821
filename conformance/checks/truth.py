"""A ledger of truth: what each answer of a run says of a record of ours, and what contradicts it.

It is made from the journal. A record is ours once a POST was answered with its id. What an answer
shows of it holds until something is sent that may change it: whatever aims at the record, at what
it belongs to, or at ids that cannot be told. What changes by itself, or with other records, is left
out, and so is what nobody documents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from conformance.checks.round_trips import DERIVED, bound_of
from conformance.clients.once import once_per_run
from conformance.spec.media_types import FORM_TYPE
from conformance.spec.resources import CUSTOMERS, GREETINGS, RESOURCES, SOURCES
from conformance.verdicts import applicable_if
from conformance.wire.recorder import current_recorder, observed
from conformance.wire.records import id_of, readable_records
from conformance.wire.transport import target_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.spec.resources import Record, Resource
    from conformance.wire.exchanges import Exchange
    from conformance.wire.journal import Journal

MOVING = DERIVED | {"vm_greeting_id", "datalength", "sounddata"}
"""Fields that change with time, with other records, or by a call."""

DEPENDENTS = {CUSTOMERS: RESOURCES, GREETINGS: (GREETINGS, SOURCES)}
"""The resources whose records a DELETE may change as well."""

OK = 200
_PLAIN = re.compile(r"[A-Za-z0-9]([A-Za-z0-9 .@_-]{0,38}[A-Za-z0-9])?")
_SAME_IN_BOTH_TYPES = re.compile(r"(?:[^\s\x00-\x1f\x7f-\x9f](?:[^\x00-\x1f\x7f-\x9f]*\S)?)?")

Key = tuple[str, str, str]
"""A record: the name of its resource, its id, and its parent's: ids may count within a parent."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one exchange says of a field: shown by a read or a write, or sent to be stored."""

    value: object
    exchange: Exchange
    in_xml: bool = False
    by_a_write: bool = False
    sent: bool = False

    def __str__(self) -> str:
        """Return what was said, and by which request."""
        said = "sent" if self.sent else "shown"
        value = "null" if self.value is None else repr(self.value)
        return f"{value} {said} by {self.exchange.method} {target_of(self.exchange.url)}"

    def has_exactly(self, value: object) -> bool:
        """Tell whether this is the same value, of the same type."""
        return type(self.value) is type(value) and self.value == value

    def agrees_with(self, earlier: Sighting) -> bool:
        """Tell whether two sightings can be of one value.

        XML has one form for null and the empty text, and may clean up blanks and controls. The
        document does not show what a write answers: null may stand there for an empty text.
        """
        values = (_text(self.value), _text(earlier.value))
        if values[0] == values[1]:
            return True
        loose = self.in_xml or earlier.in_xml or self.by_a_write or earlier.by_a_write
        emptied = [value or "" for value in values]
        if loose and emptied[0] == emptied[1]:
            return True
        in_xml = self.in_xml or earlier.in_xml
        return in_xml and not all(_SAME_IN_BOTH_TYPES.fullmatch(each) for each in emptied)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two exchanges that say different things of one field of one record."""

    key: Key
    name: str
    earlier: Sighting
    later: Sighting

    def __repr__(self) -> str:
        """Return the finding in one line."""
        which = f"{self.key[0]} {self.key[1]}"
        return f"{which}: {self.name} is {self.earlier}, then {self.later}"

    @property
    def is_about_a_write(self) -> bool:
        """Whether one of the two is the answer to a POST or a PUT."""
        return self.earlier.by_a_write or self.later.by_a_write

    @property
    def is_about_what_was_sent(self) -> bool:
        """Whether the earlier one is what a request sent."""
        return self.earlier.sent


@dataclass(slots=True)
class TruthLedger:
    """What is known of our records at one moment of a run, and the contradictions until then."""

    known: dict[Key, dict[str, Sighting]] = field(default_factory=dict)
    keys: dict[tuple[str, str], set[Key]] = field(default_factory=dict)
    """Those known, by resource and id: of several parents, records may have one id."""
    sent: dict[Key, dict[str, Sighting]] = field(default_factory=dict)
    found: dict[tuple[Key, str, bool, bool], Contradiction] = field(default_factory=dict)
    compared: int = 0

    def judges(self, key: Key, name: str) -> bool:  # noqa: ARG002
        """Tell whether a field of a record has to stay as it is until something writes to it."""
        return name not in MOVING

    def take(self, exchange: Exchange) -> None:
        """Take the next exchange of the run."""
        if exchange.outgoing.is_safe:
            if exchange.method == "GET" and exchange.role in ("api", "raw"):
                self._take_read(exchange)
            return
        self._take_write(exchange)

    def _take_read(self, exchange: Exchange) -> None:
        for resource, record in records_told(exchange):
            key = _key_of(resource, record, exchange)
            if key in self.known:
                self._compare(key, record, exchange)

    def _take_write(self, exchange: Exchange) -> None:
        outgoing, response = exchange.outgoing, exchange.response
        aims = outgoing.aims
        for resource in RESOURCES if not aims else {aim.resource for aim in aims}:
            touched = {aim.id for aim in aims if aim.resource is resource}
            if "DELETE" in outgoing.methods:
                for dependent in DEPENDENTS.get(resource, ()):
                    self._forget(dependent, None)
            told = all((resource.name, id_) in self.keys for id_ in touched)
            created = _created(exchange, resource)
            if created and touched == {""}:
                self.sent.pop(created, None)
                self.known[created] = {}
                self.keys.setdefault(created[:2], set()).add(created)
            else:
                self._forget(resource, touched if touched and told else None)
        if response is not None and response.status_code == OK:
            self._note_answer(exchange)

    def _note_answer(self, exchange: Exchange) -> None:
        """Note what a plain POST or PUT has sent, and what its answer shows of the record."""
        if len(exchange.outgoing.methods) != 1 or "DELETE" in exchange.outgoing.methods:
            return
        for resource, record in records_told(exchange):
            key = _key_of(resource, record, exchange)
            if key in self.known and _is_plain_write(exchange, key):
                self.sent[key] = {
                    name: Sighting(value, exchange, sent=True)
                    for name, value in exchange.outgoing.values.items()
                    if name in bound_of(resource) and _PLAIN.fullmatch(value)
                }
                self._compare(key, record, exchange)

    def _forget(self, resource: Resource, ids: set[str] | None) -> None:
        """Forget what is known of records; all of a resource without ids."""
        keys = (
            [key for key in self.known if key[0] == resource.name]
            if ids is None
            else [key for id_ in ids for key in self.keys.get((resource.name, id_), ())]
        )
        for key in keys:
            self.sent.pop(key, None)
            self.known[key] = {}

    def _compare(self, key: Key, record: Record, exchange: Exchange) -> None:
        shown, sent = self.known[key], self.sent.get(key, {})
        response = exchange.response
        in_xml = response is not None and response.looks_like_xml
        for name, value in record.items():
            if not self.judges(key, name) or isinstance(value, (list, dict)):
                continue
            before = shown.get(name)
            if (
                before is not None
                and before.exchange is not exchange
                and name not in sent
                and before.has_exactly(value)
            ):
                self.compared += 1
                continue  # so it is nearly always: a record is read again and again
            known = [
                each
                for each in (sent.get(name), before)
                if each is not None and each.exchange is not exchange
            ]
            self.compared += len(known)
            unlike = [each for each in known if not each.has_exactly(value)]
            if name in shown and not unlike:
                continue
            later = Sighting(value, exchange, in_xml=in_xml, by_a_write=exchange.method != "GET")
            for earlier in unlike:
                if not later.agrees_with(earlier):
                    found = Contradiction(key, name, earlier, later)
                    about = found.is_about_a_write, found.is_about_what_was_sent
                    self.found.setdefault((key, name, *about), found)
            shown.setdefault(name, later)


def contradictions_in(journal: Journal) -> list[Contradiction]:
    """Return the contradictions of a run about records of ours.

    Counts the comparisons as observed.
    """
    ledger = _ledger_of(journal, journal.total)
    observed("values compared", ledger.compared)
    return list(ledger.found.values())


def require_comparisons(journal: Journal) -> None:
    """End the case as not applicable where no answer told which record a creation has made."""
    compared = _ledger_of(journal, journal.total).compared
    applicable_if(compared, "no answer to a creation names the record that it made")


@once_per_run
def _ledger_of(journal: Journal, total: int) -> TruthLedger:  # noqa: ARG001
    """Return the ledger of the first exchanges of a run; made once."""
    ledger = TruthLedger()
    for exchange in chain.from_iterable(journal.accounts):
        ledger.take(exchange)
    return ledger


def shown_with_evidence(found: list[Contradiction]) -> list[Contradiction]:
    """Return contradictions unchanged, and keep both exchanges of the first as evidence."""
    for first in found[:1]:
        exchanges = [first.earlier.exchange, first.later.exchange]
        current_recorder().keep_example([repr(first)], exchanges)
    return found


def records_told(exchange: Exchange) -> Iterator[tuple[Resource, Record]]:
    """Give the records of a successful answer, with the resource that its request names."""
    aims = exchange.outgoing.aims
    if aims and exchange.response is not None and exchange.response.status_code == OK:
        resource = aims[0].resource
        for record in readable_records(exchange.response, resource):
            yield resource, record


def _key_of(resource: Resource, record: Record, exchange: Exchange) -> Key:
    """Return the key of a record that an exchange shows.

    Its parent is the one that was asked for; where there are more or none, the one that it names.
    """
    if resource.parent is None:
        return resource.name, id_of(resource, record), ""
    asked = {aim.parent_id for aim in exchange.outgoing.aims if aim.parent_id}
    parent = asked.pop() if len(asked) == 1 else record.get(resource.parent.id_field)
    return resource.name, id_of(resource, record), str(parent or "")


def _created(exchange: Exchange, resource: Resource) -> Key | None:
    """Return the key of the one record with which a POST was answered; None for anything else."""
    if exchange.outgoing.methods != {"POST"}:
        return None
    shown = [record for each, record in records_told(exchange) if each is resource]
    key = _key_of(resource, shown[0], exchange) if len(shown) == 1 else None
    return key if key is not None and key[1] else None


def _is_plain_write(exchange: Exchange, key: Key) -> bool:
    """Tell whether a request writes to one record alone, by a form, in the documented way."""
    outgoing = exchange.outgoing
    names = [
        name.lower()
        for name, _ in parse_qsl(outgoing.content.decode("latin-1"), keep_blank_values=True)
    ]
    return (
        exchange.role == "api"
        and exchange.request_headers.get("Content-Type") == FORM_TYPE
        and "?" not in outgoing.url
        and len(outgoing.aims) == 1
        and outgoing.aims[0].id in ("", key[1])
        and len(names) == len(set(names))
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)

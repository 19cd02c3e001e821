"""What is ours: values that only this run sends, and the records that it made."""

from __future__ import annotations

import itertools
import threading
import time
from typing import TYPE_CHECKING

from conformance.wire.records import with_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record, Resource


class Ledger:
    """Knows the records that a run has made and not deleted; sends nothing itself."""

    def __init__(self) -> None:
        """Start with nothing made, and with a prefix that no other run has."""
        self._started = f"{time.time_ns() // 1_000_000:x}"
        self._counter = itertools.count(1)
        self._lock = threading.RLock()
        self._made: dict[Identity, None] = {}
        self._deleted: set[Identity] = set()
        self._addresses: dict[tuple[str, frozenset[tuple[str, str]]], Identity] = {}

    @property
    def prefix(self) -> str:
        """How every text of this run begins that has to be unique."""
        return f"cf-{self._started}-"

    def fresh(self) -> str:
        """Return a text that no record has: unique to this call, letters, digits and "-" only."""
        return f"{self.prefix}{next(self._counter)}"

    def fresh_number(self) -> str:
        """Return a number that no record has, of ten digits, the first of which is not 0.

        Short enough for a server that takes it for an integer to do so.
        """
        second = int(self._started, 16) // 1000 % 1_000_000
        return f"{1_000_000 + second}{next(self._counter) % 1000:03}"

    def mine(self, records: list[Record], values: Mapping[str, str]) -> list[Record]:
        """Return the records that have one of the values which nobody else sends."""
        fields = [field for field in ("custnr", "name") if self.prefix in values.get(field, "")]
        return [each for field in fields for each in with_value(records, field, values[field])]

    def note_made(self, identity: Identity) -> bool:
        """Remember a record for the clean-up; tell whether no record had its id before."""
        with self._lock:
            new = identity not in self._made
            self._deleted.discard(identity)  # an id may be used again
            self._made.setdefault(identity)
            by_parameters = frozenset(identity.parameters.items())
            self._addresses[identity.path, frozenset()] = identity
            self._addresses[identity.resource.collection, by_parameters] = identity
            return new

    def note_deleted(self, identity: Identity) -> None:
        """Note that a record is gone."""
        with self._lock:
            self._deleted.add(identity)

    def note_deleted_at(self, path: str, params: Mapping[str, str] | None) -> None:
        """Note that the record is gone that a DELETE names, in whichever form."""
        with self._lock:
            identity = self._addresses.get((path, frozenset((params or {}).items())))
            if identity is not None:
                self._deleted.add(identity)

    def made_ids(self, resource: Resource) -> set[str]:
        """Return the ids of the records that were made, also of those deleted since."""
        with self._lock:
            return {each.id for each in self._made if each.resource is resource}

    def left(self) -> list[Identity]:
        """Return what was made and not deleted, the last first."""
        with self._lock:
            return [each for each in reversed(self._made) if each not in self._deleted]

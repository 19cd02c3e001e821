"""The values that only this run sends, and the records that it has created."""

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
    """Knows the records that a run has created and not deleted; sends nothing itself."""

    def __init__(self) -> None:
        """Start without records, with a prefix that no other run has."""
        self._started = f"{time.time_ns() // 1_000_000:x}"
        self._counter = itertools.count(1)
        self._lock = threading.RLock()
        self._made: dict[Identity, None] = {}
        self._deleted: set[Identity] = set()
        self._addresses: dict[tuple[str, frozenset[tuple[str, str]]], Identity] = {}

    @property
    def prefix(self) -> str:
        """The beginning of every unique text of this run."""
        return f"cf-{self._started}-"

    def fresh(self) -> str:
        """Return a text of letters, digits and "-" that is unique to this call."""
        return f"{self.prefix}{next(self._counter)}"

    def fresh_number(self) -> str:
        """Return a number of ten digits, not starting with 0, that no record has.

        Servers that store it as an integer can do so without loss.
        """
        second = int(self._started, 16) // 1000 % 1_000_000
        return f"{1_000_000 + second}{next(self._counter) % 1000:03}"

    def mine(self, records: list[Record], values: Mapping[str, str]) -> list[Record]:
        """Return the records that have one of the unique values sent."""
        fields = [field for field in ("custnr", "name") if self.prefix in values.get(field, "")]
        return [each for field in fields for each in with_value(records, field, values[field])]

    def note_made(self, identity: Identity) -> bool:
        """Remember a record for the clean-up; tell whether its id is new."""
        with self._lock:
            new = identity not in self._made
            self._deleted.discard(identity)  # an id may be used again
            self._made.setdefault(identity)
            by_parameters = frozenset(identity.parameters.items())
            self._addresses[identity.path, frozenset()] = identity
            self._addresses[identity.resource.collection, by_parameters] = identity
            return new

    def note_deleted(self, identity: Identity) -> None:
        """Note that a record has been deleted."""
        with self._lock:
            self._deleted.add(identity)

    def note_deleted_at(self, path: str, params: Mapping[str, str] | None) -> None:
        """Note that the record which a DELETE names, in either form, has been deleted."""
        with self._lock:
            identity = self._addresses.get((path, frozenset((params or {}).items())))
            if identity is not None:
                self._deleted.add(identity)

    def made_ids(self, resource: Resource) -> set[str]:
        """Return the ids of all records that were created, also of deleted ones."""
        with self._lock:
            return {each.id for each in self._made if each.resource is resource}

    def left(self) -> list[Identity]:
        """Return the records that were created and not deleted, newest first."""
        with self._lock:
            return [each for each in reversed(self._made) if each not in self._deleted]

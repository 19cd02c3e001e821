"""The records that a run has created, and what it has sent to them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from conformance.clients.creations import SentCreations
from conformance.clients.deletions import Deletions
from conformance.clients.needed import Needed
from conformance.clients.of_before import RecordsOfBefore
from conformance.clients.unique_values import UniqueValues
from conformance.clients.usable_ids import is_usable_id
from conformance.spec.addressing import Identity
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import SetupFailed
from conformance.wire.records import id_of, ids_in, with_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.clients.creations import SentCreation
    from conformance.clients.record_log import RecordLog
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response


TELLING = frozenset({"name", "custnr", "corporateid", "email", "media"})
"""Fields whose values tell a record from others."""


class Ledger(UniqueValues):
    """Knows the records that a run has created and not deleted; sends nothing itself."""

    def __init__(self, beside: Ledger | None = None) -> None:
        """Start without records, with a prefix that no other run has.

        The ledger of a second account has the prefix and the numbers of the one `beside` it.
        """
        super().__init__(beside)
        self.log: RecordLog | None = None
        self.needed: Needed = beside.needed if beside else Needed()
        self._lock = threading.RLock()
        self._made: dict[Identity, None] = {}
        self._alive: dict[Identity, None] = {}
        self._deleted: set[Identity] = set()
        self._deletions = Deletions()
        self._owners: dict[Identity, Identity] = {}
        self._have_owned: set[Identity] = set()
        self._seen: set[Identity] = set()
        self._fresh: set[Identity] = set()
        self._unclaimed: set[Identity] = set()
        self._sent: dict[Identity, set[tuple[str, str]]] = {}
        self._addresses: dict[tuple[str, frozenset[tuple[str, str]]], Identity] = {}
        self.creations = SentCreations()
        self.of_before = RecordsOfBefore()

    def take_over(
        self,
        prefix: str,
        made: Iterable[Identity],
        sent: Mapping[Identity, Mapping[str, str]],
        unsettled: Iterable[SentCreation] = (),
    ) -> None:
        """Go on with what another run has left: its prefix, its records, and what it sent them.

        `unsettled` are the creations of which it is not known what they have made.
        """
        for creation in unsettled:
            self.creations.note(creation)
        self.go_on_as(prefix)
        taken = dict.fromkeys(made)
        self._made.update(taken)
        self._alive.update(taken)
        for identity, values in sent.items():
            self.note_sent(identity, values)

    def unsettled(self) -> list[SentCreation]:
        """Return the creations that no record is known to come from."""
        return self.creations.unsettled(self._all_made())

    def uncertain(self) -> list[SentCreation]:
        """Return the creations that may have made records which count as being there."""
        return self.creations.counted(self._all_made())

    def mine(self, records: list[Record], values: Mapping[str, str]) -> list[Record]:
        """Return the records that have one of the unique values sent."""
        fields = [field for field in ("custnr", "name") if self.is_fresh(values.get(field, ""))]
        return [each for field in fields for each in with_value(records, field, values[field])]

    def new_first(
        self, resource: Resource, records: list[Record], parent_id: str | None
    ) -> list[Record]:
        """Return records in their order, but those that are known behind all others."""

        def is_known(record: Record) -> bool:
            return self.is_alive(Identity(resource, id_of(resource, record), parent_id))

        return sorted(records, key=is_known)

    def note_answered(
        self, response: Response, resource: Resource, parent_id: str | None = None
    ) -> None:
        """Remember each record that the answer to a POST shows for the clean-up."""
        for id_ in ids_in(response, resource):
            self.note_made(Identity(resource, id_, parent_id))

    def note_made(self, identity: Identity) -> None:
        """Remember a record for the clean-up, unless it was there before.

        Raises SetupFailed for an id that no URL of a write may have.
        """
        if identity in self.of_before:
            return
        if not is_usable_id(identity.id):
            message = (
                f"the new {identity.resource.singular} has an unusable id: {identity.id!r:.80}"
            )
            raise SetupFailed(message)
        self.needed.note(identity)
        with self._lock:
            new = not self.is_alive(identity)
            if identity in self._deleted:  # an id may be used again
                self._forget(identity)
            self._deletions.note_made(identity)
            self._made.setdefault(identity)
            self._alive.setdefault(identity)
            if self.log is not None and new:
                self.log.note_made(identity)
            by_parameters = frozenset(identity.parameters.items())
            self._addresses[identity.path, frozenset()] = identity
            self._addresses[identity.resource.collection, by_parameters] = identity

    def note_owner(self, identity: Identity, customer_id: str | None) -> None:
        """Remember the customer that a record belongs to."""
        if customer_id is not None:
            self._owners[identity] = Identity(CUSTOMERS, customer_id)

    def note_owning(self, customer_ids: Iterable[str]) -> None:
        """Note customers that a write has named as those whom a record belongs to."""
        self._have_owned.update(Identity(CUSTOMERS, each) for each in customer_ids)

    def has_owned(self, identity: Identity) -> bool:
        """Tell whether something of a record may be there, or may have been."""
        return identity in self._have_owned

    def owner_of(self, identity: Identity) -> Identity | None:
        """Return the customer that a record of ours belongs to, as far as that is known."""
        if identity.parent_id is not None:
            return Identity(CUSTOMERS, identity.parent_id)
        return self._owners.get(identity)

    def note_deleted(self, identity: Identity) -> None:
        """Note that a record has been deleted, unless its id was given to another since."""
        with self._lock:
            if self._deletions.end(identity):
                return
            if self.log is not None and identity not in self._deleted:
                self.log.note_deleted(identity)
            self._deleted.add(identity)
            self._alive.pop(identity, None)
            self._seen.discard(identity)
            self._fresh.discard(identity)

    def note_going(self, identity: Identity) -> None:
        """Note that a DELETE of a record is sent: from then on its id may be given to another."""
        with self._lock:
            if identity in self._alive:
                self._deletions.begin(identity)

    def note_delete_answered(self, identity: Identity) -> None:
        """Note that a DELETE of a record is no longer under way, whatever has become of it."""
        with self._lock:
            self._deletions.answered(identity)

    def note_deleted_at(self, path: str, params: Mapping[str, str] | None) -> None:
        """Note that the record which a DELETE names, in either form, has been deleted."""
        with self._lock:
            identity = self._addresses.get((path, frozenset((params or {}).items())))
            if identity is not None:
                self.note_deleted(identity)

    def is_alive(self, identity: Identity) -> bool:
        """Tell whether a record was made, and not deleted since."""
        with self._lock:
            return identity in self._alive

    def was_made(self, identity: Identity) -> bool:
        """Tell whether a record was made, be it gone by now."""
        return identity in self._made

    def is_unclaimed(self, identity: Identity) -> bool:
        """Tell whether no record had an id before this run has written to it."""
        return identity in self._unclaimed

    def note_unclaimed(self, identity: Identity) -> None:
        """Note that a read has shown no record under an id that this run has made up."""
        self._unclaimed.add(identity)

    def is_ours(self, identity: Identity) -> bool:
        """Tell whether a read has shown that a record is ours."""
        return identity in self._seen

    def was_just_seen(self, identity: Identity) -> bool:
        """Tell whether a read has shown that a record is ours since the last write to it."""
        return identity in self._fresh

    def note_seen(self, identity: Identity) -> None:
        """Note that a read of a record has shown a value of ours."""
        self._seen.add(identity)
        self._fresh.add(identity)

    def was_aimed_at(self, identity: Identity) -> bool:
        """Tell whether a write of this run was aimed at a record, whether there is one or not."""
        return identity in self._sent

    def note_sent(self, identity: Identity, values: Mapping[str, str]) -> None:
        """Note the values that were sent to a record."""
        with self._lock:
            self._fresh.discard(identity)
            sent = self._sent.setdefault(identity, set())
            telling = {name: value for name, value in values.items() if name in TELLING and value}
            sent.update(telling.items())
            if self.log is not None and telling and is_usable_id(identity.id):
                self.log.note_sent(identity, telling)

    def note_recognised(self, identity: Identity, record: Record, sent: Mapping[str, str]) -> None:
        """Remember a record that was found by values that were sent, whatever said its id."""
        self.note_made(identity)
        self.creations.note_shown(self.fresh_in(record.values()))
        if sent and not self.bears_prefix(record):
            self.note_sent(identity, sent)

    def bears_ours(self, identity: Identity, record: Record) -> bool:
        """Tell whether a record that was read by an id shows a value that this run has sent.

        The run's prefix, one that was sent to that record, or a customer of ours. Never of before.
        """
        texts = [(name, value) for name, value in record.items() if isinstance(value, str)]
        owner = None
        if identity.resource is not CUSTOMERS and identity.parent_id is None:
            owner = str(record.get(CUSTOMERS.id_field))
        return identity not in self.of_before and (
            self.bears_prefix(record)
            or not self._sent.get(identity, set()).isdisjoint(texts)
            or (owner is not None and Identity(CUSTOMERS, owner) in self._seen)
        )

    def note_intent(self, resource: Resource, values: Mapping[str, str]) -> None:
        """Have the log announce a creation before it is sent."""
        if self.log is not None:
            telling = {name: value for name, value in values.items() if name in TELLING}
            try:
                self.log.intend(resource.name, telling)
            except OSError as error:
                message = f"the record log cannot be written ({error.strerror}): nothing is made"
                raise SetupFailed(message) from error

    def in_use(self) -> set[Identity]:
        """Return the records that are surely there.

        Those may have gone that belong to a deleted customer, or to which a DELETE was sent.
        """
        with self._lock:
            left = [each for each in self.left() if each not in self._deletions]
            return {each for each in left if self._owners.get(each) not in self._deleted}

    @property
    def made(self) -> int:
        """How many records this run has made, by their ids."""
        return len(self._made)

    def made_ids(self, resource: Resource, parent_id: str | None = None) -> set[str]:
        """Return the ids of all records that were created, also of deleted ones.

        Of a sub-resource those of one parent, since a server may count within it.
        """
        with self._lock:
            made = [each for each in self._made if each.resource is resource]
            return {each.id for each in made if parent_id in (None, each.parent_id)}

    def _all_made(self) -> list[Identity]:
        with self._lock:  # other cases go on making records
            return [*self._made]

    def _forget(self, identity: Identity) -> None:
        """Forget what was known of a record that had an id before."""
        self._deleted.discard(identity)
        self._seen.discard(identity)
        self._fresh.discard(identity)

    def forget_sightings(self) -> None:
        """Have every record looked at again before it is deleted."""
        self._fresh.clear()

    def left(self) -> list[Identity]:
        """Return the records that were created and not deleted, newest first."""
        with self._lock:
            return [*reversed(self._alive)]

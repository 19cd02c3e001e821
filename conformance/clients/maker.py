"""A caller who creates records of its own and deletes them again."""

from __future__ import annotations

import itertools
import threading
import time
from typing import TYPE_CHECKING, Unpack

from conformance.clients.reader import Reader, raise_refusal
from conformance.spec.addressing import Identity
from conformance.spec.payloads import minimal_values
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import SetupFailed
from conformance.wire.records import id_of, ids_in, readable_records, with_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.config.target import Target
    from conformance.spec.addressing import Options
    from conformance.spec.resources import Resource
    from conformance.wire.digest import Credentials
    from conformance.wire.exchanges import Exchange
    from conformance.wire.journal import Journal
    from conformance.wire.responses import Record, Response
    from conformance.wire.transport import Transport


class Maker(Reader):
    """Creates records with fresh names and remembers them for the clean-up."""

    def __init__(
        self, target: Target, journal: Journal, transport: Transport, credentials: Credentials
    ) -> None:
        """Make the caller without sending anything."""
        super().__init__(target, journal, transport, credentials)
        self._started = f"{time.time_ns() // 1_000_000:x}"
        self._counter = itertools.count(1)
        self._created: list[Identity] = []
        self._deleted: set[Identity] = set()
        self._addresses: dict[tuple[str, frozenset[tuple[str, str]]], Identity] = {}
        self._reused = threading.local()
        self._lock = threading.RLock()

    def attempt(self, method: str, path: str, **options: Unpack[Options]) -> Exchange:
        """Send a request, and note which of our records it deletes."""
        exchange = super().attempt(method, path, **options)
        if method == "DELETE" and exchange.response is not None and exchange.response.ok:
            self._note_deleted(path, options.get("params"))
        return exchange

    def fresh(self) -> str:
        """Return a text of letters, digits and "-" that is unique to this call."""
        return f"cf-{self._started}-{next(self._counter)}"

    def fresh_number(self) -> str:
        """Return a number of ten digits, not starting with 0, that no record has.

        Servers that store it as an integer can do so without loss.
        """
        second = int(self._started, 16) // 1000 % 1_000_000
        return f"{1_000_000 + second}{next(self._counter) % 1000:03}"

    def values(self, resource: Resource, parent_id: str | None = None) -> dict[str, str]:
        """Return the mandatory parameters of a POST of a resource, with fresh names.

        Without an owner the record belongs to a customer of our own.
        """
        if resource is CUSTOMERS:
            return minimal_values(resource, self.fresh())
        owner = parent_id or self.shared_record(CUSTOMERS).id
        return {CUSTOMERS.id_field: owner, **minimal_values(resource, self.fresh())}

    def create(self, resource: Resource, parent_id: str | None = None, **more: str) -> Identity:
        """Create a record of our own, remember it for the clean-up, and return its identity.

        Raises NotApplicable where a resource that the document does not describe refuses it,
        SetupFailed where it cannot be created or found, NotRun where writes are not permitted.
        """
        values = {**self.values(resource, parent_id), **more}
        response = self.post(resource.collection, data=values)
        if not response.ok:
            raise_refusal(resource, response, f"a new {resource.singular}")
        made = len(self._created)
        identity = self.created(resource, response, values)
        if len(self._created) == made:
            message = f"the new {resource.singular} got the id {identity.id} of an earlier one"
            raise SetupFailed(message)
        return identity

    def created(
        self, resource: Resource, response: Response, values: Mapping[str, str]
    ) -> Identity:
        """Return the identity of the record that a POST created, and remember it for the clean-up.

        It is read from the response, or else from the list. Raises SetupFailed where it is in
        neither, NotApplicable where the resource does not offer it.
        """
        parent_id = values[resource.parent.id_field] if resource.parent else None
        answered = self._mine(readable_records(response, resource), values)
        if not any(id_of(resource, record) for record in answered):
            answered = self._mine(self.listed(resource, parent_id), values)
        for record in answered:
            if id_of(resource, record):
                return self.adopt(resource, record, parent_id)
        if not response.ok:
            raise_refusal(resource, response, f"a new {resource.singular}")
        message = f"the new {resource.singular} is neither in the answer nor in the list"
        raise SetupFailed(message)

    def _mine(self, records: list[Record], values: Mapping[str, str]) -> list[Record]:
        """Return the records that have one of the unique values sent."""
        fields = [field for field in ("custnr", "name") if self._started in values.get(field, "")]
        return [each for field in fields for each in with_value(records, field, values[field])]

    def adopt(self, resource: Resource, record: Record, parent_id: str | None = None) -> Identity:
        """Remember a record that a rule has created by itself for the clean-up."""
        identity = Identity(resource, id_of(resource, record), parent_id)
        with self._lock:
            self._deleted.discard(identity)  # an id may be used again
            if identity not in self._created:
                self._created.append(identity)
                by_parameters = frozenset(identity.parameters.items())
                self._addresses[identity.path, frozenset()] = identity
                self._addresses[resource.collection, by_parameters] = identity
        return identity

    def holding(
        self, resource: Resource, field: str, value: str, parent_id: str | None = None
    ) -> list[Record]:
        """Return the listed records that have a fresh value, and remember them for the clean-up.

        The value is unique to us, so the record is ours even if a request created it by mistake.
        """
        found = with_value(self.listed(resource, parent_id), field, value)
        for record in found:
            self.adopt(resource, record, parent_id)
        return found

    def stored(
        self, resource: Resource, response: Response, field: str, value: str
    ) -> list[Record]:
        """Return the records that a POST has stored, by a unique value of one field.

        They are looked up in the list or, if not listed, by the ids in the response to the POST,
        and are remembered for the clean-up.
        """
        listed = with_value(self.listed(resource), field, value)
        ids = dict.fromkeys(
            [id_of(resource, each) for each in listed] or ids_in(response, resource)
        )
        found = [record for id_ in ids if (record := self.find(Identity(resource, id_)))]
        for record in with_value(found, field, value):
            self.adopt(resource, record)
        return with_value(found, field, value)

    def made_ids(self, resource: Resource) -> set[str]:
        """Return the ids of all records that this caller has created, also of deleted ones."""
        with self._lock:
            return {each.id for each in self._created if each.resource is resource}

    def shared_record(self, resource: Resource, purpose: str = "") -> Identity:
        """Return a record of our own that the rules on this thread share, one after another.

        It is for rules that write often or expect refusals: they read it before they compare. Rules
        with a purpose of their own share another one. It is created again once it is found to be
        gone.
        """
        known: dict[str, Identity] = self._reused.__dict__
        key = f"{resource.name} {purpose}"
        if key not in known:
            known[key] = self.create(resource)
        return known[key]

    def shared_record_with_values(
        self, resource: Resource, purpose: str = ""
    ) -> tuple[Identity, Record]:
        """Return the shared record with its present values."""
        identity = self.shared_record(resource, purpose)
        record = self.find(identity)
        if record is None:
            identity = self.shared_record(resource, purpose)
            record = self.read(identity)
        return identity, record

    def find(self, identity: Identity) -> Record | None:
        """Return a record by its id; one that is gone is no longer shared."""
        record = super().find(identity)
        known: dict[str, Identity] = self._reused.__dict__
        for key in [key for key, each in known.items() if record is None and each == identity]:
            del known[key]
        return record

    def left(self) -> list[Identity]:
        """Return the records that this caller has created and not deleted, newest first."""
        with self._lock:
            return [each for each in self._created[::-1] if each not in self._deleted]

    def note_gone(self, identity: Identity) -> None:
        """Note that a record was deleted by a request that does not show which one it names."""
        with self._lock:
            self._deleted.add(identity)

    def _note_deleted(self, path: str, params: Mapping[str, str] | None) -> None:
        """Note the record that a DELETE names, in path or parameter form."""
        with self._lock:
            identity = self._addresses.get((path, frozenset((params or {}).items())))
            if identity is not None:
                self._deleted.add(identity)

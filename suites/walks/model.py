"""A model of the records that a walk has created, and the requests that compare it with the target.

The model predicts what the document states, and only for our own records, since others may use the
account at the same time. A field that the document does not show being written may also stay as it
was. Records of a deleted customer are no longer followed.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from conformance.checks.custom_fields import CUSTOM_FIELD
from conformance.checks.round_trips import MOST_KEPT, bound_of
from conformance.clients import capabilities
from conformance.clients.once import once_per_run
from conformance.clients.ways import delete_by, read_by, write_by
from conformance.spec.addressing import Form, Identity, request_for
from conformance.spec.equal_ways import FORM, WriteWay, written_as
from conformance.spec.resources import CUSTOMERS, GREETINGS
from conformance.wire.recorder import observed
from conformance.wire.records import id_of, readable_records, with_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.api import Api
    from conformance.runner.stateful import Trail
    from conformance.spec.equal_ways import ReadWay
    from conformance.spec.resources import Record, Resource

FOLLOWED = frozenset(
    {"name", "custnr", "corporateid", "email", "uuid", "customer_id", "media", "phonenr"}
)
"""The fields, beside custom ones, that change only by a write; others may change by themselves."""

DRAWN_FIELDS = {
    "customers": {"code": "corporateid", "email": "email"},
    "sources": {"code": "media", "email": "email"},
}
"""The fields that stand for the parameters which a walk draws beside the name."""

MOST_LOOKS = 2
"""How often to read a list for a new record that the response to its POST does not show."""


@dataclass(slots=True, eq=False)
class Entry:
    """A record of the model: what it has to show, and what it may show since the last write."""

    identity: Identity
    owner: Entry | None
    shown: dict[str, str] = field(default_factory=dict)
    perhaps: dict[str, str] = field(default_factory=dict)

    @property
    def resource(self) -> Resource:
        """The resource of the record."""
        return self.identity.resource

    def __str__(self) -> str:
        """Return the resource and the id, as evidence shows them."""
        return f"{self.resource.singular} {self.identity.id}"

    def differences(self, record: Record) -> list[str]:
        """Return how a record that was read differs from what it has to show."""
        return [
            f"{self}: {name} is {shown!r}, not {self.shown[name]!r}"
            for name, shown in followed(record).items()
            if name in self.shown
            and shown != self.shown[name]
            and shown != self.perhaps.get(name, self.shown[name])
        ]

    def settle(self, record: Record) -> None:
        """Take the values of a record as those that it has to show from now on."""
        self.shown, self.perhaps = followed(record), {}


def ours(records: list[Record], resource: Resource, values: Mapping[str, str]) -> list[Record]:
    """Return the records that have an id and the unique name of the values sent.

    A lone record without a name counts as well.
    """
    named = with_value(records, "name", values["name"])
    alone = [each for each in records if "name" not in each and len(records) == 1]
    return [each for each in (*named, *alone) if id_of(resource, each)]


def binding(resource: Resource) -> frozenset[str]:
    """Return the fields that have to show the value sent, where they are shown."""
    return bound_of(resource) | {CUSTOMERS.id_field}


def followed(record: Record) -> dict[str, str]:
    """Return the followed fields of a record as text; null becomes the empty string."""
    return {
        name: "" if value is None else str(value)
        for name, value in record.items()
        if (name in FOLLOWED or CUSTOM_FIELD.fullmatch(name))
        and not isinstance(value, (list, dict))
    }


@once_per_run
def _pool(api: Api, thread: int) -> list[Entry]:  # noqa: ARG001  (whose it is)
    """Return the list of what walks on a thread have created and not deleted, to be extended."""
    return []


class Account:
    """The records of one walk, as the requests so far should have left them."""

    def __init__(self, api: Api, trail: Trail) -> None:
        """Start without records."""
        self.api = api
        self.trail = trail
        self.made: list[Entry] = []
        self.live: list[Entry] = []
        self.gone: list[Entry] = []

    # What is done

    def create(
        self, resource: Resource, owner: Entry | None, form: Form, body: str = FORM
    ) -> list[str]:
        """POST a record; return how it differs from what was sent, or nothing where it is refused.

        JSON is only sent where PUT accepts it; even then a POST of JSON may be refused.
        """
        parent_id = owner.identity.id if owner and resource.parent else None
        values = self.api.account.values(resource)
        if owner is not None and not (parent_id and form is Form.PATH):
            values[CUSTOMERS.id_field] = owner.identity.id
        known = self._reusable(resource, owner)
        if known is not None:
            return self.settle(self._added(Entry(known, owner)))
        if body != FORM and not self.api.offers.writes(resource, WriteWay(Form.PATH, body=body)):
            body = FORM
        self.trail.step(f"POST {resource.singular}, {form}, {body}: {values}")
        asked = request_for("POST", Identity(resource, "", parent_id), form, data=values)
        asked = written_as(body, asked)
        with self.trail.followed():
            response = self.api.send(asked)
            if not response.ok:
                return []
            found = ours(readable_records(response, resource), resource, values)
            for _ in range(MOST_LOOKS):  # while others delete, paging can miss it
                listed = found or self.api.listed(resource, parent_id)
                found = ours(listed, resource, values)
        if not found:
            lost = f"the new {resource.singular} is neither in the answer nor in the list"
            return [lost] if resource is CUSTOMERS and body == FORM else []
        identity = self.api.adopt(resource, found[0], parent_id)
        self._pool.append(Entry(identity, owner))
        sent = {**values, **({CUSTOMERS.id_field: owner.identity.id} if owner else {})}
        bound = {name: sent[name] for name in binding(resource) if name in sent}
        entry = self._added(Entry(identity, owner, bound))
        wrong = self.settle(entry)
        if wrong:  # it may not be ours, then
            self._forget(entry)
        return wrong

    def change(self, entry: Entry, way: WriteWay, values: Mapping[str, str]) -> None:
        """PUT values in a way that works, and expect the record to show them."""
        usable = self.api.offers.usable(entry.resource, way)
        if usable is None:
            return
        sent = fitting_values(entry, values)
        self.trail.step(f"{usable} {entry}: {sent}")
        with self.trail.followed():
            response = write_by(self.api, entry.identity, usable, sent)
        bound = {name for name in sent if CUSTOM_FIELD.fullmatch(name)} | binding(entry.resource)
        for name, value in sent.items():
            if response.ok and name in bound:
                entry.shown[name] = value
            elif response.ok or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                entry.perhaps[name] = value

    def delete(self, entry: Entry, way: WriteWay) -> None:
        """DELETE a record in a way that works, and expect it and its own records to be gone."""
        usable = self.api.offers.usable_for_delete(entry.resource, way)
        if usable is None:
            return
        self.trail.step(f"DELETE by {usable.override}, {usable.form} {entry}")
        with self.trail.followed():
            response = delete_by(self.api, entry.identity, usable)
        if response.ok:
            self._forget(entry)
            self.gone = [each for each in self.gone if each.owner is not entry]
            self.gone.append(entry)
        elif response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._forget(entry)  # it may or may not have been deleted

    # What is asked

    def settle(self, entry: Entry) -> list[str]:
        """Read a record in the plainest way; return how it differs from the model."""
        with self.trail.followed():
            record = self.api.find(entry.identity)
        observed("records compared", 1)
        if record is None:
            self._forget(entry)
            return [f"{entry} cannot be read"]
        found = entry.differences(record)
        entry.settle(record)
        return found

    def read(self, entry: Entry, way: ReadWay) -> list[str]:
        """Read a record in a given way; return differences that only this way shows."""
        if not self.api.offers.reads(entry.resource, way):
            return []
        self.trail.step(f"GET {entry}, {way}")
        with self.trail.followed():
            record = read_by(self.api, entry.identity, way)
        observed("records compared", 1)
        found = [f"{entry} cannot be read"] if record is None else entry.differences(record)
        return [f"{each}, {way}" for each in found] if found and not self.settle(entry) else []

    def ghost(self, entry: Entry, way: ReadWay) -> list[str]:
        """Read a deleted record; return a finding if it is still there."""
        if not self.api.offers.reads(entry.resource, way) or self.is_used_again(entry):
            return []
        self.trail.step(f"GET {entry}, which is gone, {way}")
        with self.trail.followed():
            record = read_by(self.api, entry.identity, way)
        observed("deleted records looked for", 1)
        return [] if record is None else [f"{entry} is answered although it is gone, {way}"]

    # What follows from it

    def follow(self, entry: Entry, record: Record) -> None:
        """Follow one more record, which has to stay as it was answered."""
        entry.settle(record)
        self._pool.append(Entry(entry.identity, entry.owner))
        self._added(entry)

    def _added(self, entry: Entry) -> Entry:
        self.made.append(entry)
        self.live.append(entry)
        return entry

    def is_used_again(self, entry: Entry) -> bool:
        """Tell whether a new record has the id of a deleted one, which is allowed."""
        return any(each.identity == entry.identity for each in self.live)

    def _forget(self, entry: Entry) -> None:
        """Stop following a record and the records that belong to it."""
        for entries in (self.live, self._pool):
            entries[:] = [
                each
                for each in entries
                if entry.identity not in (each.identity, each.owner and each.owner.identity)
            ]

    @property
    def _pool(self) -> list[Entry]:
        """The records that walks on this thread have created and not deleted."""
        return _pool(self.api, threading.get_ident())

    def _reusable(self, resource: Resource, owner: Entry | None) -> Identity | None:
        """Return a record of an earlier walk, where no more undeletable records may be created."""
        made = [each for each in self._pool if each.resource is resource]
        if len(made) < MOST_KEPT or self.api.offers.usable_for_delete(
            resource, capabilities.NATIVE[0]
        ):
            return None
        used = {each.identity for each in self.live}
        owned = owner and owner.identity
        free = [
            each.identity
            for each in made
            if each.identity not in used and (each.owner and each.owner.identity) == owned
        ]
        return free[0] if free else None


def fitting_values(entry: Entry, values: Mapping[str, str]) -> dict[str, str]:
    """Return the values that an entry has a field for, with the name where a PUT may need it."""
    custom = [name for name in entry.shown if CUSTOM_FIELD.fullmatch(name)]
    fields = {**DRAWN_FIELDS.get(entry.resource.name, {}), "name": "name"}
    if custom:
        fields["custom"] = custom[-1]
    chosen = {fields[name]: value for name, value in values.items() if name in fields}
    if "email" in chosen:
        chosen["email"] += "@example.com"
    if not chosen or entry.resource is GREETINGS:
        chosen["name"] = values.get("name", "n")
    return chosen

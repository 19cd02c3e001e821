"""Freedoms of records: which fields they have, and what ids and timestamps look like."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from reference.faulty import Variant
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Value, Wire
from reference.resources import CALL_RECORDS, CUSTOMERS, GREETINGS, SOURCES, USERS, Resource

ID: Final = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""How a UUID is written."""


class AddsFields(Variant):
    """Shows fields that nobody documents.

    Ambiguity: `undocumented-fields`.
    """

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Add text, nothing, an array and an object."""
        more: Mapping[str, Value] = {
            "kind": operation.resource.name,
            "parent": None,
            "tags": ("a", "b & c"),
            "links": {"self": f"/{operation.resource.name}/{record.id}", "next": None},
            "notes": ({"text": "å", "by": None},),
        }
        return {**more, **super().presented(operation, record)}


class AddsFieldsToJson(AddsFields):
    """Shows fields that nobody documents, in JSON alone.

    Ambiguity: `undocumented-fields`.
    """

    def xml_element(self, name: str, value: Wire) -> str:
        """Leave them out."""
        is_added = name in {"kind", "parent", "tags", "links", "notes"}
        return "" if is_added else super().xml_element(name, value)


class CountsRevisions(Variant):
    """Shows how often and when a record was changed: two fields that nobody sends.

    Ambiguity: `undocumented-fields`.
    """

    revisions: Mapping[tuple[str, str], tuple[int, datetime | None]] = {}

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Add both."""
        told = self.revisions.get((operation.resource.name, record.id), (0, None))
        shown = super().presented(operation, record)
        return {**shown, "revision": str(told[0]), "updated_at": told[1]}

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Count the change."""
        key = (resource.name, record.id)
        count = self.revisions.get(key, (0, None))[0] + 1
        self.revisions = {**self.revisions, key: (count, self.now())}
        return super().replace(resource, record, changes)


class SignsEveryReading(Variant):
    """Shows a link that is signed anew whenever a record is read.

    Ambiguity: `undocumented-fields`.
    """

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Sign it."""
        signature = self.random.randbytes(4).hex()
        shown = super().presented(operation, record)
        return {**shown, "link": f"https://files.example/{record.id}?signature={signature}"}


class ShowsWhatIsShown(Variant):
    """Shows no more fields of a customer than the document's sample has.

    Ambiguity: `undocumented-fields`.
    """

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Leave all others out."""
        shown = super().presented(operation, record)
        if operation.resource is not CUSTOMERS:
            return shown
        known = ("customer_id", "name", "custnr", "corporateid", "email", "custom_1", "custom_2")
        return {name: shown[name] for name in known}


class ListsLess(Variant):
    """Shows but a few fields of each record in a list: the sample is called simplified."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Shorten it unless it was asked for by its id."""
        shown = super().presented(operation, record)
        if operation.method != "GET" or operation.record_id is not None:
            return shown
        if operation.resource is CALL_RECORDS:
            return shown
        few = ("name", "custnr", "customer_id", operation.resource.id_name)
        return {name: value for name, value in shown.items() if name in few}


class ShowsUnsetTextsAsNull(
    Variant, deviates="json-unset-email-is-empty cleared-custom-value-is-not-null"
):
    """Shows null for every text that was never set or is empty.

    Ambiguity: `unset-text`.
    """

    def wire_value(self, name: str, value: Value) -> Wire:
        """Turn emptiness into nothing."""
        return super().wire_value(name, value or None if isinstance(value, str) else value)


class ShowsAddressesOfUsers(Variant):
    """Shows the address that a user was created with.

    Ambiguity: `email-of-a-user`.
    """

    def shows_of_user(self, name: str) -> bool:
        """Show everything."""
        del name
        return True


class ShowsUndefinedCustomFields(Variant):
    """Shows as null what custom fields were not defined, and refuses values for them (S16)."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Add those that there could be."""
        further = {f"custom_{number}": None for number in range(4, 8)}
        custom = operation.resource in {CUSTOMERS, SOURCES}
        return {**super().presented(operation, record), **(further if custom else {})}


class DefinesNoCustomFields(Variant):
    """Has no custom fields: none were defined at delivery (S15)."""

    def defined_custom_fields(self, resource: Resource) -> tuple[str, ...]:
        """Define none."""
        del resource
        return ()

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show none."""
        shown = super().presented(operation, record)
        return {name: value for name, value in shown.items() if not name.startswith("custom_")}


class DefinesTheSameCustomFields(Variant):
    """Has the same two custom fields for customers and sources, with numbers above nine (S15)."""

    fields = ("custom_10", "custom_20")

    def defined_custom_fields(self, resource: Resource) -> tuple[str, ...]:
        """Define them for both."""
        return self.fields if resource.custom_fields else ()

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show these, whatever the seed has."""
        shown = super().presented(operation, record)
        if not operation.resource.custom_fields:
            return shown
        kept = {name: value for name, value in shown.items() if not name.startswith("custom_")}
        return {**kept, **{name: shown.get(name) for name in self.fields}}


class HasVeryLongIds(Variant):
    """Gives out ids of eighteen digits, far apart: an id is just an id."""

    def new_id(self, resource: Resource) -> str:
        """Leave a gap that nobody can foretell."""
        last = super().new_id(resource)
        first = 900_000_000_000_000_000
        self._last_ids[resource.name] = max(int(last), first) + self.random.randrange(1, 10**12)
        return str(self._last_ids[resource.name])


class HasRandomIds(Variant):
    """Gives out ids of nine digits in no order."""

    given: frozenset[str] = frozenset()

    def new_id(self, resource: Resource) -> str:
        """Draw one that no record has or had."""
        del resource
        while (drawn := str(self.random.randrange(10**8, 10**9))) in self.given:
            pass
        self.given |= {drawn}
        return drawn


class SharesIdsBetweenResources(Variant):
    """Gives out one row of ids to all resources."""

    def new_id(self, resource: Resource) -> str:
        """Go on from whatever id was given out last."""
        last = max(self._last_ids.values())
        self._last_ids[resource.name] = last + 1
        return str(last + 1)


class NamesRecordsByUuid(Variant):
    """Has UUIDs for ids: the document says nothing of how an id looks."""

    def new_id(self, resource: Resource) -> str:
        """Make one."""
        del resource
        return str(UUID(bytes=self.random.randbytes(16), version=4))

    def is_id(self, segment: str) -> bool:
        """Take UUIDs, and the numbers of the seed."""
        return super().is_id(segment) or ID.fullmatch(segment) is not None

    def id_value(self, name: str, text: str) -> str:
        """Take UUIDs, and the numbers of the seed."""
        return text if ID.fullmatch(text) else super().id_value(name, text)

    def tracking_number(self, source_id: str) -> str:
        """Draw a number."""
        return super().tracking_number(str(UUID(source_id).int % 10**8))


class WritesTimestampsAsIsoDoes(Variant, deviates="timestamp-format timestamp-format-of-writes"):
    """Writes and reads timestamps after ISO 8601: the document shows no format (S60)."""

    def timestamp(self, moment: datetime) -> str:
        """Write it with a T and a Z."""
        return super().timestamp(moment).replace(" ", "T") + "Z"

    def moment(self, name: str, text: str) -> datetime:
        """Read either format."""
        return super().moment(name, text.replace("T", " ").removesuffix("Z"))


class KeepsDeletedSources(Variant):
    """Keeps a deleted source in quarantine, where it can still be read."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Let its time run out."""
        if operation.resource is SOURCES:
            self.replace(SOURCES, record, {"expire": self.now()})
        else:
            super().remove_with_dependents(operation, record)


class KeepsCustomersInUse(Variant):
    """Refuses to delete a customer that has greetings, sources or users (S41)."""

    def check_changeable(self, operation: Operation, record: Record) -> None:
        """Look for what it has."""
        super().check_changeable(operation, record)
        if operation.resource is not CUSTOMERS or operation.method != "DELETE":
            return
        for dependent in (GREETINGS, SOURCES, USERS):
            if self.having(list(self.records(dependent)), "customer_id", record.id):
                raise Refusal(403, f"This customer has {dependent.name}")


class ActivatesUsersAtOnce(Variant):
    """Has users without a token: they are active from the start."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show none."""
        shown = super().presented(operation, record)
        return {**shown, "token": None} if operation.resource is USERS else shown

"""Faults that lose, mix up or replace records in the course of a run."""

from collections.abc import Mapping, Sequence

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, GREETINGS, SOURCES, USERS, Resource


class CountsIds(
    Fault,
    breaks="posts-at-once-create-each new-record-replaces-none combined-ways-create",
):
    """Counts the records for a new id: after a DELETE the next POST overwrites the last record."""

    def new_id(self, resource: Resource) -> str:
        """Count from the first id on."""
        first = min(int(id_) for id_ in self.planted()[resource.name])
        ids = [int(record.id) for record in self.records(resource)]
        return str(first + len(ids)) if ids == [*range(first, first + len(ids))] else self.gap(ids)

    def gap(self, ids: Sequence[int]) -> str:
        """Take the number of records, counted from the least id on."""
        return str(ids[0] + len(ids))


class DeletesTheYoungestToo(
    Fault,
    breaks="twin-is-read-alone equal-posts-create-two",
):
    """Deletes, when a greeting is posted again, the one before it."""

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Remove the first one of that name."""
        name = values.get("name")
        if resource is GREETINGS:
            for record in self.having(list(self.records(GREETINGS)), "name", str(name)):
                self.remove(GREETINGS, record)
        return super().insert(resource, account, record_id, values)


class RevivesWithAPost(Fault, breaks="walk-leaves-everything-as-written"):
    """Brings a deleted source back with the next POST of a source."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Keep it."""
        super().remove(resource, record)
        if resource is SOURCES:
            self.__dict__["removed"] = record

    def created(self, operation: Operation, record: Record) -> Answer:
        """Store it again."""
        removed: Record | None = self.__dict__.pop("removed", None)
        if removed is not None and operation.resource is SOURCES:
            self.replace(SOURCES, removed, {})
        return super().created(operation, record)


class WritesToTheNearest(
    Fault,
    breaks=(
        "put-creates-no-other-resource field-changes-by-a-write-that-names-it "
        "walk-leaves-everything-as-written other-account-is-not-changed "
        "deleted-id-names-no-other"
    ),
):
    """Stores an update of a source that is not there in the newest one, and answers 404."""

    def unknown_record(self, operation: Operation) -> Record:
        """Update the newest."""
        name = operation.parameters.get("name")
        if operation.resource is SOURCES and operation.method == "PUT" and name:
            self.replace(SOURCES, list(self.records(SOURCES))[-1], {"name": name})
        return super().unknown_record(operation)


class DeletesTheOwnerWithTheLast(
    Fault, breaks="walk-leaves-everything-as-written record-goes-by-its-own-delete"
):
    """Deletes a customer whose last source is deleted."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Look for other sources."""
        super().remove(resource, record)
        owner = str(record.values.get("customer_id"))
        if resource is SOURCES and not self.having(
            list(self.records(SOURCES)), "customer_id", owner
        ):
            for customer in self.having(list(self.records(CUSTOMERS)), "customer_id", owner):
                self.remove(CUSTOMERS, customer)


class DropsARecordAmongMany(
    Fault,
    breaks="write-shows-over-every-connection twin-is-read-alone record-goes-by-its-own-delete "
    "list-of-an-account-holds-each-of-many",
    in_a_whole_run=True,
):
    """Keeps few users: one goes when another one comes."""

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Make room."""
        users = list(self.records(USERS))
        if resource is USERS and len(users) > 3:  # noqa: PLR2004
            self.remove(USERS, users[-2])
        return super().insert(resource, account, record_id, values)


class GivesTheNameAway(
    Fault,
    breaks=(
        "get-takes-nothing-from-the-request-before field-changes-by-a-write-that-names-it "
        "doubtful-update-is-taken-or-refused record-shows-what-was-sent-to-it "
        "usual-fields-change-no-effect suffix-works-for-each-method combined-ways-update "
        "gets-at-once-are-not-mixed-up write-after-a-refused-one-is-stored"
    ),
):
    """Shows in the third reading of a customer the name of the newest one."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Count the readings of each customer."""
        values = super().presented(operation, record)
        if operation.resource is not CUSTOMERS or not operation.record_id:
            return values
        counts: dict[str, int] = self.__dict__.setdefault("counts", {})
        counts[record.id] = counts.get(record.id, 0) + 1
        newest = list(self.records(CUSTOMERS))[-1]
        return {**values, "name": newest.values["name"]} if counts[record.id] == 3 else values  # noqa: PLR2004


class MovesTheMedium(
    Fault,
    breaks=(
        "twin-is-changed-alone record-shows-what-was-sent-to-it "
        "doubtful-update-is-taken-or-refused field-changes-by-a-write-that-names-it "
        "put-leaves-other-records nothing-is-made-in-another-account twin-is-deleted-alone "
        "delete-moves-no-id"
    ),
):
    """Stores the name of an updated source as the medium of the one created before it."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Update the one before."""
        if resource is SOURCES and "name" in changes:
            for other in [r for r in self.records(SOURCES) if int(r.id) == int(record.id) - 1]:
                super().replace(SOURCES, other, {"media": changes["name"]})
        return super().replace(resource, record, changes)


class CleansUpNumbers(
    Fault, breaks="walk-leaves-everything-as-written field-changes-by-a-write-that-names-it"
):
    """Puts a sign before the number of each customer when a source is deleted."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Change all."""
        super().remove(resource, record)
        if resource is SOURCES:
            for other in list(self.records(CUSTOMERS)):
                self.replace(CUSTOMERS, other, {"custnr": f"-{other.values['custnr']}"})


class DeletesByARefusedDelete(
    Fault, breaks="twin-is-deleted-alone record-goes-by-its-own-delete older-twin-is-deleted-alone"
):
    """Deletes the source before one that is deleted by path when a third one is there."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Delete both."""
        super().remove(resource, record)
        owner = str(record.values.get("customer_id"))
        left = self.having(list(self.records(SOURCES)), "customer_id", owner)
        if resource is SOURCES and left and left[-1].values["name"] == record.values["name"]:
            super().remove(resource, left[-1])

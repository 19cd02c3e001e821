"""Faults that mix up records which are equal in all but their ids."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, GREETINGS, SOURCES, USERS, Resource


def named_alike(record: Record, other: Record) -> bool:
    """Whether two records have one name."""
    return record.id != other.id and record.values.get("name") == other.values.get("name")


class DeletesByName(Fault, breaks="twin-is-deleted-alone older-twin-is-deleted-alone"):
    """Deletes every greeting of a customer that has the name of the one to delete."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Delete by name."""
        super().remove(resource, record)
        if resource is GREETINGS:
            for other in list(self.records(GREETINGS)):
                same = other.values["customer_id"] == record.values["customer_id"]
                if same and named_alike(record, other):
                    super().remove(resource, other)


class DeletesTheFirstOfAName(Fault, breaks="twin-is-deleted-alone"):
    """Deletes the oldest source that has the name of the one to delete."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Take the first."""
        names = [r for r in self.records(resource) if r.values.get("name") == record.values["name"]]
        super().remove(resource, names[0] if resource is SOURCES else record)


class UpdatesByName(Fault, breaks="twin-is-changed-alone user-of-one-address-is-changed-alone"):
    """Updates every user that has the name of the one to update."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Update by name."""
        if resource is USERS:
            for other in [r for r in self.records(USERS) if named_alike(record, r)]:
                super().replace(resource, other, changes)
        return super().replace(resource, record, changes)


class UpdatesTheNewestOfAName(
    Fault, breaks="twin-is-changed-alone namesake-in-another-account-is-left"
):
    """Updates the newest customer that has the name of the one to update, as well."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Update the first and the newest one."""
        alike = [r for r in self.records(resource) if named_alike(record, r)]
        if resource is CUSTOMERS and alike:
            super().replace(resource, alike[-1], changes)
        return super().replace(resource, record, changes)


class AnswersTheTwinAgain(Fault, breaks="equal-posts-create-two older-twin-is-deleted-alone"):
    """Answers a POST of a source that is there already with that one, and creates none."""

    def create(self, operation: Operation) -> Answer:
        """Look for the same data."""
        if operation.resource is SOURCES:
            for record in self.candidates(operation):
                sent = ("name", "customer_id", "media")
                if all(operation.parameters.get(n) == record.values[n] for n in sent):
                    return self.created(operation, record)
        return super().create(operation)


class ListsOneOfAName(Fault, breaks="equal-posts-create-two"):
    """Lists of the greetings of one name the newest alone."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Keep one of each name."""
        if operation.resource is GREETINGS and not operation.record_id:
            records = list({record.values["name"]: record for record in records}.values())
        return super().ordered(operation, records)


class ReadsByName(Fault, breaks="twin-is-read-alone"):
    """Answers a GET of a user's id with all users of its name."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Add the others of that name."""
        if operation.resource is USERS and operation.record_id and records:
            found = [r for r in self.candidates(operation) if named_alike(records[0], r)]
            records = [*records, *found]
        return super().ordered(operation, records)


class TakesANumberForAName(Fault, breaks="twin-is-changed-alone twin-is-deleted-alone"):
    """Updates, with a customer, the one whose name is its number."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Update both."""
        if resource is CUSTOMERS:
            for other in list(self.records(CUSTOMERS)):
                if other.values["name"] == record.values["custnr"]:
                    super().replace(resource, other, changes)
        return super().replace(resource, record, changes)


class TakesACorporateIdForAnId(Fault, breaks="twin-is-deleted-alone"):
    """Deletes, with a customer, the one whose corporate id is its id."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Delete both."""
        super().remove(resource, record)
        if resource is CUSTOMERS:
            for other in list(self.records(CUSTOMERS)):
                if other.values["corporateid"] == record.id:
                    super().remove(resource, other)


class DeletesUnderEveryOwner(Fault, breaks="twin-is-deleted-alone"):
    """Deletes the users of all customers that have the name of the one to delete."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Delete by name."""
        super().remove(resource, record)
        if resource is USERS:
            for other in [r for r in self.records(USERS) if named_alike(record, r)]:
                if other.values["customer_id"] != record.values["customer_id"]:
                    super().remove(resource, other)


class ReplacesTheTwin(
    Fault,
    breaks="equal-posts-create-two customer-of-one-name-is-deleted-alone "
    "namesake-in-another-account-is-left equal-records-are-each-on-one-page "
    "total-counts-namesakes",
):
    """Creates a customer in the place of one that has its name."""

    def create(self, operation: Operation) -> Answer:
        """Remove the old one."""
        answer = super().create(operation)
        if operation.resource is CUSTOMERS:
            name = operation.parameters["name"]
            found = self.having(list(self.records(CUSTOMERS)), "name", name)
            for record in found[:-1]:
                self.remove(CUSTOMERS, record)
        return answer


class UpdatesCustomFieldsByName(Fault, breaks="twin-is-changed-alone"):
    """Updates a custom field of every customer that has the name of the one to update."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Update by name."""
        custom = {name: changes[name] for name in changes if name.startswith("custom_")}
        for other in list(self.records(resource)) if resource is CUSTOMERS and custom else []:
            if named_alike(record, other):
                super().replace(resource, other, custom)
        return super().replace(resource, record, changes)


class DeletesGreetingsOfTheSecond(
    Fault, breaks="twin-is-deleted-alone older-twin-is-deleted-alone"
):
    """Deletes greetings by name and second of creation."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Take all that are equal with it."""
        super().remove(resource, record)
        if resource is GREETINGS:
            equal = self.having(list(self.records(GREETINGS)), "name", str(record.values["name"]))
            for other in equal:
                if is_one_second(record.values["timestamp"], other.values["timestamp"]):
                    super().remove(resource, other)


def is_one_second(one: Value, other: Value) -> bool:
    """Whether two values are moments less than a second apart."""
    if not isinstance(one, datetime) or not isinstance(other, datetime):
        return False
    return abs(one - other) < timedelta(seconds=1)


class SharesTheNumbersOfSources(Fault, breaks="every-field-of-a-twin-is-its-own"):
    """Keeps each number once that sources call: all that have it have it changed."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Change it for all."""
        if resource is SOURCES and "phonenr" in changes:
            for each in self.having(
                list(self.records(SOURCES)), "phonenr", str(record.values["phonenr"])
            ):
                super().replace(SOURCES, each, {"phonenr": changes["phonenr"]})
        return super().replace(resource, record, changes)


class SharesACustomField(
    Fault, breaks=("every-field-of-a-twin-is-its-own field-changes-by-a-write-that-names-it")
):
    """Keeps a custom field of sources with their customer: all of one customer have it changed."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Change it for all."""
        if resource is SOURCES and "custom_3" in changes:
            owner = str(record.values["customer_id"])
            for each in self.having(list(self.records(SOURCES)), "customer_id", owner):
                super().replace(SOURCES, each, {"custom_3": changes["custom_3"]})
        return super().replace(resource, record, changes)

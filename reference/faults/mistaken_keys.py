"""Faults in what a record is found by: another's number, a key in the data, or a likeness."""

from collections.abc import Mapping

from reference.faults.no_ids import MisreadsIds
from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, SOURCES, USERS, Resource


class WritesByNumber(
    Fault,
    breaks="number-like-an-id-is-not-written-to field-changes-by-a-write-that-names-it "
    "number-like-a-deleted-id-is-not-written-to record-goes-by-its-own-delete "
    "record-shows-what-was-sent-to-it number-like-an-id-hides-no-record",
):
    """Writes to the customer whose number is the id that is asked for, where there is one."""

    def addressed_record(self, operation: Operation) -> Record:
        """Look at the numbers first."""
        if operation.resource is CUSTOMERS and operation.record_id:
            for each in self.candidates(operation):
                if each.values["custnr"] == operation.record_id:
                    return each
        return super().addressed_record(operation)


class WritesByNumberAtLast(
    Fault,
    breaks="number-like-a-deleted-id-is-not-written-to "
    "field-changes-by-a-write-that-names-it record-goes-by-its-own-delete "
    "record-shows-what-was-sent-to-it",
):
    """Writes to the customer whose number is the id that is asked for, where no id is."""

    def unknown_record(self, operation: Operation) -> Record:
        """Look at the numbers, too."""
        if operation.resource is CUSTOMERS:
            for each in self.candidates(operation):
                if each.values["custnr"] == operation.record_id:
                    return each
        return super().unknown_record(operation)


class SavesUsersByTheirKey(
    Fault, breaks="post-naming-another-id-updates-nothing post-of-a-copy-leaves-the-original"
):
    """Takes a POST of a user whose data have the id of another one for a change of that one."""

    def create(self, operation: Operation) -> Answer:
        """Save what has a key."""
        if operation.resource is USERS and operation.record_id:
            for each in self.having(self.candidates(operation), "user_id", operation.record_id):
                changed = self.replace(USERS, each, self.values_sent(operation))
                return self.created(operation, changed)
        return super().create(operation)


class RevivesADeletedSource(Fault, breaks="put-revives-no-source"):
    """Updates a source without a look at the mark of its deletion, which that takes away."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Keep it."""
        super().remove(resource, record)
        if resource is SOURCES:
            self.__dict__.setdefault("marked", {})[record.account, record.id] = record

    def unknown_record(self, operation: Operation) -> Record:
        """Find what is marked."""
        marked: dict[tuple[str, str | None], Record] = self.__dict__.get("marked", {})
        record = marked.get((operation.account, operation.record_id))
        if operation.resource is SOURCES and operation.method == "PUT" and record is not None:
            return record
        return super().unknown_record(operation)


class DeletesTheLastForNone(
    Fault,
    breaks="delete-twice-deletes-no-other deleted-twice-is-refused "
    "record-goes-by-its-own-delete unknown-id-refuses-delete",
):
    """Deletes the last user where no user has the id: its index is -1 then."""

    def unknown_record(self, operation: Operation) -> Record:
        """Take the last one."""
        users = [*self.candidates(operation)]
        if operation.resource is USERS and operation.method == "DELETE" and users:
            return users[-1]
        return super().unknown_record(operation)


class ReadsTheFirstOfTwins(
    Fault, breaks="twin-is-read-as-it-is-listed older-twin-is-deleted-alone"
):
    """Reads a source with the values of the first one of the same customer and name."""

    def presented(self, operation: Operation, record: Record) -> dict[str, Value]:
        """Look for the first one."""
        if operation.resource is SOURCES and operation.method == "GET" and operation.record_id:
            for each in self.visible_records(SOURCES, operation.account):
                if all(
                    each.values[name] == record.values[name] for name in ("customer_id", "name")
                ):
                    values = {**each.values, "source_id": record.id}
                    return dict(
                        super().presented(operation, Record(record.id, record.account, values))
                    )
        return dict(super().presented(operation, record))


class ShowsAFieldOfTheOwner(Fault, breaks="filtered-record-is-as-read"):
    """Shows in sources that are selected by a number a field of the customer who has it."""

    def presented(self, operation: Operation, record: Record) -> dict[str, Value]:
        """Take the column of that name from the other table."""
        values = dict(super().presented(operation, record))
        if operation.resource is not SOURCES or "custnr" not in operation.parameters:
            return values
        owner = self.customer(operation.account, str(values["customer_id"]))
        return values if owner is None else {**values, "custom_1": owner.values["custom_1"]}


class DeletesByNumberInEveryAccount(Fault, breaks="namesake-in-another-account-is-left"):
    """Deletes with a customer those of every account that have its number."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Delete by number."""
        super().remove_with_dependents(operation, record)
        if operation.resource is CUSTOMERS:
            self.remove_having(CUSTOMERS, "custnr", str(record.values["custnr"]))


class RenamesByNumberInEveryAccount(Fault, breaks="namesake-in-another-account-is-left"):
    """Changes with a customer the name of those of every account that have its number."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Change by number."""
        if resource is CUSTOMERS and "name" in changes:
            for each in [*self.records(CUSTOMERS)]:
                if each.values["custnr"] == record.values["custnr"] and each.id != record.id:
                    super().replace(CUSTOMERS, each, {"name": changes["name"]})
        return super().replace(resource, record, changes)


class FindsByCustnrInPlaceOfAnId(
    MisreadsIds,
    breaks=(
        "no-id-reads-nothing no-id-updates-nothing no-id-deletes-no-customer "
        "number-like-a-deleted-id-is-not-written-to number-like-an-id-is-not-written-to "
        "field-changes-by-a-write-that-names-it record-goes-by-its-own-delete "
        "record-shows-what-was-sent-to-it number-like-an-id-hides-no-record"
    ),
):
    """Finds a customer by its custnr where an id should be."""

    def meant(self, text: str) -> str:
        """Look the number up."""
        named = (each.id for each in self.records(CUSTOMERS) if each.values["custnr"] == text)
        return next(named, text)


class BelievesTheQueryFirst(Fault, breaks="body-is-not-overruled-by-the-query"):
    """Takes a value from the query where the body of a PUT has one of the same name."""

    def parameters_of_writing(
        self, request: Request, resource: Resource, method: str, query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Put the query over it."""
        given = super().parameters_of_writing(request, resource, method, query)
        return {name: query.get(name, value) for name, value in given.items()}

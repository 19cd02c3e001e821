"""Faults of PUT that creates."""

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import CUSTOMERS, GREETINGS, USERS, Resource


class CreatesUnknownIds(
    Fault,
    breaks=(
        "put-unknown-id-creates-nothing put-deleted-id-creates-nothing "
        "put-by-custnr-creates-nothing foreign-record-is-not-written "
        "unknown-id-refuses-put foreign-record-hidden-everywhere "
        "other-account-is-not-deleted json-put-creates-nothing no-id-updates-nothing"
    ),
):
    """Creates a customer where PUT names an id that does not exist."""

    def unknown_record(self, operation: Operation) -> Record:
        """Create it under that id."""
        if operation.resource is CUSTOMERS and operation.method == "PUT":
            values = self.values_sent(operation)
            return self.insert(CUSTOMERS, operation.account, str(operation.record_id), values)
        return super().unknown_record(operation)


class CreatesByOverride(
    Fault,
    breaks=(
        "put-unknown-id-creates-nothing put-deleted-id-creates-nothing json-put-creates-nothing"
    ),
):
    """Creates a customer where an overridden POST names an id that does not exist."""

    def unknown_record(self, operation: Operation) -> Record:
        """Create it as a POST would."""
        overridden = operation.request.method == "POST" and operation.method == "PUT"
        if operation.resource is CUSTOMERS and overridden:
            values = self.values_sent(operation)
            return self.insert(CUSTOMERS, operation.account, str(operation.record_id), values)
        return super().unknown_record(operation)


class RefusesAndCreates(
    Fault,
    breaks="put-unknown-id-creates-nothing put-by-custnr-creates-nothing json-put-creates-nothing",
):
    """Answers 404 to a PUT of an unknown id, and creates a customer with a new id."""

    def unknown_record(self, operation: Operation) -> Record:
        """Create before refusing."""
        if operation.resource is CUSTOMERS and operation.method == "PUT":
            new = self.new_id(CUSTOMERS)
            self.insert(CUSTOMERS, operation.account, new, self.values_sent(operation))
        return super().unknown_record(operation)


class CallsUnknownIdsUpdated(
    Fault,
    breaks="put-unknown-id-creates-nothing put-deleted-id-creates-nothing "
    "put-unknown-sub-resource-creates-nothing foreign-record-is-not-written "
    "unknown-id-refuses-put no-id-updates-nothing put-revives-nothing",
):
    """Answers 200 to a PUT of an unknown id, though nothing was updated."""

    def update(self, operation: Operation) -> Answer:
        """Swallow the refusal."""
        try:
            return super().update(operation)
        except Refusal as refusal:
            if refusal.status == 404 and self.parent_is_there(operation):  # noqa: PLR2004
                return self.answer(operation, [])
            raise

    def parent_is_there(self, operation: Operation) -> bool:
        """Whether the parent of what is updated exists."""
        return operation.resource is not GREETINGS or self.parent(operation) is not None


class CreatesWithoutAnId(Fault, breaks="put-without-id-creates-nothing json-put-creates-nothing"):
    """Creates a customer where PUT names no id."""

    def missing_id(self, operation: Operation) -> Record:
        """Create one."""
        if operation.resource is CUSTOMERS and operation.method == "PUT":
            values = self.values_sent(operation)
            return self.insert(CUSTOMERS, operation.account, self.new_id(CUSTOMERS), values)
        return super().missing_id(operation)


class UpdatesByCustnr(Fault, breaks="put-by-custnr-creates-nothing"):
    """Updates the customer that has the custnr of a PUT when its id is unknown."""

    def unknown_record(self, operation: Operation) -> Record:
        """Look for the custnr."""
        custnr = operation.parameters.get("custnr")
        if operation.resource is CUSTOMERS and operation.method == "PUT" and custnr:
            for record in self.candidates(operation):
                if record.values["custnr"] == custnr:
                    return record
        return super().unknown_record(operation)


class RevivesTheDeleted(Fault, abstract=True):
    """Only marks records of one resource as deleted, and PUT takes the mark away."""

    revived: Resource

    def remove(self, resource: Resource, record: Record) -> None:
        """Remember the record."""
        super().remove(resource, record)
        if resource is self.revived:
            self.__dict__.setdefault("marked", {})[record.id] = record

    def unknown_record(self, operation: Operation) -> Record:
        """Bring the record back."""
        marked = self.__dict__.get("marked", {}).pop(operation.record_id, None)
        if operation.method == "PUT" and marked is not None:
            return self.insert(self.revived, operation.account, marked.id, marked.values)
        return super().unknown_record(operation)


class RevivesDeletedCustomers(RevivesTheDeleted, breaks="put-deleted-id-creates-nothing"):
    """Only marks customers as deleted, and PUT takes the mark away."""

    revived = CUSTOMERS


class RevivesDeletedGreetings(RevivesTheDeleted, breaks="put-revives-nothing"):
    """Only marks greetings as deleted, and PUT takes the mark away."""

    revived = GREETINGS


class CreatesUnknownGreetings(
    Fault, breaks="put-unknown-sub-resource-creates-nothing json-put-creates-nothing"
):
    """Creates a greeting where PUT names an id that does not exist."""

    def unknown_record(self, operation: Operation) -> Record:
        """Create it under a new id, and refuse."""
        if operation.resource is GREETINGS and operation.method == "PUT":
            values = {"customer_id": operation.parent_id, **self.values_sent(operation)}
            self.insert(GREETINGS, operation.account, self.new_id(GREETINGS), values)
        return super().unknown_record(operation)


class CreatesTheParent(Fault, breaks="put-under-a-new-parent-creates-nothing"):
    """Creates the customer under which PUT names a greeting."""

    def unknown_parent(self, operation: Operation) -> None:
        """Create the customer."""
        if operation.method == "PUT":
            values = {"name": "", "custnr": ""}
            self.insert(CUSTOMERS, operation.account, str(operation.parent_id), values)
        super().unknown_parent(operation)


class CreatesInACollection(
    Fault,
    breaks="put-on-a-sub-collection-creates-nothing writes-without-an-id-are-refused "
    "json-put-creates-nothing",
):
    """Creates a greeting where PUT names its parent only."""

    def missing_id(self, operation: Operation) -> Record:
        """Create one."""
        if operation.resource is GREETINGS and operation.method == "PUT":
            values = {"customer_id": operation.parent_id, **self.values_sent(operation)}
            return self.insert(GREETINGS, operation.account, self.new_id(GREETINGS), values)
        return super().missing_id(operation)


class CreatesUnknownUsers(
    Fault,
    breaks="put-creates-no-other-resource unknown-id-refuses-put put-revives-nothing",
):
    """Creates a user where PUT names an id that does not exist."""

    def unknown_record(self, operation: Operation) -> Record:
        """Create it under that id."""
        if operation.resource is USERS and operation.method == "PUT":
            return self.insert(
                USERS, operation.account, str(operation.record_id), self.values_sent(operation)
            )
        return super().unknown_record(operation)


class CallsNothingUpdated(
    Fault,
    breaks="put-without-id-creates-nothing put-on-a-sub-collection-creates-nothing "
    "writes-without-an-id-are-refused",
):
    """Answers 200 to a PUT that names no record, and updates none."""

    def update(self, operation: Operation) -> Answer:
        """Answer nothing."""
        return super().update(operation) if operation.record_id else self.answer(operation, [])


class RefusesAndCreatesWithoutAnId(
    Fault,
    breaks="put-without-id-creates-nothing put-on-a-sub-collection-creates-nothing "
    "json-put-creates-nothing",
):
    """Answers 400 to a PUT that names no record, and creates one all the same."""

    def missing_id(self, operation: Operation) -> Record:
        """Create before refusing."""
        if operation.resource in {CUSTOMERS, GREETINGS} and operation.method == "PUT":
            values = self.values_sent(operation)
            if operation.resource is GREETINGS:
                values["customer_id"] = operation.parent_id
            new = self.new_id(operation.resource)
            self.insert(operation.resource, operation.account, new, values)
        return super().missing_id(operation)


class LeavesBlankRecordsBehind(
    Fault,
    breaks=(
        "put-unknown-id-creates-nothing put-deleted-id-creates-nothing "
        "put-creates-no-other-resource other-account-is-not-deleted put-revives-nothing "
        "refusal-has-one-code-in-each-type json-put-creates-nothing"
    ),
):
    """Answers 404 to a PUT of an unknown id, and leaves an empty record behind under that id."""

    def unknown_record(self, operation: Operation) -> Record:
        """Begin with a record, and do not go on."""
        if operation.resource in {CUSTOMERS, USERS} and operation.method == "PUT":
            self.insert(operation.resource, operation.account, str(operation.record_id), {})
        return super().unknown_record(operation)


class RefusesAndCreatesUsers(Fault, breaks="put-creates-no-other-resource"):
    """Answers 404 to a PUT of an unknown id, and creates a user with a new id."""

    def unknown_record(self, operation: Operation) -> Record:
        """Create before refusing."""
        if operation.resource is USERS and operation.method == "PUT":
            new = self.new_id(USERS)
            self.insert(USERS, operation.account, new, self.values_sent(operation))
        return super().unknown_record(operation)


class CallsOrphansUpdated(Fault, breaks="put-under-a-new-parent-creates-nothing"):
    """Answers 200 to a PUT of a greeting under a customer that is not there."""

    def update(self, operation: Operation) -> Answer:
        """Answer nothing."""
        if operation.resource is GREETINGS and not self.parent(operation):
            return self.answer(operation, [])
        return super().update(operation)

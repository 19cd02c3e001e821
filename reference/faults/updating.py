"""Faults in updating, and of PUT that creates."""

import re
from collections.abc import Mapping

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, GREETINGS, SOURCES, USERS, Field, Resource


class StoresNothing(
    Fault,
    breaks="put-updates-what-was-sent put-updates-any-subset put-clears-a-field "
    "put-takes-the-id-as-parameter put-twice-keeps-the-last put-decodes-the-body-once "
    "put-shows-in-every-reading put-updates-each-resource sub-resource-forms-update",
):
    """Answers a PUT with the new state and stores nothing."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Make the new state up."""
        del resource
        return Record(record.id, record.account, {**record.values, **changes})


class ResetsWhatWasNotSent(Fault, breaks="put-keeps-what-was-not-sent put-updates-any-subset"):
    """Resets the optional fields of a customer that a PUT does not name."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Fill up with blanks."""
        changes = super().changed_values(operation, record, values)
        if operation.resource is CUSTOMERS:
            return {"email": "", "corporateid": "", **changes}
        return changes


class UpdatesTheFirstFieldOnly(Fault, breaks="put-updates-any-subset"):
    """Updates one field of those that a PUT names."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Keep the first."""
        changes = super().changed_values(operation, record, values)
        if operation.resource is CUSTOMERS:
            return dict(list(changes.items())[:1])
        return changes


class TakesZeroForNothing(Fault, breaks="put-decodes-the-body-once put-updates-any-subset"):
    """Does not store the value 0."""

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Leave out what looks false."""
        values = super().values_sent(operation)
        if operation.method == "PUT":
            return {name: value for name, value in values.items() if value != "0"}
        return values


class CannotClear(Fault, breaks="put-clears-a-field"):
    """Takes an empty value for one that was not sent."""

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Leave out what is empty."""
        return {name: value for name, value in super().values_sent(operation).items() if value}


class ForgetsUsers(Fault, breaks="put-updates-each-resource put-shows-in-every-reading"):
    """Answers the update of a user and does not store it."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Make a user's new state up."""
        if resource is USERS:
            return Record(record.id, record.account, {**record.values, **changes})
        return super().replace(resource, record, changes)


class UpdatesTheNeighbour(Fault, breaks="put-leaves-other-records"):
    """Updates the next newer user as well."""

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Update two."""
        if resource is USERS:
            for other in list(self.records(USERS)):
                if int(other.id) == int(record.id) + 1:
                    super().replace(resource, other, changes)
        return super().replace(resource, record, changes)


class ListsTheOldState(Fault, breaks="put-shows-in-every-reading"):
    """Keeps the list of customers in a cache that an update does not clear."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show a customer in lists as it was listed first."""
        values = super().presented(operation, record)
        if operation.resource is not CUSTOMERS or operation.record_id or operation.method != "GET":
            return values
        cache: dict[str, Mapping[str, Value]] = self.__dict__.setdefault("cache", {})
        return cache.setdefault(record.id, values)


class ServesTheOldStateByParameter(Fault, breaks="put-shows-in-every-reading"):
    """Keeps sources that were asked for by parameter in a cache that an update does not clear."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show a source as it was asked for first."""
        values = super().presented(operation, record)
        if operation.resource is not SOURCES or operation.ids or operation.method != "GET":
            return values
        cache: dict[str, Mapping[str, Value]] = self.__dict__.setdefault("cache", {})
        return cache.setdefault(record.id, values) if operation.record_id else values


class AnswersNothingToPut(Fault, breaks="put-answers-the-record"):
    """Answers a PUT with an empty list."""

    def updated(self, operation: Operation, record: Record) -> Answer:
        """Leave the record out."""
        del record
        return self.answer(operation, [])


class AnswersTheOldStateToPut(Fault, breaks="put-answers-the-record"):
    """Answers a PUT with the record as it was."""

    def update(self, operation: Operation) -> Answer:
        """Remember the old state."""
        before = [each for each in self.candidates(operation) if each.id == operation.record_id]
        super().update(operation)
        return self.answer(operation, before)


class KnowsNoIdInTheBody(Fault, breaks="put-takes-the-id-as-parameter"):
    """Wants the id of a customer in the path of a PUT."""

    def addressed_record(self, operation: Operation) -> Record:
        """Take the id from the path only."""
        if operation.resource is CUSTOMERS and operation.method == "PUT" and not operation.ids:
            return self.missing_id(operation)
        return super().addressed_record(operation)


class KeepsTheFirstUpdate(Fault, breaks="put-twice-keeps-the-last put-decodes-the-body-once"):
    """Updates a customer's name once, and never again."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Drop the second change of a name."""
        changes = dict(super().changed_values(operation, record, values))
        seen: set[str] = self.__dict__.setdefault("seen", set())
        if operation.resource is CUSTOMERS and "name" in changes:
            if record.id in seen:
                del changes["name"]
            seen.add(record.id)
        return changes


class CutsLongPuts(Fault, breaks="put-decodes-the-body-once put-updates-any-subset"):
    """Cuts a name at its first character outside the basic plane of Unicode."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Cut where a four-byte character begins."""
        value = super().value_sent(operation, field, text)
        if isinstance(value, str) and operation.method == "PUT":
            return re.split("[\U00010000-\U0010ffff]", value)[0]
        return value


# PUT that creates


class CreatesUnknownIds(
    Fault,
    breaks="put-unknown-id-creates-nothing put-deleted-id-creates-nothing "
    "put-by-custnr-creates-nothing",
):
    """Creates a customer where PUT names an id that does not exist."""

    def unknown_record(self, operation: Operation) -> Record:
        """Create it under that id."""
        if operation.resource is CUSTOMERS and operation.method == "PUT":
            values = self.values_sent(operation)
            return self.insert(CUSTOMERS, operation.account, str(operation.record_id), values)
        return super().unknown_record(operation)


class CreatesByOverride(
    Fault, breaks="put-unknown-id-creates-nothing put-deleted-id-creates-nothing"
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
    Fault, breaks="put-unknown-id-creates-nothing put-by-custnr-creates-nothing"
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
    "put-unknown-sub-resource-creates-nothing",
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


class CreatesWithoutAnId(Fault, breaks="put-without-id-creates-nothing"):
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


class RevivesDeletedCustomers(Fault, breaks="put-deleted-id-creates-nothing"):
    """Only marks customers as deleted, and PUT takes the mark away."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Remember the customer."""
        super().remove(resource, record)
        if resource is CUSTOMERS:
            self.__dict__.setdefault("marked", {})[record.id] = record

    def unknown_record(self, operation: Operation) -> Record:
        """Bring the customer back."""
        marked = self.__dict__.get("marked", {}).pop(operation.record_id, None)
        if operation.method == "PUT" and marked is not None:
            return self.insert(CUSTOMERS, operation.account, marked.id, marked.values)
        return super().unknown_record(operation)


class CreatesUnknownGreetings(Fault, breaks="put-unknown-sub-resource-creates-nothing"):
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


class CreatesInACollection(Fault, breaks="put-on-a-sub-collection-creates-nothing"):
    """Creates a greeting where PUT names its parent only."""

    def missing_id(self, operation: Operation) -> Record:
        """Create one."""
        if operation.resource is GREETINGS and operation.method == "PUT":
            values = {"customer_id": operation.parent_id, **self.values_sent(operation)}
            return self.insert(GREETINGS, operation.account, self.new_id(GREETINGS), values)
        return super().missing_id(operation)


class CreatesUnknownUsers(Fault, breaks="put-creates-no-other-resource"):
    """Creates a user where PUT names an id that does not exist."""

    def unknown_record(self, operation: Operation) -> Record:
        """Create it under that id."""
        if operation.resource is USERS and operation.method == "PUT":
            return self.insert(
                USERS, operation.account, str(operation.record_id), self.values_sent(operation)
            )
        return super().unknown_record(operation)

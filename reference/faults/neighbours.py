"""Faults that let a record's neighbours, or those of before and after, have what is its own."""

from collections.abc import Mapping

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, GREETINGS, SOURCES, USERS, Resource


class MovesUsersWithTheirAddress(
    Fault,
    breaks="post-of-a-known-value-changes-no-record user-of-one-address-is-changed-alone "
    "older-twin-is-deleted-alone",
):
    """Changes the user who has an address where another one is to be made with it."""

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Look for the address first."""
        users = self.visible_records(USERS, account) if resource is USERS else []
        for user in self.having(users, "email", str(values.get("email"))):
            return self.replace(USERS, user, values)
        return super().insert(resource, account, record_id, values)


class ChangesTheNextUser(Fault, breaks="deleted-id-names-no-other"):
    """Changes the user with the next id where that of a PUT is gone."""

    def unknown_record(self, operation: Operation) -> Record:
        """Take the next one."""
        wanted = operation.record_id or ""
        if operation.resource is USERS and operation.method == "PUT" and wanted.isdigit():
            for user in self.candidates(operation):
                if int(user.id) > int(wanted):
                    return user
        return super().unknown_record(operation)


class CountsPlacesOfBefore(Fault, breaks="delete-moves-no-id"):
    """Takes a source for the one behind it, once one before it was deleted."""

    def addressed_record(self, operation: Operation) -> Record:
        """Go by the places of before; a list and a creation count them anew."""
        record = super().addressed_record(operation)
        places: list[str] = self.__dict__.setdefault("places", [])
        sources = self.candidates(operation) if operation.resource is SOURCES else []
        if operation.method != "PUT" or record.id not in places or record not in sources:
            return record
        there = sources[places.index(record.id) :]
        return there[0] if there else self.unknown_record(operation)

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Keep the places of the others."""
        if operation.resource is SOURCES:
            self.__dict__["places"] = [each.id for each in self.candidates(operation)]
        super().remove_with_dependents(operation, record)

    def create(self, operation: Operation) -> Answer:
        """Count anew."""
        self.__dict__["places"] = []
        return super().create(operation)


class KeepsGreetingsByTheNumber(
    Fault, breaks="number-of-a-deleted-customer-brings-no-records-back"
):
    """Gives the greetings of a deleted customer to the next one who has its custnr."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Keep them."""
        if operation.resource is CUSTOMERS:
            left: dict[Value, list[Record]] = self.__dict__.setdefault("left", {})
            greetings = self.having(list(self.records(GREETINGS)), "customer_id", record.id)
            left[record.values["custnr"]] = greetings
        super().remove_with_dependents(operation, record)

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Make them anew."""
        record = super().insert(resource, account, record_id, values)
        left: dict[Value, list[Record]] = self.__dict__.get("left", {})
        for each in left.pop(values.get("custnr"), []) if resource is CUSTOMERS else ():
            mine = {**each.values, "customer_id": record_id}
            super().insert(GREETINGS, account, each.id, mine)
        return record


class StoresRefusedValuesLater(Fault, breaks="refused-values-are-not-stored-later"):
    """Stores with the next PUT of a customer the name of one that was refused."""

    def update(self, operation: Operation) -> Answer:
        """Keep it."""
        try:
            return super().update(operation)
        except Refusal:
            names: dict[str | None, Value] = self.__dict__.setdefault("names", {})
            name = operation.parameters.get("name")
            if operation.resource is CUSTOMERS and operation.method == "PUT" and name:
                names[operation.record_id] = name
            raise

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Add it."""
        names: dict[str | None, Value] = self.__dict__.get("names", {})
        kept = {"name": names.pop(record.id)} if record.id in names else {}
        return super().changed_values(operation, record, {**kept, **values})

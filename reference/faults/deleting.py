"""Faults of deletions that leave something behind for whoever comes next."""

from collections.abc import Mapping

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Value
from reference.resources import CUSTOMERS, GREETINGS, SOURCES, Resource


class GivesIdsAgain(
    Fault,
    breaks="new-customer-has-nothing-of-a-deleted-one "
    "number-of-a-deleted-customer-brings-no-records-back",
):
    """Gives a new customer the id of the one deleted last, whose records it has kept."""

    last = ""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Leave what belongs to a customer where it is."""
        if operation.resource is not CUSTOMERS:
            super().remove_with_dependents(operation, record)
            return
        self.remove(CUSTOMERS, record)
        self.last = record.id

    def new_id(self, resource: Resource) -> str:
        """Take it up."""
        last, self.last = self.last, ""
        return last if resource is CUSTOMERS and last else super().new_id(resource)


class DeletesSourcesByTheName(Fault, breaks="customer-of-one-name-is-deleted-alone"):
    """Deletes with a customer the sources of all customers of its name."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Look for the name."""
        super().remove(resource, record)
        if resource is CUSTOMERS:
            for other in self.having(list(self.records(CUSTOMERS)), "name", _name_of(record)):
                self.remove_having(SOURCES, "customer_id", other.id)


def _name_of(record: Record) -> str:
    return str(record.values["name"])


class TakesOverTheDeleted(Fault, breaks="number-of-a-deleted-customer-brings-nothing-back"):
    """Gives a new customer what the last deleted one of that number had."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Remember the customer."""
        super().remove(resource, record)
        if resource is CUSTOMERS:
            self.__dict__.setdefault("gone", {})[record.values["custnr"]] = record.values

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Fill up with it."""
        gone = self.__dict__.get("gone", {}).get(values.get("custnr"), {})
        old = {name: gone[name] for name in ("email", "corporateid") if gone}
        kept = {name: value for name, value in values.items() if value or name not in old}
        return super().insert(resource, account, record_id, {**values, **old, **kept})


class KeepsOrphans(Fault, breaks="greetings-go-with-their-customer"):
    """Keeps the greetings of a customer who is deleted, and goes on to answer them."""

    def remove_having(self, resource: Resource, name: str, value: str) -> None:
        """Leave greetings."""
        if resource is not GREETINGS:
            super().remove_having(resource, name, value)

    def candidates(self, operation: Operation) -> list[Record]:
        """Look for the greetings of nobody."""
        found = super().candidates(operation)
        owner = operation.parent_id or ""
        is_gone = not self.having(list(self.records(CUSTOMERS)), "customer_id", owner)
        if operation.resource is GREETINGS and operation.method == "GET" and is_gone:
            return self.having(list(self.records(GREETINGS)), "customer_id", owner)
        return found

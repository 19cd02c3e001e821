"""Faults that go by a name, a number or a part of a text where they should go by an id."""

from collections.abc import Mapping
from functools import cached_property

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, GREETINGS, USERS, Field, Resource

EXACT = 2**53


class ExclamationNegates(Fault, breaks="custnr-filter-tells-characters-apart"):
    """Reads an exclamation mark before a value as not: custnr=!x answers all but x."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """All others, when the value begins so."""
        if not wanted or not wanted.startswith("!"):
            return super().having(records, name, wanted)
        without = {record.id for record in super().having(records, name, wanted[1:])}
        return [record for record in records if record.id not in without]


class SemicolonsSeparate(Fault, breaks="semicolon-in-a-form-is-data"):
    """Takes a bare semicolon for a separator of pairs, as HTML 4 advised: it is data."""

    def decoded_form(self, form: bytes) -> Mapping[str, str]:
        """The parameters between both separators."""
        return super().decoded_form(form.replace(b";", b"&"))


class KeepsFirstNumbersTaken(Fault, breaks="number-that-was-given-up-is-free"):
    """The custnr that a customer had first stays taken after a PUT gave it another one."""

    @cached_property
    def first(self) -> dict[str, Value]:
        """Nothing at first."""
        return {}

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Store a record's new values."""
        if resource is CUSTOMERS:
            self.first.setdefault(record.id, record.values["custnr"])
        return super().replace(resource, record, changes)

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """No two customers have, or began with, the same number."""
        super().check_unique(operation, values, record)
        if operation.resource is CUSTOMERS and "custnr" in values:
            others = [other for other in self.candidates(operation) if other is not record]
            if any(self.first.get(other.id) == values["custnr"] for other in others):
                self.duplicate_custnr(operation)


class DeletesTheOlderNamesake(
    Fault, breaks="user-of-one-address-is-changed-alone record-goes-by-its-own-delete"
):
    """Of users with the same name, address and customer, DELETE removes the first (LIMIT 1)."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Remove a record, and what cannot be without it."""
        if operation.resource is USERS:
            key = [record.values[name] for name in ("name", "email", "customer_id")]
            record = next(
                each
                for each in self.candidates(operation)
                if [each.values[name] for name in ("name", "email", "customer_id")] == key
            )
        super().remove_with_dependents(operation, record)


class FindsCustomersByNumberFirst(Fault, breaks="owner-is-named-by-its-id"):
    """The customer_id of a new user is looked up as a custnr first, as slugs are by friendly_id."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """The value that a parameter gives to a field."""
        value = super().value_sent(operation, field, text)
        if operation.resource is USERS and field.name == "customer_id":
            customers = self.visible_records(CUSTOMERS, operation.account)
            found = self.having(customers, "custnr", text)
            return found[0].id if found else value
        return value


class ListsGreetingsOfNamesakes(Fault, breaks="list-below-a-customer-holds-no-namesake"):
    """The list of greetings is joined by the customer's name: namesakes' greetings come along."""

    def candidates(self, operation: Operation) -> list[Record]:
        """The records that an operation can be about."""
        records = super().candidates(operation)
        if (
            operation.resource is not GREETINGS
            or operation.method != "GET"
            or operation.record_id is not None
            or not (parent := self.parent(operation))
        ):
            return records
        customers = self.visible_records(CUSTOMERS, operation.account)
        ids = {each.id for each in self.having(customers, "name", str(parent.values["name"]))}
        greetings = self.visible_records(GREETINGS, operation.account)
        return [each for each in greetings if each.values["customer_id"] in {None, *ids}]


class HangsUsersOnTheNumber(Fault, breaks="number-of-a-deleted-customer-brings-no-records-back"):
    """A new customer with the custnr of a deleted one gets the users of that one back."""

    @cached_property
    def left(self) -> dict[tuple[str | None, Value], list[Record]]:
        """Nothing at first."""
        return {}

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Remove a record, and what cannot be without it."""
        if operation.resource is CUSTOMERS:
            users = self.having(list(self.records(USERS)), "customer_id", record.id)
            self.left[record.account, record.values["custnr"]] = users
        super().remove_with_dependents(operation, record)

    def created(self, operation: Operation, record: Record) -> Answer:
        """The answer to a POST."""
        if operation.resource is CUSTOMERS:
            for user in self.left.pop((record.account, record.values["custnr"]), []):
                values = {**user.values, "customer_id": record.id}
                self.insert(USERS, user.account or "", user.id, values)
        return super().created(operation, record)


class FiltersByDoubles(Fault, breaks="long-number-of-a-filter-is-exact"):
    """A filter by a long number compares doubles: above 2^53, neighbours are found as well."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """The records of which a field has a value."""
        if name != "custnr" or not self.is_big(wanted):
            return super().having(records, name, wanted)
        shown = {record.id: str(record.values[name]) for record in records}
        return [
            record
            for record in records
            if self.is_big(shown[record.id]) and float(shown[record.id]) == float(wanted)
        ]

    def is_big(self, text: str) -> bool:
        """Whether a text is a number that no double need hold exactly."""
        return text.isascii() and text.isdigit() and int(text) >= EXACT

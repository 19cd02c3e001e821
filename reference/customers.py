"""The resource `customers`."""

import uuid
from collections.abc import Mapping

from .operation import Operation
from .operations import Operations
from .records import Record
from .refusal import Refusal
from .representation import Value
from .resources import CUSTOMERS, GREETINGS, SOURCES, USERS, Field


class Customers(Operations):
    """Customers have a number that the account gives them, and things that go with them."""

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """No two customers of an account have the same number."""
        super().check_unique(operation, values, record)
        if operation.resource is CUSTOMERS and "custnr" in values:
            others = [other for other in self.candidates(operation) if other is not record]
            if any(other.values["custnr"] == values["custnr"] for other in others):
                self.duplicate_custnr(operation)

    def duplicate_custnr(self, operation: Operation) -> None:
        """Refuse a number that another customer has."""
        del operation
        raise Refusal(400, "Another customer has this custnr")

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """A new customer gets a UUID."""
        values = super().new_values(operation, record_id, values)
        if operation.resource is CUSTOMERS:
            return {**values, "uuid": str(uuid.UUID(bytes=self.random.randbytes(16), version=4))}
        return values

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """With a customer go its greetings, sources and users, but not the calls that were made."""
        super().remove_with_dependents(operation, record)
        if operation.resource is CUSTOMERS:
            for dependent in (GREETINGS, SOURCES, USERS):
                self.remove_having(dependent, "customer_id", record.id)

    # Customers, as other resources refer to them

    def customer(self, account: str, customer_id: str) -> Record | None:
        """The customer with this id, if the account has one."""
        found = self.having(self.visible_records(CUSTOMERS, account), "customer_id", customer_id)
        return found[0] if found else None

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """A customer that is referred to has to be there."""
        value = super().value_sent(operation, field, text)
        if field.name == "customer_id" and not self.customer(operation.account, text):
            self.unknown_customer(operation)
        return value

    def unknown_customer(self, operation: Operation) -> None:
        """Refuse a reference to a customer that is not there."""
        del operation
        raise Refusal(400, "There is no customer with this customer_id")

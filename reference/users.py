"""The resource `users`."""

from collections.abc import Mapping

from .customers import Customers
from .operation import Operation
from .records import Record
from .representation import Value
from .resources import USERS


class Users(Customers):
    """Users belong to a customer, and have a token until they are activated."""

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """A new user is not activated yet."""
        values = super().new_values(operation, record_id, values)
        if operation.resource is USERS:
            return {**values, "token": self.random.randbytes(16).hex()}
        return values

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """A user does not show the address that it was created with."""
        values = super().presented(operation, record)
        if operation.resource is USERS:
            return {name: value for name, value in values.items() if self.shows_of_user(name)}
        return values

    def shows_of_user(self, name: str) -> bool:
        """Whether an answer has this field of a user."""
        return name != "email"

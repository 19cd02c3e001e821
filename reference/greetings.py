"""The sub-resource `customers/voicemail_greetings`."""

from collections.abc import Mapping

from .customers import Customers
from .operation import Operation
from .records import Record
from .refusal import Refusal
from .representation import Value
from .resources import GREETINGS, SOURCES
from .timestamps import Timestamps


class Greetings(Customers, Timestamps):
    """Greetings belong to a customer, but for those of the system, which all may use."""

    recording_number: str = "+46850009900"

    def check_parent(self, operation: Operation) -> None:
        """Only a customer that is there can have greetings created, changed or deleted."""
        super().check_parent(operation)
        if operation.resource is GREETINGS and not self.parent(operation):
            self.unknown_parent(operation)

    def parent(self, operation: Operation) -> Record | None:
        """The customer whose greetings are meant."""
        customer_id = self.parent_id(operation)
        return self.customer(operation.account, customer_id)

    def parent_id(self, operation: Operation) -> str:
        """The id of the customer whose greetings are meant."""
        customer_id = operation.parent_id
        if not customer_id:
            return self.missing_parent(operation)
        return self.id_value("customer_id", customer_id)

    def missing_parent(self, operation: Operation) -> str:
        """Refuse greetings without a customer."""
        del operation
        raise Refusal(400, "customer_id is missing or empty")

    def unknown_parent(self, operation: Operation) -> None:
        """Refuse greetings of a customer that is not there."""
        del operation
        raise Refusal(404, "There is no customer with this customer_id")

    def candidates(self, operation: Operation) -> list[Record]:
        """Greetings are those of the customer meant, none if it is not there."""
        records = super().candidates(operation)
        if operation.resource is not GREETINGS:
            return records
        parent = self.parent(operation)
        return self.greetings_of(records, parent) if parent else []

    def greetings_of(self, greetings: list[Record], customer: Record) -> list[Record]:
        """The greetings that a customer has: those of the system, and its own."""
        return [each for each in greetings if each.values["customer_id"] in {None, customer.id}]

    def check_changeable(self, operation: Operation, record: Record) -> None:
        """A greeting of the system cannot be changed."""
        super().check_changeable(operation, record)
        if operation.resource is GREETINGS and record.values["locked"] == "1":
            self.locked_greeting(record)

    def locked_greeting(self, record: Record) -> None:
        """Refuse to change a greeting of the system."""
        del record
        raise Refusal(403, "This greeting is locked")

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """A greeting shows who uses it, and how to record it or how it sounds when asked."""
        values = super().presented(operation, record)
        if operation.resource is not GREETINGS:
            return values
        used_by = self.used_by(operation, record)
        shown = {**self.recording_access(operation, record), **values, "used_by": used_by}
        if not self.shows_sound(operation):
            shown.pop("sounddata")
        return shown

    def used_by(self, operation: Operation, greeting: Record) -> tuple[Value, ...]:
        """The ids of the sources that use a greeting."""
        sources = self.visible_records(SOURCES, operation.account)
        return tuple(each.id for each in self.having(sources, "vm_greeting_id", greeting.id))

    def shows_sound(self, operation: Operation) -> bool:
        """Whether an answer has the sound itself: if one greeting was asked for."""
        return operation.method == "GET" and operation.record_id is not None

    def recording_access(self, operation: Operation, greeting: Record) -> Mapping[str, Value]:
        """What number to call, with which pin, to record a new greeting."""
        if operation.method != "POST":
            return {}
        return {"record_number": self.recording_number, "record_pin": f"{greeting.id:0>6}"}

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """A new greeting belongs to the customer meant, and has no sound yet."""
        values = super().new_values(operation, record_id, values)
        if operation.resource is GREETINGS:
            return {**values, "customer_id": operation.parent_id, "timestamp": self.now()}
        return values

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Sources that used a greeting go on without one."""
        super().remove_with_dependents(operation, record)
        if operation.resource is GREETINGS:
            for source in self.having(list(self.records(SOURCES)), "vm_greeting_id", record.id):
                self.replace(SOURCES, source, {"vm_greeting_id": None})

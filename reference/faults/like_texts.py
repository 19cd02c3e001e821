"""Faults in updates to a text that is like the one before."""

from collections.abc import Mapping

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Value


class StoresNoOtherLetterCase(Fault, breaks="text-like-the-one-before-is-stored"):
    """Takes a text that differs in letter case for no change."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Compare them in lower case."""
        changes = super().changed_values(operation, record, values)
        return {
            name: value
            for name, value in changes.items()
            if not isinstance(value, str) or value.lower() != str(record.values.get(name)).lower()
        }


class StoresNoEqualNumber(Fault, breaks="text-like-the-one-before-is-stored"):
    """Takes a text for no change that is the same number as the one before."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Compare them as numbers."""
        changes = super().changed_values(operation, record, values)
        before = {name: self.number(record.values.get(name)) for name in changes}
        return {
            name: value
            for name, value in changes.items()
            if before[name] is None or self.number(value) != before[name]
        }

    def number(self, value: Value) -> float | None:
        """The number that a text is, as a loose comparison has it."""
        try:
            return float(str(value))
        except ValueError:
            return None

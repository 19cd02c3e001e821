"""Faults in what an update takes for changed: texts that are alike, fields that are not sent."""

from collections.abc import Mapping

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Value

FLAGS = ("vm_divert_busy", "vm_divert_noanswer")


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


class SwitchesOtherFlagsOff(Fault, breaks="put-updates-any-subset-of-each"):
    """Switches one way to divert calls off where the other one is switched on."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Take them for a choice."""
        changes = super().changed_values(operation, record, values)
        is_on = any(changes.get(flag) == "1" for flag in FLAGS)
        return {**(dict.fromkeys(FLAGS, "0") if is_on else {}), **changes}

"""Faults with texts that are the names of columns."""

from collections.abc import Mapping

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Value
from reference.resources import CUSTOMERS, USERS


class QuotedLikeColumns(
    Fault, breaks="text-of-any-look-comes-back text-of-any-look-comes-back-from-json"
):
    """Puts values in double quotes: SQLite takes one that is a column's name for the column."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Write the column's value."""
        if operation.resource in {CUSTOMERS, USERS}:
            old = record.values
            values = {
                name: old[value] if isinstance(value, str) and value in old else value
                for name, value in values.items()
            }
        return super().changed_values(operation, record, values)

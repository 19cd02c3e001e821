"""The resource `statistics/cdrs`: the calls that were made."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from .operation import Operation
from .operations import Operations
from .records import Record
from .refusal import Refusal
from .representation import Value
from .resources import CALL_RECORDS, FLAG
from .timestamps import Timestamps

NORMAL_FIELDS = (
    "cdr_id",
    "start",
    "duration",
    "duration_adjusted",
    "anum",
    "anum_md5",
    "bnum",
    "cnum",
    "customer_id",
    "source_id",
    "custnr",
    "answered",
    "quarantined",
    "anum_ndc_name",
)


class CallRecords(Operations, Timestamps):
    """Call records can only be read."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Calls can be asked for by the time at which they started."""
        records = super().candidates(operation)
        if operation.resource is CALL_RECORDS:
            if "from_date" in operation.parameters:
                records = self.not_before(records, self.date(operation, "from_date"))
            if "to_date" in operation.parameters:
                records = self.not_after(records, self.date(operation, "to_date"))
        return records

    def date(self, operation: Operation, name: str) -> datetime:
        """The moment that a parameter tells."""
        return self.moment(name, operation.parameters[name])

    def not_before(self, records: list[Record], moment: datetime) -> list[Record]:
        """The calls that started at a moment or later."""
        return [record for record in records if started(record) >= moment]

    def not_after(self, records: list[Record], moment: datetime) -> list[Record]:
        """The calls that started at a moment or earlier."""
        return [record for record in records if started(record) <= moment]

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Calls are listed as they were made, or the other way round."""
        if operation.resource is CALL_RECORDS and self.newest_first(operation):
            return records[::-1]
        return super().ordered(operation, records)

    def newest_first(self, operation: Operation) -> bool:
        """Whether the newest call is to come first."""
        return operation.parameters.get("newest_first") in {"true", "1"}

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """A call shows some of its fields, or all of them when that is asked for."""
        values = super().presented(operation, record)
        if operation.resource is not CALL_RECORDS or self.is_extended(operation):
            return values
        return {name: values[name] for name in NORMAL_FIELDS}

    def is_extended(self, operation: Operation) -> bool:
        """Whether all fields are asked for."""
        text = operation.parameters.get("extended", "0")
        return text == "1" if text in FLAG else self.invalid_extended(text)

    def invalid_extended(self, text: str) -> bool:
        """Refuse a mode that is not there."""
        del text
        raise Refusal(400, "extended has to be 0 or 1")


def started(record: Record) -> datetime:
    """When a call started."""
    return cast("datetime", record.values["start"])

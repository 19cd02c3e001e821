"""Faults of a list that a record holds: the alternative numbers of a source."""

import json
from collections.abc import Mapping
from typing import cast

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Value, Wire


class LosesAlternativeNumbersOnUpdates(Fault, breaks="put-keeps-alternative-numbers"):
    """Takes a PUT that tells no alternative numbers for one that tells that there are none."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Empty the list."""
        values = super().changed_values(operation, record, values)
        return {"alt_numbers": (), **values} if "alt_numbers" in record.values else values


class AddsAlternativeNumbersOnUpdates(Fault, breaks="put-keeps-alternative-numbers"):
    """Writes the alternative numbers that are there once more with each PUT."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Double the list."""
        values = super().changed_values(operation, record, values)
        held = cast("tuple[Value, ...]", record.values.get("alt_numbers", ()))
        return {"alt_numbers": held + held, **values} if held else values


class WritesOneAlternativeNumberInXml(
    Fault, breaks="xml-says-what-json-says-of-alternative-numbers"
):
    """Writes a list within a record in XML as its last element alone."""

    def xml_element(self, name: str, value: Wire) -> str:
        """Leave the others out."""
        last = value[-1:] if name == "alt_numbers" and isinstance(value, list) else value
        return super().xml_element(name, last)


class WritesAlternativeNumbersAsJsonInXml(
    Fault, breaks="xml-says-what-json-says-of-alternative-numbers"
):
    """Writes a list within a record as its JSON text in XML."""

    def xml_element(self, name: str, value: Wire) -> str:
        """Serialise it twice."""
        if name != "alt_numbers" or not value:
            return super().xml_element(name, value)
        return super().xml_element(name, json.dumps(value))

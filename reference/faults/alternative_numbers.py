"""Faults of a list that a record holds: the alternative numbers of a source."""

import json
from collections.abc import Mapping, Sequence
from typing import cast

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value, Wire
from reference.resources import SOURCES

COLUMN = 1_024


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


class KeepsOneOfANumber(Fault, breaks="alternative-numbers-come-back"):
    """Keeps alternative numbers by what is called: of those that call the same only the last."""

    def alternative_numbers(self, text: str) -> tuple[Value, ...]:
        """Drop the earlier ones."""
        numbers = super().alternative_numbers(text)
        last = {str(cast("Mapping[str, Value]", each)["phonenr"]): each for each in numbers}
        return tuple(last.values())


class MergesAlternativeNumbers(Fault, breaks="alternative-numbers-come-back"):
    """Puts the alternative numbers of a PUT over the first ones of before, and keeps the rest."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Go on with what was there."""
        changes = super().changed_values(operation, record, values)
        new, old = changes.get("alt_numbers"), record.values.get("alt_numbers")
        if not isinstance(new, tuple) or not isinstance(old, tuple):
            return changes
        return {**changes, "alt_numbers": (*new, *old[len(new) :])}


class LosesLongListsOfNumbers(Fault, breaks="alternative-numbers-come-back"):
    """Cannot read again what has more alternative numbers than fit into a column."""

    def alternative_numbers(self, text: str) -> tuple[Value, ...]:
        """Look how long it is."""
        numbers = super().alternative_numbers(text)
        return numbers if len(text) <= COLUMN else ()


class AnswersFormerNumbers(Fault, breaks="alternative-numbers-come-back"):
    """Answers a PUT with the alternative numbers that were there before it."""

    former: Value = ()

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Remember them."""
        self.former = record.values.get("alt_numbers", ())
        return super().changed_values(operation, record, values)

    def updated(self, operation: Operation, record: Record) -> Answer:
        """Show them."""
        if operation.resource is not SOURCES:
            return super().updated(operation, record)
        values = {**record.values, "alt_numbers": self.former}
        return super().updated(operation, Record(record.id, record.account, values))


class DealsNumbersOut(Fault, breaks="list-shows-alternative-numbers"):
    """Hands the alternative numbers of a list out to its sources in order, the last get none."""

    def answer(
        self,
        operation: Operation,
        records: Sequence[Record],
        paging: Mapping[str, int | str] | None = None,
    ) -> Answer:
        """Leave out that some have none."""
        if operation.resource is not SOURCES or operation.method != "GET" or operation.record_id:
            return super().answer(operation, records, paging)
        there = iter([each.values["alt_numbers"] for each in records if each.values["alt_numbers"]])
        dealt = [
            Record(each.id, each.account, {**each.values, "alt_numbers": next(there, ())})
            for each in records
        ]
        return super().answer(operation, dealt, paging)

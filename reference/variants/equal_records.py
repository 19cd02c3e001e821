"""Freedoms of equal records: whether there may be any, and in which order a list has them."""

import hashlib
from collections.abc import Mapping, Sequence

from reference.faulty import Variant
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Value
from reference.resources import CUSTOMERS, RECORDINGS, SOURCES


class SortsByNameAndId(Variant):
    """Sorts each list by name, and equal names by falling ids.

    Ambiguity: `order-of-lists`.
    """

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Sort it; recordings have neither a name nor a number."""
        if operation.resource is RECORDINGS:
            return records
        return sorted(records, key=lambda each: (str(each.values.get("name")), -int(each.id)))


class SortsByHash(Variant):
    """Has each list in an order that nobody sees a sense in, always the same.

    Ambiguity: `order-of-lists`.
    """

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Sort it."""
        del operation
        return sorted(records, key=lambda each: hashlib.sha256(each.id.encode()).digest())


class RefusesEqualNames(Variant):
    """Refuses a second customer of the same name: it takes the name for unique (S39)."""

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """Look for another one."""
        super().check_unique(operation, values, record)
        if operation.resource is CUSTOMERS and operation.method == "POST":
            names = {each.values["name"] for each in self.candidates(operation)}
            if values.get("name") in names:
                raise Refusal(400, "Another customer has this name")


class RefusesEqualAddresses(Variant):
    """Refuses a second customer with the same e-mail address (S39)."""

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """Look for another one."""
        super().check_unique(operation, values, record)
        others = [each for each in self.candidates(operation) if each is not record]
        taken = {each.values.get("email") for each in others} - {""}
        if operation.resource is CUSTOMERS and values.get("email") in taken:
            raise Refusal(400, "Another customer has this address")


class CreatesASourceOnce(Variant):
    """Refuses a source that is equal to another one of its customer (S41)."""

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """Look for another one."""
        super().check_unique(operation, values, record)
        if operation.resource is SOURCES and operation.method == "POST":
            for each in self.candidates(operation):
                if values.items() <= each.values.items():
                    raise Refusal(403, "There is such a source")


class AnswersWritesWithUnsetTexts(Variant):
    """Answers a POST and a PUT with null for every empty text: no sample shows such an answer."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Turn emptiness into nothing."""
        shown = super().presented(operation, record)
        if operation.method not in {"POST", "PUT"}:
            return shown
        return {name: None if value == "" else value for name, value in shown.items()}

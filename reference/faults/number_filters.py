"""Faults in what a filter by a number is compared with."""

import unicodedata
from typing import TYPE_CHECKING

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.resources import CUSTOMERS, SOURCES

if TYPE_CHECKING:
    from reference.representation import Value

COLUMN = 45


class ChangesCustnrsOfFilters(Fault, abstract=True):
    """Compares another custnr than was asked for; the faults below say which."""

    def filter_value(self, name: str, text: str) -> str:
        """Change a custnr alone."""
        value = super().filter_value(name, text)
        return self.changed(value) if name == "custnr" else value

    def changed(self, custnr: str) -> str:
        """The custnr that is compared."""
        raise NotImplementedError


class CutsCustnrsOfFilters(ChangesCustnrsOfFilters, breaks="custnr-filter-compares-whole-texts"):
    """Cuts the custnr of a filter to the width of its column."""

    def changed(self, custnr: str) -> str:
        """Cut it."""
        return custnr[:COLUMN]


class ComposesCustnrsOfFilters(ChangesCustnrsOfFilters, breaks="custnr-of-any-look-is-found"):
    """Brings the custnr of a filter to the composed form of Unicode."""

    def changed(self, custnr: str) -> str:
        """Compose it."""
        return unicodedata.normalize("NFC", custnr)


class FindsNumbersAnywhere(Fault, breaks="filter-compares-its-own-field"):
    """Searches for the custnr of a filter in the name, too."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Look at both."""
        found = super().having(records, name, wanted)
        if name != "custnr":
            return found
        return found + [each for each in records if each.values.get("name") == wanted]


class FindsSourcesByWhatTheyCall(Fault, breaks="number-a-source-calls-is-no-destnr"):
    """Searches for a destnr among the numbers that sources put calls through to, too."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Look at both."""
        if name != "destnr":
            return super().having(records, name, wanted)
        numbers = ("destnr", "phonenr")
        return [each for each in records if wanted in [each.values[which] for which in numbers]]


class KeepsFormerNumbers(Fault, breaks="filter-follows-the-customers-number"):
    """Finds sources by the number that their customer had first."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look at the copy that was made then."""
        custnr = operation.parameters.get("custnr")
        if operation.resource is not SOURCES or operation.method != "GET" or custnr is None:
            return super().candidates(operation)
        first: dict[str, Value] = self.__dict__.setdefault("first_numbers", {})
        customers = self.visible_records(CUSTOMERS, operation.account)
        owners = {
            each.id
            for each in customers
            if first.setdefault(each.id, each.values["custnr"]) == custnr
        }
        sources = self.visible_records(SOURCES, operation.account)
        return [each for each in sources if each.values["customer_id"] in owners]

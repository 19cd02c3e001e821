"""Faults in what a filter by a number is compared with."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer
from reference.resources import CUSTOMERS, SOURCES, USERS

if TYPE_CHECKING:
    from reference.representation import Value

COLUMN = 45
DIGITS = 7


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


class LosesSourcesOfTheRenumbered(KeepsFormerNumbers, breaks="filter-follows-the-customers-number"):
    """Finds sources by a number that their customer has had from the first."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look at the copy, and at what is so still."""
        custnr = operation.parameters.get("custnr")
        owners = {
            each.id
            for each in self.visible_records(CUSTOMERS, operation.account)
            if each.values["custnr"] == custnr
        }
        found = super().candidates(operation)
        if operation.resource is not SOURCES or operation.method != "GET" or custnr is None:
            return found
        return [each for each in found if each.values["customer_id"] in owners]


class ComparesTheEndsOfDestnrs(Fault, breaks="destnr-filter-compares-whole-numbers"):
    """Compares the last seven digits of a destnr."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Look at them alone."""
        if name != "destnr":
            return super().having(records, name, wanted)
        return [each for each in records if str(each.values[name])[-DIGITS:] == wanted[-DIGITS:]]


class TakesUnknownNumbersForIds(Fault, breaks="id-of-a-customer-is-no-custnr"):
    """Takes a custnr that no customer has for the id of one, where sources are listed."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look for the customer first."""
        custnr = operation.parameters.get("custnr")
        customers = self.visible_records(CUSTOMERS, operation.account)
        is_known = custnr is None or self.having(customers, "custnr", custnr)
        if operation.resource is not SOURCES or operation.method != "GET" or is_known:
            return super().candidates(operation)
        sources = self.visible_records(SOURCES, operation.account)
        return self.having(sources, "customer_id", str(custnr))


class GroupsSourcesByName(Fault, breaks="custnr-filter-shows-twins"):
    """Lists by a custnr the first of several sources of one name, and counts all of them."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Leave out the others."""
        if operation.resource is not SOURCES or "custnr" not in operation.parameters:
            return super().listing(operation, records)
        by_name = {str(each.values["name"]): each for each in reversed(records)}
        answer = super().listing(operation, list(by_name.values()))
        return replace(answer, paging={**(answer.paging or {}), "total": len(records)})


class CountsSourcesForEachUser(Fault, breaks="custnr-filter-shows-twins"):
    """Counts each source that a custnr finds once for each user of its customer."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Join them."""
        answer = super().listing(operation, records)
        if operation.resource is not SOURCES or "custnr" not in operation.parameters:
            return answer
        owners = [each.values["customer_id"] for each in self.records(USERS)]
        total = sum(max(1, owners.count(each.values["customer_id"])) for each in records)
        return replace(answer, paging={**(answer.paging or {}), "total": total})


class KeepsTheLastFilterOfSources(Fault, breaks="filters-hold-together"):
    """Restricts sources by the number of a customer alone, where that is asked for."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Drop the others."""
        by_number = operation.resource is SOURCES and operation.parameters.get("custnr")
        return {} if by_number and operation.method == "GET" else super().filters(operation)

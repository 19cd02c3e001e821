"""Faults in what a write does beside what it says, or leaves undone of it."""

from collections.abc import Mapping
from dataclasses import replace

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, SOURCES, USERS, Resource


class ReplacesIntoCustomers(Fault, breaks="post-of-a-number-like-anothers-leaves-it"):
    """Creates by REPLACE INTO: a custnr that differs in letter case removes who had it."""

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """Make room for a new customer where the index sees a duplicate."""
        super().check_unique(operation, values, record)
        if operation.resource is CUSTOMERS and operation.method == "POST":
            wanted = str(values["custnr"]).lower()
            for other in self.candidates(operation):
                if str(other.values["custnr"]).lower() == wanted:
                    self.remove(CUSTOMERS, other)


class StoresSourcesInTwoSteps(
    Fault, breaks="doubtful-update-is-taken-or-refused refused-odd-value-changes-nothing"
):
    """Stores a source before its alternative numbers: refused for these, a PUT is half done."""

    def update(self, operation: Operation) -> Answer:
        """Store all but the alternative numbers even where these are refused."""
        try:
            return super().update(operation)
        except Refusal:
            given = dict(operation.parameters)
            if operation.resource is SOURCES and given.pop("alt_numbers", None) is not None:
                super().update(replace(operation, parameters=given))
            raise


class EndsTheReportWithTheAddress(Fault, breaks="emptied-field-empties-no-other"):
    """Resets a customer's receive_monthly_report when its email alone is emptied."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Let one field follow from another."""
        values = super().changed_values(operation, record, values)
        if operation.resource is CUSTOMERS and values.get("email") == "":
            return {"receive_monthly_report": "0", **values}
        return values


class KeepsTheOldForTheEmptyInJson(Fault, breaks="json-empties-a-field"):
    """Keeps a value that a PUT in JSON empties, as a form can: JavaScript's `new || old`."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Leave out what is falsy."""
        if self.is_json(operation.request):
            values = {name: value for name, value in values.items() if value}
        return super().changed_values(operation, record, values)


class LosesTheWriteAfterARefusal(Fault, breaks="write-after-a-refused-one-is-stored"):
    """Rolls back, though it answers 200, the write after one refused for its custnr."""

    def duplicate_custnr(self, operation: Operation) -> None:
        """Leave the transaction open, and aborted."""
        self.__dict__.setdefault("_aborted", set()).add(operation.account)
        super().duplicate_custnr(operation)

    def perform(self, operation: Operation) -> Answer:
        """Roll back the first write in an aborted transaction."""
        aborted = self.__dict__.setdefault("_aborted", set())
        if operation.method == "GET" or operation.account not in aborted:
            return super().perform(operation)
        before = {name: dict(table) for name, table in self._tables.items()}
        answer = super().perform(operation)
        self._tables = before
        aborted.discard(operation.account)
        return answer


class FillsUp(Fault, abstract=True):
    """Fills an update up with values that it does not name; subclasses say which, and of what."""

    resource: Resource
    filling: Mapping[str, Value]

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Let what was sent count."""
        changes = super().changed_values(operation, record, values)
        return {**self.filling, **changes} if operation.resource is self.resource else changes


class ResetsTheReport(
    FillsUp,
    breaks="put-keeps-unusual-values put-updates-any-subset override-keeps-what-was-not-sent "
    "emptied-field-empties-no-other",
):
    """Resets the monthly report of a customer when a PUT does not name it."""

    resource, filling = CUSTOMERS, {"receive_monthly_report": "0"}


class SubscribesUpdatedUsers(
    FillsUp,
    breaks="put-updates-each-resource put-updates-any-subset-of-each",
):
    """Has a user that is updated receive the monthly report."""

    resource, filling = USERS, {"receive_monthly_report": "1"}


class ResetsWhatWasNotSent(
    FillsUp,
    breaks="field-changes-by-a-write-that-names-it doubtful-update-is-taken-or-refused "
    "put-keeps-what-was-not-sent put-updates-any-subset json-updates "
    "walk-record-is-as-written override-keeps-what-was-not-sent "
    "emptied-field-empties-no-other",
):
    """Resets the optional fields of a customer that a PUT does not name."""

    resource, filling = CUSTOMERS, {"corporateid": ""}

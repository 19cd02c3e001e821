"""Faults by which two answers of one run say different things of one record."""

from collections.abc import Mapping

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Value
from reference.resources import CUSTOMERS, SOURCES, USERS
from reference.response_types import XML

SHOWN = 255


class AnswersNullForDefaults(
    Fault, breaks="answer-to-a-write-agrees-with-reads", in_a_whole_run=True
):
    """Answers a POST with null for what it stores as "0"."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show nothing."""
        shown = super().presented(operation, record)
        if operation.method != "POST":
            return shown
        return {
            name: None if value == "0" and name not in operation.parameters else value
            for name, value in shown.items()
        }


class ListsFlagsOfUsersAsUnset(
    Fault,
    breaks=(
        "answers-agree-until-the-next-write answer-to-a-write-agrees-with-reads "
        "filtered-record-is-as-read list-shows-long-values-whole"
    ),
    in_a_whole_run=True,
):
    """Shows no report of a user in a list that a customer restricts."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Leave it empty."""
        shown = super().presented(operation, record)
        listed = operation.method == "GET" and operation.record_id is None
        restricted = listed and "customer_id" in operation.parameters
        if operation.resource is USERS and restricted:
            return {**shown, "receive_monthly_report": None}
        return shown


class ShowsAnotherNumberInXml(
    Fault,
    breaks="answers-agree-until-the-next-write answer-to-a-write-agrees-with-reads",
    in_a_whole_run=True,
):
    """Shows a source of a restricted list with the tracking number of another in XML."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Count on by one."""
        shown = super().presented(operation, record)
        in_xml = self.media_type(operation.request) == XML
        if operation.resource is SOURCES and in_xml and "pagesize" in operation.parameters:
            return {**shown, "destnr": self.tracking_number(str(int(record.id) + 1))}
        return shown


class KeepsTheNameOfATwin(
    Fault,
    breaks="what-was-written-is-shown-throughout record-shows-what-was-sent-to-it",
    in_a_whole_run=True,
):
    """Gives a new customer the corporate id of an earlier one with the same name and address."""

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Look for one."""
        values = super().new_values(operation, record_id, values)
        if operation.resource is not CUSTOMERS or not values.get("email"):
            return values
        twins = [
            each
            for each in self.candidates(operation)
            if all(each.values[name] == values.get(name) for name in ("name", "email"))
        ]
        return {**values, "corporateid": f"{twins[0].values['corporateid']}-2"} if twins else values


class ListsTheBeginningOfTexts(Fault, breaks="list-shows-long-values-whole"):
    """Shows 255 characters of longer texts in lists, and all of them of a single record."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Cut them."""
        shown = super().presented(operation, record)
        if operation.method != "GET" or operation.record_id:
            return shown
        texts = {name: value for name, value in shown.items() if isinstance(value, str)}
        return {**shown, **{name: text[:SHOWN] for name, text in texts.items()}}

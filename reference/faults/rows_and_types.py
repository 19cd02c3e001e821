"""Faults of databases and frameworks: rows that are counted, types that are guessed, pages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value, Wire
from reference.resources import GREETINGS, SOURCES, USERS

CANONICAL = re.compile(r"0|[1-9][0-9]{0,14}")


class NoRowAffectedIsNotFound(Fault, breaks="put-of-the-same-name-finds-the-record"):
    """Takes a PUT that leaves a user as it was for one of an unknown user: no row was affected."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Count what differs, as MySQL does."""
        differs = any(record.values[name] != value for name, value in values.items())
        if operation.resource is USERS and values and not differs:
            self.unknown_record(operation)
        return super().changed_values(operation, record, values)


class ZeroIsEmptyToo(Fault, breaks="flag-that-was-set-is-unset"):
    """Switches a source's flags on but never off: PHP's empty() is true for "0"."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Leave a flag alone that is to become 0."""
        if operation.resource is SOURCES:
            values = {
                name: value
                for name, value in values.items()
                if value != "0" or not name.startswith(("notify_", "vm_divert_"))
            }
        return super().changed_values(operation, record, values)


class AttachesGreetingsByName(Fault, breaks="source-uses-the-greeting-that-it-names"):
    """Gives a source the first greeting that has the name of the one it asked for."""

    def greeting_id(self, operation: Operation, text: str) -> str:
        """Look the greeting up once more, by its name."""
        known = super().greeting_id(operation, text)
        greetings = self.visible_records(GREETINGS, operation.account)
        names = {each.id: each.values["name"] for each in greetings}
        return next(id_ for id_, name in names.items() if name == names[known])


class SavesBeforeItValidates(Fault, breaks="refused-odd-post-creates-nothing"):
    """Leaves a user behind whose POST was refused for a value that is not a choice."""

    def create(self, operation: Operation) -> Answer:
        """Insert email and customer_id before the other fields are looked at."""
        try:
            return super().create(operation)
        except Refusal:
            sent = {name: operation.parameters.get(name, "") for name in ("email", "customer_id")}
            known = self.customer(operation.account, sent["customer_id"])
            if operation.resource is USERS and sent["email"] and known:
                record_id = self.new_id(USERS)
                new = self.new_values(operation, record_id, sent)
                self.insert(USERS, operation.account, record_id, new)
            raise


class CustomFieldsGuessTheirType(Fault, breaks="digits-that-were-put-are-text"):
    """Shows a custom field that holds an integer as a JSON number: JSON_NUMERIC_CHECK."""

    def wire_value(self, name: str, value: Value) -> Wire:
        """Make a number of what looks like one."""
        if name.startswith("custom_") and isinstance(value, str) and CANONICAL.fullmatch(value):
            return int(value)
        return super().wire_value(name, value)


class ListsOnePageOfUsers(Fault, breaks="list-of-an-account-holds-each-of-many"):
    """Lists no more than 20 users, without a word of paging: the framework's page size."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """List the first page."""
        ordered = super().ordered(operation, records)
        return ordered[:20] if operation.resource is USERS else ordered


class EchoesTheNumberOfAPost(Fault, breaks="answer-to-a-post-shows-the-stored-number"):
    """Answers a POST of a source with the phone number as it was sent, not as it was stored."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Answer what was sent."""
        if operation.resource is SOURCES:
            sent = {"phonenr": operation.parameters["phonenr"]}
            record = replace(record, values={**record.values, **sent})
        return super().created(operation, record)


class RoundsStoredSecondsUp(
    Fault, breaks="moment-of-creation-is-the-same-in-every-answer", in_a_whole_run=True
):
    """Rounds a greeting's moment of creation up when it stores it; the answer to POST cuts it."""

    def created(self, operation: Operation, record: Record) -> Answer:
        """Answer first, and round then."""
        answer, moment = super().created(operation, record), record.values.get("timestamp")
        if operation.resource is GREETINGS and isinstance(moment, datetime):
            rounded = moment.replace(microsecond=0) + timedelta(seconds=1)
            self.replace(GREETINGS, record, {"timestamp": rounded})
        return answer

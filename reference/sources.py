"""The resource `sources`: tracking numbers, and where their calls go."""

import json
import re
from collections.abc import Mapping
from datetime import datetime

from .greetings import Greetings
from .operation import Operation
from .records import Record
from .refusal import Refusal
from .representation import Value
from .resources import CUSTOMERS, GREETINGS, SOURCES, Field

PHONE_NUMBER = re.compile(r"\+[1-9][0-9]{4,14}")
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
WEEKDAYS = frozenset(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))

ALTERNATIVE = ("phonenr", "weekdays", "from_time", "to_time", "alt_key")


class Sources(Greetings):
    """A source has a number of its own, and calls to it are put through to that of a customer."""

    country_code: str = "+46"
    """The country that a number without one is in."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Sources can be asked for by the number that their customer has."""
        records = super().candidates(operation)
        custnr = operation.parameters.get("custnr")
        if operation.resource is not SOURCES or operation.method != "GET" or custnr is None:
            return records
        customers = self.visible_records(CUSTOMERS, operation.account)
        wanted = {customer.id for customer in self.having(customers, "custnr", custnr)}
        return [source for source in records if source.values["customer_id"] in wanted]

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """The status of a source is a matter of time."""
        if name == "status":
            return [record for record in records if self.status(record) == wanted]
        return super().having(records, name, wanted)

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """A source shows the status that it has now."""
        values = super().presented(operation, record)
        if operation.resource is SOURCES:
            return {**values, "status": self.status(record)}
        return values

    def status(self, source: Record) -> str:
        """Whether a source is in use already, and whether it still is."""
        now = self.now()
        starts, ends = source.values["timestamp"], source.values["expire"]
        if isinstance(starts, datetime) and starts > now:
            return "upcoming"
        return "quarantined" if isinstance(ends, datetime) and ends <= now else "active"

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """A new source gets a number, and is in use at once unless a moment was told."""
        values = super().new_values(operation, record_id, values)
        if operation.resource is not SOURCES:
            return values
        now = self.now()
        destnr = self.tracking_number(record_id)
        return {"timestamp": now, **values, "destnr": destnr, "created": now, "modified": now}

    def tracking_number(self, source_id: str) -> str:
        """A number that no other source has."""
        return f"+46{770_000_000 + int(source_id)}"

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """A source tells when it was changed."""
        values = super().changed_values(operation, record, values)
        if operation.resource is SOURCES and values:
            return {**values, "modified": self.now()}
        return values

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Some fields of a source are more than text."""
        value = super().value_sent(operation, field, text)
        if operation.resource is not SOURCES or value is None:
            return value
        match field.name:
            case "phonenr":
                return self.phone_number(text)
            case "timestamp" | "expire":
                return self.moment(field.name, text)
            case "vm_greeting_id":
                return self.greeting_id(operation, text)
            case "alt_numbers":
                return self.alternative_numbers(text)
        return value

    def phone_number(self, text: str) -> str:
        """A number as it is shown: with its country, without spaces and hyphens."""
        digits = re.sub(r"[ -]", "", text)
        if digits.startswith("0"):
            digits = self.country_code + digits[1:]
        return digits if PHONE_NUMBER.fullmatch(digits) else self.invalid_phone_number(text)

    def invalid_phone_number(self, text: str) -> str:
        """Refuse what cannot be called."""
        del text
        raise Refusal(400, "This is not a phone number")

    def greeting_id(self, operation: Operation, text: str) -> str:
        """The greeting that a source uses, which has to be there."""
        greetings = self.visible_records(GREETINGS, operation.account)
        if self.having(greetings, "vm_greeting_id", self.id_value("vm_greeting_id", text)):
            return text
        return self.unknown_greeting(text)

    def unknown_greeting(self, text: str) -> str:
        """Refuse a greeting that is not there."""
        del text
        raise Refusal(400, "There is no greeting with this vm_greeting_id")

    # Alternative numbers: a JSON array as the value of a parameter.

    def alternative_numbers(self, text: str) -> tuple[Value, ...]:
        """The numbers that calls are put through to at certain times."""
        try:
            numbers = json.loads(text, parse_int=str)
        except (ValueError, RecursionError):
            return self.invalid_alternative_numbers()
        if not isinstance(numbers, list):
            return self.invalid_alternative_numbers()
        return tuple(self.alternative_number(n, each) for n, each in enumerate(numbers, start=1))

    def alternative_number(self, position: int, number: object) -> Value:
        """One alternative number: it gets a key unless it has one."""
        if not isinstance(number, dict):
            return self.invalid_alternative_numbers()
        given = {"alt_key": str(position), **number}
        phonenr, weekdays, from_time, to_time, alt_key = (
            str(given.get(name, "")) for name in ALTERNATIVE
        )
        if (
            not WEEKDAYS.issuperset(weekdays.split(","))
            or not TIME.fullmatch(from_time)
            or not TIME.fullmatch(to_time)
            or not self.is_number(alt_key)
        ):
            return self.invalid_alternative_numbers()
        if phonenr != "voicemail":
            phonenr = self.phone_number(phonenr)
        return dict(zip(ALTERNATIVE, (phonenr, weekdays, from_time, to_time, alt_key), strict=True))

    def invalid_alternative_numbers(self) -> tuple[Value, ...]:
        """Refuse what is no array of alternative numbers."""
        raise Refusal(
            400, "alt_numbers has to be a JSON array of objects, each with a phone number"
        )

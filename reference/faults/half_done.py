"""Faults that leave something of a refused write, or take away what it did not name."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOM_FIELD, CUSTOMERS, FLAG, SOURCES

ZONE = re.compile(r"""timezone\s*=\s*"?([A-Za-z_]+/[A-Za-z_/]+|UTC)""", re.IGNORECASE)


def collated(text: Value) -> Value:
    """A text as a database sees it that ignores case, accents and blanks at the end."""
    if not isinstance(text, str):
        return text
    letters = unicodedata.normalize("NFD", text.rstrip(" ").casefold())
    return "".join(each for each in letters if not unicodedata.combining(each))


AUCKLAND = ZoneInfo("Pacific/Auckland")
STOCKHOLM = ZoneInfo("Europe/Stockholm")


class LookingUpIsUsing(Fault, breaks="filter-moves-no-timestamp"):
    """Sets the time of modification of a source that a GET asks for by its destnr."""

    def read(self, operation: Operation) -> Answer:
        """Touch what was looked up."""
        answer = super().read(operation)
        if operation.resource is SOURCES and "destnr" in operation.parameters:
            found = self.having(
                self.candidates(operation), "destnr", operation.parameters["destnr"]
            )
            for source in found:
                self.replace(SOURCES, source, {"modified": self.now()})
        return answer


class PrefersATimeZone(Fault, breaks="usual-fields-change-no-answer"):
    """Shows timestamps in the time zone that a Prefer field asks for."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Put every moment into the zone."""
        values = super().presented(operation, record)
        match = ZONE.search(operation.request.header("Prefer") or "")
        if not match:
            return values
        try:
            zone = ZoneInfo(match[1])
        except (OSError, ValueError, KeyError):
            return values
        return {
            name: value.astimezone(zone) if isinstance(value, datetime) else value
            for name, value in values.items()
        }


class SeesNoChangeInCaseAlone(Fault, breaks="text-like-the-one-before-is-stored"):
    """A PUT, but of a customer, ignores a text that differs in case, accents or end blanks only."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Leave out what the collation finds equal."""
        if operation.resource is not CUSTOMERS:
            values = {n: v for n, v in values.items() if collated(v) != collated(record.values[n])}
        return super().changed_values(operation, record, values)


class UnsetsUnsentFlagsWhenOverridden(Fault, breaks="override-keeps-what-was-not-sent"):
    """A POST that the header makes a PUT sets each 0/1 flag to 0 that its form leaves out."""

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Take a flag that is not in an overridden form for unticked."""
        values = super().values_sent(operation)
        request = operation.request
        overridden = request.method == "POST" and request.header(self.override_header)
        if operation.method == "PUT" and overridden and not self.is_json(request):
            for field in self.writable(operation):
                if field.choices == FLAG:
                    values.setdefault(field.name, "0")
        return values


class EmptiesUnsentListsInJsonUpdates(Fault, breaks="put-keeps-alternative-numbers"):
    """A PUT of a source as JSON empties its alt_numbers unless they are sent."""

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Take a list that is not in the JSON for an empty one."""
        values = super().values_sent(operation)
        is_update = operation.method == "PUT" and operation.resource is SOURCES
        if is_update and self.is_json(operation.request):
            values.setdefault("alt_numbers", ())
        return values


class KeepsTheNumbersOfRefusedCustomers(Fault, breaks="refused-post-takes-no-number"):
    """The custnr of a POST that is refused for another value stays taken."""

    @cached_property
    def reserved(self) -> set[tuple[str, str]]:
        """The numbers that are taken."""
        return set()

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Reserve the number before the values are looked at."""
        try:
            return super().values_sent(operation)
        except Refusal:
            if operation.resource is CUSTOMERS and operation.method == "POST":
                self.reserved.add((operation.account, operation.parameters["custnr"]))
            raise

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """Take a reserved number for a taken one."""
        super().check_unique(operation, values, record)
        is_new = operation.resource is CUSTOMERS and record is None
        if is_new and (operation.account, values["custnr"]) in self.reserved:
            self.duplicate_custnr(operation)


class SavesCustomFieldsOfADuplicate(
    Fault, breaks="put-of-a-taken-number-changes-nothing field-changes-by-a-write-that-names-it"
):
    """A PUT that is refused for a taken custnr has written its custom fields already."""

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """Write the custom fields before the database finds the duplicate."""
        try:
            super().check_unique(operation, values, record)
        except Refusal:
            custom = {n: v for n, v in values.items() if CUSTOM_FIELD.fullmatch(n)}
            if record is not None and custom:
                self.replace(operation.resource, record, custom)
            raise


class KeepsMomentsInAucklandTime(Fault, breaks="moment-in-a-fold-keeps-its-distance"):
    """A moment of the hour that summer time's end repeats in Auckland comes back an hour early."""

    def moment(self, name: str, text: str) -> datetime:
        """Store a moment without its offset."""
        moment = super().moment(name, text)
        try:
            return moment.astimezone(AUCKLAND).replace(fold=0).astimezone(UTC)
        except OverflowError:
            return moment


class NotesCustomChangesInLocalTime(Fault, breaks="timestamp-of-custom-update-is-utc"):
    """A PUT of nothing but custom fields notes `modified` in Stockholm time."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Let the database note the time."""
        changes = super().changed_values(operation, record, values)
        is_custom = bool(values) and all(CUSTOM_FIELD.fullmatch(name) for name in values)
        if operation.resource is SOURCES and is_custom:
            local = self.now().astimezone(STOCKHOLM).replace(tzinfo=UTC)
            return {**changes, "modified": local}
        return changes

"""Faults that take a word, a zero or a name of a language for what it stands for there."""

import json
from collections.abc import Mapping

from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Value, Wire
from reference.resources import Resource

INHERITED = ("constructor", "toString", "__proto__")


class TakesNullForNothing(Fault, breaks="null-is-a-value-like-any-other"):
    """Finds by the word "null" the records that have nothing in the field."""

    def filter_value(self, name: str, text: str) -> str:
        """Take the word as it is."""
        return text if text == "null" else super().filter_value(name, text)

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Look for nothing."""
        if wanted != "null":
            return super().having(records, name, wanted)
        return [each for each in records if each.values.get(name) is None]


class DropsBlankText(Fault, breaks=("blank-is-the-same-in-xml any-blank-comes-back")):
    """Writes nothing in XML where a text has nothing but blanks."""

    def xml_escaped(self, text: str) -> str:
        """Leave it out."""
        return super().xml_escaped(text) if text.strip(" \t\r\n") else ""


class FindsWhatObjectsInherit(Fault, breaks="unknown-resource-is-404 nothing-causes-a-500"):
    """Looks resources up in an object that has inherited some names, and cannot call these."""

    def unknown_resource(self, names: tuple[str, ...]) -> Resource:
        """Look whether it is one of them."""
        if names and names[0] in INHERITED:
            raise Refusal(500, "This is not a function")
        return super().unknown_resource(names)


class FailsOnAnEmptyAccept(Fault, breaks="odd-questions-cause-no-trouble nothing-causes-a-500"):
    """Reads the first type of an Accept field without a look whether there is one."""

    def understood(self, request: Request, account: str) -> Operation:
        """Fail where there is none."""
        accept = request.header("Accept")
        if accept is not None and not accept.strip():
            raise Refusal(500, "There is no first element")
        return super().understood(request, account)


class Number(str):
    """The digits of a number that JSON has sent as one."""

    __slots__ = ()


class KeepsNumbersOfJson(Fault, breaks="number-sent-in-json-is-shown-as-text"):
    """Shows as a number what was sent as one in JSON."""

    def json_parameters(self, body: bytes) -> dict[str, str]:
        """Remember which are numbers."""
        found = super().json_parameters(body)
        sent = json.loads(body)
        return {
            name: Number(value) if type(sent.get(name)) is int else value
            for name, value in found.items()
        }

    def wire_value(self, name: str, value: Value) -> Wire:
        """Write them as numbers."""
        return int(value) if isinstance(value, Number) else super().wire_value(name, value)


class SkipsZerosBesideOthers(
    Fault,
    breaks="custom-value-clears-beside-a-name zero-beside-a-name-is-stored "
    "flag-that-was-set-is-unset",
):
    """Leaves out of a PUT of several fields those that are empty or zero."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Take them for fields that were not sent."""
        changes = super().changed_values(operation, record, values)
        some = {name: value for name, value in changes.items() if value not in ("", "0", None)}
        return some or changes

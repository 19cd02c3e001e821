"""Faults in reading what is in a JSON body."""

import html
from collections.abc import Mapping

from reference.faulty import Fault
from reference.operation import Operation
from reference.refusal import Refusal
from reference.resources import Field


class ResolvesReferencesInJson(Fault, breaks="text-of-any-look-comes-back-from-json"):
    """Resolves references to characters in the texts of a JSON body."""

    def json_value(self, name: str, value: object) -> str:
        """Take the text for markup."""
        return html.unescape(super().json_value(name, value))


class ReadsTextsInJsonAgain(Fault, breaks="text-of-any-look-comes-back-from-json"):
    """Reads a text of a JSON body as JSON once more, so that "null" is nothing."""

    def json_value(self, name: str, value: object) -> str:
        """Take what the text says for what it is."""
        text = super().json_value(name, value)
        return {"null": "", "true": "1"}.get(text, text)


class StoresBrokenJson(Fault, breaks="json-without-a-name-changes-none"):
    """Takes a body that is no JSON object for the name."""

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """Read it, or take all of it."""
        try:
            return super().json_parameters(body)
        except Refusal:
            return {"name": body.decode("utf-8", "replace")}


class DefinesByJson(Fault, breaks="undefined-custom-field-defines-nothing"):
    """Stores a custom field that was not defined, when a PUT of JSON names it."""

    def custom_fields_sent(self, operation: Operation) -> list[Field]:
        """Take it for a defined one."""
        if operation.method == "PUT" and self.is_json(operation.request):
            return [Field(name) for name in self.custom_names(operation.parameters)]
        return super().custom_fields_sent(operation)

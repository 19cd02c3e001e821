"""Faults in reading the texts of a JSON body."""

import html
from collections.abc import Mapping

from reference.faulty import Fault
from reference.refusal import Refusal


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

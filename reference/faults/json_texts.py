"""Faults in reading the texts of a JSON body."""

import html

from reference.faulty import Fault


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

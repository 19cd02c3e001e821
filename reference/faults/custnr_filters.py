"""Faults that change the custnr of a filter, but not the one that is stored."""

import unicodedata

from reference.faulty import Fault

COLUMN = 45


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

"""What an assertion of the running case compared when it did not hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides of a comparison that did not hold, and its operator as Python writes it.

    By convention `left` is what was observed, and `right` what was expected.
    """

    operator: str
    left: object
    right: object


@dataclass(frozen=True, slots=True)
class Unaccepted:
    """An answer that no reading of the document allows, with the question and its answers."""

    question: str
    answers: tuple[str, ...]
    answer: str

"""Readings: the answers that the document leaves open, and which of them a target chose."""

from __future__ import annotations

from dataclasses import dataclass

from conformance.wire.recorder import note_reading


@dataclass(frozen=True, slots=True)
class Reading:
    """One question that the document leaves open, with the answers that it allows.

    `question` is the name under which results and reports show what was seen. A run in which one
    question gets two different answers is a finding of its own.
    """

    question: str
    answers: frozenset[str]

    def accepts(self, answer: object) -> bool:
        """Note the target's answer, and tell whether the document allows it."""
        note_reading(self.question, str(answer))
        return str(answer) in self.answers


def reading(question: str, *answers: object) -> Reading:
    """Return a reading with the allowed answers."""
    return Reading(question, frozenset(str(answer) for answer in answers))

"""Readings: the answers that the document leaves open, and which of them a target chose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from conformance.spec.ambiguities import ambiguity
from conformance.wire.compared import Unaccepted
from conformance.wire.recorder import note_reading, note_unaccepted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.spec.ambiguities import Ambiguity


@dataclass(frozen=True, slots=True)
class Reading:
    """How a target reads one ambiguity of the document.

    `about` says of what, where one ambiguity is asked about several things. A run in which one
    question gets two different answers is a finding of its own.
    """

    ambiguity: Ambiguity
    about: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Return the id and the accepted answers, as evidence shows them."""
        return f"<{self.ambiguity.id}: {' / '.join(self.ambiguity.answers)}>"

    @property
    def question(self) -> str:
        """The question under which results and reports show what was seen."""
        asked = self.ambiguity.question
        return f"{asked} ({', '.join(self.about)})" if self.about else asked

    def of(self, *about: object) -> Reading:
        """Return the reading of the same ambiguity, asked about one thing more."""
        return replace(self, about=(*self.about, *(str(each) for each in about)))

    def accepts(self, answer: object) -> bool:
        """Record the target's answer, and tell whether the document allows it."""
        note_reading(self.question, str(answer))
        accepted = str(answer) in self.ambiguity.answers
        if not accepted:
            note_unaccepted(Unaccepted(self.question, self.ambiguity.answers, str(answer)))
        return accepted

    def unaccepted(self, answers: Mapping[Any, object]) -> dict[Any, object]:
        """Record answers by what they are about; return those that the document does not allow."""
        return {
            about: answer for about, answer in answers.items() if not self.of(about).accepts(answer)
        }


def reading(id_: str, *about: object) -> Reading:
    """Return the reading of an ambiguity by its id, and of what it is asked.

    Raises AmbiguityError where there is no such ambiguity.
    """
    return Reading(ambiguity(id_), tuple(str(each) for each in about))

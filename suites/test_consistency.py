"""A server that chooses one of several accepted answers keeps to its choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.rules import INFERRED, rule
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from conformance.wire.journal import Journal


@rule("readings-are-consistent", statements="S10", basis=INFERRED)
@pytest.mark.passive
def test_readings_are_consistent(journal: Journal) -> None:
    """Where the document leaves a choice, the server makes the same one throughout a run."""
    readings = journal.readings
    observed("questions of reading", len(readings))

    assert {question: seen for question, seen in readings.items() if len(seen) > 1} == {}

"""When our records were made, as each answer of a run says it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from conformance.checks.truth import Key, TruthLedger
from conformance.spec.resources import GREETINGS, SOURCES
from conformance.verdicts import applicable_if
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from conformance.checks.truth import Contradiction
    from conformance.wire.journal import Journal

MOMENTS = {(GREETINGS.name, "timestamp"), (SOURCES.name, "created")}
"""The fields that say it."""


class MomentsOfCreation(TruthLedger):
    """What is known of when records were made."""

    def judges(self, key: Key, name: str) -> bool:
        """Tell whether a field says when a record was made."""
        return (key[0], name) in MOMENTS


def moved_moments(journal: Journal) -> list[Contradiction]:
    """Return where two answers about a record, with no write between, say different moments.

    An answer may say none. Not applicable where no two answers say it.
    """
    ledger = MomentsOfCreation()
    for exchange in chain.from_iterable(journal.accounts):
        ledger.take(exchange)
    applicable_if(ledger.compared, "no two answers say when a record was made")
    observed("moments compared", ledger.compared)
    return [each for each in ledger.found.values() if each.earlier.value and each.later.value]

"""An id that comes again after a DELETE names a record of ours, however it was deleted."""

from __future__ import annotations

import pytest

from conformance.clients.ledger import Ledger
from conformance.spec.addressing import Identity
from conformance.spec.resources import GREETINGS

RECORD = Identity(GREETINGS, "6", "1")


@pytest.fixture
def ledger() -> Ledger:
    """Give a ledger with one record, to which a DELETE was sent."""
    ledger = Ledger()
    ledger.note_made(RECORD)
    ledger.note_going(RECORD)
    return ledger


def test_a_record_made_under_an_id_on_its_way_is_another(ledger: Ledger) -> None:
    """The answer to the DELETE comes after the POST of another case has got its id."""
    ledger.note_made(RECORD)
    ledger.note_delete_answered(RECORD)
    ledger.note_deleted(RECORD)

    assert ledger.is_alive(RECORD)
    assert RECORD in ledger.in_use()


def test_a_deletion_of_which_nobody_knows_spares_no_later_one(ledger: Ledger) -> None:
    """An overridden DELETE may have done nothing; its id comes again, and that one is deleted."""
    ledger.note_delete_answered(RECORD)

    assert ledger.is_alive(RECORD)
    assert RECORD not in ledger.in_use()

    ledger.note_made(RECORD)
    ledger.note_going(RECORD)
    ledger.note_delete_answered(RECORD)
    ledger.note_deleted(RECORD)

    assert not ledger.is_alive(RECORD)

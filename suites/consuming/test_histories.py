"""What a whole run shows of its own records: each changes and goes by its own writes alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.replays import Loss, losses
from conformance.rules import STATED, rule

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.wire.journal import Journal


@rule("field-changes-by-a-write-that-names-it", statements="S12", basis=STATED)
@pytest.mark.passive(each_answer=True)
def test_field_changes_by_a_write_that_names_it(api: Api, journal: Journal) -> None:
    """Of the run's own records a field changes only by a write that names record and field.

    A value that the record had before, or that was sent to it, may show late.
    """
    found = losses(api, journal, Loss.CHANGED)

    assert found == []


@rule("record-shows-what-was-sent-to-it", statements="S11 S12", basis=STATED)
@pytest.mark.passive(each_answer=True)
def test_record_shows_what_was_sent_to_it(api: Api, journal: Journal) -> None:
    """None of the run's own records ever shows a unique text that was sent to another one only."""
    found = losses(api, journal, Loss.MIXED)

    assert found == []


@rule("record-goes-by-its-own-delete", statements="S05 S06", basis=STATED)
@pytest.mark.passive(each_answer=True)
def test_record_goes_by_its_own_delete(api: Api, journal: Journal) -> None:
    """A record of the run that was read once goes only by a DELETE of itself or of its customer."""
    found = losses(api, journal, Loss.GONE)

    assert found == []


@rule("new-record-replaces-none", statements="S11", basis=STATED)
@pytest.mark.passive(each_answer=True)
def test_new_record_replaces_none(api: Api, journal: Journal) -> None:
    """POST answers no new record with the id of a record of the run that is still there."""
    found = losses(api, journal, Loss.REPLACED)

    assert found == []

"""What the answers of a whole run say of a record is one truth (S06, S07, S11, S12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.moments_of_creation import moved_moments
from conformance.checks.truth import contradictions_in, require_comparisons, shown_with_evidence
from conformance.rules import STATED, rule

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.wire.journal import Journal


@rule("answers-agree-until-the-next-write", statements="S06 S07 S31", basis=STATED)
@pytest.mark.passive(whole_run=True)
def test_answers_agree_until_the_next_write(api: Api, journal: Journal) -> None:
    """All reads of a record show the same value of a field, until something writes to it.

    Alone or in any list, in any form and representation. Judged are the records that the run has
    made; a list may show fewer fields. Left out are fields that change by themselves.
    """
    api.gate.permit_method("POST")  # without writes there are no records of the run

    require_comparisons(journal)
    found = contradictions_in(journal)

    among_reads = [
        each for each in found if not each.is_about_a_write and not each.is_about_what_was_sent
    ]
    assert shown_with_evidence(among_reads) == []


@rule("answer-to-a-write-agrees-with-reads", statements="S11 S12", basis=STATED)
@pytest.mark.passive(whole_run=True)
def test_answer_to_a_write_agrees_with_reads(api: Api, journal: Journal) -> None:
    """What the answer to a POST or PUT shows of a record, reads show until the next write.

    It need not show the record. null may stand for an empty text there.
    """
    api.gate.permit_method("POST")  # without writes there are no records of the run

    require_comparisons(journal)
    found = contradictions_in(journal)

    about_writes = [
        each for each in found if each.is_about_a_write and not each.is_about_what_was_sent
    ]
    assert shown_with_evidence(about_writes) == []


@rule("what-was-written-is-shown-throughout", statements="S12 S11", basis=STATED)
@pytest.mark.passive(whole_run=True)
def test_what_was_written_is_shown_throughout(api: Api, journal: Journal) -> None:
    """A plain text that a POST or PUT has stored is what every answer shows until the next write.

    Judged are the fields that every server has to store, sent by a form in the documented way.
    """
    api.gate.permit_method("POST")  # without writes there are no records of the run

    require_comparisons(journal)
    found = contradictions_in(journal)

    assert shown_with_evidence([each for each in found if each.is_about_what_was_sent]) == []


@rule("moment-of-creation-is-the-same-in-every-answer", statements="S46 S11", basis=STATED)
@pytest.mark.passive(whole_run=True)
def test_moment_of_creation_is_the_same_in_every_answer(api: Api, journal: Journal) -> None:
    """When a record was made is told alike by the answer to POST and by reads before it is changed.

    Judged are `created` of a source and `timestamp` of a greeting.
    """
    api.gate.permit_method("POST")  # without writes there are no records of the run

    moved = moved_moments(journal)

    assert shown_with_evidence(moved) == []

"""Walks over the account: after each step it matches a model of the run's own records.

A walk creates, updates, deletes and reads customers, greetings, sources and users in every equal
way. Each rule checks one aspect, and shows the shortest walk that ends in a finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.config.sampling import drawn
from conformance.rules import STATED, rule
from conformance.runner.stateful import walked
from suites.walks.intruders import intruders
from suites.walks.known_walks import KNOWN
from suites.walks.lists import totalled
from suites.walks.machine import Aspect, machine

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.roles import Roles

RARELY = 30
"""How many examples of the profile make one walk that reads everything after each step."""

USUALLY = 5
"""How many make one of another aspect that is drawn."""

DRAWN = drawn([each for each in Aspect if each is not Aspect.EVERYTHING], 1, "aspects of walks")
"""The aspect of which a run takes other walks beside the known ones."""


def one_in(aspect: Aspect) -> int:
    """Return how many examples of the profile make one walk."""
    return USUALLY if aspect in DRAWN else RARELY


@pytest.mark.sole_first
@rule("walk-record-is-as-written", statements="S11 S12 S06 S10 S31", basis=STATED)
def test_walk_record_is_as_written(api: Api) -> None:
    """After any sequence of writes, every way of reading a record shows its last POST or PUT.

    The sequence creates, updates, deletes and reads this and other records in every form, override
    and representation.
    """
    found = walked(
        machine(api, Aspect.WRITTEN, api.offers.resources()),
        KNOWN[Aspect.WRITTEN],
        one_in(Aspect.WRITTEN),
    )

    assert found == []


@pytest.mark.sole_first
@rule("walk-leaves-other-records", statements="S12 S05", basis=STATED)
def test_walk_leaves_other_records(api: Api) -> None:
    """A POST, PUT or DELETE in any form changes and deletes no record but the one it names.

    Records that belong to a deleted customer may be deleted with it.
    """
    found = walked(
        machine(api, Aspect.OTHERS, api.offers.resources()),
        KNOWN[Aspect.OTHERS],
        one_in(Aspect.OTHERS),
    )

    assert found == []


@pytest.mark.sole_first
@rule("walk-lists-agree-with-single-reads", statements="S07 S06 S31", basis=STATED)
def test_walk_lists_agree_with_single_reads(api: Api) -> None:
    """Lists hold each record once, as a single read shows it, and no deleted record.

    Lists are read in both forms and representations, of all records or of one customer.
    """
    found = walked(
        machine(api, Aspect.LISTED, api.offers.resources()),
        KNOWN[Aspect.LISTED],
        one_in(Aspect.LISTED),
    )

    assert found == []


@pytest.mark.sole_first
@rule("walk-totals-agree-with-lists", statements="S47 S49 S50", basis=STATED)
def test_walk_totals_agree_with_lists(api: Api) -> None:
    """The total of a list is the number of its records, and small pages hold each record once."""
    found = walked(
        machine(api, Aspect.COUNTED, totalled(api)), KNOWN[Aspect.COUNTED], one_in(Aspect.COUNTED)
    )

    assert found == []


@pytest.mark.sole_first
@rule("walk-deleted-stays-away", statements="S05 S06", basis=STATED)
def test_walk_deleted_stays_away(api: Api) -> None:
    """A deleted record is returned in no form and no representation, even after later requests."""
    found = walked(
        machine(api, Aspect.DELETED, api.offers.deletable()),
        KNOWN[Aspect.DELETED],
        one_in(Aspect.DELETED),
    )

    assert found == []


@pytest.mark.sole_first
@pytest.mark.offending
@rule("walk-refused-caller-changes-nothing", statements="S19 S20", basis=STATED)
def test_walk_refused_caller_changes_nothing(api: Api, roles: Roles) -> None:
    """Callers without the right credentials or address are refused and change no record.

    They try at any point of a sequence of writes by the right caller.
    """
    found = walked(
        machine(api, Aspect.REFUSED, api.offers.resources(), intruders(roles)),
        KNOWN[Aspect.REFUSED],
        one_in(Aspect.REFUSED),
    )

    assert found == []


@rule("walk-leaves-everything-as-written", statements="S11 S12 S05 S06", basis=STATED)
def test_walk_leaves_everything_as_written(api: Api) -> None:
    """After each write everything of the run's own is there, as written, and nothing deleted is.

    Data is posted again, sent back, written to unused ids, and deleted with all that it has.
    """
    found = walked(
        machine(api, Aspect.EVERYTHING, api.offers.resources()),
        KNOWN[Aspect.EVERYTHING],
        one_in(Aspect.EVERYTHING),
    )

    assert found == []

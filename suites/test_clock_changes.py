"""Moments at which the clocks of a zone change keep their distance from others (S46)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.shifted_moments import shifted_otherwise, shifts
from conformance.checks.timestamps import MOMENTS, require_moment
from conformance.rules import STATED, rule
from conformance.spec.resources import SOURCES
from conformance.verdicts import applicable_if
from strategies.moments import COMING_GAPS, FOLDS, GAPS

if TYPE_CHECKING:
    from conformance.clients.api import Api


@rule("moment-in-a-gap-keeps-its-distance", statements="S46", basis=STATED)
@pytest.mark.parametrize("zone", GAPS)
@pytest.mark.parametrize(("field", "gaps"), [("timestamp", GAPS), ("expire", COMING_GAPS)])
def test_moment_in_a_gap_keeps_its_distance(
    api: Api, field: str, gaps: dict[str, tuple[str, str, str]], zone: str
) -> None:
    """PUT of a moment that a zone leaves out in spring shifts it as on the days before and after.

    Where these two are shifted otherwise, callers write in such a zone.
    """
    api.offers.require(SOURCES, "PUT")
    made = api.shared_record(SOURCES, MOMENTS)
    require_moment(api, SOURCES, field)

    found = shifts(api, made, field, gaps[zone])

    before, _, after = found.values()
    applicable_if(before == after, "callers write in a zone that has summer time")
    assert shifted_otherwise(found, before) == []


@rule("moment-in-a-fold-keeps-its-distance", statements="S46", basis=STATED)
@pytest.mark.parametrize("zone", FOLDS)
def test_moment_in_a_fold_keeps_its_distance(api: Api, zone: str) -> None:
    """PUT of two moments that a zone's clocks show alike in autumn shifts both as on other days.

    Where the days before and after are shifted otherwise, callers write in such a zone.
    """
    api.offers.require(SOURCES, "PUT")
    made = api.shared_record(SOURCES, MOMENTS)
    require_moment(api, SOURCES, "timestamp")

    found = shifts(api, made, "timestamp", FOLDS[zone])

    before, *_, after = found.values()
    applicable_if(before == after, "callers write in a zone that has summer time")
    assert shifted_otherwise(found, before) == []

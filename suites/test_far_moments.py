"""Moments far ahead, and at the edges of calendars, are stored as they were sent (S46)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.far_moments import moments_changed
from conformance.config.sampling import some_of_strata
from conformance.rules import STATED, rule
from strategies.far_moments import FAR_MOMENTS

if TYPE_CHECKING:
    from conformance.clients.api import Api


@rule("moment-far-ahead-is-kept", statements="S46 S12", basis=STATED)
def test_moment_far_ahead_is_kept(api: Api) -> None:
    """PUT of a source's activation and expiry stores any moment to come, unless it is refused.

    A server may take what callers write for the time of another zone: shown in UTC, it may be off
    by quarters of an hour, up to 14 hours.
    """
    moments = some_of_strata(FAR_MOMENTS)

    changed = moments_changed(api, moments)

    assert changed == []

"""Call records are the same with all their fields as with the usual ones (S23, S32)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.filtered import told_otherwise, told_otherwise_alone
from conformance.rules import STATED, rule
from conformance.spec.resources import CDRS
from conformance.verdicts import applicable_if

if TYPE_CHECKING:
    from conformance.clients.api import Api


@rule("extended-calls-say-the-same", statements="S23 S46", basis=STATED)
@pytest.mark.quiet
def test_extended_calls_say_the_same(api: Api) -> None:
    """GET of call records with extended=1 shows when a call was and whose, as it does without."""
    api.offers.require_path(CDRS.collection)
    usual = api.get(CDRS.collection, params={"pagesize": "20"})
    applicable_if(usual.ok, "it is refused")

    extended = api.get(CDRS.collection, params={"pagesize": "20", "extended": "1"})

    different = told_otherwise(usual, extended)
    assert different == {}


@rule("call-alone-says-the-same", statements="S06 S07", basis=STATED)
@pytest.mark.quiet
@pytest.mark.parametrize("more", [{}, {"extended": "1"}], ids=["plain", "extended"])
def test_call_alone_says_the_same(api: Api, more: dict[str, str]) -> None:
    """GET of one call record shows in each field what the list of them shows.

    Not applicable where one call is not shown alone.
    """
    api.offers.require_path(CDRS.collection)

    different = told_otherwise_alone(api, more)

    assert different == {}

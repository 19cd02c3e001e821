"""The smoke run is small and reads only, as the server's own record of requests shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from observing import Observing
from running import at, suite

from conformance.spec.statements import statements
from reference.serving import Serving
from reference.variants.challenges import OffersNoQop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Outcome

pytestmark = pytest.mark.whole_run

MOST = 30
NEED_WRITES = {"Base URL", "Custom fields", "Request data", "Tips and tricks"}
"""Chapters of which nothing can be seen by reading alone."""


@pytest.fixture(scope="module")
def smoke() -> Iterator[tuple[Outcome, Observing]]:
    """A smoke run that was told to write, and the server that it asked."""
    server = Observing()
    with Serving(server) as serving:
        yield suite(*at(serving, "-m", "smoke", "--allow-writes")), server


def test_a_smoke_run_is_conformant(smoke: tuple[Outcome, Observing]) -> None:
    """Against the reference server every rule of the smoke run holds."""
    outcome, _ = smoke

    assert (outcome.exit_code, set(outcome.verdicts.values())) == (0, {"passed"})


def test_a_smoke_run_ends_where_each_nonce_is_good_for_one_request() -> None:
    """Such a server is asked twice for each answer, and thirty requests suffice for that."""
    with Serving(OffersNoQop()) as serving:
        outcome = suite(*at(serving, "-m", "smoke"))

    assert (outcome.exit_code, set(outcome.verdicts.values())) == (0, {"passed"})


def test_a_smoke_run_only_reads(smoke: tuple[Outcome, Observing]) -> None:
    """Nothing but GET reaches the server, thirty requests at most, whatever was permitted."""
    _, server = smoke

    assert {request.method for request in server.requests} == {"GET"}
    assert 0 < len(server.requests) <= MOST


def test_a_smoke_run_touches_every_chapter_that_can_be_read(
    smoke: tuple[Outcome, Observing],
) -> None:
    """Every chapter has a rule in it, but those of which nothing shows without writing."""
    outcome, _ = smoke
    touched = {
        statements()[id_].chapter for rule in outcome.run["rules"] for id_ in rule["statements"]
    }

    assert {statement.chapter for statement in statements().values()} - touched == NEED_WRITES

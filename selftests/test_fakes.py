"""No run against something that is not the API ends well, and each says what is the matter."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import fakes
import pytest
from running import all_at, suite, two_at_a_time

from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from running import Outcome

    from reference import Reference

pytestmark = pytest.mark.whole_run

NOT_CONFORMANT, UNREACHABLE, INCOMPLETE = 1, 10, 11

EXPECTED: dict[type[Reference], tuple[frozenset[int], str]] = {
    fakes.SaysYes: (frozenset({NOT_CONFORMANT, UNREACHABLE}), "challenge"),
    fakes.SaysYesToTheAccount: (frozenset({INCOMPLETE}), "could not be tried"),
    fakes.Challenges: (frozenset({UNREACHABLE}), "refused the credentials"),
    fakes.ChallengesForever: (frozenset({UNREACHABLE}), "refused the credentials"),
    fakes.RefusesWithoutAChallenge: (frozenset({NOT_CONFORMANT, UNREACHABLE}), "challenge"),
    fakes.FindsNothing: (frozenset({NOT_CONFORMANT, UNREACHABLE}), "404"),
    fakes.Fails: (frozenset({NOT_CONFORMANT, UNREACHABLE}), "500"),
    fakes.CaptivePortal: (frozenset({NOT_CONFORMANT, UNREACHABLE}), "html"),
    fakes.ClumsyPortal: (frozenset({NOT_CONFORMANT, UNREACHABLE}), "html"),
    fakes.Redirects: (frozenset({NOT_CONFORMANT, UNREACHABLE}), "302"),
    fakes.Echoes: (frozenset({NOT_CONFORMANT, UNREACHABLE}), "challenge"),
    fakes.HangsUp: (frozenset({UNREACHABLE}), "closed the connection without an answer"),
}
"""How a run against a fake may end, and what its conclusion names.

A fake may be found out before the first rule or by the rules.
"""
SELECTED = ("suites/consuming/test_reading.py", "suites/security/test_challenge.py")
"""Some of the rules, since a run of all of them does not end better than one of some."""


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[type[Reference], Future[Outcome]]]:
    """A run against each fake, started."""
    with ExitStack() as stack:
        servings = {kind: stack.enter_context(Serving(kind())) for kind in EXPECTED}
        pool = stack.enter_context(two_at_a_time())
        stack.callback(pool.shutdown, cancel_futures=True)
        yield {kind: pool.submit(suite, *all_at(servings[kind], *SELECTED)) for kind in EXPECTED}


@pytest.fixture(params=EXPECTED, ids=lambda kind: str(kind.__name__))
def kind(request: pytest.FixtureRequest) -> type[Reference]:
    """One fake."""
    found: type[Reference] = request.param
    return found


def test_a_fake_is_not_certified(
    kind: type[Reference], runs: dict[type[Reference], Future[Outcome]]
) -> None:
    """The run ends as a run against something that is not the API, and not for a bug of ours."""
    outcome = runs[kind].result()

    assert outcome.exit_code in EXPECTED[kind][0], outcome.sentence
    assert outcome.rules("error") == set()


def test_the_conclusion_names_what_is_wrong(
    kind: type[Reference], runs: dict[type[Reference], Future[Outcome]]
) -> None:
    """The sentence of the conclusion says what the matter is, on the terminal, too."""
    outcome = runs[kind].result()

    assert EXPECTED[kind][1] in outcome.sentence.lower()
    assert outcome.sentence in outcome.output

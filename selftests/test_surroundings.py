"""A server that keeps to the document is not blamed for what stands between it and the run."""

from __future__ import annotations

import inspect
import re
from contextlib import ExitStack
from types import new_class
from typing import TYPE_CHECKING, Final

import pytest
from running import all_at, suite, two_at_a_time

from reference.faults import faults
from reference.seed import VERSIONS
from reference.server import Reference
from reference.surroundings import Surrounded, Surrounding, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from running import Outcome

    from reference.faulty import Fault
    from reference.surroundings import Ending

pytestmark = pytest.mark.whole_run

KINDS = {name: type(make(Reference())) for name, make in surroundings().items()}
"""The class of each surrounding."""

SAMPLE = {kind: name for name, kind in reversed(KINDS.items()) if kind.in_sample}.values()
"""The first of each class that every test of the project meets; the rest are for the proof."""

SUBJECTS = {
    f"reference.faults.{name}"
    for name in (
        *("creating", "creating_by_put", "credentials", "two_ids", "sub_resources"),
        *("digest", "not_found", "paging", "request_data", "timestamps"),
    )
}
"""Ten modules of faults, of which each has one behind a surrounding, the same in all processes."""

SELECTED = (
    "suites/test_curl.py",
    "suites/test_request_headers.py",
    "suites/security/test_digest.py",
    "suites/security/test_wrong_credentials.py",
    "suites/security/test_https.py",
    "suites/consuming/test_creating.py",
    "suites/consuming/test_updating.py",
    "suites/consuming/test_deleting.py",
    "suites/test_status_codes.py",
)
"""Rules that let every kind of caller meet a surrounding, unless that says which it needs."""

PLAIN: Final = "nothing"
"""The name of no surrounding: what is noticed behind it is noticed at all."""


def rule_of(fault: type[Fault]) -> str:
    """Return the one rule that notices a fault."""
    (rule,) = fault.breaks
    return rule


FAULTS = list(
    {
        kind.__module__: kind
        for kind in reversed(faults())
        if len(kind.breaks) == 1 and kind.case_by_case and kind.__module__ in SUBJECTS
    }.values()
)
"""The first fault of each subject that one rule alone notices."""

HasTenFaults = new_class(
    "HasTenFaults", tuple(FAULTS), {"breaks": " ".join(sorted(rule_of(each) for each in FAULTS))}
)
"""A server with all of them: they do not get into each other's way."""

SHOWN = "test_a_run_ends_as_it_has_to"

each_surrounding = pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if name in SAMPLE else pytest.mark.proof)
        for name in surroundings()
    ],
)


@pytest.fixture(scope="module")
def runs(request: pytest.FixtureRequest) -> Iterator[dict[str, tuple[Ending, Future[Outcome]]]]:
    """A run behind each surrounding of a selected test, started."""
    here = [each for each in request.session.items if each.path == request.path]
    shown = [each for each in here if isinstance(each, pytest.Function)]
    selected = [str(each.callspec.params["name"]) for each in shown if each.originalname == SHOWN]
    with ExitStack() as stack:
        pool = stack.enter_context(two_at_a_time())
        stack.callback(pool.shutdown, cancel_futures=True)
        started = {}
        for name in dict.fromkeys(selected):
            surrounded = stack.enter_context(Surrounded(surroundings()[name]))
            around = surrounded.surrounding
            options = around.options or SELECTED
            run = pool.submit(suite, *all_at(surrounded, "--profile=quick", *options))
            started[name] = (around.ending, run)
        yield started


@each_surrounding
def test_a_run_ends_as_it_has_to(
    name: str, runs: dict[str, tuple[Ending, Future[Outcome]]]
) -> None:
    """The exit code and the broken rules are those that are stated, and the words are said."""
    ending, running = runs[name]
    outcome = running.result()

    assert outcome.exit_code == ending.exit_code, outcome.output
    assert outcome.rules("failed") == set(ending.broken)
    assert outcome.rules("error") == set()
    assert "Traceback" not in outcome.output
    assert [each for each in ending.words if each not in outcome.everything] == []


@pytest.mark.proof
@pytest.mark.parametrize("name", [PLAIN, *surroundings()])
def test_ten_faults_are_noticed_behind_it(name: str) -> None:
    """What a server does wrong is found through what stands before it, or was not looked at.

    Then the run says so: no rule passes that a fault breaks.
    """
    rules = [f"--rule={rule_of(each)}" for each in FAULTS]
    maker = surroundings().get(name, Surrounding)
    with Surrounded(maker, HasTenFaults(versions=VERSIONS)) as surrounded:
        outcome = suite(*all_at(surrounded, "--profile=quick", *rules))

    assert outcome.rules("passed", "not applicable") == set(), outcome.output
    assert outcome.exit_code in ({1} if outcome.rules("failed") else {10, 11, 13}), outcome.output


def test_each_has_a_name_and_states_what_it_does() -> None:
    """Names are in kebab-case, and the class of each has a docstring of its own."""
    assert [
        name for name in surroundings() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    ] == []
    kinds = set(KINDS.values())
    assert [
        kind.__name__ for kind in kinds if not inspect.getdoc(kind) or "__doc__" not in vars(kind)
    ] == []

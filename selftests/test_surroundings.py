"""A server that keeps to the document is not blamed for what stands between it and the run."""

from __future__ import annotations

import inspect
import re
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from running import all_at, suite, two_at_a_time

from reference.server import Reference
from reference.surroundings import Surrounded, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from running import Outcome

    from reference.surroundings import Ending

SAMPLE = [name for name, make in surroundings().items() if make(Reference()).in_sample]
"""Those that every test of the project meets; the rest are part of the proof."""

SELECTED = (
    "suites/test_curl.py",
    "suites/test_request_headers.py",
    "suites/security",
    "suites/consuming/test_creating.py",
    "suites/consuming/test_updating.py",
    "suites/consuming/test_deleting.py",
    "suites/test_status_codes.py",
)
"""Rules that let every kind of caller meet a surrounding, unless that says which it needs."""

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
    shown = [each for each in request.session.items if isinstance(each, pytest.Function)]
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


def test_each_has_a_name_and_states_what_it_does() -> None:
    """Names are in kebab-case, and the class of each has a docstring of its own."""
    assert [
        name for name in surroundings() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    ] == []
    kinds = {type(make(Reference())) for make in surroundings().values()}
    assert [
        kind.__name__ for kind in kinds if not inspect.getdoc(kind) or "__doc__" not in vars(kind)
    ] == []

"""Walks end as the shortest that found something, or at once; the same seed takes the same ones."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from observing import Observing
from running import at, suite, two_at_a_time

from conformance.runner.search_ends import Ended, at_once
from conformance.runner.stateful import MOST_REQUESTS, walked
from conformance.verdicts import SetupFailed
from conformance.wire.exchanges import Exchange
from conformance.wire.journal import Journal
from conformance.wire.recorder import recording
from reference.refusal import Refusal
from reference.resources import CUSTOMERS, SOURCES
from reference.serving import Serving
from reference.timestamps import Timestamps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conformance.runner.stateful import Trail
    from conformance.wire.recorder import Recorder
    from reference.operation import Operation
    from reference.records import Record
    from reference.representation import Answer

pytestmark = pytest.mark.whole_run

MODEL = "suites/walks/test_walks.py"
MOST_STANDARD = 1500
"""Requests that the walks of a standard run may send."""

HANDFUL = 60
"""Customers that a run may leave where they cannot be deleted, a thorough one, too."""


class Adding(RuleBasedStateMachine):
    """Adds numbers; what comes of it is up to whoever judges."""

    def __init__(self, trail: Trail, judge: Callable[[list[int]], list[str]]) -> None:
        """Start with nothing."""
        super().__init__()
        trail.begin()
        self.trail, self.judge, self.numbers = trail, judge, list[int]()

    @rule(number=st.integers(0, 50))
    @at_once()
    def add(self, number: int) -> None:
        """Add a number."""
        self.numbers.append(number)
        self.trail.step(f"add {number}")
        with self.trail.followed():
            JOURNAL.add(Exchange("api", "PUT", f"https://host/{number}", {}, b"", None, 0.0))
        self.trail.judge(self.judge(self.numbers))


JOURNAL = Journal()


def walk(judge: Callable[[list[int]], list[str]]) -> tuple[list[str], Recorder]:
    """Walk with a judge; return what was found, and what was recorded of it."""
    before = settings.get_current_profile_name()
    settings.register_profile("walks", max_examples=60, derandomize=True, database=None)
    settings.load_profile("walks")
    try:
        with recording() as recorder:
            return walked(lambda trail: Adding(trail, judge)), recorder
    finally:
        settings.load_profile(before)


def test_the_shortest_walk_is_kept() -> None:
    """Of all walks, the steps and the exchanges of the shortest that found something are kept."""
    found, recorder = walk(lambda numbers: ["two large ones"] * (sum(n > 9 for n in numbers) > 1))

    assert found == ["two large ones"]
    assert recorder.failed is not None
    assert recorder.failed.values == ("add 10", "add 10")
    assert [each.url for each in recorder.last(9)] == ["https://host/10"] * 2


def test_what_happens_only_once_is_found_all_the_same() -> None:
    """A target that answers otherwise when it is asked again is judged by what it answered."""
    seen: Counter[str] = Counter()

    def judge(numbers: list[int]) -> list[str]:
        seen["large"] += numbers[-1] > 9
        return ["a large one"] * (numbers[-1] > 9 and seen["large"] == 1)

    found, recorder = walk(judge)

    assert found == ["a large one"]
    assert recorder.failed is not None


def test_an_outcome_ends_the_rule_at_once() -> None:
    """What could not be tried is neither tried again nor made shorter."""
    seen = []

    def judge(numbers: list[int]) -> list[str]:
        seen.append(numbers)
        message = "no room"
        raise SetupFailed(message)

    with pytest.raises(Ended) as ended:
        walk(judge)

    assert len(seen) == 1
    assert isinstance(ended.value.outcome, SetupFailed)


def test_the_search_for_a_shorter_walk_is_bounded() -> None:
    """However long it could go on, it ends, and what was found stays known."""
    found, recorder = walk(lambda numbers: ["odd"] * (sum(n * 7919 % 5 for n in numbers) % 9 == 8))

    assert found == ["odd"]
    assert len(recorder.exchanges) <= MOST_REQUESTS * 2


def test_known_walks_come_first() -> None:
    """What a known walk finds is told as it is, and nothing else is tried."""
    with recording() as recorder:
        found = walked(
            lambda trail: Adding(trail, lambda numbers: ["large"] * (numbers[-1] > 9)),
            [lambda adding: adding.add(1), lambda adding: adding.add(40)],
        )

    assert found == ["large"]
    assert [each.url for each in recorder.exchanges] == ["https://host/1", "https://host/40"]
    assert recorder.failed is not None
    assert recorder.failed.values == ("add 40",)


class KeepsCustomers(Observing):
    """Deletes no customer, and no source for good."""

    def perform(self, operation: Operation) -> Answer:
        """Do whatever else there is to do."""
        if operation.method == "DELETE" and operation.resource is CUSTOMERS:
            raise Refusal(405, "This method is not allowed here")
        return super().perform(operation)

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Keep a deleted source, which only ends."""
        if operation.resource is SOURCES:
            self.replace(SOURCES, record, {"expire": Timestamps.now(self)})
        else:
            super().remove_with_dependents(operation, record)


@pytest.fixture(scope="module")
def runs() -> Iterator[tuple[list[Observing], list[str]]]:
    """Walks of two runs with one seed: the servers, and what was concluded."""
    with ExitStack() as stack:
        pool = stack.enter_context(two_at_a_time())
        servers = [Observing(), Observing()]
        options = ("--allow-writes", "--seed=5", "--concurrency=1", MODEL)
        outcomes = [
            pool.submit(suite, *at(stack.enter_context(Serving(server)), *options))
            for server in servers
        ]
        yield servers, [each.result().sentence for each in outcomes]


def test_walks_blame_nobody(runs: tuple[list[Observing], list[str]]) -> None:
    """Walks over the reference server find nothing."""
    assert [each for each in runs[1] if "none is broken" not in each] == []


def test_one_seed_takes_the_same_walks(runs: tuple[list[Observing], list[str]]) -> None:
    """Two runs with the same seed send requests of the same shape, of a bounded number."""
    first, second = (
        [(each.method, each.target.partition("?")[0]) for each in server.requests]
        for server in runs[0]
    )

    assert 400 < len(first) <= MOST_STANDARD
    assert first == second


@pytest.mark.parametrize("profile", ["standard", pytest.param("thorough", marks=pytest.mark.proof)])
def test_a_handful_of_records_is_used_again(profile: str) -> None:
    """Where customers and sources cannot be deleted, few are left, and nobody is blamed."""
    server = KeepsCustomers()
    with Serving(server) as serving:
        outcome = suite(*at(serving, "--allow-writes", f"--profile={profile}", MODEL))
    left = Counter(
        record.values.get("source_id") is not None
        for record in server.everything()
        if "cf-" in str(record.values)
    )

    assert "may be left on the target" in outcome.sentence
    assert max(left.values()) < HANDFUL

"""Walks of a state machine over an account, and the shortest one with a finding.

Hypothesis takes many walks, and shortens one that finds something. Evidence is the last walk with a
finding, which is the shortest: its steps and its exchanges only.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from conformance.runner.search_ends import Ended, Enough
from conformance.wire.context import within
from conformance.wire.recorder import current_recorder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from conformance.wire.exchanges import Exchange

Machine = TypeVar("Machine", bound=RuleBasedStateMachine)

MOST_WALKS = 24
"""The maximum number of walks of a rule without a finding."""

MOST_REQUESTS = 1500
"""The maximum number of requests to shorten a walk with a finding."""


class Walks(Enum):
    """Which walks a rule takes."""

    ALL = "the known ones, then others"
    KNOWN = "the known ones"
    DRAWN = "others"


_taken: ContextVar[Walks] = ContextVar("taken", default=Walks.ALL)


@contextmanager
def taking(walks: Walks) -> Iterator[None]:
    """Have rules take these walks in this context."""
    with within(_taken, walks):
        yield


class Differs(Exception):  # noqa: N818  (it ends a walk, and never leaves this module)
    """Ends a walk that has found a difference from the model."""


class Trail:
    """The steps and exchanges of the present walk, and the last finding."""

    def __init__(self) -> None:
        """Start without steps."""
        self.found: list[str] = []
        self._steps: list[str] = []
        self._exchanges: list[Exchange] = []
        self._failed_at: int | None = None

    def begin(self) -> None:
        """Start another walk; raises Enough once shortening has used up its requests."""
        sent = len(current_recorder().exchanges)
        if self._failed_at is not None and sent - self._failed_at > MOST_REQUESTS:
            raise Enough
        self._steps, self._exchanges = [], []

    def step(self, text: str) -> None:
        """Note a step in words."""
        self._steps.append(text)

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Note the exchanges in this context as the walk's own; others only probe the target.

        An exchange that repeats the one before is left out.
        """
        exchanges = current_recorder().exchanges
        before = len(exchanges)
        yield
        for exchange in exchanges[before:]:
            if not self._exchanges or not exchange.repeats(self._exchanges[-1]):
                self._exchanges.append(exchange)

    def judge(self, found: list[str]) -> None:
        """End the walk if it has found something."""
        if found:
            recorder = current_recorder()
            if self._failed_at is None:
                self._failed_at = len(recorder.exchanges)
            self.found = found
            recorder.keep_example(self._steps, self._exchanges)
            raise Differs(found[0])


def walked(
    machine: Callable[[Trail], Machine],
    known: Iterable[Callable[[Machine], None]] = (),
    one_in: int = 1,
) -> list[str]:
    """Let a machine walk as often as the profile says; return the findings of the shortest walk.

    `one_in` says how many examples of the profile make one walk.

    Known walks come first and are not shortened. Where Hypothesis does not shorten walks, as in the
    matrix of faults, there are no others, so that a proof does not depend on drawn values; except
    for a target that offers so little that no known walk observed anything.

    Errors while a walk is being shortened say nothing about its finding: a target that answers
    identical requests differently, or a spent budget.
    """
    trail, taken = Trail(), _taken.get()
    for walk in known if taken is not Walks.DRAWN else ():
        try:
            walk(machine(trail))
        except Differs:
            return trail.found
    if taken is Walks.KNOWN:
        return []
    walks = min(MOST_WALKS, settings().max_examples // one_in)
    few = not walks or Phase.shrink not in settings().phases
    if few and current_recorder().observations.total():
        return []
    try:
        run_state_machine_as_test(
            lambda: machine(trail),  # type: ignore[arg-type]  # any factory will do
            settings=settings(max_examples=max(1, walks)),
        )
    except (Exception, Ended, Enough):
        if not trail.found:
            raise
    return trail.found

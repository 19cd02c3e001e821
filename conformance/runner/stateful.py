"""Walks of a state machine over an account, and the shortest that ends in a finding.

Hypothesis walks many times, and makes a walk that finds something shorter. What is shown of it is
the last one that did, which is the shortest: its steps and its exchanges, none of the others'.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from conformance.runner.generated import Ended, Enough
from conformance.wire.recorder import current_recorder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from conformance.wire.exchanges import Exchange

Machine = TypeVar("Machine", bound=RuleBasedStateMachine)

MOST_WALKS = 24
"""How often a machine walks at most in one rule, as long as it finds nothing."""

MOST_REQUESTS = 1500
"""How many requests are sent at most to make a walk that has found something shorter."""


class Differs(Exception):  # noqa: N818  (it ends a walk, and never leaves this module)
    """A walk has found something that is not as the model predicts."""


class Trail:
    """What the present walk did so far, and what the last one found that found anything."""

    def __init__(self) -> None:
        """Start with nothing done."""
        self.found: list[str] = []
        self._steps: list[str] = []
        self._exchanges: list[Exchange] = []
        self._failed_at: int | None = None

    def begin(self) -> None:
        """Start another walk; raises Enough where shorter ones were looked for long enough."""
        sent = len(current_recorder().exchanges)
        if self._failed_at is not None and sent - self._failed_at > MOST_REQUESTS:
            raise Enough
        self._steps, self._exchanges = [], []

    def step(self, text: str) -> None:
        """Note a step in words."""
        self._steps.append(text)

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Note what is exchanged as belonging to the walk: all else only finds out what works.

        What asks the same as the request before is left out.
        """
        exchanges = current_recorder().exchanges
        before = len(exchanges)
        yield
        for exchange in exchanges[before:]:
            if not self._exchanges or not exchange.repeats(self._exchanges[-1]):
                self._exchanges.append(exchange)

    def judge(self, found: list[str]) -> None:
        """End the walk where it has found something."""
        if found:
            recorder = current_recorder()
            if self._failed_at is None:
                self._failed_at = len(recorder.exchanges)
            self.found = found
            recorder.keep_example(self._steps, self._exchanges)
            raise Differs(found[0])


def walked(
    machine: Callable[[Trail], Machine], known: Iterable[Callable[[Machine], None]] = ()
) -> list[str]:
    """Let a machine walk as often as the profile says; return what the shortest walk has found.

    Known walks come first, and are as short as they are. Where none is to be made shorter, as in
    the matrix of faults, there are no others: what it proves hangs on nothing that is drawn. Unless
    the target offers so little that no known walk came far enough to observe anything.

    Whatever comes to light on the way to a shorter one says nothing about what was found: a target
    that answers now so, now so, or a budget that is spent.
    """
    trail = Trail()
    for walk in known:
        try:
            walk(machine(trail))
        except Differs:
            return trail.found
    walks = min(MOST_WALKS, settings().max_examples // 3)
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

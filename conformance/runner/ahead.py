"""Performs the cases of a run on several threads, stage by stage, before pytest reports them.

What does not pass beside others is performed once more, alone, when all others are done: that
counts. So a finding is never the work of another case.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

from conformance.clients.once import forget
from conformance.rules import rule_of
from conformance.runner.collector import collected
from conformance.runner.crew import Crew
from conformance.runner.judging import verdict_of
from conformance.runner.stages import IN_TURN, SOLE_FIRST, Stage, lanes_of, parts_of
from conformance.runner.stateful import taking
from conformance.verdicts import BudgetSpent, Stopped, Verdict
from conformance.wire.busy import is_refused, is_unwell
from conformance.wire.gate import NeedsToWrite, only_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pytest

    from conformance.rules import Rule
    from conformance.runner.performing import Performed, Stagehand

DOUBTFUL: Final = frozenset(
    {Verdict.FAILED, Verdict.DEVIATION, Verdict.INCONCLUSIVE, Verdict.ERROR}
)
"""The verdicts that another case may have brought about."""

OVER: Final = (BudgetSpent, Stopped)
"""What ends a case that the run has nothing left for."""

ONE_BY_ONE: Final = (Stage.SOLE, Stage.ALONE)

MOST_CONFIRMED: Final = 3
"""After how many cases of a rule that end alone as they did beside others no more are repeated."""


class Ahead:
    """The cases of a run, performed as far as they are."""

    def __init__(
        self,
        items: Sequence[pytest.Function],
        stagehand: Stagehand,
        readers: frozenset[str] = frozenset(),
    ) -> None:
        """Take the cases, in their order, who performs them, and the rules that are known to read.

        These fill the threads while another case has to be the only one to write.
        """
        self.performed: dict[pytest.Item, Performed] = {}
        self._items = {item: rule for item in items if (rule := rule_of(item)) is not None}
        self._places = {item: place for place, item in enumerate(self._items)}
        self._stagehand = stagehand
        self._readers = readers
        self._begun: dict[pytest.Item, Performed] = {}
        self._confirmed: Counter[str] = Counter()

    def perform(self, workers: int, look: Callable[[], None]) -> None:
        """Perform all cases by so many threads. `look` is called now and then."""
        crew = Crew(workers)
        try:
            for stage in Stage:
                self._perform_stage(crew, stage, look)
            self._repeat_doubtful(crew, look)
        except BaseException:
            self._stagehand.give_up()
            raise
        finally:
            crew.dismiss()

    def _perform_stage(self, crew: Crew, stage: Stage, look: Callable[[], None]) -> None:
        staged = [item for item in self._items if stage in parts_of(item)]
        lanes = sorted(lanes_of(staged), key=_takes_long, reverse=True)
        if stage in ONE_BY_ONE:
            one_by_one = [item for lane in lanes for item in lane]
            beside = self._reading() if stage is Stage.SOLE else []
            crew.do([partial(self._perform_lane, one_by_one, stage), *beside], look)
        else:
            crew.do([partial(self._perform_lane, lane, stage) for lane in lanes], look)
        collected()  # nobody is at work here

    def _reading(self) -> list[Callable[[], None]]:
        return [partial(self._read, item) for item in self._items if self._may_read(item)]

    def _may_read(self, item: pytest.Function) -> bool:
        """Tell whether a case may well run beside others that have to be the only ones to write."""
        is_short = not _takes_long([item]) and item.get_closest_marker(IN_TURN) is None
        reads = self._items[item].id in self._readers
        return reads and is_short and Stage.TOGETHER in parts_of(item)

    def _read(self, item: pytest.Function) -> None:
        """Perform a case if it only reads; leave it for later where it turns out to write."""
        with only_reading():
            performed = self._stagehand.perform(item, self._places[item], tidies=False)
        if not isinstance(performed.error, NeedsToWrite):
            self.performed[item] = performed

    def _perform_lane(self, lane: list[pytest.Function], stage: Stage) -> None:
        for item in lane:
            self._perform(item, stage)

    def _perform(self, item: pytest.Function, stage: Stage) -> None:
        """Perform a case, or the part of it that belongs to a stage."""
        if item in self.performed:
            return
        parts, tidies = parts_of(item), stage is not Stage.QUIET
        place, earlier = self._places[item], self._begun.get(item)
        with taking(parts[stage]):
            performed = self._stagehand.perform(item, place, earlier, tidies=tidies)
        if performed.error is not None or stage is [*parts][-1]:
            self.performed[item] = performed
        else:
            self._begun[item] = performed

    def _repeat_doubtful(self, crew: Crew, look: Callable[[], None]) -> None:
        """Repeat what may have been the work of others; so is what was found out beside them."""
        doubtful = [
            (item, rule)
            for item, rule in self._items.items()
            if _is_doubtful(rule, self.performed[item])
        ]
        if doubtful:
            forget()
        for item, rule in doubtful:
            crew.do([partial(self._repeat, item, rule)], look)

    def _repeat(self, item: pytest.Function, rule: Rule) -> None:
        """Perform a case alone, unless its rule is known to end alone as beside others."""
        if self._confirmed[rule.id] >= MOST_CONFIRMED:
            return
        first = self.performed[item]
        alone = self._stagehand.perform(item, len(self._items) + self._places[item])
        if isinstance(alone.error, OVER) and not _met_trouble(alone.error, first):
            return
        if _verdict(rule, alone) is _verdict(rule, first):
            self._confirmed[rule.id] += 1
        elif not isinstance(alone.error, OVER):
            alone.beside_others = _verdict(rule, first)
        self.performed[item] = alone


def _verdict(rule: Rule, performed: Performed) -> Verdict:
    return verdict_of(rule, performed.error, performed.recorder)


def _is_doubtful(rule: Rule, performed: Performed) -> bool:
    """Tell whether a case may have ended as it did by what others were doing."""
    return _verdict(rule, performed) in DOUBTFUL and not isinstance(performed.error, OVER)


def _met_trouble(error: BaseException, first: Performed) -> bool:
    """Tell whether a case may have found only that the target was about to go."""
    met = first.recorder.exchanges
    return isinstance(error, Stopped) and any(is_unwell(each) or is_refused(each) for each in met)


def _takes_long(lane: list[pytest.Function]) -> bool:
    """Tell whether a lane has many requests: it is begun early, so that none is left at the end."""
    marks = lane[0].get_closest_marker
    return len(lane) > 1 or hasattr(lane[0].obj, "hypothesis") or marks(SOLE_FIRST) is not None

"""Shows servers to rules: which case of which rule notices which fault.

Most servers meet each case alone, each time on a new one, and only where a response differs (see
`recordings`). Those that show only over the network or in a whole run, and variants at one further
seed, meet the whole suite as a target does: all cases in order on one server.
"""

from __future__ import annotations

import inspect
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from conformance.clients.clean_up import clean_up
from conformance.config.profiles import reseed
from conformance.results.conclusion import conclude
from conformance.results.run import Run
from conformance.results.run_kind import RunKind
from conformance.rules import rule_of
from conformance.verdicts import Verdict
from proof.recordings import Start, Tape, Taped, Told, answers_alike, fill
from proof.sample import Sample, is_passive, judges_each_answer, judges_whole_runs
from proof.server_results import NOTICES, ServerResult
from proof.servers import WITHOUT_SOCKET, callers_in_process, callers_on_a_socket
from reference.seed import VERSIONS
from reference.seed_calls import CALLS, FEW_CALLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from types import ModuleType

    from conformance.clients.roles import Roles
    from conformance.results.case import Case
    from conformance.results.conclusion import Conclusion
    from conformance.rules import Rule
    from proof.case_runner import CaseRunner
    from reference.faulty import Fault, Variant
    from reference.server import Reference

    Kind = type[Fault | Variant]


@dataclass(frozen=True, slots=True)
class Plain:
    """One case alone on the plain reference server: what it asked, and what it left."""

    item: pytest.Item
    tape: Tape
    told: Told
    case: Case


@dataclass(frozen=True, slots=True)
class Recording:
    """What every case does alone on a plain server that starts from one seed."""

    start: Start
    plain: Sequence[Plain]


class Matrix:
    """Knows the cases of all rules, and shows a server to those that could notice it."""

    def __init__(
        self, case_runner: CaseRunner, items: Sequence[pytest.Item], seed: int, one_in: int = 1
    ) -> None:
        """Take what runs cases, the test items of the rules in their order, and a seed.

        What is random on the servers comes from the seed. A fault is shown to the rules that it
        names, and to one in so many of the other cases.
        """
        self._case_runner = case_runner
        self._sample = Sample(one_in)
        self.start = Start(VERSIONS, FEW_CALLS, seed)
        self.rules = {rule.id: rule for item in items if (rule := rule_of(item))}
        self._active = [item for item in items if not is_passive(item)]
        self._passive = [item for item in items if is_passive(item)]
        self._first = Recording(self.start, ())
        self._latest = self._first

    def record(self) -> None:
        """Run each case alone on the plain reference server, with a tape running."""
        self._first = self._latest = self._recording(self.start)

    def show(
        self, kind: Kind, seed: int, *, whole: bool = False, explained: bool = False
    ) -> ServerResult:
        """Show a server to every case that could notice it: case by case, or in a whole run.

        In a whole run also where the server does not show otherwise. `explained`: with each
        comparison explained in full, as a run does.
        """
        self._case_runner.explains = explained
        together = whole or not kind.case_by_case
        return self._together(kind, seed) if together else self._alone(kind, seed)

    def is_noticed(self, kind: Kind, rule: str) -> bool:
        """Tell whether a rule notices a server, each of its cases alone and on all that is there.

        Also where a response does not differ from the plain server's. Raises RuntimeError where
        the rule has an error of its own, which is neither notice nor pass.
        """
        reseed(self.start.seed)
        for item in self._items_of(rule):
            with whole_account(kind, self.start.seed) as roles:
                cases = self._case_runner.run([item], roles)
            for case in cases:
                if case.verdict is Verdict.ERROR:
                    message = f"{case.rule.id} has an error of its own: {case.reason}"
                    raise RuntimeError(message)
            if any(case.verdict in NOTICES for case in cases):
                return True
        return False

    @contextmanager
    def changed(self, rule: str, module: ModuleType) -> Iterator[None]:
        """Have the cases of a rule run the function of another module."""
        items = self._items_of(rule)
        kept = [item.obj for item in items]
        for item in items:
            item.obj = getattr(module, item.originalname)
        try:
            yield
        finally:
            for item, function in zip(items, kept, strict=True):
                item.obj = function

    def _items_of(self, rule: str) -> list[pytest.Function]:
        return [
            item
            for item in [*self._active, *self._passive]
            if isinstance(item, pytest.Function) and rule_of(item) == self.rules[rule]
        ]

    def _at(self, seed: int) -> Recording:
        """Return what cases do on the plain server at a seed, which further ones are recorded for.

        Of these only the latest is kept.
        """
        for known in (self._first, self._latest):
            if known.start.seed == seed:
                return known
        reseed(seed)
        self._latest = self._recording(Start(VERSIONS, FEW_CALLS, seed))
        return self._latest

    def _recording(self, start: Start) -> Recording:
        return Recording(start, [self._recorded(item, start) for item in self._active])

    def _recorded(self, item: pytest.Item, start: Start) -> Plain:
        server = start.server(Taped)
        with callers_in_process(server) as roles:
            (case,) = self._case_runner.run([item], roles)
            return Plain(item, server.tape, Told(roles.journal.judged, case.readings), case)

    def _together(self, kind: Kind, seed: int) -> ServerResult:
        """Show a server to the cases of the sample in order, as a run does.

        Passive rules may need more than those: all cases, where one that it names has not noticed
        it.
        """
        everything = [*self._active, *self._passive]
        sample = [each for each in everything if self._sample.has(kind, each)]
        result = self._in_order(kind, seed, sample)
        passive = self._sample.passive_of(kind, self._passive)
        if passive and result.expected - result.noticed.keys():
            return self._in_order(kind, seed, everything)
        return result

    def _in_order(self, kind: Kind, seed: int, items: Sequence[pytest.Item]) -> ServerResult:
        """Show a server to some cases in their order."""
        reseed(seed)
        with whole_account(kind, seed) as roles:
            cases = self._case_runner.run(items, roles)
            left = [str(each) for each in clean_up(roles.api)]
            conclusion = self._conclusion(seed, cases, left) if kind.conforms else None
        return self._result(kind, seed, cases, conclusion)

    def _conclusion(self, seed: int, cases: list[Case], left: Sequence[str] = ()) -> Conclusion:
        """Return what a run would say that had these cases."""
        rules = list(self.rules.values())
        run = Run(WITHOUT_SOCKET, seed, RunKind.FULL, rules=rules, cases=cases, left=[*left])
        return conclude(run, 0)

    def alone(self, kind: type[Reference], seed: int) -> Iterator[Case]:
        """Show a server of its own to each case with a response that differs, then the journal.

        A passive rule may judge what any case has met: until those that a server names have noticed
        it, it is shown to more cases than those of the sample. Those that judge all answers
        together need all cases. A rule needs to notice it but once.
        """
        recording = self._at(seed)
        reseed(seed)
        told = [plain.told for plain in recording.plain]
        unlike: set[int] = set()
        noticed_by: set[Rule] = set()
        awaited = self._sample.passive_of(kind, self._passive)
        is_first = [self._sample.has(kind, plain.item) for plain in recording.plain]
        for at in sorted(range(len(told)), key=is_first.__getitem__, reverse=True):
            if not (is_first[at] or awaited):
                break
            plain = recording.plain[at]
            has_noticed = not awaited and plain.case.rule in noticed_by
            if has_noticed and not self._sample.draws(kind, plain.item):
                continue
            if answers_alike(kind, recording.start, plain.tape):
                continue
            with callers_in_process(recording.start.server(kind)) as roles:
                (case,) = self._case_runner.run([plain.item], roles)
                told[at] = Told(roles.journal.judged, case.readings)
            unlike.add(at)
            if case.verdict in NOTICES:
                noticed_by.add(case.rule)
            yield case
            awaited = [item for item in awaited if not self._is_noticed_in(told[at], kind, item)]
        if unlike:
            yield from self._journalled(kind, told, each_answer=False)
            differing = [told[at] for at in sorted(unlike)]
            judged = self._journalled(kind, differing, each_answer=True)
            yield from (case for case in judged if case.verdict is not Verdict.INCONCLUSIVE)

    def _alone(self, kind: Kind, seed: int) -> ServerResult:
        """Show a server case by case, and say of one that conforms what a run would say."""
        cases = list(self.alone(kind, seed))
        if not kind.conforms:
            return self._result(kind, seed, cases)
        unlike = {(case.rule, case.name) for case in cases}
        plain = [each.case for each in self._at(seed).plain]
        alike = [case for case in plain if (case.rule, case.name) not in unlike]
        conclusion = self._conclusion(seed, [*alike, *cases])
        return self._result(kind, seed, cases, conclusion)

    def _journalled(
        self, kind: type[Reference], told: Iterable[Told], *, each_answer: bool
    ) -> list[Case]:
        """Show passive rules what cases left in the journal.

        Rules that judge each answer by itself need to see no answer of the plain server; where
        they find nothing to judge among the others, that says nothing.
        """
        items = [
            item
            for item in self._passive
            if judges_each_answer(item) is each_answer
            and not judges_whole_runs(item)
            and self._sample.has(kind, item)
        ]
        return self._judged(kind, told, items)

    def _is_noticed_in(self, told: Told, kind: type[Reference], item: pytest.Item) -> bool:
        """Tell whether a passive item that judges each answer notices a server in one case's."""
        if not judges_each_answer(item):
            return False
        return any(case.verdict in NOTICES for case in self._judged(kind, [told], [item]))

    def _judged(
        self, kind: type[Reference], told: Iterable[Told], passive: Sequence[pytest.Item]
    ) -> list[Case]:
        """Show passive items what cases left in the journal."""
        if not passive:
            return []  # a journal of all cases takes its time to fill
        with callers_in_process(self.start.server(kind)) as roles:
            fill(roles, told)
            return self._case_runner.run(passive, roles)

    def _result(
        self, kind: Kind, seed: int, cases: Sequence[Case], conclusion: Conclusion | None = None
    ) -> ServerResult:
        return ServerResult(
            server=kind.__name__,
            conforms=kind.conforms,
            module=kind.__module__,
            seed=seed,
            docstring=inspect.getdoc(kind) or "",
            expected=kind.breaks & self.rules.keys(),
            cases=tuple(cases),
            conclusion=conclusion,
        )


def whole_account(kind: Kind, seed: int) -> AbstractContextManager[Roles]:
    """Return the callers of a new server with all calls of the seed, as it is to be reached."""
    callers = callers_on_a_socket if kind.on_a_socket else callers_in_process
    return callers(Start(VERSIONS, CALLS, seed).server(kind))

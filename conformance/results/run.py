"""A run: the rules that it checks, and the cases judged so far."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from conformance.config import profiles
from conformance.config.selection import Selection
from conformance.results.baseline import changes_since
from conformance.results.run_kind import RunKind
from conformance.rules import Level
from conformance.verdicts import Verdict, worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.config.target import Target
    from conformance.results.baseline import Baseline, Changes
    from conformance.results.case import Case
    from conformance.rules import Rule


@dataclass(frozen=True)
class Judged:
    """A rule with its cases and the verdict that follows from them."""

    rule: Rule
    cases: tuple[Case, ...]

    @cached_property
    def verdict(self) -> Verdict:
        """The worst verdict of the cases; not run where there is none."""
        return worst(case.verdict for case in self.cases) if self.cases else Verdict.NOT_RUN

    @property
    def untried(self) -> bool:
        """Whether the rule binds and applies, but could not be tried.

        Where the account merely lacks the records for it, and none can be made, it does not apply.
        """
        return (
            self.rule.level is Level.MUST
            and self.verdict is Verdict.INCONCLUSIVE
            and not all(each.lacking for each in self.cases if each.verdict is self.verdict)
        )

    @property
    def observations(self) -> dict[str, int]:
        """What the cases compared or walked, counted together."""
        counted: Counter[str] = Counter()
        for case in self.cases:
            counted.update(case.observations)
        return dict(sorted(counted.items()))

    @property
    def requests(self) -> int:
        """Requests that the cases sent."""
        return sum(case.requests for case in self.cases)

    @property
    def readings(self) -> dict[str, list[str]]:
        """Each question of reading that the cases met, with the different answers seen."""
        return _readings(self.cases)


@dataclass(frozen=True, slots=True)
class Requests:
    """How many requests a run has sent: by method, and those that only fetched a challenge."""

    by_method: Mapping[str, int] = field(default_factory=dict)
    challenges: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_method.values())

    @property
    def round_trips(self) -> float:
        """Requests on the wire for each that asked for something; 0 where none did."""
        asked = self.total - self.challenges
        return self.total / asked if asked else 0


class Report(Protocol):
    """What a report of pytest says of the test that it is about."""

    @property
    def location(self) -> tuple[str, int | None, str]:
        """File, line and name of the test."""

    @property
    def when(self) -> str | None:
        """The phase of the test: setup, call or teardown."""


@dataclass(slots=True)
class Run:
    """Everything that a run knows, as values; one for each session.

    Texts of the target in it are already redacted and printable. `planned` counts the cases that
    were selected; `interrupted_by` names a signal, `stopped` says why nothing more was sent,
    `gone` that this is since the target answered nobody, or let nobody in, and `waited` for how
    many seconds the run waited for it; `left` names records of ours that may be on the target, and
    `doubted` those of which nothing but the answer to a creation says so; `cut_short` says why
    pytest began no further case, and `unwritten` of each result that could not be written why, in
    one line.
    """

    target: Target
    seed: int
    kind: RunKind = RunKind.SELECTION
    required: RunKind | None = None
    baseline: Baseline | None = None
    selection: Selection = field(default_factory=Selection)
    profile: str = profiles.DEFAULT
    rules: list[Rule] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    unreachable: str = ""
    preflight_warning: str = ""
    left: list[str] = field(default_factory=list)
    doubted: list[str] = field(default_factory=list)
    planned: int = 0
    interrupted_by: str = ""
    cut_short: str = ""
    stopped: str = ""
    gone: bool = False
    waited: float = 0.0
    records_made: int = 0
    most_records_alive: int = 0
    wrong_credentials: int = 0
    unwritten: list[str] = field(default_factory=list)
    requests: Requests = field(default_factory=Requests)
    started: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    _by_test: dict[tuple[str, str], Case] = field(default_factory=dict)
    _clock: float = field(default_factory=time.perf_counter)
    seconds: float = 0.0

    def stop_clock(self) -> None:
        """Fix how long the run took, in seconds."""
        self.seconds = time.perf_counter() - self._clock

    @property
    def may_be_left(self) -> list[str]:
        """The records of ours that may be on the target, those in doubt as well."""
        return [*self.left, *self.doubted]

    def add(self, case: Case) -> None:
        """Keep a case that has ended."""
        self.cases.append(case)
        self._by_test[case.name, case.phase] = case

    def case_of(self, report: Report) -> Case | None:
        """Return the case that a report of pytest is about; None where it is about none.

        The latest that has the name of its test, and was ended by the same phase.
        """
        name = report.location[2].removeprefix("test_")
        return self._by_test.get((name, str(report.when)))

    @property
    def readings(self) -> dict[str, list[str]]:
        """Each question of reading that the run met, with the different answers seen."""
        return _readings(self.cases)

    def knows(self, case: Case) -> bool:
        """Tell whether a case is broken, and was broken in the baseline."""
        return self.baseline is not None and self.baseline.knows(case)

    @property
    def changes(self) -> Changes | None:
        """What is otherwise than in the baseline; None without one."""
        if self.baseline is None:
            return None
        return changes_since(self.baseline, self.judged(), self.readings)

    def judged(self) -> list[Judged]:
        """Return every selected rule with its cases, in the order of the document."""
        by_rule: dict[str, list[Case]] = {rule.id: [] for rule in self.rules}
        for case in self.cases:
            by_rule[case.rule.id].append(case)
        ordered = sorted(self.rules, key=lambda rule: rule.statements[0])
        return [Judged(rule, tuple(by_rule[rule.id])) for rule in ordered]


def _readings(cases: Iterable[Case]) -> dict[str, list[str]]:
    answers: dict[str, set[str]] = {}
    for case in cases:
        for question, answer in case.readings.items():
            answers.setdefault(question, set()).add(answer)
    return {question: sorted(seen) for question, seen in sorted(answers.items())}

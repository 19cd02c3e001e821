"""A run: the rules that it checks, the cases judged so far, and what it concludes."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from conformance.config import profiles
from conformance.config.selection import Selection
from conformance.results.run_kind import RunKind
from conformance.rules import Level
from conformance.verdicts import ExitCode, Verdict, worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.config.target import Target
    from conformance.results.case import Case
    from conformance.rules import Rule

WRITES_OPTION = "--allow-writes"
NEEDS_WRITES = f"needs {WRITES_OPTION}"
"""How the reason begins for which a rule that writes was not run."""

MOST_NAMED = 5
"""How many rules a sentence names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule with its cases and the verdict that follows from them."""

    rule: Rule
    cases: tuple[Case, ...]

    @property
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
class Conclusion:
    """What a run says about its target: a word, a sentence, an exit code."""

    word: str
    sentence: str
    exit_code: int


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
    were selected; `interrupted_by` names a signal, and `unwritten` says of each result that could
    not be written why, in one line.
    """

    target: Target
    seed: int
    kind: RunKind = RunKind.SELECTION
    required: RunKind | None = None
    selection: Selection = field(default_factory=Selection)
    profile: str = profiles.DEFAULT
    rules: list[Rule] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    unreachable: str = ""
    preflight_warning: str = ""
    left: list[str] = field(default_factory=list)
    planned: int = 0
    interrupted_by: str = ""
    unwritten: list[str] = field(default_factory=list)
    requests: Requests = field(default_factory=Requests)
    started: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    _clock: float = field(default_factory=time.perf_counter)
    seconds: float = 0.0

    def stop_clock(self) -> None:
        """Fix how long the run took, in seconds."""
        self.seconds = time.perf_counter() - self._clock

    def case_of(self, report: Report) -> Case | None:
        """Return the case that a report of pytest is about; None where it is about none.

        The latest that has the name of its test, and was ended by the same phase.
        """
        name = report.location[2].removeprefix("test_")
        found = (each for each in reversed(self.cases) if each.name == name)
        return next((each for each in found if each.phase == report.when), None)

    @property
    def readings(self) -> dict[str, list[str]]:
        """Each question of reading that the run met, with the different answers seen."""
        return _readings(self.cases)

    def judged(self) -> list[Judged]:
        """Return every selected rule with its cases, in the order of the document."""
        by_rule: dict[str, list[Case]] = {rule.id: [] for rule in self.rules}
        for case in self.cases:
            by_rule[case.rule.id].append(case)
        ordered = sorted(self.rules, key=lambda rule: rule.statements[0])
        return [Judged(rule, tuple(by_rule[rule.id])) for rule in ordered]

    def conclude(self, pytest_status: int) -> Conclusion:
        """Return what the run says, given the exit status that pytest would end with.

        Where results could not be written, that is no word about the target.
        """
        concluded = self._concluded(pytest_status)
        if self.unwritten:
            text = "; ".join([*self.unwritten, f"{concluded.word}: {concluded.sentence}"])
            return Conclusion("results not written", text, ExitCode.INTERNAL_ERROR)
        return concluded

    def _concluded(self, pytest_status: int) -> Conclusion:
        judged = self.judged()
        faulty = _named(judged, Verdict.ERROR)
        if self.interrupted_by:
            return Conclusion("interrupted", self._interruption(judged), ExitCode.INTERRUPTED)
        if self.unreachable:
            return Conclusion("unreachable", self.unreachable, ExitCode.UNREACHABLE)
        if faulty:
            text = f"The suite itself failed in {_listed(faulty)}: a bug of ours, not the target's"
            return Conclusion("suite error", text, ExitCode.INTERNAL_ERROR)
        if pytest_status not in (0, 1):
            return Conclusion("interrupted", "The run did not come to its end", pytest_status)
        judgement = self._judgement(judged)
        if pytest_status and judgement.exit_code == ExitCode.CONFORMANT:
            text = "Tests failed that are no rules"
            return Conclusion("not conformant", text, ExitCode.NOT_CONFORMANT)
        return judgement

    def _interruption(self, judged: list[Judged]) -> str:
        """Say how far the run came, what it had found by then, and what may be left."""
        broken = _named(judged, Verdict.FAILED)
        parts = [
            f"interrupted by {self.interrupted_by} after {len(self.cases)} of {self.planned} cases"
        ]
        if broken:
            parts.append(f"{len(broken)} rules broken by then: {_listed(broken)}")
        if self.left:
            parts.append(f"{len(self.left)} records may be left: {_listed(self.left)}")
        return "; ".join(parts)

    def _judgement(self, judged: list[Judged]) -> Conclusion:
        """Return what the verdicts of the rules say about the target."""
        broken = _named(judged, Verdict.FAILED)
        if self.target.strict_should:
            broken += _named(judged, Verdict.DEVIATION)
        untried = [entry.rule.id for entry in judged if entry.untried]
        strange = f"; {self.preflight_warning}" if self.preflight_warning else ""
        if broken:
            text = f"{len(broken)} of {len(judged)} rules broken: {_listed(broken)}{strange}"
            return Conclusion("not conformant", text, ExitCode.NOT_CONFORMANT)
        if untried:
            spent = "".join({f"; {each.reason}" for each in self.cases if each.over_budget})
            text = f"{len(untried)} binding rules could not be tried: {_listed(untried)}"
            text += spent or strange
            return Conclusion("incomplete", text, ExitCode.INCOMPLETE)
        if not _named(judged, Verdict.PASSED):
            return Conclusion("incomplete", "No rule was seen to hold", ExitCode.INCOMPLETE)
        if self.left and not self.target.records_may_stay:
            text = f"Records of ours may be left on the target: {_listed(self.left)}"
            return Conclusion("records left", text, ExitCode.LEFTOVERS)
        return self._praise(judged)

    def _praise(self, judged: list[Judged]) -> Conclusion:
        """Return what a run says that found nothing wrong: CONFORMANT if it saw everything."""
        if self.required is not None and self.required is not self.kind:
            text = f"No {self.required.value} run: {seen_by(self.kind, judged)}"
            return Conclusion("incomplete", text, ExitCode.INCOMPLETE)
        held = _held(judged)
        if self.kind is RunKind.FULL:
            return Conclusion("conformant", held, ExitCode.CONFORMANT)
        text = f"{seen_by(self.kind, judged)}; {held}"
        return Conclusion("nothing broken", text, ExitCode.CONFORMANT)


def _readings(cases: Iterable[Case]) -> dict[str, list[str]]:
    answers: dict[str, set[str]] = {}
    for case in cases:
        for question, answer in case.readings.items():
            answers.setdefault(question, set()).add(answer)
    return {question: sorted(seen) for question, seen in sorted(answers.items())}


def _named(judged: list[Judged], verdict: Verdict) -> list[str]:
    return [entry.rule.id for entry in judged if entry.verdict is verdict]


def _listed(names: list[str]) -> str:
    rest = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def seen_by(kind: RunKind, judged: list[Judged]) -> str:
    """Say how much a run of a kind that is not full looked at."""
    seen = sum(entry.verdict not in (Verdict.NOT_RUN, Verdict.INCONCLUSIVE) for entry in judged)
    barred = sum(
        any(NEEDS_WRITES in each.reason for each in entry.cases)
        for entry in judged
        if entry.verdict is Verdict.NOT_RUN
    )
    text = f"{kind.value} run: {seen} of {len(judged)} rules"
    return f"{text}; {barred} need {WRITES_OPTION}" if barred else text


def _nothing_to_see(judged: list[Judged]) -> str:
    """Say which binding rules the account lacks the records for; "" where it lacks none."""
    lacking = [
        each
        for each in judged
        if each.rule.level is Level.MUST
        and each.verdict is Verdict.INCONCLUSIVE
        and not each.untried
    ]
    if not lacking:
        return ""
    reasons = {case.reason for each in lacking for case in each.cases if case.lacking}
    return f"{len(lacking)} MUST rules had nothing to look at: {_listed(sorted(reasons))}"


def _held(judged: list[Judged]) -> str:
    """Say how many rules hold, and what is to be known beside that."""
    passed, deviating = _named(judged, Verdict.PASSED), _named(judged, Verdict.DEVIATION)
    parts = [f"{len(passed)} of {len(judged)} rules hold and none is broken"]
    if deviating:
        parts.append(f"deviations from {_listed(deviating)}")
    for verdict in (Verdict.NOT_APPLICABLE, Verdict.NOT_RUN, Verdict.INCONCLUSIVE):
        names = _named(judged, verdict)
        if names:
            parts.append(f"{len(names)} {verdict.value} ({_listed(names)})")
    parts += filter(None, [_nothing_to_see(judged)])
    return "; ".join(parts)

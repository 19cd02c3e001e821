"""Mutation of the reference server: `pytest suites -p proof.mutation`.

A test for each mutant: some rule notices it, by an assertion that does not hold, or it is listed in
`survivors.tsv` with the reason why none can or should. What keeps rules from being tried, what
cannot be imported and what never ends is told apart from what is noticed.
"""

from __future__ import annotations

import csv
import signal
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from conformance.rules import Level, rule_of
from conformance.verdicts import Verdict
from proof.matrix import Matrix
from proof.mutants import Mutant, mutants_of, mutated_modules, server_of
from proof.plugin import FORK
from proof.showing import NOTICES
from proof.stage import STAGE, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from conformance.judging import Case

NAME = "proof.mutation"
SURVIVORS = Path(__file__).with_name("survivors.tsv")
MOST_SECONDS = 60
"""How long one mutant may take."""

_matrix: Matrix | None = None
"""The matrix that a forked process has inherited."""


class Outcome(StrEnum):
    """What becomes of a mutant."""

    NOTICED = "noticed"
    SURVIVED = "survived"
    INCOMPLETE = "keeps rules from being tried"
    SUITE_ERROR = "breaks the suite itself"
    CRASHED = "cannot be imported"
    ENDLESS = "never ends"


OPEN = frozenset({Outcome.SURVIVED, Outcome.INCOMPLETE, Outcome.SUITE_ERROR})
"""What needs a better rule, or a reason."""


class EndlessError(BaseException):
    """A mutant took too long."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant, the rule that noticed it, and how many cases could tell it apart."""

    outcome: Outcome
    rule: str = ""
    differing: int = 0


def pytest_configure(config: pytest.Config) -> None:
    """Have mutants in the place of a run."""
    config.pluginmanager.register(MutationPlugin(config.getoption("processes")))


class MutationPlugin:
    """Collects the rules, and puts a test for each mutant in their place."""

    def __init__(self, processes: int) -> None:
        """Take how many mutants are shown at a time."""
        self._processes = processes
        self._stage = Stage()
        self._awaited: dict[pytest.Item, Future[Fate]] = {}
        self._fates: list[Fate] = []
        self._report = Path()

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Let the fixtures find the stage."""
        session.config.stash[STAGE] = self._stage
        session.config.pluginmanager.register(self._stage)
        named = session.config.getoption("reports")
        self._report = Path(named or session.config.rootpath / "reports") / "mutants.tsv"
        self._report.parent.mkdir(parents=True, exist_ok=True)
        self._report.write_text("place\twas\tnow\toutcome\trule\tdiffering\n", encoding="utf-8")

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Keep the cases of the rules, and have a test for each mutant instead."""
        global _matrix  # noqa: PLW0603  (how a forked process finds it)
        cases = [item for item in items if rule_of(item) is not None]
        _matrix = Matrix(self._stage, cases, session.config.getoption("seed"))
        items[:] = mutant_tests(session, self._fate)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Record what the cases do on the plain server, and begin to show the mutants."""
        tests = [item for item in session.items if isinstance(item, MutantItem)]
        if session.config.option.collectonly or _matrix is None:
            return
        _matrix.record()
        pool = ProcessPoolExecutor(self._processes, mp_context=get_context(FORK))
        session.config.add_cleanup(lambda: pool.shutdown(cancel_futures=True))
        self._awaited = {test: pool.submit(fate_of, test.mutant) for test in tests}

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Give the score."""
        outcomes = [fate.outcome for fate in self._fates]
        counted = {each: outcomes.count(each) for each in dict.fromkeys(outcomes)}
        score = 100 * counted.get(Outcome.NOTICED, 0) / max(1, len(outcomes))
        listed = ", ".join(f"{count} {outcome}" for outcome, count in counted.items())
        terminalreporter.write_line(f"{len(outcomes)} mutants: {listed}; {score:.1f} % noticed")

    def _fate(self, test: MutantItem) -> Fate:
        """Return what became of a mutant, as soon as it is known."""
        fate = self._awaited.pop(test).result()
        self._fates.append(fate)
        row = (*test.mutant.key, fate.outcome, fate.rule, str(fate.differing))
        with self._report.open("a", encoding="utf-8") as file:
            file.write("\t".join(row) + "\n")
        return fate


def fate_of(mutant: Mutant) -> Fate:
    """Show a mutant to the cases that can tell it from the plain server, until one notices it."""
    if _matrix is None:
        message = "no matrix is recorded"
        raise RuntimeError(message)
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(MOST_SECONDS)
    try:
        return judged(_matrix, mutant)
    except EndlessError:
        return Fate(Outcome.ENDLESS)
    finally:
        signal.alarm(0)


def give_up(*_: object) -> NoReturn:
    """End what takes too long."""
    raise EndlessError


def judged(matrix: Matrix, mutant: Mutant) -> Fate:
    """Return what becomes of a mutant, however long it takes."""
    try:
        kind = server_of(mutant)
        matrix.start.server(kind)
    except Exception:  # noqa: BLE001  (whatever a mutant raises when it is imported or started)
        return Fate(Outcome.CRASHED)
    cases: list[Case] = []
    for case in matrix.alone(kind):
        cases.append(case)
        if case.verdict in NOTICES:
            return Fate(Outcome.NOTICED, case.rule, len(cases))
    untried = [case for case in cases if case.verdict is Verdict.INCONCLUSIVE and not case.lacking]
    if any(case.verdict is Verdict.ERROR for case in cases):
        return Fate(Outcome.SUITE_ERROR, differing=len(cases))
    if any(matrix.rules[case.rule].level is Level.MUST for case in untried):
        return Fate(Outcome.INCOMPLETE, differing=len(cases))
    return Fate(Outcome.SURVIVED, differing=len(cases))


class SurvivalError(Exception):
    """A mutant is not noticed and not listed, or is both; the message says which."""


class MutantItem(pytest.Item):
    """The test that a mutant is noticed, or listed with a reason."""

    def __init__(
        self,
        *,
        mutant: Mutant,
        reason: str,
        fate: Callable[[MutantItem], Fate],
        **node: object,
    ) -> None:
        """Take the mutant, the reason why it may survive ("" for none), and what shows it."""
        super().__init__(**node)  # type: ignore[arg-type]
        self.mutant = mutant
        self.reason = reason
        self._fate = fate

    def runtest(self) -> None:
        """Wait for what becomes of the mutant."""
        fate = self._fate(self)
        if fate.outcome is Outcome.NOTICED and self.reason:
            found = f"listed ({self.reason}), but {fate.rule} notices it"
        elif fate.outcome in OPEN and not self.reason:
            found = f"{fate.outcome}; {fate.differing} cases see another response"
        else:
            return
        message = f"{self.mutant.place}: {found}\n- {self.mutant.was}\n+ {self.mutant.now}"
        raise SurvivalError(message)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override]
        """Show the change and nothing else."""
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Tell where the mutant is."""
        return self.path, None, self.name


class MutatedFile(pytest.File):
    """A module that has mutants."""

    def collect(self) -> Iterable[pytest.Item]:
        """Have nothing of its own: `mutant_tests` makes the tests."""
        return []


def mutant_tests(session: pytest.Session, fate: Callable[[MutantItem], Fate]) -> list[pytest.Item]:
    """Return a test for each mutant; refuse a list that names a mutant that there is not."""
    reasons = read_survivors(SURVIVORS)
    tests: list[pytest.Item] = []
    for path in mutated_modules():
        file = MutatedFile.from_parent(session, path=path)
        for number, mutant in enumerate(mutants_of(path), start=1):
            name = f"{mutant.place}[{number}]"
            reason = reasons.pop(mutant.key, "")
            made = MutantItem.from_parent(file, name=name, mutant=mutant, reason=reason, fate=fate)
            tests.append(made)
    if reasons:
        message = f"{SURVIVORS.name} lists mutants that are not: {sorted(reasons)}"
        raise pytest.UsageError(message)
    return tests


def read_survivors(path: Path) -> dict[tuple[str, str, str], str]:
    """Return the listed mutants with the reasons why they survive."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["place"], row["was"], row["now"]): row["reason"] for row in rows}

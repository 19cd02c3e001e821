"""The third proof: small changes of the reference server are noticed, or there is a reason.

Some rule notices a mutant, by an assertion that does not hold, or it is listed in `survivors.tsv`
with the reason why none can or should. What keeps rules from being tried, what cannot be imported
and what never ends is told apart from what is noticed.
"""

from __future__ import annotations

import csv
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from proof.mutant_results import MutantResult, Outcome, outcome_of, score, write_results
from proof.mutants import server_of
from proof.proofs import Trial, problems_of
from proof.server_results import NOTICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.rules import Rule
    from conformance.runner.judging import Case
    from proof.matrix import Matrix
    from proof.mutants import Mutant

SURVIVORS = Path(__file__).with_name("survivors.tsv")
MOST_SECONDS = 60
"""How long one mutant may take."""


class EndlessError(BaseException):
    """A mutant took too long."""


@dataclass(frozen=True, slots=True)
class ShowMutant:
    """The task to show a mutant to the cases that can tell it from the plain server.

    `reason` says why it may survive ("" for none).
    """

    mutant: Mutant
    reason: str

    def carry_out(self, matrix: Matrix) -> MutantResult:
        """Show it until a case notices it, or the time is over."""
        signal.signal(signal.SIGALRM, give_up)
        signal.alarm(MOST_SECONDS)
        try:
            return self._result(matrix)
        except EndlessError:
            return MutantResult(self.mutant.key, self.reason, Outcome.ENDLESS)
        finally:
            signal.alarm(0)

    def _result(self, matrix: Matrix) -> MutantResult:
        """Return what becomes of the mutant, however long it takes."""
        try:
            kind = server_of(self.mutant)
            matrix.start.server(kind)
        except Exception:  # noqa: BLE001  (whatever a mutant raises when it is imported or started)
            return MutantResult(self.mutant.key, self.reason, Outcome.CRASHED)
        cases: list[Case] = []
        for case in matrix.alone(kind, matrix.start.seed):
            cases.append(case)
            if case.verdict in NOTICES:
                break
        outcome = outcome_of(cases, matrix.rules)
        rule = cases[-1].rule if outcome is Outcome.NOTICED else ""
        return MutantResult(self.mutant.key, self.reason, outcome, rule, len(cases))


def give_up(*_: object) -> NoReturn:
    """End what takes too long."""
    raise EndlessError


@dataclass(frozen=True, slots=True)
class MutationProof:
    """Shows each mutant to the rules, of which one has to notice it where no reason is listed."""

    survivors: Path = SURVIVORS
    name: str = "mutants"

    def trials(self, cases: Sequence[pytest.Item]) -> list[Trial[MutantResult]]:
        """Return a trial for each mutant.

        Raises pytest.UsageError where there is no mutmut, or the list names what is no mutant.
        """
        del cases
        try:
            from proof.mutating import mutants_of, mutated_modules  # noqa: PLC0415  (needs mutmut)
        except ModuleNotFoundError as error:
            message = (
                f"--prove {self.name} needs {error.name}, which is not installed: "
                "try tox -e mutation"
            )
            raise pytest.UsageError(message) from error
        reasons = read_survivors(self.survivors)
        trials = []
        for path in mutated_modules():
            for number, mutant in enumerate(mutants_of(path), start=1):
                task = ShowMutant(mutant, reasons.pop(mutant.key, ""))
                name = f"{mutant.place}[{number}]"
                trials.append(Trial(name, (path, mutant.line), [task], problems_of))
        if reasons:
            message = f"{self.survivors.name} lists mutants that are not: {sorted(reasons)}"
            raise pytest.UsageError(message)
        return trials

    def report(self, found: Sequence[MutantResult], rules: Sequence[Rule], directory: Path) -> str:
        """Write mutants.tsv; say how many mutants came to which end."""
        del rules
        write_results(directory, found)
        return score(found)


def read_survivors(path: Path) -> dict[tuple[str, str, str], str]:
    """Return the listed mutants with the reasons why they survive."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["place"], row["was"], row["now"]): row["reason"] for row in rows}

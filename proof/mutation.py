"""The third proof: small changes of the reference server are noticed, or there is a reason.

Some rule notices a mutant, by an assertion that does not hold, or it is among those that
`survivors.tsv` lists, by their place and number, with the reason why none can or should. Mutants
are shown one by one; a trial has all those of a place, since only all together can be counted.
"""

from __future__ import annotations

import signal
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import pytest

from proof.mutant_results import MutantResult, Outcome, outcome_of, score, write_results
from proof.mutants import server_of
from proof.proofs import Trial
from proof.server_results import NOTICES
from proof.survivors import SURVIVORS, problems_in, read_survivors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from conformance.results.case import Case
    from conformance.rules import Rule
    from proof.matrix import Matrix
    from proof.mutants import Mutant

MOST_SECONDS = 60
"""How long one mutant may take."""


class EndlessError(BaseException):
    """A mutant took too long."""


@dataclass(frozen=True, slots=True)
class ShowMutant:
    """The task to show a mutant to the cases that can tell it from the plain server."""

    mutant: Mutant

    def carry_out(self, matrix: Matrix) -> MutantResult:
        """Show it until a case notices it, or the time is over."""
        signal.signal(signal.SIGALRM, give_up)
        signal.alarm(MOST_SECONDS)
        try:
            return self._result(matrix)
        except EndlessError:
            return MutantResult(self.mutant.change, Outcome.ENDLESS)
        finally:
            signal.alarm(0)

    def _result(self, matrix: Matrix) -> MutantResult:
        """Return what becomes of the mutant, however long it takes."""
        try:
            kind = server_of(self.mutant)
            matrix.start.server(kind)
        except Exception:  # noqa: BLE001  (whatever a mutant raises when it is imported or started)
            return MutantResult(self.mutant.change, Outcome.CRASHED)
        cases: list[Case] = []
        for case in matrix.alone(kind, matrix.start.seed):
            cases.append(case)
            if case.verdict in NOTICES:
                break
        outcome = outcome_of(cases)
        rule = cases[-1].rule.id if outcome is Outcome.NOTICED else ""
        return MutantResult(self.mutant.change, outcome, rule, len(cases))


def give_up(*_: object) -> NoReturn:
    """End what takes too long."""
    raise EndlessError


@dataclass(frozen=True, slots=True)
class MutationProof:
    """Shows each mutant to the rules; of a place, as many go unnoticed as are listed."""

    survivors: Path = SURVIVORS
    name: str = "mutants"

    def trials(self, cases: Sequence[pytest.Item]) -> list[Trial[MutantResult]]:
        """Return a trial for each place that has mutants.

        Raises pytest.UsageError where there is no mutmut, or the list names another place.
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
        listed = read_survivors(self.survivors)
        trials = []
        for path in mutated_modules():
            places: defaultdict[str, list[Mutant]] = defaultdict(list)
            for mutant in mutants_of(path):
                places[mutant.change.place].append(mutant)
            for place, mutants in places.items():
                tasks = [ShowMutant(mutant) for mutant in mutants]
                judge = partial(problems_in, place, listed.pop(place, {}))
                trials.append(Trial(place, (path, mutants[0].line), tasks, judge))
        if listed:
            message = f"{self.survivors.name} lists places that have no mutants: {sorted(listed)}"
            raise pytest.UsageError(message)
        return trials

    def report(self, found: Sequence[MutantResult], rules: Sequence[Rule], directory: Path) -> str:
        """Write mutants.tsv; say how many mutants came to which end."""
        del rules
        write_results(directory, found)
        return score(found, read_survivors(self.survivors))

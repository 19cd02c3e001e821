"""Shows the mutants of the reference server to the rules: `pytest suites --faults --mutate`.

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

from proof.fates import Fate, Outcome, outcome_of
from proof.mutants import mutants_of, mutated_modules, server_of
from proof.showing import NOTICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.results.case import Case
    from proof.matrix import Matrix
    from proof.mutants import Mutant

SURVIVORS = Path(__file__).with_name("survivors.tsv")
MOST_SECONDS = 60
"""How long one mutant may take."""


class EndlessError(BaseException):
    """A mutant took too long."""


@dataclass(frozen=True, slots=True)
class Mutate:
    """The task to show a mutant to the cases that can tell it from the plain server.

    `reason` says why it may survive ("" for none).
    """

    mutant: Mutant
    path: Path
    number: int
    reason: str

    @property
    def name(self) -> str:
        """The function that is changed, and a number."""
        return f"{self.mutant.place}[{self.number}]"

    @property
    def place(self) -> tuple[Path, int]:
        """The module and the line that is changed."""
        return self.path, self.mutant.line

    def carry_out(self, matrix: Matrix) -> Fate:
        """Show it until a case notices it, or the time is over."""
        signal.signal(signal.SIGALRM, give_up)
        signal.alarm(MOST_SECONDS)
        try:
            return self._fate(matrix)
        except EndlessError:
            return Fate(self.mutant.key, self.reason, Outcome.ENDLESS)
        finally:
            signal.alarm(0)

    def _fate(self, matrix: Matrix) -> Fate:
        """Return what becomes of the mutant, however long it takes."""
        try:
            kind = server_of(self.mutant)
            matrix.start.server(kind)
        except Exception:  # noqa: BLE001  (whatever a mutant raises when it is imported or started)
            return Fate(self.mutant.key, self.reason, Outcome.CRASHED)
        cases: list[Case] = []
        for case in matrix.alone(kind, matrix.start.seed):
            cases.append(case)
            if case.verdict in NOTICES:
                break
        outcome = outcome_of(cases)
        rule = cases[-1].rule.id if outcome is Outcome.NOTICED else ""
        return Fate(self.mutant.key, self.reason, outcome, rule, len(cases))


def give_up(*_: object) -> NoReturn:
    """End what takes too long."""
    raise EndlessError


def mutations() -> Iterator[Mutate]:
    """Give a task for each mutant; refuse a list that names a mutant that there is not."""
    reasons = read_survivors(SURVIVORS)
    for path in mutated_modules():
        for number, mutant in enumerate(mutants_of(path), start=1):
            yield Mutate(mutant, path, number, reasons.pop(mutant.key, ""))
    if reasons:
        message = f"{SURVIVORS.name} lists mutants that are not: {sorted(reasons)}"
        raise pytest.UsageError(message)


def read_survivors(path: Path) -> dict[tuple[str, str, str], str]:
    """Return the listed mutants with the reasons why they survive."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["place"], row["was"], row["now"]): row["reason"] for row in rows}

"""The first proof: every fault is noticed by its rules alone, every variant ends conformant."""

from __future__ import annotations

import inspect
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from proof.matrix_report import write_reports
from proof.proofs import Trial, problems_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from conformance.rules import Rule
    from proof.matrix import Kind, Matrix
    from proof.server_results import ServerResult


@dataclass(frozen=True, slots=True)
class ShowServer:
    """The task to show one server to every rule: case by case, or in a whole run."""

    kind: Kind
    seed: int
    whole: bool = False

    def carry_out(self, matrix: Matrix) -> ServerResult:
        """Show it."""
        return matrix.show(self.kind, self.seed, whole=self.whole)


@dataclass(frozen=True, slots=True)
class MatrixProof:
    """Shows faults at the first seed, and variants at all: at the second one in whole runs."""

    servers: Sequence[Kind]
    seeds: Sequence[int]
    name: str = "matrix"
    _began: float = field(default_factory=time.perf_counter)

    def trials(self, cases: Sequence[pytest.Item]) -> list[Trial[ServerResult]]:
        """Return a trial for each server at each of its seeds."""
        del cases
        return [
            self._trial(kind, seed)
            for seed in self.seeds
            for kind in self.servers
            if kind.conforms or seed == self.seeds[0]
        ]

    def report(self, found: Sequence[ServerResult], rules: Sequence[Rule], directory: Path) -> str:
        """Write matrix.json and matrix.html; say how much was shown to how many."""
        write_reports(directory, rules, found, time.perf_counter() - self._began)
        faults = [each for each in found if not each.conforms]
        return (
            f"{len(rules)} rules, {len(faults)} faults, {len(found) - len(faults)} runs against "
            f"variants, {sum(len(each.expected) for each in faults)} pairs of a fault and a rule "
            "that has to notice it; see reports/matrix.html"
        )

    def _trial(self, kind: Kind, seed: int) -> Trial[ServerResult]:
        name = f"{kind.__name__}[seed {seed}]" if kind.conforms else kind.__name__
        place = Path(inspect.getfile(kind)), inspect.getsourcelines(kind)[1]
        task = ShowServer(kind, seed, whole=seed in self.seeds[1:2])
        in_a_whole_run = not (kind.conforms or kind.case_by_case or kind.on_a_socket)
        keywords = frozenset({"in_a_whole_run"} if in_a_whole_run else ())
        return Trial(name, place, [task], problems_of, keywords)

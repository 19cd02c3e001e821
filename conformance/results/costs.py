"""What rules cost: the requests, records, wrong passwords and seconds of a recorded run, by rule.

The table is a checked-in file of tab-separated values, written anew from a run against the embedded
reference server. A run's plan is worked out from it.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from conformance.results.run import Run

METHODS = ("GET", "POST", "PUT", "DELETE")
OTHER = "other"
RECORDS = "records"
NEW_RECORDS = "new records"
"""The column of those in whose place none that is there already could be lent."""

WRONG_CREDENTIALS = "wrong credentials"
COUNTED = (*METHODS, OTHER, RECORDS, NEW_RECORDS, WRONG_CREDENTIALS)
COLUMNS = ("run", "rule", "cases", "most", *COUNTED, "seconds")

AROUND = "-"
"""What stands for a rule in the row of the requests before the first rule and after the last."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What some cases cost: what is counted, by its column, and the seconds."""

    counted: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def requests(self) -> int:
        """The requests of all methods."""
        return sum(self.counted.get(name, 0) for name in (*METHODS, OTHER))

    def times(self, factor: float) -> Cost:
        """Return it so many times, rounded up."""
        counted = {name: ceil(count * factor) for name, count in self.counted.items()}
        return Cost(counted, self.seconds * factor)

    def plus(self, other: Cost) -> Cost:
        """Return both together."""
        counted = Counter(self.counted)
        counted.update(other.counted)
        return Cost(counted, self.seconds + other.seconds)


@dataclass(frozen=True, slots=True)
class RuleCost:
    """What a rule cost in a run: how many cases it had, and the requests of the dearest one."""

    cases: int
    most: int
    cost: Cost

    def of(self, cases: int) -> Cost:
        """Return what so many cases of the rule cost at most."""
        if cases >= self.cases:
            return self.cost.times(cases / self.cases)
        share = cases * self.most / self.cost.requests if self.cost.requests else 0.0
        return self.cost.times(min(1.0, share))


Costs = dict[str, dict[str, RuleCost]]
"""Costs by the name of the recorded run, and by rule."""


def run_name(profile: str, *, allow_writes: bool) -> str:
    """Return the name under which a run of a kind is recorded."""
    return profile if allow_writes else f"{profile} read-only"


def read_costs(path: Path) -> Costs:
    """Return what a table of costs says."""
    costs: Costs = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            counted = {name: int(row[name]) for name in COUNTED}
            cost = Cost(counted, float(row["seconds"]))
            known = costs.setdefault(row["run"], {})
            known[row["rule"]] = RuleCost(int(row["cases"]), int(row["most"]), cost)
    return costs


def rules_that_read(costs: Costs) -> frozenset[str]:
    """Return the rules that have never sent what may write, as far as runs were recorded."""
    writing = {
        rule
        for run in costs.values()
        for rule, each in run.items()
        if any(each.cost.counted.get(name, 0) for name in (*METHODS[1:], OTHER))
    }
    return frozenset(rule for run in costs.values() for rule in run) - writing


def write_costs(path: Path, costs: Costs) -> None:
    """Write a table of costs, runs and rules in alphabetical order."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        for name, by_rule in sorted(costs.items()):
            for rule, each in sorted(by_rule.items()):
                counts = [each.cost.counted.get(column, 0) for column in COUNTED]
                seconds = f"{each.cost.seconds:.2f}"
                writer.writerow([name, rule, each.cases, each.most, *counts, seconds])


def costs_of(run: Run) -> dict[str, RuleCost]:
    """Return what each rule of a finished run cost, and what was sent around them."""
    found = {
        judged.rule.id: RuleCost(
            len(judged.cases),
            max(case.requests for case in judged.cases),
            sum_of(Cost(case.sent, case.seconds) for case in judged.cases),
        )
        for judged in run.judged()
        if judged.cases
    }
    all_of_it = Counter(by_column(run.requests.by_method.items()))
    all_of_it.subtract(
        {name: sum(each.cost.counted.get(name, 0) for each in found.values()) for name in all_of_it}
    )
    around = Cost(all_of_it)
    return {**found, AROUND: RuleCost(1, around.requests, around)}


def sum_of(costs: Iterable[Cost]) -> Cost:
    """Return what several things cost together."""
    whole = Cost()
    for each in costs:
        whole = whole.plus(each)
    return whole


def by_column(methods: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Count requests by the columns that their methods belong to."""
    counted: Counter[str] = Counter()
    for method, count in methods:
        counted[method if method in METHODS else OTHER] += count
    return dict(counted)

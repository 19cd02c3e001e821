"""What a run is about to do, worked out from what a recorded run did."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from conformance.config.profiles import DEFAULT, DEVELOPMENT, EXAMPLES
from conformance.results.costs import (
    AROUND,
    COUNTED,
    METHODS,
    NEW_RECORDS,
    OTHER,
    RECORDS,
    WRONG_CREDENTIALS,
    Cost,
    run_name,
    sum_of,
)
from conformance.results.counts import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.config.target import Target
    from conformance.results.costs import Costs

MARGIN = 1.25
"""By how much a target may cost more than the embedded server: it is asked in other ways."""

FOUND_OUT_ONCE = {"GET": 60, "POST": 15, "PUT": 15, "DELETE": 5, RECORDS: 10, NEW_RECORDS: 10}
"""What is found out once in a run, at most: in a whole run that is in the cost of some rule."""

IN_A_ROW = 0.08
"""What part of a run's requests wait for each other, however many cases run at a time."""

BESIDE = 10
"""How many more records each case needs that runs beside others: they cannot share one then."""

_WRITING = (*METHODS[1:], RECORDS, NEW_RECORDS)


@dataclass(frozen=True, slots=True)
class Plan:
    """The bounds of what a run sends; `recorded` names the run that they come from."""

    target: Target
    cases: Mapping[str, int]
    bound: Cost
    recorded: str
    is_scaled: bool
    round_trip: float
    most_requests: int | None

    @property
    def requests(self) -> int:
        """How many requests are sent at most."""
        most = self.bound.requests
        return most if self.most_requests is None else min(most, self.most_requests)

    @property
    def cases_at_a_time(self) -> int:
        """How many cases run at a time."""
        return self.target.cases_at_a_time(self.round_trip)

    @property
    def seconds(self) -> float:
        """How long that takes at the measured round trip, at the permitted rate."""
        rate = self.target.budget.requests_per_second
        in_a_row = IN_A_ROW + (1 - IN_A_ROW) / self.cases_at_a_time
        waited = self.requests * self.round_trip * in_a_row
        return max(self.bound.seconds + waited, self.requests / rate if rate else 0.0)

    def lines(self) -> Iterator[str]:
        """Give the plan, a line for each thing that it says."""
        counted = self.bound.counted
        most = {name: min(counted.get(name, 0), self.requests) for name in (*METHODS, OTHER)}
        by_method = ", ".join(f"{name} {count}" for name, count in most.items())
        yield f"plan of a run against {self.target.base_url}"
        yield f"rules            {len(self.cases)} ({sum(self.cases.values())} cases)"
        yield f"requests         at most {self.requests} ({by_method})"
        yield f"records          {self._records()}"
        yield f"wrong passwords  at most {counted.get(WRONG_CREDENTIALS, 0)}"
        yield (
            f"seconds          about {self.seconds:.0f}, at {self.round_trip * 1000:.0f} ms for a "
            f"request and its answer, {number_of(self.cases_at_a_time, 'case')} at a time"
        )
        yield self._basis()

    @property
    def most_that_stay(self) -> int:
        """How many records stay at most where no DELETE is offered."""
        made, new = (self.bound.counted.get(name, 0) for name in (RECORDS, NEW_RECORDS))
        others = self.cases_at_a_time - 1
        return min(made, new + self.target.budget.records + BESIDE * others)

    def _records(self) -> str:
        if not self.target.allow_writes:
            return "none: the run may not write (--allow-writes)"
        made, alive = self.bound.counted.get(RECORDS, 0), self.target.budget.records
        text = f"at most {made} are made, at most {min(made, alive)} at once, and deleted again"
        kept = [
            name for name, offered in self.target.claims.methods.items() if "DELETE" not in offered
        ]
        if kept:
            names = ", ".join(sorted(kept))
            return (
                f"{text}; at most {self.most_that_stay} stay, of {names}: no DELETE is offered, so "
                "they are used again"
            )
        return (
            f"{text}; those of a resource that offers no DELETE are used again and stay, at most "
            f"{self.most_that_stay}"
        )

    def _basis(self) -> str:
        text = (
            f"from a recorded {self.recorded} run against the reference server, and a margin of "
            f"{MARGIN - 1:.0%}; a server that takes each digest once is sent up to twice as many"
        )
        return f"{text}; scaled, as none with this profile was recorded" if self.is_scaled else text


def plan_of(
    costs: Costs,
    target: Target,
    profile: str,
    cases: Mapping[str, int],
    round_trip: float,
) -> Plan:
    """Return the plan of a run of so many cases of each rule, given what was recorded."""
    recorded, factor = _recorded(costs, profile, allow_writes=target.allow_writes)
    known = costs[recorded]
    dearest = max(known.values(), key=lambda each: each.most if each.cases else 0)
    chosen = {
        rule: known[rule].of(count) if rule in known else dearest.of(1).times(count)
        for rule, count in cases.items()
    }
    rules = sum_of(chosen.values()).times(factor)
    around = known[AROUND].cost
    whole = sum_of(each.cost for rule, each in known.items() if rule != AROUND)
    share = rules.counted.get(RECORDS, 0) / max(1, whole.counted.get(RECORDS, 0))
    bound = rules.plus(around.times(min(factor, share))).times(MARGIN).plus(Cost(FOUND_OUT_ONCE))
    permitted = {
        name: bound.counted.get(name, 0)
        for name in COUNTED
        if target.allow_writes or name not in _WRITING
    }
    bound = Cost(permitted, ceil(bound.seconds))
    return Plan(target, cases, bound, recorded, factor > 1, round_trip, target.budget.requests)


def _recorded(costs: Costs, profile: str, *, allow_writes: bool) -> tuple[str, float]:
    """Return the name of the recorded run to look at, and how much more a profile tries."""
    name = run_name(profile, allow_writes=allow_writes)
    if name in costs:
        return name, 1.0
    examples = EXAMPLES["thorough" if profile == DEVELOPMENT else profile]
    fallback = run_name(DEFAULT, allow_writes=allow_writes)
    return fallback, max(1.0, examples / EXAMPLES[DEFAULT])

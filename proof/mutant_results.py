"""What becomes of mutants that are shown to the rules, and their score."""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from conformance.rules import Level
from conformance.verdicts import Verdict
from proof.server_results import NOTICES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from conformance.results.case import Case
    from proof.mutants import Change


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


@dataclass(frozen=True, slots=True)
class MutantResult:
    """What became of a mutant, the rule that noticed it, and how many cases could tell it apart."""

    change: Change
    outcome: Outcome
    rule: str = ""
    differing: int = 0

    @property
    def difference(self) -> str:
        """The lines that differ, and what the rules say of it."""
        return f"{self.change}\n  {self.outcome}; {self.differing} cases see another response"


def outcome_of(cases: Sequence[Case]) -> Outcome:
    """Return what cases that could tell a mutant apart say of it."""
    verdicts = {case.verdict for case in cases}
    if verdicts & NOTICES:
        return Outcome.NOTICED
    if Verdict.ERROR in verdicts:
        return Outcome.SUITE_ERROR
    untried = [case for case in cases if case.verdict is Verdict.INCONCLUSIVE and not case.lacking]
    if any(case.rule.level is Level.MUST for case in untried):
        return Outcome.INCOMPLETE
    return Outcome.SURVIVED


def write_results(directory: Path, results: Sequence[MutantResult]) -> None:
    """Write mutants.tsv: each mutant with what became of it."""
    rows = [
        ("place", "was", "now", "outcome", "rule", "differing"),
        *(
            (*astuple(each.change), each.outcome, each.rule, str(each.differing))
            for each in results
        ),
    ]
    directory.mkdir(parents=True, exist_ok=True)
    text = "".join("\t".join(row) + "\n" for row in rows)
    (directory / "mutants.tsv").write_text(text, encoding="utf-8")


def score(results: Sequence[MutantResult], listed: Mapping[str, Mapping[str, int]]) -> str:
    """Say how many mutants came to which end, and of which kind the listed reasons are.

    Of the list, what is about places that were not tried is left out.
    """
    ends = Counter(result.outcome for result in results)
    kinds: Counter[str] = Counter()
    for place in {result.change.place for result in results}:
        for reason, count in listed.get(place, {}).items():
            kinds[reason.partition(":")[0]] += count
    share = 100 * ends[Outcome.NOTICED] / max(1, len(results))
    return (
        f"{len(results)} mutants: {listing(ends)}; {share:.1f} % noticed; "
        f"listed are {listing(kinds) or 'none'}; see reports/mutants.tsv"
    )


def listing(counted: Counter[Outcome] | Counter[str]) -> str:
    """Return counts as one line, the greatest first."""
    return ", ".join(f"{count} {what}" for what, count in counted.most_common())

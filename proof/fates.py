"""What becomes of mutants that are shown to the rules, and their score."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from conformance.rules import Level
from conformance.verdicts import Verdict
from proof.showing import NOTICES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from conformance.results.case import Case


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
class Fate:
    """What became of a mutant, the rule that noticed it, and how many cases could tell it apart.

    `key` is that of the mutant, `reason` the one for which it may survive ("" for none).
    """

    key: tuple[str, str, str]
    reason: str
    outcome: Outcome
    rule: str = ""
    differing: int = 0

    @property
    def problems(self) -> list[str]:
        """That it survived without a reason, or was noticed in spite of one."""
        if self.outcome is Outcome.NOTICED and self.reason:
            found = f"listed ({self.reason}), but {self.rule} notices it"
        elif self.outcome in OPEN and not self.reason:
            found = f"{self.outcome}; {self.differing} cases see another response"
        else:
            return []
        place, was, now = self.key
        return [f"{place}: {found}\n- {was}\n+ {now}"]


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


def write_fates(directory: Path, fates: Sequence[Fate]) -> None:
    """Write mutants.tsv: each mutant with what became of it."""
    rows = [
        ("place", "was", "now", "outcome", "rule", "differing", "reason"),
        *((*each.key, each.outcome, each.rule, str(each.differing), each.reason) for each in fates),
    ]
    directory.mkdir(parents=True, exist_ok=True)
    text = "".join("\t".join(row) + "\n" for row in rows)
    (directory / "mutants.tsv").write_text(text, encoding="utf-8")


def score(fates: Sequence[Fate]) -> str:
    """Say how many mutants came to which end, and of which kind the listed reasons are."""
    ends = Counter(fate.outcome for fate in fates)
    kinds = Counter(fate.reason.partition(":")[0] for fate in fates if fate.reason)
    share = 100 * ends[Outcome.NOTICED] / max(1, len(fates))
    return (
        f"{len(fates)} mutants: {listing(ends)}; {share:.1f} % noticed; "
        f"listed are {listing(kinds) or 'none'}; see reports/mutants.tsv"
    )


def listing(counted: Counter[Outcome] | Counter[str]) -> str:
    """Return counts as one line, the greatest first."""
    return ", ".join(f"{count} {what}" for what, count in counted.most_common())

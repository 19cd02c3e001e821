"""What can be said of a rule after a run, and of the run as a whole."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable


class Verdict(Enum):
    """What a run found out about a rule, the worst first."""

    ERROR = "error"
    FAILED = "failed"
    DEVIATION = "deviation"
    INCONCLUSIVE = "inconclusive"
    NOT_RUN = "not run"
    PASSED = "passed"
    NOT_APPLICABLE = "not applicable"

    @property
    def rank(self) -> int:
        """Position among the verdicts; 0 is the worst."""
        return list(Verdict).index(self)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of a rule from those of its cases.

    A case that does not apply takes nothing from cases that passed. Raises ValueError where there
    is no case.
    """
    return min(verdicts, key=lambda verdict: verdict.rank)


class ExitCode(IntEnum):
    """How a run ends; 2, 4 and 5 are pytest's own."""

    CONFORMANT = 0
    NOT_CONFORMANT = 1
    INTERNAL_ERROR = 3
    USAGE = 4
    UNREACHABLE = 10
    INCOMPLETE = 11
    LEFTOVERS = 13


class OutcomeError(Exception):
    """Ends a case with a verdict that is not the target's fault."""

    verdict = Verdict.INCONCLUSIVE


class SetupFailed(OutcomeError):  # noqa: N818  (the word of the rule book, not an error of ours)
    """What a rule needs before its stimulus could not be had: the rule could not be tried."""


class BudgetSpent(SetupFailed):
    """The run has sent, or taken, all that it may."""


class Unobservable(SetupFailed):
    """The rule was tried and nothing was there to be observed."""


class NotApplicable(OutcomeError):  # noqa: N818
    """The target does not offer what the rule is about."""

    verdict = Verdict.NOT_APPLICABLE


class NotRun(OutcomeError):  # noqa: N818
    """What the rule needs is not permitted in this kind of run, or was not told."""

    verdict = Verdict.NOT_RUN


def unobservable(reason: str) -> NoReturn:
    """End the case as inconclusive, since nothing could be observed."""
    raise Unobservable(reason)


def not_applicable(reason: str) -> NoReturn:
    """End the case: the target does not offer what it is about."""
    raise NotApplicable(reason)


def not_run(reason: str) -> NoReturn:
    """End the case: the run does not permit it, or was not told what it needs."""
    raise NotRun(reason)


def unclaimed(key: str) -> NoReturn:
    """End the case: it needs something that only the owner of the target can claim."""
    not_run(f"needs claims.{key} in the target file")

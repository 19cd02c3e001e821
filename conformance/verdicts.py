"""The verdicts on a rule and on a run, and the outcomes that end a case."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable


class Verdict(Enum):
    """The verdict of a run on a rule, the worst first."""

    ERROR = "error"
    FAILED = "failed"
    DEVIATION = "deviation"
    INCONCLUSIVE = "inconclusive"
    NOT_RUN = "not run"
    PASSED = "passed"
    NOT_APPLICABLE = "not applicable"


_WORST_FIRST = tuple(Verdict)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of a rule from those of its cases.

    A case that is not applicable does not spoil cases that passed. Raises ValueError where there is
    no case.
    """
    return min(verdicts, key=_WORST_FIRST.index)


class ExitCode(IntEnum):
    """How a run ends; 4 and 5 are pytest's own."""

    CONFORMANT = 0
    NOT_CONFORMANT = 1
    INTERRUPTED = 2
    INTERNAL_ERROR = 3
    USAGE = 4
    UNREACHABLE = 10
    INCOMPLETE = 11
    STALE = 12
    LEFTOVERS = 13


class OutcomeError(Exception):
    """Ends a case with a verdict that is not the target's fault."""

    verdict = Verdict.INCONCLUSIVE


class SetupFailed(OutcomeError):  # noqa: N818  (the word of the rule book, not an error of ours)
    """The preparation of a rule failed before its stimulus: it could not be tried."""


class BudgetSpent(SetupFailed):
    """The run has sent all its requests, or used all its time."""


class Busy(SetupFailed):
    """The server, or a gateway before it, said that it has no time, and did so for too long."""


class Unobservable(SetupFailed):
    """The rule was tried, but nothing could be observed."""


class NotApplicable(OutcomeError):  # noqa: N818
    """The target does not offer what the rule is about."""

    verdict = Verdict.NOT_APPLICABLE


class NotRun(OutcomeError):  # noqa: N818
    """The run does not permit what the rule needs, or lacks a setting for it."""

    verdict = Verdict.NOT_RUN


class Stopped(NotRun):
    """The target is gone, or lets nobody in any more: the run sends nothing further."""


def unobservable(reason: str) -> NoReturn:
    """End the case as inconclusive, since nothing could be observed."""
    raise Unobservable(reason)


def not_applicable(reason: str) -> NoReturn:
    """End the case as not applicable: the target does not offer what it is about."""
    raise NotApplicable(reason)


def applicable_if(condition: object, reason: str) -> None:
    """End the case as not applicable, for a reason, unless a condition holds."""
    if not condition:
        raise NotApplicable(reason)


def observable_if(condition: object, reason: str) -> None:
    """End the case as inconclusive, for a reason, unless a condition holds."""
    if not condition:
        raise Unobservable(reason)


def not_run(reason: str) -> NoReturn:
    """End the case as not run: the run does not permit it, or lacks a setting for it."""
    raise NotRun(reason)


def unclaimed(key: str) -> NoReturn:
    """End the case as not run: it needs a claim that only the owner of the target can make."""
    not_run(f"needs claims.{key} in the target file")

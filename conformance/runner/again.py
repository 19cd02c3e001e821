"""A case that met its surroundings, and not a broken rule, is tried once more.

So is one that records were lent to, with new ones. Three surroundings are told from the target's
own faults: reads that are behind the last write, which are measured, judged by one rule, and then
waited for; an answer that was lost on its way, or an idle connection that the server closed just
when something was to be written over it; and a target that was busy, away, or had locked the
account.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

import pytest

from conformance.checks.late_reads import learn_settling
from conformance.checks.unanswered import LEAST
from conformance.clients.lending import with_new_records
from conformance.rules import rule_of
from conformance.runner.search_ends import Ended, Enough
from conformance.verdicts import BudgetSpent, Busy, NotApplicable, NotRun, OutcomeError, SetupFailed
from conformance.wire.failures import CLOSED_IDLE, CUT_SHORT, HANG_UPS
from conformance.wire.recorder import current_recorder, recording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.roles import Roles
    from conformance.wire.exchanges import Exchange

JUDGES_LATE_READS: Final = "reads-follow-the-last-write"
RIGHT: Final = frozenset({"api", "raw"})
"""The roles of the account's own callers."""

MOST_MEASUREMENTS: Final = 3
"""How often a run measures how far reads are behind: it may vary."""

MOST_MORE_TRIES: Final = 12
"""How often a run tries cases again, so that it is sure that their requests are not answered."""


class Again:
    """Tries a case once more where its surroundings may be all that was the matter."""

    def __init__(self, roles: Roles) -> None:
        """Take the callers of the run."""
        self._roles = roles
        self._measured = 0
        self._more_tries = MOST_MORE_TRIES
        self._measuring = threading.Lock()

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool:
        """Call a rule with what pytest has prepared."""
        names = pyfuncitem._fixtureinfo.argnames  # noqa: SLF001  (pytest tells it nowhere else)
        self.call_rule(pyfuncitem, {name: pyfuncitem.funcargs[name] for name in names})
        return True

    def call_rule(self, item: pytest.Function, arguments: Mapping[str, Any]) -> None:
        """Call a rule, and once more where it is worth it."""
        try:
            with self._roles.patience.excusing():
                item.obj(**arguments)
        except Busy:
            pass
        except (AssertionError, OutcomeError, Ended, Enough, BaseExceptionGroup) as error:
            if not _may_be_the_loan(error) and not self._is_worth_it(item):
                raise
        else:
            return
        recorder = current_recorder()
        while True:
            recorder.begin_again()
            try:
                with self._roles.patience.excusing(), with_new_records(alone=recorder.borrowed > 0):
                    item.obj(**arguments)
            except SetupFailed:
                if not self._has_to_be_sure(recorder.exchanges):
                    raise
            else:
                return

    def _is_worth_it(self, item: pytest.Function) -> bool:
        """Tell whether a case that did not pass may pass when it is tried once more."""
        rule, exchanges = rule_of(item), current_recorder().exchanges
        if rule is None or rule.id == JUDGES_LATE_READS:
            return False
        lost = [each for each in exchanges if each.failure]
        if any(each.role in RIGHT or each.failure in {CLOSED_IDLE, CUT_SHORT} for each in lost):
            return True
        if not self._roles.target.allow_writes or all(each.outgoing.is_safe for each in exchanges):
            return False
        return self._reads_are_late()

    def _has_to_be_sure(self, exchanges: list[Exchange]) -> bool:
        """Tell whether to try again what a server has hung up on each time so far.

        A few cases are tried until it is sure that what they send gets no answer at all.
        """
        lost = [each.failure for each in exchanges if each.role == "api" and each.failure]
        hung_up = [each for each in lost if each in HANG_UPS]
        if len(hung_up) >= LEAST or not lost or not {*lost} <= {*HANG_UPS, CLOSED_IDLE}:
            return False
        with self._measuring:
            self._more_tries -= 1
            return self._more_tries >= 0

    def _reads_are_late(self) -> bool:
        """Measure whether reads are behind, where that is not known; aside from the case."""
        with self._measuring:
            if self._measured >= MOST_MEASUREMENTS:
                return False
            self._measured += 1
            with recording():
                return learn_settling(self._roles.api, self._roles.second_session)


def _may_be_the_loan(error: BaseException) -> bool:
    """Tell whether a case may have ended as it did since a record was lent to it."""
    is_said = isinstance(error, (NotApplicable, NotRun, BudgetSpent))
    return current_recorder().borrowed > 0 and not is_said

"""The pytest side of a run on several threads: cases are performed first, and reported in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.config.selection import SMOKE
from conformance.runner.ahead import Ahead
from conformance.runner.explained import comparisons_explained
from conformance.runner.performing import Stagehand, report
from conformance.runner.selection import SELECTION
from conformance.runner.stages import performable

if TYPE_CHECKING:
    from conformance.clients.roles import Roles
    from conformance.runner.again import Again
    from conformance.runner.performing import Performed
    from conformance.runner.progress import Progress

ONE_BY_ONE = ("maxfail", "usepdb", "trace", "setupshow", "setupplan", "setuponly", "stepwise")
"""Options of pytest that are about one case after another."""


class Threads:
    """Performs the cases of a run ahead of pytest's own loop, where there are several workers."""

    def __init__(
        self, roles: Roles, again: Again, progress: Progress, readers: frozenset[str]
    ) -> None:
        """Take the callers of the run, what calls its rules, and what tells how far it is.

        `readers` are the rules that are known to read only.
        """
        self._roles = roles
        self._stagehand = Stagehand(roles, again)
        self._progress = progress
        self._readers = readers
        self._performed: dict[pytest.Item, Performed] = {}

    def performed(self, item: pytest.Item) -> Performed | None:
        """Return what came of a case; None where it was not performed ahead."""
        return self._performed.get(item)

    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Perform the cases; where that is interrupted, report those that are done by then."""
        workers = workers_of(session.config, self._roles)
        items = performable(session.items)
        if workers <= 1 or len(items) <= 1 or session.testsfailed:
            return
        ahead = Ahead(items, self._stagehand, self._readers)
        self._performed = ahead.performed
        try:
            with comparisons_explained(items[0]):
                ahead.perform(workers, lambda: self._progress.look(len(ahead.performed)))
        except KeyboardInterrupt:
            self._performed = ahead.performed.copy()
            for item in session.items:
                if item in self._performed:
                    item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
            raise

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Report a case that was performed."""
        performed = self.performed(item)
        if performed is None:
            return None
        report(item, performed)
        return True


def workers_of(config: pytest.Config, roles: Roles) -> int:
    """Return how many cases are performed at a time."""
    one_by_one = any(config.getoption(name, default=None) for name in ONE_BY_ONE)
    smoke = config.stash[SELECTION].marks == SMOKE
    quickest = min((each.seconds for each in roles.gate.journal.exchanges), default=0.0)
    return 1 if one_by_one or smoke else roles.target.cases_at_a_time(quickest)

"""Runs the cases of rules against one reference server after another, in one pytest session."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest
from _pytest.runner import runtestprotocol  # made for running an item again; nothing public is

from conformance.rules import rule_of
from conformance.runner.explained import comparisons_explained
from conformance.runner.found import comparison_kept
from conformance.runner.judging import Judge
from conformance.wire.recorder import Recorder, recording

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from conformance.clients.roles import Roles
    from conformance.results.case import Case

CASE_RUNNER = pytest.StashKey["CaseRunner"]()


class CaseRunner:
    """Gives rules the callers of the server that is shown now, and judges what comes of it."""

    def __init__(self) -> None:
        """Start with nothing shown, and with comparisons told in one line, which is faster."""
        self.explains = False
        self._roles: Roles | None = None
        self._judge: Judge | None = None
        self._recorder = Recorder()
        self._cases: list[Case] = []

    @property
    def roles(self) -> Roles:
        """The callers of the server that is shown now."""
        if self._roles is None:
            message = "no server is shown"
            raise RuntimeError(message)
        return self._roles

    def run(self, items: Sequence[pytest.Item], roles: Roles) -> list[Case]:
        """Run test items in order with these callers; return their cases, judged, as a list."""
        self._roles, self._cases = roles, []
        self._judge = Judge(roles.target, roles.journal)
        try:
            for item, following in zip_longest(items, items[1:]):
                how = comparisons_explained(item) if self.explains else nullcontext()
                with recording() as self._recorder, how:
                    runtestprotocol(item, log=False, nextitem=following)
                roles.journal.note(self._recorder.readings)
        finally:
            self._roles = self._judge = None
        return self._cases

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self) -> Generator[None, object, object]:
        """Find nothing where the server is not well, as a run does."""
        if self._roles is None:
            return (yield)
        with self._roles.patience.excusing():
            return (yield)

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> list[str] | None:
        """Keep both sides of a comparison that did not hold, to be told in words as in a run."""
        return comparison_kept(op, left, right) if self.explains else None

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Judge a case when its body has run, or when something else of it failed."""
        report = yield
        rule = rule_of(item)
        if self._judge is not None and rule and (call.when == "call" or call.excinfo is not None):
            self._cases.append(self._judge.case(rule, item.name, call, self._recorder))
        return report

"""--plan: what a run would send, before it sends anything but a ping."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from conformance.results.costs import read_costs
from conformance.results.plan import plan_of
from conformance.results.printable import printable
from conformance.results.redaction import Redactor
from conformance.rules import rule_of
from conformance.runner.preflight import contact, obstacle
from conformance.runner.rule_list import QUIET
from conformance.verdicts import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.clients.roles import Roles


class PlanPlugin:
    """Prints the plan of a run in place of running it."""

    def __init__(self, config: pytest.Config, roles: Roles, costs: Path) -> None:
        """Take the callers of the target, and the table of what rules cost."""
        self._config = config
        self._roles = roles
        self._costs = costs
        self._exit_code: int = ExitCode.CONFORMANT
        config.option.verbose = QUIET

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what is no rule, so that a plan of nothing ends with 5."""
        items[:] = [item for item in items if rule_of(item) is not None]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Contact the target, and print the plan, or why no run is possible."""
        if session.testsfailed or not session.items:
            return None
        sys.stdout.writelines(f"{line}\n" for line in self._lines(session.items))
        self._config.pluginmanager.unregister(name="terminalreporter")
        return True

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """End with 10 where the target cannot be reached."""
        session.exitstatus = session.exitstatus or self._exit_code

    def pytest_unconfigure(self) -> None:
        """Close the connections."""
        self._roles.close()

    def _lines(self, items: list[pytest.Item]) -> list[str]:
        roles, target = self._roles, self._roles.target
        first = contact(roles)
        redact = Redactor(target.credentials, roles.journal, target.other_credentials)
        if told := obstacle(target, first):
            self._exit_code = ExitCode.UNREACHABLE
            return [redact(told)]
        cases = Counter(rule.id for item in items if (rule := rule_of(item)) is not None)
        profile: str = self._config.getoption("profile")
        plan = plan_of(read_costs(self._costs), target, profile, cases, first.seconds)
        return list(map(printable, plan.lines()))

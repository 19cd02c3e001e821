"""--list-rules: what would run, one line a rule, without a target."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from conformance.rules import rule_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.rules import Rule

QUIET = -2
"""The verbosity with which pytest says nothing about what it collects."""


class RuleListPlugin:
    """Prints the rules that are selected in place of running them."""

    def __init__(self, config: pytest.Config) -> None:
        """Let pytest say nothing beside the list; its errors it still says."""
        self._config = config
        config.option.verbose = QUIET
        config.option.collectonly = False

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what is no rule, so that a list without a line ends with 5."""
        items[:] = [item for item in items if rule_of(item) is not None]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Print the list, and nothing after it."""
        if session.testsfailed:
            return None
        rules = {rule.id: rule for item in session.items if (rule := rule_of(item))}
        sys.stdout.writelines(f"{line}\n" for line in rule_lines(rules.values()))
        self._config.pluginmanager.unregister(name="terminalreporter")
        return True


def rule_lines(rules: Iterable[Rule]) -> list[str]:
    """Return id, level, statements and title of each rule, in columns."""
    rows = [(rule.id, rule.level.value, " ".join(rule.statements), rule.title) for rule in rules]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in rows
    ]

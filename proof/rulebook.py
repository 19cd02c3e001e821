"""The rule book: every statement of the document with the rules that check it, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.spec.statements import Statement, statements
from proof.completeness import collected_rules, gaps, lost_ids, write_ids

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from conformance.rules import Rule
    from proof.completeness import Reasons

_INTRODUCTION = """\
# Rule book

Every statement of the document, in its order and in this project's words, with the rules that
check it. A rule is MUST where the document states or shows what it checks, SHOULD where a client
or another page relies on it or it is inferred. Behind each rule: where it is documented, and the
faults of the reference server that it notices.

This file is made from the rules (`make rulebook`); `make test` fails where it is stale.
"""


class RulebookPlugin:
    """Checks that the rules are complete and the rule book is up to date, or writes it anew."""

    def __init__(
        self,
        root: Path,
        breaks: Mapping[str, frozenset[str]],
        reasons: Reasons,
        *,
        write: bool,
    ) -> None:
        """Take the checkout, the rules that each fault breaks, and the reasons for gaps."""
        self._path = root / "rulebook.md"
        self._ids = root / "suites" / "rule_ids.txt"
        self._breaks = breaks
        self._reasons = reasons
        self._write = write

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Write the rule book if asked to, then fail for gaps, lost ids or a stale book."""
        rules, problems = collected_rules(session.items)
        text = rulebook(rules, self._breaks, self._reasons)
        if self._write:
            self._path.write_text(text, encoding="utf-8")
            write_ids(self._ids, rules)
        problems += gaps(rules, self._breaks, self._reasons) + lost_ids(self._ids, rules)
        if not self._path.exists() or self._path.read_text(encoding="utf-8") != text:
            problems.append(f"{self._path.name} is stale: write it anew with `make rulebook`")
        writer = session.config.get_terminal_writer()
        for problem in problems:
            writer.line(problem, red=True)
        writer.line(
            f"{len(statements())} statements, {len(rules)} rules, {len(self._breaks)} faults, "
            f"{len(problems)} problems"
        )
        session.testsfailed += len(problems)
        return True

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """End with 1 where there is a problem, otherwise with 0, although no test has run."""
        ended = pytest.ExitCode.TESTS_FAILED if session.testsfailed else pytest.ExitCode.OK
        if session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
            session.exitstatus = ended


def rulebook(rules: list[Rule], breaks: Mapping[str, frozenset[str]], reasons: Reasons) -> str:
    """Return the rule book as Markdown."""
    lines = [_INTRODUCTION]
    chapter = ""
    for statement in statements().values():
        if statement.chapter != chapter:
            chapter = statement.chapter
            lines.append(f"## {chapter}\n")
        lines.append(f"### {statement.id}\n\n{statement.text}\n")
        mine = [rule for rule in rules if statement.id == rule.statements[0]]
        others = [rule.id for rule in rules if statement.id in rule.statements[1:]]
        lines += [_entry(rule, breaks, reasons) for rule in mine]
        if mine:
            lines.append("")
        if others:
            lines.append(f"See also {', '.join(f'`{id_}`' for id_ in others)}.\n")
        if not mine and not others:
            lines.append(_without_rule(statement, reasons))
    return "\n".join(lines).rstrip() + "\n"


def _entry(rule: Rule, breaks: Mapping[str, frozenset[str]], reasons: Reasons) -> str:
    faults = [f"`{name}`" for name, broken in breaks.items() if rule.id in broken]
    noticed = ", ".join(faults) or reasons.faultless.get(rule.id, "none yet")
    return (
        f"- **`{rule.id}`** ({rule.level.value}, {rule.basis.value}): {rule.title}\n"
        f"  Faults: {noticed}"
    )


def _without_rule(statement: Statement, reasons: Reasons) -> str:
    reason = reasons.unobservable.get(statement.id)
    return f"*Not observable.* {reason}\n" if reason else "*No rule yet.*\n"

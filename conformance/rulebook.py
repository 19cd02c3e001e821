"""The rule book: every statement of the document with the rules that check it, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.rules import rule_of
from conformance.statements import Statement, statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from conformance.rules import Rule

_INTRODUCTION = """\
# Rule book

Every statement of the document, in its order and in this project's words, with the rules that
check it. A rule is MUST where the document states or shows what it checks, SHOULD where a client
or another page relies on it or it is inferred. Behind each rule: where it is documented, and the
faults of the reference server that it notices.

This file is made from the rules (`make rulebook`); `make test` fails where it is stale.
"""


class RulebookPlugin:
    """Compares the rule book with the collected rules, or writes it anew, in place of a run."""

    def __init__(
        self,
        path: Path,
        breaks: Mapping[str, frozenset[str]],
        unobservable: Mapping[str, str],
        *,
        write: bool,
    ) -> None:
        """Take the file, the rules that each fault breaks, and the reasons for missing rules."""
        self._path = path
        self._breaks = breaks
        self._unobservable = unobservable
        self._write = write

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Write or compare; a rule book that is stale fails the session."""
        rules = {rule.id: rule for item in session.items if (rule := rule_of(item))}
        text = rulebook(rules.values(), self._breaks, self._unobservable)
        if self._write:
            self._path.write_text(text, encoding="utf-8")
        elif not self._path.exists() or self._path.read_text(encoding="utf-8") != text:
            message = f"{self._path.name} is stale: write it anew with `make rulebook`"
            session.config.get_terminal_writer().line(message, red=True)
            session.testsfailed += 1
        return True

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """End with 1 where it is stale, otherwise with 0, though no test has run."""
        stale = pytest.ExitCode.TESTS_FAILED if session.testsfailed else pytest.ExitCode.OK
        if session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
            session.exitstatus = stale


def rulebook(
    rules: Iterable[Rule], breaks: Mapping[str, frozenset[str]], unobservable: Mapping[str, str]
) -> str:
    """Return the rule book as Markdown."""
    rules = list(rules)
    lines = [_INTRODUCTION]
    chapter = ""
    for statement in statements().values():
        if statement.chapter != chapter:
            chapter = statement.chapter
            lines.append(f"## {chapter}\n")
        lines.append(f"### {statement.id}\n\n{statement.text}\n")
        mine = [rule for rule in rules if statement.id == rule.statements[0]]
        others = [rule.id for rule in rules if statement.id in rule.statements[1:]]
        lines += [_entry(rule, breaks) for rule in mine]
        if mine:
            lines.append("")
        if others:
            lines.append(f"See also {', '.join(f'`{id_}`' for id_ in others)}.\n")
        if not mine and not others:
            lines.append(_without_rule(statement, unobservable))
    return "\n".join(lines).rstrip() + "\n"


def _entry(rule: Rule, breaks: Mapping[str, frozenset[str]]) -> str:
    faults = [name for name, broken in breaks.items() if rule.id in broken]
    noticed = ", ".join(f"`{name}`" for name in faults) or "none yet"
    return (
        f"- **`{rule.id}`** ({rule.level.value}, {rule.basis.value}): {rule.title}\n"
        f"  Faults: {noticed}"
    )


def _without_rule(statement: Statement, unobservable: Mapping[str, str]) -> str:
    reason = unobservable.get(statement.id)
    return f"*Not observable.* {reason}\n" if reason else "*No rule yet.*\n"

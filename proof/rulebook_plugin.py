"""The run that checks the rule book and the completeness of the rules, or writes either form."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest

from conformance.rules import rule_of
from conformance.spec.statements import statements
from proof.completeness import collected_rules, gaps, lost_ids, write_ids
from proof.documentation import write_sources
from proof.rulebook import RuleBook
from proof.source_code import Definition, SourceCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from conformance.rules import Rule
    from proof.completeness import Reasons
    from reference.faulty import Fault, Variant


class RulebookPlugin:
    """Checks that the rules are complete and the rule book is up to date, or writes it anew."""

    def __init__(
        self,
        root: Path,
        faults: Sequence[type[Fault]],
        variants: Sequence[type[Variant]],
        reasons: Reasons,
        how: str,
    ) -> None:
        """Take the checkout, faults and variants, reasons for gaps, and what to do (`RULEBOOK`)."""
        self._root = root
        self._path = root / "rulebook.md"
        self._ids = root / "suites" / "rule_ids.txt"
        self._faults = faults
        self._variants = variants
        self._reasons = reasons
        self._how = how

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Write the rule book if asked to, then fail for gaps, lost ids or a stale book."""
        rules, problems = collected_rules(session.items)
        book = self._book(rules, session.items)
        if self._how == "pages":
            session.config.get_terminal_writer().line(write_sources(book, self._root))
            return True
        breaks = {fault.__name__: fault.breaks for fault in self._faults}
        text = book.markdown()
        if self._how == "write":
            self._path.write_text(text, encoding="utf-8")
            write_ids(self._ids, rules)
        problems += gaps(rules, breaks, self._reasons) + lost_ids(self._ids, rules)
        problems += stale(self._path, text)
        writer = session.config.get_terminal_writer()
        for problem in problems:
            writer.line(problem, red=True)
        writer.line(
            f"{len(statements())} statements, {len(rules)} rules, {len(breaks)} faults, "
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

    def _book(self, rules: list[Rule], items: Iterable[pytest.Item]) -> RuleBook:
        source, tests = SourceCode(self._root), tests_of(items)
        return RuleBook(rules, tests, self._faults, self._variants, self._reasons, source)


def tests_of(items: Iterable[pytest.Item]) -> dict[str, Definition]:
    """Return the definition of the test of each rule by the rule's id."""
    functions = [item for item in items if isinstance(item, pytest.Function)]
    return {
        rule.id: Definition(item.module.__name__, item.originalname)
        for item in functions
        if (rule := rule_of(item)) is not None
    }


def stale(path: Path, text: str) -> list[str]:
    """Return the problem of a file that is not as it would be written now, if it has one."""
    written = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    wanted = text.splitlines()
    if written == wanted:
        return []
    places = enumerate(zip_longest(written, wanted, fillvalue=""), start=1)
    line, (old, new) = next((number, pair) for number, pair in places if pair[0] != pair[1])
    message = (
        f"{path.name} is stale since line {line}, which reads {old[:90]!r} and should read "
        f"{new[:90]!r}: a rule, a fault or their lines have changed. Write it anew with "
        "`make rulebook`, and commit it"
    )
    return [message]

"""The fault matrix: every fault and variant of the reference server shown to every rule.

A rule must notice a fault that names it, by an assertion in one of its cases at least, and must
pass for every other fault and every variant. Where a fault takes from a rule what it needs first,
the rule is inconclusive, which is no notice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from conformance.exchanges import Recorder, recording
from conformance.judging import evidence_of, reason_of, verdict_of
from conformance.roles import Roles
from conformance.rules import rule_of
from conformance.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from conformance.evidence import Redactor

NOTICED = frozenset({Verdict.FAILED, Verdict.DEVIATION})
_RECORDER = pytest.StashKey[Recorder]()

Pair = tuple[str, str]
"""The name of a server and the id of a rule."""


@dataclass(slots=True)
class Tally:
    """What is known of one pair: cases still to run, and whether one of them noticed."""

    left: int = 0
    noticed: bool = False
    verdicts: Counter[Verdict] = field(default_factory=Counter)


class MatrixPlugin:
    """Judges each pair of server and rule by what the server says that it breaks."""

    def __init__(self, breaks: Mapping[str, frozenset[str]], redact: Redactor) -> None:
        """Take the ids of the rules that each server breaks, by the server's name."""
        self._breaks = breaks
        self._redact = redact
        self._tallies: dict[Pair, Tally] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Count the cases of each pair, to know which one is the last."""
        for item in session.items:
            pair = pair_of(item)
            if pair is not None:
                self._tallies.setdefault(pair, Tally()).left += 1

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Record what a case exchanges."""
        with recording() as recorder:
            item.stash[_RECORDER] = recorder
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Turn the verdict of a case into whether it is what the matrix expects."""
        report = yield
        pair = pair_of(item)
        if pair is not None and (call.when == "call" or call.excinfo is not None):
            self._judge(pair, item, call, report)
        return report

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """List, server by server, the rules that noticed without being named, and the reverse."""
        for server, named in self._breaks.items():
            tallies = {rule: tally for (of, rule), tally in self._tallies.items() if of == server}
            noticed = {rule for rule, tally in tallies.items() if tally.noticed}
            unnamed, unnoticed = sorted(noticed - named), sorted(named & tallies.keys() - noticed)
            if unnamed:
                terminalreporter.write_line(f"{server} is noticed, too, by: {' '.join(unnamed)}")
            if unnoticed:
                terminalreporter.write_line(f"{server} is not noticed by: {' '.join(unnoticed)}")
        shown = {server for server, _ in self._tallies}
        pairs = sum(rule in self._breaks[server] for server, rule in self._tallies)
        terminalreporter.write_line(
            f"{len(shown)} servers, {len({rule for _, rule in self._tallies})} rules, "
            f"{pairs} pairs of a fault and a rule that has to notice it"
        )

    def _judge(
        self,
        pair: Pair,
        item: pytest.Item,
        call: pytest.CallInfo[None],
        report: pytest.TestReport,
    ) -> None:
        rule = rule_of(item)
        if rule is None:
            return
        server, _ = pair
        recorder = item.stash[_RECORDER]
        error = call.excinfo.value if call.excinfo is not None else None
        verdict = verdict_of(rule, error, recorder)
        roles = (getattr(item, "funcargs", None) or {}).get("roles")
        if isinstance(roles, Roles):
            roles.journal.note(recorder.readings)
        tally = self._tallies[pair]
        tally.left -= 1
        tally.verdicts[verdict] += 1
        first = verdict in NOTICED and not tally.noticed
        tally.noticed = tally.noticed or first
        expected = rule.id in self._breaks[server]
        report.outcome, report.longrepr = "passed", None
        if call.when == "setup":  # passed would mean that the body can run
            path, line, _ = report.location
            reason = f"{verdict.value}: {reason_of(call.excinfo)}"
            report.outcome, report.longrepr = "skipped", (path, (line or 0) + 1, reason)
        if verdict is Verdict.ERROR or (first and not expected):
            report.outcome = "failed"
            evidence = evidence_of(rule, verdict, call.excinfo, recorder, self._redact)
            report.longrepr = f"{server} does not name {rule.id}\n\n{evidence}"
        elif expected and not tally.left and not tally.noticed:
            report.outcome = "failed"
            seen = ", ".join(f"{count} {each.value}" for each, count in tally.verdicts.items())
            report.longrepr = (
                f"{server} is not noticed by {rule.id}: {seen} {reason_of(call.excinfo)}"
            )


def pair_of(item: pytest.Item) -> Pair | None:
    """Return the server and the rule that an item brings together; None for any other item."""
    rule, callspec = rule_of(item), getattr(item, "callspec", None)
    server = callspec.params.get("roles") if callspec is not None else None
    if rule is None or server is None:
        return None
    return str(server.__name__), rule.id

"""The pytest wiring of a run: records each case, judges it, and ends the session accordingly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.results import terminal
from conformance.results.evidence import MOST_REPEATED, Redactor
from conformance.results.html_report import HtmlReport, prepare
from conformance.results.reproduction import script
from conformance.results.run import Conclusion, Run
from conformance.results.run_file import write_run_file
from conformance.results.run_kind import kind_of
from conformance.rules import Rule, rule_of
from conformance.runner.judging import (
    CASE,
    Case,
    case_of,
    judged_case,
)
from conformance.runner.preflight import contact, obstacle, preflight_warning
from conformance.runner.selection import SELECTION
from conformance.verdicts import Verdict
from conformance.wire.exchanges import Recorder, recording

if TYPE_CHECKING:
    from collections.abc import Generator

RUN = pytest.StashKey[Run]()
CONCLUSION = pytest.StashKey[Conclusion]()
_RECORDER = pytest.StashKey[Recorder]()

_FAILING = frozenset({Verdict.ERROR, Verdict.FAILED})


def start_run(config: pytest.Config, run: Run) -> None:
    """Make this session a run: its reports will be written, its exit code will be the run's."""
    config.stash[RUN] = run
    config.option.tbstyle = "native"  # the evidence replaces tracebacks: make the cheapest
    directory = run.target.reports
    config.option.xmlpath = config.option.xmlpath or str(directory / "junit.xml")
    report = HtmlReport(run)
    prepare(config, directory, report)
    config.pluginmanager.register(RunPlugin(config, run, report), "conformance-run")


class RunPlugin:
    """Judges the cases of one run."""

    def __init__(self, config: pytest.Config, run: Run, report: HtmlReport) -> None:
        """Take the run that the session is, and the report that it ends in."""
        self._config = config
        self._run = run
        self._report = report
        self._redact = Redactor(run.target.credentials)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note which rules are selected, in the order in which they are written, and the kind."""
        found = {rule.id: rule for item in session.items if (rule := rule_of(item))}
        self._run.rules = list(found.values())
        self._run.kind = kind_of(
            self._config.stash[SELECTION],
            allow_writes=self._run.target.allow_writes,
            profile=self._config.getoption("profile"),
        )

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Contact the target before the first rule; without it there is nothing to do."""
        if session.config.option.collectonly or not self._run.rules:
            return None
        first = contact(self._run.roles)
        self._run.unreachable = self._redact(obstacle(self._run.target, first))
        self._run.preflight_warning = preflight_warning(first.response)
        return True if self._run.unreachable else None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Record what a case exchanges, from its preparation to its end."""
        with recording() as recorder:
            item.stash[_RECORDER] = recorder
            result = yield
        self._run.roles.journal.note(recorder.readings)
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Judge a case when its body has run, or when something else of it failed."""
        report = yield
        rule = rule_of(item)
        if rule is not None and (call.when == "call" or call.excinfo is not None):
            recorder = item.stash[_RECORDER]
            case = judged_case(rule, item.name, call, recorder, self._run.target)
            case = replace(case, evidence=case.evidence + self._script(recorder, case))
            setattr(report, CASE, case)
            self._present(report, case)
            item.user_properties += properties_of(rule, case)
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep a judged case."""
        case = case_of(report)
        if case is not None:
            self._run.cases.append(case)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(
        self, report: pytest.TestReport
    ) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
        """Show a case by its verdict."""
        case = case_of(report)
        return terminal.status(case.verdict) if case is not None else None

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(
        self, session: pytest.Session, exitstatus: int
    ) -> Generator[None, None, None]:
        """Clean up, conclude, and write run.json; the run's exit code becomes the session's."""
        run = self._run
        if not run.unreachable and run.target.allow_writes and run.cases:
            run.left = [identity.path for identity in run.roles.api.clean_up()]
        run.stop_clock()
        if run.rules and not session.config.option.collectonly:
            conclusion = run.conclude(int(exitstatus))
            session.config.stash[CONCLUSION] = self._report.conclusion = conclusion
            session.exitstatus = conclusion.exit_code
            write_run_file(run.target.reports / "run.json", run, conclusion)
        yield

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show the evidence of what did not pass, every rule's verdict, and the conclusion."""
        conclusion = self._config.stash.get(CONCLUSION, None)
        if conclusion is not None:
            terminal.summarize(terminalreporter, self._run, conclusion)

    def pytest_unconfigure(self) -> None:
        """Close the connections."""
        self._run.roles.close()

    def _script(self, recorder: Recorder, case: Case) -> str:
        """Return what repeats the smallest generated example that failed, if one did."""
        if recorder.failed is None or not case.evidence:
            return ""
        redact = Redactor(self._run.target.credentials, recorder.exchanges)
        shown = recorder.last(MOST_REPEATED)
        lines = script(shown, self._run.roles.journal.exchanges, self._run.target, redact)
        return "\n\n" + "\n".join(["To repeat it:", *lines])

    def _present(self, report: pytest.TestReport, case: Case) -> None:
        """Give pytest's report the outcome and the text that follow from a verdict."""
        failing = _FAILING | ({Verdict.DEVIATION} if self._run.target.strict_should else set())
        if case.verdict in failing:
            report.outcome = "failed"
            report.longrepr = f"{case.evidence}\n\n{case.curl}"
        elif case.verdict is Verdict.PASSED:
            report.outcome, report.longrepr = "passed", None
        else:
            report.outcome = "skipped"
            path, line, _ = report.location
            reason = f"{case.verdict.value}: {case.reason}"
            report.longrepr = (str(Path(path)), (line or 0) + 1, reason)
            if case.verdict is Verdict.DEVIATION:
                report.wasxfail = reason
        report.sections.clear()


def properties_of(rule: Rule, case: Case) -> list[tuple[str, object]]:
    """Return what JUnit shows of a case beside its outcome."""
    return [
        ("rule", rule.id),
        ("statements", " ".join(rule.statements)),
        ("level", rule.level.value),
        ("basis", rule.basis.value),
        ("verdict", case.verdict.value),
    ]

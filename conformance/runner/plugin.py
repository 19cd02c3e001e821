"""The pytest wiring of a run: records each case, judges it, and ends the session accordingly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.clients.once import forget
from conformance.clients.record_log import NAME, NAME_OF_OTHER, RecordLog, set_aside
from conformance.clients.shared_records import holding
from conformance.results import terminal
from conformance.results.html_report import HtmlReport, prepare
from conformance.results.run import Requests
from conformance.results.run_kind import kind_of
from conformance.rules import rule_of
from conformance.runner.again import Again
from conformance.runner.collector import CollectorOff
from conformance.runner.ending import Ending, cause_of, records_left, remove_results
from conformance.runner.found import comparison_kept
from conformance.runner.judging import Judge
from conformance.runner.preflight import contact, obstacle, preflight_warning
from conformance.runner.progress import Progress
from conformance.runner.selection import SELECTION
from conformance.runner.signals import Signals, drop_places_without_lines
from conformance.runner.stages import Turn, parts_of, turn_of
from conformance.runner.threads import Threads
from conformance.verdicts import Verdict
from conformance.wire.recorder import Recorder, current_recorder, recording

if TYPE_CHECKING:
    from collections.abc import Generator

    from conformance.clients.roles import Roles
    from conformance.results.case import Case
    from conformance.results.run import Run

ROLES = pytest.StashKey["Roles"]()

_FAILING = frozenset({Verdict.ERROR, Verdict.FAILED})


def start_run(
    config: pytest.Config, run: Run, roles: Roles, readers: frozenset[str] = frozenset()
) -> None:
    """Make this session a run: its reports will be written, its exit code will be the run's.

    `roles` are the callers of its target, which the session closes; `readers` are the rules that
    are known to read only.
    """
    config.stash[ROLES] = roles
    if run.target.allow_writes and not run.target.embedded:
        roles.api.ledger.log = log_of(run, NAME, roles.api.ledger.prefix)
        if run.target.other_credentials is not None:
            roles.other.ledger.log = log_of(run, NAME_OF_OTHER, roles.other.ledger.prefix)
    config.option.tbstyle = "native"  # the evidence replaces tracebacks: make the cheapest
    directory = run.target.reports
    if config.pluginmanager.hasplugin("junitxml"):
        config.option.xmlpath = config.option.xmlpath or str(directory / "junit.xml")
    report = HtmlReport(run)
    if config.pluginmanager.hasplugin("html"):
        prepare(config, directory, report)
    again, progress = Again(roles), Progress(config, run, roles.journal)
    threads = Threads(roles, again, progress, readers)
    plugins = {
        "progress": progress,
        "again": again,
        "threads": threads,
        "run": RunPlugin(config, run, roles, Reporting(report, progress, threads)),
        "collector": CollectorOff(),
    }
    for name, plugin in plugins.items():
        config.pluginmanager.register(plugin, f"conformance-{name}")


def log_of(run: Run, name: str, prefix: str) -> RecordLog:
    """Return a record log of a run, which begins anew in the directory of its results."""
    path = run.target.reports / name
    set_aside(path)
    bundle = run.target.ca_bundle
    return RecordLog(
        path,
        {
            "prefix": prefix,
            "base_url": run.target.base_url,
            "ca_bundle": str(bundle) if bundle else None,
            "proxy": run.target.proxy,
            "started": run.started.isoformat(timespec="seconds"),
        },
    )


@dataclass(frozen=True, slots=True)
class Reporting:
    """The report that a run ends in, what tells how far it is, and the cases performed so far."""

    report: HtmlReport
    progress: Progress
    threads: Threads


class RunPlugin:
    """Judges the cases of one run."""

    def __init__(self, config: pytest.Config, run: Run, roles: Roles, reporting: Reporting) -> None:
        """Take the run that the session is, its callers, and how it is reported."""
        self._config = config
        self._run = run
        self._roles = roles
        self._judge = Judge(run.target, roles.journal)
        self._signals = Signals()
        self._turn = Turn.USUAL
        self._progress = reporting.progress
        self._threads = reporting.threads
        self._ending = Ending(run, reporting.report)

    def pytest_sessionstart(self) -> None:
        """Let signals end the rules, and not the run."""
        self._signals.listen()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note which rules are selected, in the order in which they are written, and the kind."""
        found = {rule.id: rule for item in session.items if (rule := rule_of(item))}
        self._run.rules = list(found.values())
        self._run.planned = sum(rule_of(item) is not None for item in session.items)
        self._roles.api.ledger.needed.await_cases(
            item.path.name for item in session.items for _ in parts_of(item)
        )
        run = self._run
        run.selection = self._config.stash[SELECTION]
        run.profile = self._config.getoption("profile")
        run.kind = kind_of(run.selection, allow_writes=run.target.allow_writes, profile=run.profile)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Contact the target before the first rule; without it there is nothing to do."""
        if session.config.option.collectonly or not self._run.rules:
            return None
        remove_results(self._run.target.reports)
        first = contact(self._roles)
        self._run.unreachable = self._judge.redact(obstacle(self._run.target, first))
        self._run.preflight_warning = self._judge.redact(preflight_warning(first.response))
        return True if self._run.unreachable else None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Record what a case exchanges, from its preparation to its end."""
        performed = self._threads.performed(item)
        if performed is not None:
            self._roles.journal.note(performed.recorder.readings)
            return (yield)
        turn, self._turn = self._turn, turn_of(item)
        needed = self._roles.api.ledger.needed
        recorder = Recorder(module=item.path.name)
        with recording(recorder), needed.running(recorder), holding():
            self._roles.tidy()
            if turn < self._turn is Turn.OFFENDING:
                self._roles.tidy_up()
            result = yield
        self._roles.journal.note(recorder.readings)
        return result

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> list[str]:
        """Note what an assertion compared that does not hold; its sentences are made later."""
        return comparison_kept(op, left, right)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Judge a case when its body has run, or when something else of it failed."""
        report = yield
        rule = rule_of(item)
        if rule is not None and (call.when == "call" or call.excinfo is not None):
            case = self._judge.case(rule, item.name, call, current_recorder())
            performed = self._threads.performed(item)
            if performed is not None and performed.beside_others is not None:
                case = replace(case, beside_others=performed.beside_others.value)
            self._run.add(case)
            self._present(report, case)
            item.user_properties += properties_of(case)
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(
        self, report: pytest.TestReport
    ) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
        """Show a case by its verdict."""
        case = self._run.case_of(report)
        if case is None:
            return None
        status = terminal.KNOWN if self._run.knows(case) else terminal.status(case.verdict)
        return (status[0], "", ("", {})) if self._progress.is_shown else status

    @pytest.hookimpl(tryfirst=True)
    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Let pytest show where the run was interrupted, wherever that was."""
        drop_places_without_lines(excinfo)

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(
        self, session: pytest.Session, exitstatus: int
    ) -> Generator[None, None, None]:
        """Clean up, conclude, and write the results; the run's exit code becomes the session's.

        The terminal's own summary comes after that.
        """
        run = self._run
        has_begun = bool(run.cases or self._roles.api.ledger.made)
        if not run.unreachable and run.target.allow_writes and has_begun:
            for account in self._roles.accounts:
                left, doubted = records_left(account)
                run.left += [self._judge.redact(each) for each in left]
                run.doubted += [self._judge.redact(each) for each in doubted]
        self._signals.ignore()
        run.interrupted_by = self._signals.received
        run.cut_short = str(session.shouldstop or "")
        run.waited = self._roles.patience.waited
        accounts = self._roles.called_accounts
        run.records_made = sum(each.ledger.made for each in accounts)
        run.most_records_alive = max((each.housekeeping.most_alive for each in accounts), default=0)
        run.wrong_credentials = self._roles.gate.wrong_credentials.sent
        stop = self._roles.gate.stopped
        if stop is not None:
            run.stopped, run.gone = self._judge.redact(stop.reason), stop.gone
        run.unwritten += [
            log.failure for each in accounts if (log := each.ledger.log) and log.failure
        ]
        run.stop_clock()
        journal = self._roles.journal
        run.requests = Requests(journal.by_method, journal.challenges)
        if not run.rules or session.config.option.collectonly:
            yield
            return
        self._ending.take_over(session)
        try:
            yield
        except Exception as error:  # noqa: BLE001  (whatever another plugin does)
            run.unwritten.append(f"Another plugin failed at the end: {cause_of(error)}")
        session.exitstatus = self._ending.write(int(exitstatus)).exit_code

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show the evidence of what did not pass, every rule's verdict, and the conclusion."""
        self._ending.show(terminalreporter)

    def pytest_unconfigure(self) -> None:
        """Say the conclusion where pytest showed no summary, and let go of what the run held."""
        self._ending.show(self._config.pluginmanager.get_plugin("terminalreporter"))
        self._roles.close()
        forget()  # what was found out may know who found it out, and all that was exchanged
        self._signals.restore()

    def _present(self, report: pytest.TestReport, case: Case) -> None:
        """Give pytest's report the outcome and the text that follow from a verdict."""
        failing = _FAILING | ({Verdict.DEVIATION} if self._run.target.strict_should else set())
        known = self._run.knows(case)
        if case.verdict in failing and not known:
            report.outcome = "failed"
            report.longrepr = case.text
        elif case.verdict is Verdict.PASSED:
            report.outcome, report.longrepr = "passed", None
        else:
            report.outcome = "skipped"
            path, line, _ = report.location
            reason = (
                f"{case.verdict.value}: {'; '.join(case.sentences.splitlines()) or case.reason}"
            )
            if known:
                reason = f"as in the baseline, {reason}"
            report.longrepr = (str(Path(path)), (line or 0) + 1, reason)
            if case.verdict is Verdict.DEVIATION:
                report.wasxfail = reason
        report.sections.clear()


def properties_of(case: Case) -> list[tuple[str, object]]:
    """Return what JUnit shows of a case beside its outcome."""
    return [
        ("rule", case.rule.id),
        ("statements", " ".join(case.rule.statements)),
        ("level", case.rule.level.value),
        ("basis", case.rule.basis.value),
        ("verdict", case.verdict.value),
    ]

"""The end of a run: each result is tried on its own, and the conclusion is said in any case."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from conformance.clients.clean_up import MOST_SECONDS, clean_up
from conformance.clients.left_behind import Unnamed, unnamed_records
from conformance.results import terminal
from conformance.results.conclusion import conclude
from conformance.results.junit import add_run
from conformance.results.markdown import write_summary
from conformance.results.run_file import run_document, write_run_file
from conformance.runner.reporters import html_of, junit_of, take_reporters
from conformance.runner.standard_error import write_after_output

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from _pytest.junitxml import LogXML

    from conformance.clients.api import Api
    from conformance.results.conclusion import Conclusion
    from conformance.results.html_report import HtmlReport
    from conformance.results.run import Run
    from conformance.runner.reporters import Reporter


RESULTS = ("report.html", "junit.xml", "run.json", "summary.md")
"""The files of a run's results."""

LAST_LOOK = 40.0
"""How many seconds a clean-up may take where no record is known to be left, but lists may tell."""


class Ending:
    """Writes what a run has found, and says what it concludes."""

    def __init__(self, run: Run, report: HtmlReport) -> None:
        """Take the run, and the report that shows the conclusion."""
        self._session: pytest.Session | None = None
        self._run = run
        self._report = report
        self._reporters: list[Reporter] = []
        self._conclusion: Conclusion | None = None
        self._shown = False
        self._failed: set[str] = set()

    def take_over(self, session: pytest.Session) -> None:
        """Keep pytest's plugins from writing: this does it, one after the other."""
        self._session = session
        self._reporters = take_reporters(session.config)

    def write(self, status: int) -> Conclusion:
        """Write each result, and return the conclusion, given pytest's own exit status.

        All of them twice where one of them fails: each that can be written says that. What is cut
        short is taken away.
        """
        if self._written(status) < len(self._run.unwritten):
            self._written(status)
        for name in self._failed:
            remove_result(self._run.target.reports / name)
        return self._concluded(status)

    def show(self, reporter: pytest.TerminalReporter | None) -> None:
        """Show the conclusion, once; without a terminal reporter its sentence alone."""
        run, conclusion = self._run, self._conclusion
        if self._shown or conclusion is None:
            return
        self._shown = True
        try:
            if reporter is None:
                write_after_output(f"{conclusion.word.upper()}: {conclusion.sentence}\n")
            else:
                terminal.summarize(reporter, run, conclusion)
        except Exception as error:  # noqa: BLE001  (the exit code has still to come)
            text = f"The summary could not be shown: {cause_of(error)}\n{conclusion.sentence}\n"
            write_after_output(text)

    def _written(self, status: int) -> int:
        """Write each result that can be written; return how many failures were known before."""
        known = len(self._run.unwritten)
        html, junit = html_of(self._reporters), junit_of(self._reporters)
        reports = self._run.target.reports
        if html is not None:
            self._try("report.html", lambda: html.pytest_sessionfinish(self._session), status)
        if junit is not None:
            self._try("junit.xml", lambda: self._write_junit(junit, status), status)
        conclusion = self._concluded(status)
        self._try(
            "run.json",
            lambda: write_run_file(reports / "run.json", self._run, conclusion),
            status,
        )
        self._try("summary.md", lambda: self._write_summary(status), status)
        return known

    def _write_summary(self, status: int) -> None:
        run, conclusion = self._run, self._concluded(status)
        write_summary(run.target.reports / "summary.md", run_document(run, conclusion))

    def _write_junit(self, junit: LogXML, status: int) -> None:
        add_run(junit, self._run, self._concluded(status))
        junit.pytest_sessionfinish()

    def _try(self, name: str, write: Callable[[], object], status: int) -> None:
        """Write a result; keep in one line why that failed, if it did."""
        self._report.conclusion = self._concluded(status)
        self._failed.discard(name)
        try:
            write()
        except Exception as error:  # noqa: BLE001  (each result is tried on its own)
            self._failed.add(name)
            failure = f"{name} could not be written: {cause_of(error)}"
            if failure not in self._run.unwritten:
                self._run.unwritten.append(failure)

    def _concluded(self, status: int) -> Conclusion:
        self._conclusion = conclude(self._run, status)
        return self._conclusion


def remove_results(reports: Path) -> None:
    """Take the results of an earlier run away: one that is killed must not seem to have them."""
    for name in RESULTS:
        remove_result(reports / name)


def remove_result(path: Path) -> None:
    """Take a result away, if there is one and that can be done."""
    with suppress(OSError):
        if path.is_file():
            path.unlink()


def records_left(api: Api) -> tuple[list[str], list[str]]:
    """Clean up; return the records that may be left, with the reason, and those in doubt."""
    is_left = bool(api.ledger.left() or api.ledger.unsettled())
    try:
        left = clean_up(api, MOST_SECONDS if is_left else LAST_LOOK)
    except KeyboardInterrupt:
        reason = "the clean-up was interrupted"
    except Exception as error:  # noqa: BLE001  (the results are still to be written)
        reason = f"the clean-up failed: {cause_of(error)}"
    else:
        doubts = [each for each in left if isinstance(each, Unnamed) and each.is_doubtful]
        return [str(each) for each in left if each not in doubts], [str(each) for each in doubts]
    untold = unnamed_records(api, {each.resource: reason for each in api.ledger.unsettled()})
    return [*(f"{each.path} ({reason})" for each in api.ledger.left()), *map(str, untold)], []


def cause_of(error: Exception) -> str:
    """Return the cause of an error in one line."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}: {text[0]}" if text else type(error).__name__

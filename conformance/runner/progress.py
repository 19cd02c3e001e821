"""The line of a terminal that tells how far a run is, in place of a letter for each case."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest

from conformance.results.counts import number_of
from conformance.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Generator

    from conformance.results.run import Run
    from conformance.wire.journal import Journal

LEAST_PAUSE: Final = 0.2
"""Seconds between two looks of the line."""

WORTH_TELLING: Final = 2.0
"""Seconds since the last answer from which on they are told."""

_TOLD: Final = (Verdict.FAILED, Verdict.ERROR, Verdict.DEVIATION, Verdict.INCONCLUSIVE)


class Progress:
    """Rewrites one line of a terminal while cases run; writes nothing where there is none.

    A file or a pipe has pytest's own lines, one for each module.
    """

    def __init__(self, config: pytest.Config, run: Run, journal: Journal) -> None:
        """Take the run, and the journal of what it has sent."""
        self._config = config
        self._run = run
        self._journal = journal
        self._reporter: pytest.TerminalReporter | None = None
        self._began = self._shown_at = 0.0
        self._performed = 0
        self._answers, self._answered_at = 0, 0.0

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Take the line over before the first request."""
        self._began = time.monotonic()
        reporter = self._config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None and is_for(self._config, session, reporter):
            self._reporter = reporter
            reporter.showfspath = False
            reporter._show_progress_info = False  # noqa: SLF001  (pytest has no other switch)
            self._show(f"0 of {self._run.planned} cases: contacting the target")
            self._shown_at = 0.0  # the first case is told in any case
        return (yield)

    def pytest_runtest_logfinish(self) -> None:
        """Tell how far the run is, now and then."""
        if self.is_shown and time.monotonic() - self._shown_at >= LEAST_PAUSE:
            self._show(self.text(time.monotonic() - self._began))

    def look(self, performed: int) -> None:
        """Tell how far the run is while cases are performed that are not yet reported."""
        self._performed = performed
        self.pytest_runtest_logfinish()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self) -> Generator[None, None, None]:
        """Tell that what was made is deleted; leave an empty line."""
        self._show("cleaning up, and writing the results")
        yield
        self._show("")

    @property
    def is_shown(self) -> bool:
        """Whether there is a line."""
        return self._reporter is not None

    def text(self, seconds: float) -> str:
        """Return the line after so many seconds of the run."""
        run, done = self._run, max(len(self._run.cases), self._performed)
        found = Counter(case.verdict for case in run.cases)
        troubles = [f"{found[each]} {each.value}" for each in _TOLD if found[each]]
        left = seconds / done * max(0, run.planned - done) if done else None
        return ", ".join(
            [
                f"{done} of {run.planned} cases",
                number_of(self._journal.total, "request"),
                *self._silence(seconds),
                *troubles,
                *([f"about {left:.0f} s left"] if left is not None else []),
            ]
        )

    def _silence(self, seconds: float) -> list[str]:
        """Return how old the last answer is, where nothing has come for some time."""
        if self._answers != self._journal.total:
            self._answers, self._answered_at = self._journal.total, seconds
        age = seconds - self._answered_at
        return [f"last answer {age:.0f} s ago"] if age >= WORTH_TELLING else []

    def _show(self, text: str) -> None:
        if self._reporter is None:
            return
        self._shown_at = time.monotonic()
        width = self._reporter._tw.fullwidth - 1  # noqa: SLF001  (pytest tells it nowhere else)
        self._reporter.rewrite(text[:width], erase=True)


def is_for(
    config: pytest.Config, session: pytest.Session, reporter: pytest.TerminalReporter
) -> bool:
    """Tell whether a session has a terminal whose lines nobody wants one by one."""
    wanted = not config.option.collectonly and config.option.verbose <= 0
    return bool(reporter.isatty and wanted and session.items)

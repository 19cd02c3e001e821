"""The results of an earlier run stay as they are where a session judges nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.runner.reporters import take_reporters

if TYPE_CHECKING:
    from collections.abc import Generator

    from conformance.results.run import Run


def write_no_results(config: pytest.Config) -> None:
    """Have a session that only collects write no report; to be said before pytest is configured."""
    config.option.htmlpath = config.option.xmlpath = None


class EarlierResultsPlugin:
    """Keeps a run that has nothing to judge, or that was asked for wrongly, from any report."""

    def __init__(self, config: pytest.Config, run: Run) -> None:
        """Take the run."""
        self._config = config
        self._run = run

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self, session: pytest.Session) -> Generator[None, object, object]:
        """Decide when everything has been selected."""
        try:
            result = yield
        except BaseException:
            self._keep()
            raise
        if not self._run.rules and not session.testsfailed:
            self._keep()
        return result

    def _keep(self) -> None:
        """Take back what writes the reports."""
        self._run.rules.clear()
        take_reporters(self._config)

"""The trials of a proof as tests of pytest: each waits for what is found elsewhere, and judges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from proof.proofs import Trial


class MismatchError(Exception):
    """A server or a rule is not as it has to be; the message says in what."""


class ProofFile(pytest.File):
    """The module that some tests are about."""

    def collect(self) -> Iterable[pytest.Item]:
        """Have nothing of its own: `tests_of` makes the tests."""
        return []


class ProofTest(pytest.Item):
    """The test that a trial finds no problem."""

    def __init__(
        self,
        *,
        trial: Trial[Any],
        findings: Callable[[ProofTest], Sequence[Any]],
        **node: object,
    ) -> None:
        """Take the trial, and what waits for the findings of its tasks."""
        super().__init__(**node)  # type: ignore[arg-type]
        self.trial = trial
        self._findings = findings
        self.extra_keyword_matches.update(trial.keywords)

    def runtest(self) -> None:
        """Wait for what is found."""
        problems = self.trial.judge(self._findings(self))
        if problems:
            raise MismatchError("\n\n".join(problems))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override]
        """Show the problems and nothing else."""
        if isinstance(excinfo.value, MismatchError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Tell what the test is about."""
        path, line = self.trial.place
        return path, line - 1, self.name


def tests_of(
    session: pytest.Session,
    trials: Iterable[Trial[Any]],
    findings: Callable[[ProofTest], Sequence[Any]],
) -> list[pytest.Item]:
    """Return a test for each trial."""
    files: dict[Path, ProofFile] = {}
    tests: list[pytest.Item] = []
    for trial in trials:
        path, _ = trial.place
        if path not in files:
            files[path] = ProofFile.from_parent(session, path=path)
        test = ProofTest.from_parent(files[path], name=trial.name, trial=trial, findings=findings)
        tests.append(test)
    return tests

"""The tests of a proof: each waits for a task that is carried out elsewhere, and judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from proof.matrix import Matrix


class Finding(Protocol):
    """What came of a task; has to be picklable."""

    @property
    def problems(self) -> list[str]:
        """What is not as it has to be, in texts of one or more lines."""
        ...


class Task(Protocol):
    """Something to find out about rules and servers; has to be picklable."""

    @property
    def name(self) -> str:
        """What the test is called."""
        ...

    @property
    def place(self) -> tuple[Path, int]:
        """The file and the line, from 1, of what the test is about."""
        ...

    def carry_out(self, matrix: Matrix) -> Finding:
        """Find it out."""
        ...


class MismatchError(Exception):
    """A server or a rule is not as it has to be; the message says in what."""


class ProofFile(pytest.File):
    """The module that some tests are about."""

    def collect(self) -> Iterable[pytest.Item]:
        """Have nothing of its own: `tests_of` makes the tests."""
        return []


class ProofTest(pytest.Item):
    """The test that a task finds no problem."""

    def __init__(
        self, *, task: Task, finding: Callable[[ProofTest], Finding], **node: object
    ) -> None:
        """Take the task, and what waits for its finding."""
        super().__init__(**node)  # type: ignore[arg-type]
        self.task = task
        self._finding = finding

    def runtest(self) -> None:
        """Wait for what is found."""
        problems = self._finding(self).problems
        if problems:
            raise MismatchError("\n\n".join(problems))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override]
        """Show the problems and nothing else."""
        if isinstance(excinfo.value, MismatchError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Tell what the test is about."""
        path, line = self.task.place
        return path, line - 1, self.name


def tests_of(
    session: pytest.Session, tasks: Iterable[Task], finding: Callable[[ProofTest], Finding]
) -> list[pytest.Item]:
    """Return a test for each task."""
    files: dict[Path, ProofFile] = {}
    tests: list[pytest.Item] = []
    for task in tasks:
        path, _ = task.place
        if path not in files:
            files[path] = ProofFile.from_parent(session, path=path)
        test = ProofTest.from_parent(files[path], name=task.name, task=task, finding=finding)
        tests.append(test)
    return tests

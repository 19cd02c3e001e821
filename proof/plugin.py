"""The proof as a pytest session: a test for each server, each assertion or each mutant.

A rule must notice a fault that names it, by an assertion in one of its cases at least, and must
pass for every other fault and every variant. Where a fault takes from a rule what it needs first,
the rule is inconclusive, which is no notice.
"""

from __future__ import annotations

import gc
import os
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from typing import TYPE_CHECKING

import pytest

from conformance.config.options import reports_directory
from conformance.rules import rule_of
from conformance.verdicts import ExitCode
from proof.fates import Fate, score, write_fates
from proof.matrix import Matrix
from proof.report import write_reports
from proof.showing import Showing
from proof.stage import STAGE, Stage
from proof.tests import ProofTest, tests_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from proof.tests import Finding, Task

FORK = "fork"
"""How processes are started: they inherit what was collected and recorded."""

_matrix: Matrix | None = None
"""The matrix that a forked process has inherited."""


class ProofPlugin:
    """Collects the rules, and puts the tests of a proof in their place."""

    def __init__(
        self, proof: Callable[[Sequence[pytest.Item]], list[Task]], seed: int, processes: int
    ) -> None:
        """Take what makes tasks of the rules' cases, a seed, and how many tasks run at a time."""
        self._proof = proof
        self._seed = seed
        self._processes = processes
        self._stage = Stage()
        self._matrix = Matrix(self._stage, [], seed)
        self._began = time.perf_counter()
        self._pool: ProcessPoolExecutor | None = None
        self._awaited: dict[pytest.Item, Future[Finding]] = {}
        self._found: list[Finding] = []

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Let the fixtures find the stage."""
        if FORK not in get_all_start_methods():
            message = "the proof needs a system that can fork, as Linux and macOS can"
            pytest.exit(message, ExitCode.USAGE)
        session.config.stash[STAGE] = self._stage
        session.config.pluginmanager.register(self._stage)
        session.config.option.tbstyle = "native"  # the evidence replaces tracebacks

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Keep the cases of the rules, and have the tests of the proof instead."""
        cases = [item for item in items if rule_of(item) is not None]
        self._matrix = Matrix(self._stage, cases, self._seed)
        items[:] = tests_of(session, self._proof(cases), self._awaited_finding)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Record what the cases do on the plain server, and begin with all tasks."""
        global _matrix  # noqa: PLW0603  (how a forked process finds it)
        tests = [item for item in session.items if isinstance(item, ProofTest)]
        if session.config.option.collectonly or not tests:
            return
        _matrix = self._matrix
        _matrix.record()
        gc.freeze()  # what was recorded stays where it is, in memory that all processes share
        self._pool = ProcessPoolExecutor(
            self._processes,
            mp_context=get_context(FORK),
            initializer=end_with,
            initargs=(os.getpid(),),
        )
        self._awaited = {test: self._pool.submit(carry_out, test.task) for test in tests}

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Stop what is still under way, and write the matrix, or what became of mutants."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        directory = reports_directory(session.config)
        if self._showings:
            seconds = time.perf_counter() - self._began
            write_reports(directory, list(self._matrix.rules.values()), self._showings, seconds)
        if self._fates:
            write_fates(directory, self._fates)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how much was shown to how many."""
        showings = self._showings
        faults = [each for each in showings if not each.conforms]
        if self._fates:
            terminalreporter.write_line(score(self._fates))
        if showings:
            terminalreporter.write_line(
                f"{len(self._matrix.rules)} rules, {len(faults)} faults, "
                f"{len(showings) - len(faults)} runs against variants, "
                f"{sum(len(each.expected) for each in faults)} pairs of a fault and a rule that "
                "has to notice it; see reports/matrix.html"
            )

    @property
    def _showings(self) -> list[Showing]:
        return [found for found in self._found if isinstance(found, Showing)]

    @property
    def _fates(self) -> list[Fate]:
        return [found for found in self._found if isinstance(found, Fate)]

    def _awaited_finding(self, test: ProofTest) -> Finding:
        """Return what came of a test's task, as soon as it is known."""
        found = self._awaited.pop(test).result()
        self._found.append(found)
        return found


def end_with(parent: int) -> None:
    """End this process soon after its parent, however that came to its end."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(ExitCode.INTERNAL_ERROR)

    threading.Thread(target=watch, daemon=True).start()


def carry_out(task: Task) -> Finding:
    """Carry a task out, in whichever process this is."""
    if _matrix is None:
        message = "nothing is recorded yet"
        raise RuntimeError(message)
    return task.carry_out(_matrix)

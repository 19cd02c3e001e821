"""A proof as a pytest session: a test for each of its trials, in the place of the rules."""

from __future__ import annotations

import gc
import os
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_all_start_methods, get_context
from typing import TYPE_CHECKING, Any

import pytest

from conformance.config.options import reports_directory
from conformance.rules import rule_of
from conformance.runner.collector import collected
from conformance.verdicts import ExitCode
from proof.case_runner import CASE_RUNNER, CaseRunner
from proof.matrix import Matrix
from proof.tests import ProofTest, tests_of

if TYPE_CHECKING:
    from concurrent.futures import Future

    from proof.proofs import Proof, Task

FORK = "fork"
"""How processes are started: they inherit what was collected and recorded."""

MOST_UNCOLLECTED = 300_000
"""After how many new objects a process that shows servers looks for what nobody needs any more."""

_matrix: Matrix | None = None
"""The matrix that a forked process has inherited."""


class ProofPlugin:
    """Collects the rules, and puts the tests of a proof in their place."""

    def __init__(
        self, proof: Proof[Any], seed: int, processes: int | None, one_in: int = 1
    ) -> None:
        """Take the proof, a seed, and how many tasks run at a time (None: one for each core).

        A fault is shown to the rules that it names, and to one in so many of the other cases.
        """
        self._one_in = one_in
        self._proof = proof
        self._processes = processes
        self._case_runner = CaseRunner()
        self._seed = seed
        self._matrix = Matrix(self._case_runner, [], seed)
        self._pool: ProcessPoolExecutor | None = None
        self._awaited: dict[pytest.Item, list[Future[Any]]] = {}
        self._found: list[Any] = []
        self._summary = ""

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Let the fixtures find what runs the cases."""
        if FORK not in get_all_start_methods():
            message = "the proof needs a system that can fork, as Linux and macOS can"
            pytest.exit(message, ExitCode.USAGE)
        session.config.stash[CASE_RUNNER] = self._case_runner
        session.config.pluginmanager.register(self._case_runner)
        session.config.option.tbstyle = "native"  # the evidence replaces tracebacks

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Keep the cases of the rules, and have the tests of the proof instead."""
        cases = [item for item in items if rule_of(item) is not None]
        self._matrix = Matrix(self._case_runner, cases, self._seed, self._one_in)
        items[:] = tests_of(session, self._proof.trials(cases), self._findings)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Record what the cases do on the plain server, and begin with all tasks."""
        global _matrix  # noqa: PLW0603  (how a forked process finds it)
        tests = [item for item in session.items if isinstance(item, ProofTest)]
        if session.config.option.collectonly or not tests:
            return
        import_module("reference.serving")  # Hypothesis draws constants of all that is imported
        _matrix = self._matrix
        _matrix.record()
        gc.freeze()  # what was recorded stays where it is, in memory that all processes share
        self._pool = pool = ProcessPoolExecutor(
            self._processes,
            mp_context=get_context(FORK),
            initializer=begin,
            initargs=(os.getpid(),),
        )
        self._awaited = {
            test: [pool.submit(carry_out, task) for task in test.trial.tasks] for test in tests
        }

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Stop what is still under way, and have the proof write what was found."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        if self._found:
            rules = list(self._matrix.rules.values())
            directory = reports_directory(session.config)
            self._summary = self._proof.report(self._found, rules, directory)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was found, in one line."""
        if self._summary:
            terminalreporter.write_line(self._summary)

    def _findings(self, test: ProofTest) -> list[Any]:
        """Return what a test's tasks found, as soon as all are carried out."""
        found = [future.result() for future in self._awaited.pop(test)]
        self._found += found
        return found


def begin(parent: int) -> None:
    """Begin a process that carries out tasks, after each of which it collects what they left."""
    end_with(parent)
    gc.disable()


def end_with(parent: int) -> None:
    """End this process soon after its parent, however that came to its end."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(ExitCode.INTERNAL_ERROR)

    threading.Thread(target=watch, daemon=True).start()


def carry_out(task: Task[Any]) -> object:
    """Carry a task out, in whichever process this is."""
    if _matrix is None:
        message = "nothing is recorded yet"
        raise RuntimeError(message)
    try:
        return task.carry_out(_matrix)
    finally:
        collected(MOST_UNCOLLECTED)  # a look at all there is costs a second: not after each task

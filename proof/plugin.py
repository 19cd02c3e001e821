"""The fault matrix as a pytest session: a test for each server, all rules together.

A rule must notice a fault that names it, by an assertion in one of its cases at least, and must
pass for every other fault and every variant. Where a fault takes from a rule what it needs first,
the rule is inconclusive, which is no notice.
"""

from __future__ import annotations

import gc
import inspect
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.rules import rule_of
from proof.matrix import Matrix
from proof.report import write_reports
from proof.stage import STAGE, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Future

    from proof.matrix import Kind
    from proof.showing import Showing

FORK = "fork"
"""How processes are started: they inherit what was collected and recorded."""

_matrix: Matrix | None = None
"""The matrix that a forked process has inherited."""


class MatrixPlugin:
    """Collects the rules, and puts a test for each server in their place."""

    def __init__(self, kinds: Sequence[Kind], seeds: Sequence[int], processes: int) -> None:
        """Take the servers to show, the seeds of a variant's runs, and how many run at a time."""
        self._kinds = kinds
        self._seeds = seeds
        self._processes = processes
        self._stage = Stage()
        self._matrix = Matrix(self._stage, [], seeds[0])
        self._began = time.perf_counter()
        self._pool: ProcessPoolExecutor | None = None
        self._awaited: dict[pytest.Item, Future[Showing]] = {}
        self._showings: list[Showing] = []

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Let the fixtures find the stage."""
        if FORK not in get_all_start_methods():
            pytest.exit("the fault matrix needs a system that can fork, as Linux and macOS can", 4)
        session.config.stash[STAGE] = self._stage
        session.config.pluginmanager.register(self._stage)
        session.config.option.tbstyle = "native"  # the evidence replaces tracebacks

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Keep the cases of the rules, and have a test for each server instead."""
        cases = [item for item in items if rule_of(item) is not None]
        self._matrix = Matrix(self._stage, cases, self._seeds[0])
        shown = [
            (kind, seed)
            for kind in self._kinds
            for seed in (self._seeds if kind.conforms else self._seeds[:1])
        ]
        items[:] = server_tests(session, shown, self._showing)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Record what the cases do on the plain server, and begin to show the others."""
        global _matrix  # noqa: PLW0603  (how a forked process finds it)
        tests = [item for item in session.items if isinstance(item, ServerItem)]
        if session.config.option.collectonly or not tests:
            return
        _matrix = self._matrix
        _matrix.record()
        gc.freeze()  # what was recorded stays where it is, in memory that all processes share
        self._pool = ProcessPoolExecutor(self._processes, mp_context=get_context(FORK))
        self._awaited = {test: self._pool.submit(show, test.kind, test.seed) for test in tests}

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Stop what is still under way, and write the matrix."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        if self._showings:
            named = session.config.getoption("reports")
            directory = Path(named or session.config.rootpath / "reports")
            seconds = time.perf_counter() - self._began
            rules = list(self._matrix.rules.values())
            write_reports(directory, rules, self._showings, seconds)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how much was shown to how many."""
        faults = [each for each in self._showings if not each.conforms]
        pairs = sum(len(each.expected) for each in faults)
        terminalreporter.write_line(
            f"{len(self._matrix.rules)} rules, {len(faults)} faults, "
            f"{len(self._showings) - len(faults)} runs against variants, "
            f"{pairs} pairs of a fault and a rule that has to notice it; see reports/matrix.html"
        )

    def _showing(self, test: ServerItem) -> Showing:
        """Return what came of showing the server of a test, as soon as it is known."""
        showing = self._awaited.pop(test).result()
        self._showings.append(showing)
        return showing


def show(kind: Kind, seed: int) -> Showing:
    """Show a server, in whichever process this is."""
    if _matrix is None:
        message = "no matrix is being run"
        raise RuntimeError(message)
    return _matrix.show(kind, seed)


class MismatchError(Exception):
    """A server was noticed otherwise than it has to be; the message says by which rules."""


class ServerFile(pytest.File):
    """The module in which servers are written."""

    def collect(self) -> Iterable[pytest.Item]:
        """Have nothing of its own: `server_tests` makes the tests."""
        return []


class ServerItem(pytest.Item):
    """The test that a server is noticed by the rules that it names, and by no other."""

    def __init__(
        self, *, kind: Kind, seed: int, showing: Callable[[ServerItem], Showing], **node: object
    ) -> None:
        """Take the server, its seed, and what shows it to the rules."""
        super().__init__(**node)  # type: ignore[arg-type]
        self.kind = kind
        self.seed = seed
        self._showing = showing

    def runtest(self) -> None:
        """Wait for the server's showing."""
        problems = self._showing(self).problems
        if problems:
            raise MismatchError("\n\n".join(problems))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override]
        """Show the problems and nothing else."""
        if isinstance(excinfo.value, MismatchError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Tell where the server is written."""
        return self.path, inspect.getsourcelines(self.kind)[1] - 1, self.name


def server_tests(
    session: pytest.Session,
    shown: Iterable[tuple[Kind, int]],
    showing: Callable[[ServerItem], Showing],
) -> list[pytest.Item]:
    """Return a test for each server and seed."""
    files: dict[str, ServerFile] = {}
    tests: list[pytest.Item] = []
    for kind, seed in shown:
        written = inspect.getfile(kind)
        if written not in files:
            files[written] = ServerFile.from_parent(session, path=Path(written))
        name = f"{kind.__name__}[seed {seed}]" if kind.conforms else kind.__name__
        made = ServerItem.from_parent(
            files[written], name=name, kind=kind, seed=seed, showing=showing
        )
        tests.append(made)
    return tests

"""A case that is performed apart from pytest's own loop, and reported by it later."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from hypothesis.reporting import with_reporter

from conformance.clients.shared_records import holding
from conformance.runner.arguments import arguments_of
from conformance.runner.generated import watched
from conformance.wire.recorder import Recorder, placed, recording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.clients.roles import Roles
    from conformance.runner.again import Again
    from conformance.verdicts import Verdict


@dataclass(slots=True)
class Performed:
    """What came of a case: what ended its preparation, and itself, and what it exchanged."""

    calls: list[pytest.CallInfo[None]] = field(default_factory=list)
    recorder: Recorder = field(default_factory=Recorder)
    beside_others: Verdict | None = None
    """How it ended beside others, where it ended otherwise when it was repeated alone."""

    @property
    def error(self) -> BaseException | None:
        """What ended it; None where nothing did."""
        ended = (each.excinfo.value for each in self.calls if each.excinfo is not None)
        return next(ended, None)

    @property
    def seconds(self) -> float:
        """How long it took."""
        return sum(each.duration for each in self.calls)


class Stagehand:
    """Performs cases for the callers of a run, on any thread."""

    def __init__(self, roles: Roles, again: Again) -> None:
        """Take the callers, and what calls a rule, once more where that is worth it."""
        self._roles = roles
        self._again = again

    def perform(
        self,
        item: pytest.Function,
        place: int,
        earlier: Performed | None = None,
        *,
        tidies: bool = True,
    ) -> Performed:
        """Perform a case, which has a place among all; go on with its `earlier` part, if any.

        Before it delete what is too much of our records, if it `tidies`.
        """
        performed = Performed(
            recorder=earlier.recorder if earlier else Recorder(module=item.path.name)
        )
        with self._prepared(performed.recorder, place):
            if tidies:
                self._roles.tidy()
            arguments: dict[str, object] = {}

            def prepare() -> None:
                arguments.update(arguments_of(item, self._roles))

            def call() -> None:
                self._call(item, arguments)

            performed.calls.append(pytest.CallInfo.from_call(prepare, "setup"))
            if performed.error is None:
                performed.calls.append(pytest.CallInfo.from_call(call, "call"))
        if earlier is not None:
            performed.calls[-1].duration += earlier.seconds
        return performed

    def give_up(self) -> None:
        """Have what is under way send nothing more."""
        self._roles.gate.is_closed = True

    def _call(self, item: pytest.Function, arguments: Mapping[str, object]) -> None:
        with watched(item):
            self._again.call_rule(item, arguments)

    @contextmanager
    def _prepared(self, recorder: Recorder, place: int) -> Iterator[None]:
        """Record a case, and keep what it needs; Hypothesis tells nothing beside evidence."""
        needed = self._roles.api.ledger.needed
        with (
            placed(place),
            recording(recorder),
            needed.running(recorder),
            holding(),
            with_reporter(lambda _: None),
        ):
            yield


def report(item: pytest.Item, performed: Performed) -> None:
    """Have pytest report a case that was performed, as if it ran now."""
    hook = item.ihook
    hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    done: pytest.CallInfo[None] = pytest.CallInfo.from_call(lambda: None, "teardown")
    with recording(performed.recorder):
        for call in (*performed.calls, done):
            told = hook.pytest_runtest_makereport(item=item, call=call)
            hook.pytest_runtest_logreport(report=told)
    hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)

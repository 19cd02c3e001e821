"""Rules with generated payloads: one example at a time, and the smallest that fails.

Hypothesis calls such a rule many times. Evidence of a failure is the last example that failed,
which is the smallest: its values and its exchanges only.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import is_hypothesis_test
from hypothesis.strategies import DataObject

from conformance.runner.search_ends import Ended, Enough, at_once
from conformance.wire.recorder import current_recorder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator

MOST_SMALLER = 150
"""The maximum number of smaller examples to try after a failure."""


_DRAWN = "Draw "
"""The beginning of Hypothesis' notes about values that a rule has drawn by itself."""


class Examples:
    """The examples of one case, and the last of them that failed."""

    def __init__(self, fixtures: Collection[str]) -> None:
        """Take the names of the arguments that are fixtures, not generated values."""
        self._fixtures = fixtures
        self._since = 0
        self.failure: AssertionError | None = None

    def watched(self, function: Callable[..., object]) -> Callable[..., object]:
        """Return a wrapper of a function that keeps its exchanges where it fails."""

        @wraps(function)
        def example(*args: object, **values: object) -> object:
            if self.failure is not None:
                self._since += 1
                if self._since > MOST_SMALLER:
                    raise Enough
            recorder = current_recorder()
            recorder.begin_example()
            try:
                with at_once():
                    return function(*args, **values)
            except AssertionError as error:
                self.failure = error
                recorder.keep_example(self._shown(values))
                raise

        return example

    def _shown(self, values: dict[str, object]) -> list[str]:
        return [
            f"{name} = {value!r}"
            for name, value in values.items()
            if name not in self._fixtures and not isinstance(value, DataObject)
        ]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Watch the examples of a case, and end it with the failure of the smallest.

    Other errors during the search for it, such as a spent budget, say nothing about that example
    and are dropped.
    """
    try:
        return (yield from _watched(item))
    except Ended as ended:
        raise ended.outcome from None


def _watched(item: pytest.Item) -> Generator[None, object, object]:
    test: Any = getattr(item, "obj", None)
    if not is_hypothesis_test(test):
        return (yield)
    examples = Examples(getattr(item, "fixturenames", ()))
    inner, test.hypothesis.inner_test = (
        test.hypothesis.inner_test,
        examples.watched(test.hypothesis.inner_test),
    )
    try:
        return (yield)
    except (Exception, Ended, Enough):
        if examples.failure is None:
            raise
        drawn = getattr(examples.failure, "__notes__", [])
        examples.failure.__notes__ = [note for note in drawn if note.startswith(_DRAWN)]
        raise examples.failure from None
    finally:
        test.hypothesis.inner_test = inner

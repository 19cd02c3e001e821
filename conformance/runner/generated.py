"""Rules with generated payloads: one example at a time, and the smallest that fails.

Hypothesis calls such a rule many times. Evidence of a failure is the last example that failed,
which is the smallest: its values and its exchanges only. Cases of one rule share its function, and
may run on several threads at a time.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import pytest
from hypothesis import is_hypothesis_test
from hypothesis.strategies import DataObject

from conformance.runner.search_ends import Ended, Enough, at_once
from conformance.wire.recorder import current_recorder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterator

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

    def try_one(
        self, function: Callable[..., object], args: tuple[object, ...], values: dict[str, object]
    ) -> object:
        """Call a function with one example, and keep its exchanges where it fails."""
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

    def _shown(self, values: dict[str, object]) -> list[str]:
        return [
            f"{name} = {value!r}"
            for name, value in values.items()
            if name not in self._fixtures and not isinstance(value, DataObject)
        ]


_examples: ContextVar[Examples | None] = ContextVar("examples", default=None)
_watched: WeakSet[Any] = WeakSet()
_watching = threading.Lock()


def _watch(test: Any) -> None:  # noqa: ANN401  (Hypothesis has no type for it)
    """Have Hypothesis call what a rule says by way of the examples of the running case."""
    with _watching:
        if test in _watched:
            return
        inner = test.hypothesis.inner_test

        @wraps(inner)
        def example(*args: object, **values: object) -> object:
            examples = _examples.get()
            if examples is None:
                return inner(*args, **values)
            return examples.try_one(inner, args, values)

        test.hypothesis.inner_test = example
        _watched.add(test)


@contextmanager
def watched(item: pytest.Item) -> Iterator[None]:
    """Watch the examples of a case, and end it with the failure of the smallest.

    Other errors during the search for it, such as a spent budget, say nothing about that example
    and are dropped.
    """
    test: Any = getattr(item, "obj", None)
    is_generated = is_hypothesis_test(test)
    if is_generated:
        _watch(test)
    examples = Examples(getattr(item, "fixturenames", ()))
    token = _examples.set(examples if is_generated else None)
    try:
        yield
    except (Exception, Ended, Enough) as error:
        if examples.failure is not None:
            drawn = getattr(examples.failure, "__notes__", [])
            examples.failure.__notes__ = [note for note in drawn if note.startswith(_DRAWN)]
            raise examples.failure from None
        if isinstance(error, Ended):
            raise error.outcome from None
        raise
    finally:
        _examples.reset(token)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Watch the examples of each case that pytest calls."""
    with watched(item):
        return (yield)

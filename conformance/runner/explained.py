"""Comparisons of assertions that do not hold are explained outside of pytest's own loop, too."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from _pytest.assertion import pytest_runtest_protocol  # sets up how comparisons are explained

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest


@contextmanager
def comparisons_explained(item: pytest.Item) -> Iterator[None]:
    """Have the comparisons of an assertion that does not hold explained in full, as in a run."""
    steps = pytest_runtest_protocol(item)
    next(steps)
    try:
        yield
    finally:
        with suppress(StopIteration):
            steps.send(None)

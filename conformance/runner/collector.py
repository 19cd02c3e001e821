"""Python's garbage collector, which has nothing to find while cases run."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

MOST_UNCOLLECTED: Final = 1_000_000
"""How many containers may come into being, net, until a collection is worth its time."""


def collected(most: int = MOST_UNCOLLECTED) -> bool:
    """Collect where more containers than so many came into being; tell whether that was so.

    What survives is kept out of later collections.
    """
    is_worth_it = gc.get_count()[0] > most
    if is_worth_it:
        gc.collect()
        gc.freeze()
    return is_worth_it


class CollectorOff:
    """A pytest plugin that has no collection while cases run, unless they leave very much.

    What a run keeps (its exchanges) is looked through again and again otherwise, for cycles that
    are few. Some versions of CPython, too, fail to parse where a collection interrupts them.
    """

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        """Keep what there is out of every collection, and have none by itself."""
        was_enabled = gc.isenabled()
        gc.collect()
        gc.freeze()
        gc.disable()
        try:
            return (yield)
        finally:
            gc.unfreeze()
            if was_enabled:
                gc.enable()

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self) -> None:
        """Have what outlives a run looked through once: pytest collects twice at its end."""
        gc.freeze()

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logfinish(self) -> None:
        """Collect what many cases have left."""
        collected()

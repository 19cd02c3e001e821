"""Doing one thing with many values on several threads, each with connections of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Given = TypeVar("_Given")
_Found = TypeVar("_Found")


def on_threads(
    do: Callable[[_Given], _Found], each_of: Sequence[_Given], workers: int
) -> list[_Found]:
    """Do something with each value; return what came of it, in the order of the values.

    With one worker on this very thread. The threads see the context of the caller. An exception
    ends it, after what is under way: what was not begun is not begun any more.
    """
    if workers <= 1 or len(each_of) <= 1:
        return [do(each) for each in each_of]
    with ThreadPoolExecutor(min(workers, len(each_of))) as pool:
        futures = [pool.submit(copy_context().run, do, each) for each in each_of]
        try:
            return [future.result() for future in futures]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise

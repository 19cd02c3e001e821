"""Caching of what a run finds out about the target, so that it is asked once."""

from __future__ import annotations

import threading
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

_Found = TypeVar("_Found")


class _Answers:
    """The results of one function for one caller, by arguments, each with its own lock."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.locks: dict[tuple[object, ...], threading.RLock] = {}
        self.known: dict[tuple[object, ...], object] = {}


_KNOWN: list[WeakKeyDictionary[Any, _Answers]] = []
"""The results of every decorated function, by caller."""


_finding: ContextVar[bool] = ContextVar("finding", default=False)


def is_finding() -> bool:
    """Tell whether something is being found out that is kept for the rest of the run."""
    return _finding.get()


def forget() -> None:
    """Have everything asked again that a run has found out: it was misled."""
    for by_caller in _KNOWN:
        by_caller.clear()


def once_per_run(find: Callable[..., _Found]) -> Callable[..., _Found]:
    """Decorate a function that asks the target, so that equal arguments ask only once.

    The first argument is the caller, an object that lives as long as the run; the others have to be
    hashable. A thread waits for a result that another thread is finding for the same arguments. A
    call that raises is repeated the next time.
    """
    by_caller: WeakKeyDictionary[Any, _Answers] = WeakKeyDictionary()
    _KNOWN.append(by_caller)
    lock = threading.Lock()

    @wraps(find)
    def found(caller: object, *asked: object) -> _Found:
        with lock:
            answers = by_caller.setdefault(caller, _Answers())
        with answers.lock:
            mine = answers.locks.setdefault(asked, threading.RLock())
        with mine:
            if asked not in answers.known:
                token = _finding.set(True)
                try:
                    answers.known[asked] = find(caller, *asked)
                finally:
                    _finding.reset(token)
            return answers.known[asked]  # type: ignore[return-value]

    return found

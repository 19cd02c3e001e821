"""Caching of what a run finds out about the target, so that it is asked once."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from contextvars import ContextVar
from enum import Enum
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary, WeakSet

from conformance.wire.recorder import current_recorder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conformance.wire.recorder import Recorder

_Found = TypeVar("_Found")

_NAMES_NOTHING = (bool, int, Enum, type(None))
"""The types of answers from which no record is come back to."""


class Finding:
    """What one function finds out for one caller and some arguments, and which cases asked."""

    def __init__(self) -> None:
        """Start unknown, and asked by nobody."""
        self._lock = threading.RLock()
        self._answer: object = None
        self._is_known = False
        self._is_open = False
        self._asked_by: WeakSet[Recorder] = WeakSet()
        self._parts_of: set[Finding] = set()
        self.asked_at = 0.0
        """When it was asked for last, in seconds of a clock of its own."""

    @property
    def needs_records(self) -> bool:
        """Whether records that it has made or read may be come back to."""
        return self._is_open or not isinstance(self._answer, _NAMES_NOTHING)

    def answer(self, find: Callable[[], _Found]) -> _Found:
        """Return what is known, or else find it out: one thread, and others wait for it."""
        outer = _finding.get()
        with self._lock:
            self.asked_at = time.monotonic()
            self._asked_by.add(current_recorder())
            if outer is not None:
                self._parts_of.add(outer)
            if not self._is_known:
                self._find(find)
            return self._answer  # type: ignore[return-value]

    def _find(self, find: Callable[[], object]) -> None:
        token, self._is_open = _finding.set(self), True
        try:
            self._answer, self._is_known = find(), True
        finally:
            self._is_open = False
            _finding.reset(token)

    def give_up(self, running: Iterable[Recorder]) -> bool:
        """Have it found out anew the next time; tell whether that is done.

        It is not where one of the running cases has asked for it, nor where it is a part of what is
        kept. Cases are told by what records them.
        """
        if not self._lock.acquire(blocking=False):
            return False
        try:
            if not self._asked_by.isdisjoint(running):
                return False
            if any(each.needs_records for each in self._parts_of):
                return False
            self._answer, self._is_known = None, False
            return True
        finally:
            self._lock.release()


_KNOWN: list[WeakKeyDictionary[Any, dict[tuple[object, ...], Finding]]] = []
"""The findings of every decorated function, by caller."""

_finding: ContextVar[Finding | None] = ContextVar("finding", default=None)


def current_finding() -> Finding | None:
    """Return what is being found out that is kept for the rest of the run; None for nothing."""
    return _finding.get()


def forget() -> None:
    """Have everything asked again that a run has found out: it was misled."""
    for by_caller in _KNOWN:
        by_caller.clear()


def once_per_run(find: Callable[..., _Found]) -> Callable[..., _Found]:
    """Decorate a function that asks the target, so that equal arguments ask only once.

    The first argument is the caller, an object that lives as long as the run; the others have to be
    hashable. A thread waits for a result that another thread is finding for the same arguments. A
    call that raises is repeated the next time. Where room is needed for records, what was asked for
    longest ago is found out anew.
    """
    by_caller: WeakKeyDictionary[Any, dict[tuple[object, ...], Finding]] = WeakKeyDictionary()
    _KNOWN.append(by_caller)
    lock = threading.Lock()

    @wraps(find)
    def found(caller: object, *asked: object) -> _Found:
        with lock:
            finding = by_caller.setdefault(caller, defaultdict(Finding))[asked]
        return finding.answer(lambda: find(caller, *asked))

    return found

"""Caching of what a run finds out about the target, so that it is asked once."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary, WeakSet

from conformance.wire.context import within
from conformance.wire.recorder import current_recorder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from conformance.wire.recorder import Recorder

_Found = TypeVar("_Found")

_NAMES_NOTHING = (bool, int, Enum, type(None))
"""The types of answers from which no record is come back to."""


class Finding:
    """What one function finds out for one caller and some arguments, and which cases asked."""

    def __init__(self, *, for_good: bool = False) -> None:
        """Start unknown, and asked by nobody; `for_good` where nobody comes back to its records."""
        self._for_good = for_good
        self._lock = threading.RLock()
        self._answer: object = None
        self._is_known = False
        self._is_open = False
        self._asked_by: WeakSet[Recorder] = WeakSet()
        self._parts_of: set[Finding] = set()
        self.modules: set[str] = set()
        """The modules whose cases have asked for it; "" among them where anything else has."""
        self.asked_at = 0.0
        """When it was asked for last, in seconds of a clock of its own."""

    @property
    def needs_records(self) -> bool:
        """Whether records that it has made or read may be come back to."""
        if self._is_open:
            return True
        return not (self._for_good or isinstance(self._answer, _NAMES_NOTHING))

    def answer(self, find: Callable[[], _Found]) -> _Found:
        """Return what is known, or else find it out: one thread, and others wait for it."""
        outer = _finding.get()
        with _locked(self._lock):
            self.asked_at = time.monotonic()
            recorder = current_recorder()
            self._asked_by.add(recorder)
            self.modules.add(recorder.module)
            if outer is not None:
                self._parts_of.add(outer)
            if not self._is_known:
                self._find(find)
            return self._answer  # type: ignore[return-value]

    def _find(self, find: Callable[[], object]) -> None:
        self._is_open = True
        try:
            with within(_finding, self):
                self._answer, self._is_known = find(), True
        finally:
            self._is_open = False

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

_waiting: set[int] = set()
"""The threads that wait for what another one is finding out."""


def waiting_for_findings() -> int:
    """Return how many threads wait for what another one is finding out."""
    return len(_waiting)


@contextmanager
def _locked(lock: threading.RLock) -> Iterator[None]:
    """Hold a lock; who has to wait for it is known to."""
    if not lock.acquire(blocking=False):
        me = threading.get_ident()
        _waiting.add(me)
        try:
            lock.acquire()
        finally:
            _waiting.discard(me)
    try:
        yield
    finally:
        lock.release()


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
    return _kept(find, Finding)


def once_for_good(find: Callable[..., _Found]) -> Callable[..., _Found]:
    """Decorate a function like `once_per_run`, of whose records nobody asks for more.

    They may be deleted, and what was found out stays.
    """
    return _kept(find, partial(Finding, for_good=True))


def _kept(find: Callable[..., _Found], make: Callable[[], Finding]) -> Callable[..., _Found]:
    by_caller: WeakKeyDictionary[Any, dict[tuple[object, ...], Finding]] = WeakKeyDictionary()
    _KNOWN.append(by_caller)
    lock = threading.Lock()

    @wraps(find)
    def found(caller: object, *asked: object) -> _Found:
        with lock:
            finding = by_caller.setdefault(caller, defaultdict(make))[asked]
        return finding.answer(lambda: find(caller, *asked))

    return found

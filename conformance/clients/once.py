"""What is found out about the target is found out once in a run."""

from __future__ import annotations

import threading
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

_Found = TypeVar("_Found")


class _Answers:
    """The answers to one question, by its arguments, each with a lock of its own."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.locks: dict[tuple[object, ...], threading.RLock] = {}
        self.known: dict[tuple[object, ...], object] = {}


def once_per_run(find: Callable[..., _Found]) -> Callable[..., _Found]:
    """Have a function that asks the target answer the same arguments from its first answer.

    The first argument is who asks: an object that lives as long as the run. The others have to be
    hashable. Threads wait for an answer that is on its way, each for its own arguments. What ends
    in an exception is asked again.
    """
    by_caller: WeakKeyDictionary[Any, _Answers] = WeakKeyDictionary()
    lock = threading.Lock()

    @wraps(find)
    def found(caller: object, *asked: object) -> _Found:
        with lock:
            answers = by_caller.setdefault(caller, _Answers())
        with answers.lock:
            mine = answers.locks.setdefault(asked, threading.RLock())
        with mine:
            if asked not in answers.known:
                answers.known[asked] = find(caller, *asked)
            return answers.known[asked]  # type: ignore[return-value]

    return found

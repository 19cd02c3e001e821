"""A property that is worked out once for its object, also where several threads ask at a time."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

_Made = TypeVar("_Made")


class made_once(Generic[_Made]):  # noqa: N801  (it is written like a function)
    """A property that is worked out when it is first asked for; where that raises, again later.

    One thread does so, and the others wait: `functools.cached_property` lets each do so from
    Python 3.12 on, and lets all objects of a class wait for one before.
    """

    def __init__(self, make: Callable[[Any], _Made]) -> None:
        """Take the function that makes it."""
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name under which an object keeps what was made."""
        self._name = name
        self._kept = f"_made_{name}"

    @overload
    def __get__(self, instance: None, owner: type) -> made_once[_Made]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> _Made: ...

    def __get__(self, instance: object | None, owner: type) -> made_once[_Made] | _Made:
        """Return what was made, or make it."""
        if instance is None:
            return self
        known: dict[str, Any] = instance.__dict__
        if self._kept not in known:
            lock = known.setdefault(f"_lock_of_{self._name}", threading.RLock())
            with lock:
                if self._kept not in known:
                    known[self._kept] = self._make(instance)
        return known[self._kept]  # type: ignore[no-any-return]

"""Records of our own that cases share, one after another: each is with one case at a time."""

from __future__ import annotations

import threading
from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from conformance.wire.context import within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.spec.addressing import Identity

_Held = dict[str, "Identity"]

_holder: ContextVar[dict[SharedRecords, _Held] | None] = ContextVar("holder", default=None)


@contextmanager
def holding() -> Iterator[None]:
    """Have the shared records that a case takes in this context given back at its end."""
    held: dict[SharedRecords, _Held] = defaultdict(dict)
    try:
        with within(_holder, held):
            yield
    finally:
        for pool, records in held.items():
            pool.give_back(records)


def belonging_to(owner: Identity, purpose: str) -> str:
    """Return the purpose of a record that belongs to another one that is shared."""
    return f"{purpose} of {owner.id}"


class SharedRecords:
    """The shared records of one account, by what they are for; threads may share it.

    A case that runs beside others gets other records than they hold. Outside of `holding` there is
    one record for each purpose.
    """

    def __init__(self) -> None:
        """Start without a record."""
        self._lock = threading.Lock()
        self._free: dict[str, list[Identity]] = defaultdict(list)
        self._always: _Held = {}

    def held(self, purpose: str, owning: str = "") -> Identity | None:
        """Return the record that the running case holds, or may hold from now on; None for none.

        Of several that it may hold, the last one that owns a record for the purpose `owning`.
        """
        mine = self._mine()
        with self._lock:
            free = self._free[purpose]
            if purpose not in mine and free:
                owners = (
                    each for each in reversed(free) if self._free.get(belonging_to(each, owning))
                )
                mine[purpose] = next(owners, free[-1])
                free.remove(mine[purpose])
            return mine.get(purpose)

    def hold(self, purpose: str, identity: Identity) -> None:
        """Have the running case hold a record, in place of any that it has held."""
        self._mine()[purpose] = identity

    def let_go(self, identity: Identity) -> None:
        """Share a record no longer that the running case holds."""
        mine = self._mine()
        for purpose in [purpose for purpose, each in mine.items() if each == identity]:
            del mine[purpose]

    def give_back(self, records: _Held) -> None:
        """Let others hold records from now on."""
        with self._lock:
            for purpose, identity in records.items():
                self._free[purpose].append(identity)

    def _mine(self) -> _Held:
        held = _holder.get()
        return self._always if held is None else held[self]

"""Connections that nobody asks over at the moment, of all callers together: few are kept."""

from __future__ import annotations

import threading
from typing import Final, Generic, Protocol, TypeVar

MOST: Final = 4
"""How many are kept: with one that is in use, fewer than a browser has to one host."""


class Closable(Protocol):
    """What can be closed."""

    def close(self) -> None:
        """Close it."""


Kept = TypeVar("Kept", bound=Closable)


class IdleConnections(Generic[Kept]):
    """Keeps a connection for each owner, and closes the one that was not used for longest.

    A server, or what stands before it, may have room for few connections of one client. Threads may
    share it.
    """

    def __init__(self, most: int = MOST) -> None:
        """Keep so many."""
        self._most = most
        self._lock = threading.Lock()
        self._kept: dict[object, Kept] = {}

    def take(self, owner: object) -> Kept | None:
        """Return the connection of an owner, which is idle no longer; None where there is none."""
        with self._lock:
            return self._kept.pop(owner, None)

    def keep(self, owner: object, connection: Kept) -> None:
        """Keep the connection of an owner until it is taken, or too many others came after it."""
        with self._lock:
            self._kept[owner] = connection
            too_many = [self._kept.pop(each) for each in list(self._kept)[: -self._most]]
        for each in too_many:
            each.close()

    def close_all(self) -> None:
        """Close all that are idle."""
        with self._lock:
            every = list(self._kept.values())
            self._kept.clear()
        for each in every:
            each.close()

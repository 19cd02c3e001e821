"""Reads that are behind the last write: replicas, indexes, caches."""

import copy
import re
import time
from functools import partial
from threading import Lock
from typing import ClassVar, Final
from urllib.parse import urlsplit

from reference.message import Request, Response
from reference.records import Record
from reference.server import Reference

from .surrounding import Ending, Makers, Surrounding

STALE: Final = Ending(
    1, ("differ from the last write for",), frozenset({"reads-follow-the-last-write"})
)
"""By the letter a breach, said once: of the rule about it, and of no other."""
FEW: Final = (
    "suites/consuming/test_reading_after_writing.py",
    "suites/consuming/test_creating.py",
    "suites/consuming/test_deleting.py",
    "suites/test_curl.py",
)
LISTS: Final = re.compile(r"(customer|greeting|source|user)s?(\.\w+)?$")
WRITES: Final = re.compile(r"_method|override", re.IGNORECASE)


def is_read(request: Request) -> bool:
    """Whether a request only reads."""
    names = " ".join(name for name, _ in request.headers)
    return request.method in {"GET", "HEAD"} and not WRITES.search(request.target + names)


def is_of_a_list(request: Request) -> bool:
    """Whether a request reads a list."""
    parts = urlsplit(request.target)
    named = LISTS.search(parts.path)
    return is_read(request) and bool(named) and f"{named and named[1]}_id=" not in parts.query


class LagsBehind(Surrounding):
    """Answers reads from a replica that is behind, or only lists, from an index that is."""

    ending: ClassVar[Ending] = STALE
    options: ClassVar[tuple[str, ...]] = FEW

    def __init__(self, server: Reference, *, seconds: float, lists_only: bool = False) -> None:
        """Be behind by so many seconds."""
        super().__init__(server)
        self.seconds = seconds
        self.lists_only = lists_only
        self._states = [(0.0, tables_of(server))]
        self._lock = Lock()

    def respond(self, request: Request, connection: int) -> Response:
        """Answer a read from what was true then, and keep what a write makes true now."""
        if is_read(request) and (is_of_a_list(request) or not self.lists_only):
            replica = copy.copy(self.server)
            replica._tables = self.state_then()  # noqa: SLF001 - the records of a replica
            return replica.respond(request)
        with self._lock:
            response = super().respond(request, connection)
            if not is_read(request):
                self._states.append((time.monotonic(), tables_of(self.server)))
        return response

    def state_then(self) -> dict[str, dict[str, Record]]:
        """The newest state that is old enough; older ones are forgotten."""
        with self._lock:
            known = [each for each in self._states if each[0] <= time.monotonic() - self.seconds]
            self._states = self._states[max(0, len(known) - 1) :]
            return self._states[0][1]


def tables_of(server: Reference) -> dict[str, dict[str, Record]]:
    """The records of a server as they are now."""
    return {name: dict(table) for name, table in server._tables.items()}  # noqa: SLF001


class CachesLists(Surrounding):
    """Answers a list from a cache for a while."""

    ending: ClassVar[Ending] = STALE
    options: ClassVar[tuple[str, ...]] = FEW

    def __init__(self, server: Reference, *, seconds: float) -> None:
        """Cache a list for so many seconds."""
        super().__init__(server)
        self.seconds = seconds
        self._cached: dict[tuple[str, str | None], tuple[float, Response]] = {}

    def respond(self, request: Request, connection: int) -> Response:
        """Let the server look at the credentials; then prefer what is in the cache."""
        response = super().respond(request, connection)
        if response.status != 200 or not is_of_a_list(request):  # noqa: PLR2004 - what is cached
            return response
        key = request.target, request.header("Accept")
        came, cached = self._cached.get(key, (0.0, response))
        if time.monotonic() - came > self.seconds:
            self._cached[key] = time.monotonic(), response
            return response
        return cached


SURROUNDINGS: Makers = {
    "replica-50-ms-behind": partial(LagsBehind, seconds=0.05),
    "replica-400-ms-behind": partial(LagsBehind, seconds=0.4),
    "replica-1200-ms-behind": partial(LagsBehind, seconds=1.2),
    "index-100-ms-behind": partial(LagsBehind, seconds=0.1, lists_only=True),
    "lists-cached-for-a-second": partial(CachesLists, seconds=1.0),
}

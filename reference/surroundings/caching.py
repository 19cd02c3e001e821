"""Further ways to be behind the last write: by connection, by method, by what is asked."""

import time
from functools import partial
from typing import ClassVar, Final

from reference.message import Request, Response
from reference.server import Reference

from .lagging import CachesLists, LagsBehind, is_of_a_list, is_read
from .surrounding import Makers, Surrounding

OK: Final = 200
MANY: Final = (
    "suites/consuming/test_client_updates.py",
    "suites/consuming/test_creating.py",
    "suites/consuming/test_deleting.py",
    "suites/consuming/test_reading.py",
    "suites/consuming/test_reading_after_writing.py",
    "suites/consuming/test_updating.py",
    "suites/test_curl.py",
    "suites/test_paging.py",
)


class LagsElsewhere(LagsBehind):
    """Answers from what was just written on the connection that wrote, and from a replica else."""

    options: ClassVar[tuple[str, ...]] = MANY

    def __init__(self, server: Reference, *, seconds: float) -> None:
        """Be behind by so many seconds for others."""
        super().__init__(server, seconds=seconds)
        self._wrote: dict[int, float] = {}

    def respond(self, request: Request, connection: int) -> Response:
        """Look at who asks."""
        if not is_read(request):
            self._wrote[connection] = time.monotonic()
        elif time.monotonic() - self._wrote.get(connection, -1e9) < 10 * self.seconds:
            return self.server.respond(request)
        return super().respond(request, connection)


class CachesRecords(CachesLists):
    """Answers a single record from a cache for a while, with its age."""

    options: ClassVar[tuple[str, ...]] = MANY

    def respond(self, request: Request, connection: int) -> Response:
        """Let the server look at the credentials; then prefer what is in the cache."""
        response = Surrounding.respond(self, request, connection)
        if response.status != OK or not is_read(request) or is_of_a_list(request):
            return response
        key = request.target, request.header("Accept")
        came, cached = self._cached.get(key, (0.0, response))
        age = time.monotonic() - came
        if age > self.seconds:
            self._cached[key] = time.monotonic(), response
            return response
        return Response(OK, (*cached.headers, ("Age", str(round(age)))), cached.body)


SURROUNDINGS: Makers = {
    "replica-for-other-connections": partial(LagsElsewhere, seconds=0.3),
    "records-cached-for-half-a-second": partial(CachesRecords, seconds=0.5),
    "lists-cached-for-300-ms": partial(CachesLists, seconds=0.3),
    "replica-250-ms-behind": partial(LagsBehind, seconds=0.25),
    "index-800-ms-behind": partial(LagsBehind, seconds=0.8, lists_only=True),
}

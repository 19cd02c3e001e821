"""Accounts that are locked for a while after wrong passwords, as guards against guessing do."""

import time
from functools import partial
from threading import Lock
from typing import ClassVar, Final

from reference.message import Request, Response
from reference.server import Reference

from .busy import LISTED, anonymous, refusal
from .surrounding import Ending, Makers, Surrounding

UNAUTHORIZED: Final = 401
SECURITY: Final = ("suites/security", "suites/consuming/test_creating.py")


class Locks(Surrounding):
    """Refuses the account for a while after so many wrong passwords in a row."""

    options: ClassVar[tuple[str, ...]] = SECURITY

    def __init__(
        self, server: Reference, *, after: int, seconds: float, status: int = UNAUTHORIZED
    ) -> None:
        """Lock after so many wrong passwords, for so many seconds, by answers of a status."""
        super().__init__(server)
        self._after = after
        self._seconds = seconds
        self._status = status
        self._lock = Lock()
        self._wrong = 0
        self._locked_until = 0.0

    def respond(self, request: Request, connection: int) -> Response:  # noqa: ARG002
        """Answer, and count what was wrong."""
        bears = request.header("Authorization") is not None
        with self._lock:
            if bears and time.monotonic() < self._locked_until:
                return self._refused(request)
            response = self.server.respond(request)
            if bears and response.status == UNAUTHORIZED:
                stale = "stale=true" in (response.header("WWW-Authenticate") or "").lower()
                self._wrong += not stale
            elif bears:
                self._wrong = 0
            if self._wrong >= self._after:
                self._wrong = 0
                self._locked_until = time.monotonic() + self._seconds
        return response

    def _refused(self, request: Request) -> Response:
        if self._status != UNAUTHORIZED:
            return refusal(self._status)
        return self.server.respond(anonymous(request))


class LocksByThrottling(Locks):
    """Answers 429 for a while after so many wrong passwords in a row."""

    ending: ClassVar[Ending] = Ending(1, (LISTED,), frozenset({LISTED}))
    options: ClassVar[tuple[str, ...]] = (*SECURITY, "suites/test_status_codes.py")


class LocksForGood(Locks):
    """Refuses the account after so many wrong passwords until somebody unlocks it."""

    ending: ClassVar[Ending] = Ending(10, ("stopped: the right credentials are refused",))


SURROUNDINGS: Makers = {
    "locks-for-three-seconds-401": partial(Locks, after=10, seconds=3.0),
    "locks-for-three-seconds-403": partial(Locks, after=10, seconds=3.0, status=403),
    "locks-for-a-second-429": partial(LocksByThrottling, after=5, seconds=1.0, status=429),
    "locks-at-the-third": partial(Locks, after=3, seconds=1.5),
    "locks-for-good": partial(LocksForGood, after=8, seconds=3600.0),
}

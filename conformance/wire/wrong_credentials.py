"""Which requests carry credentials that no account of the run has, and how many there were.

An account may be locked after some of them, so a run sends few and says beforehand how many.
"""

from __future__ import annotations

import base64
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from conformance.wire.digest import Challenge, challenges, digest_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.config.credentials import Credentials
    from conformance.wire.exchanges import Exchange


OF_CURL = "Digest"
"""What stands for the field of a request that curl has sent, which knows the right ones alone."""


class WrongCredentials:
    """Counts the wrong credentials of all callers together; threads may share it."""

    def __init__(self, right: Iterable[Credentials]) -> None:
        """Take the credentials that are right."""
        self._right = tuple(right)
        self._right_users = frozenset(each.in_shell for each in self._right)
        self._lock = threading.Lock()
        self.sent = 0

    def are_in(self, method: str, headers: Mapping[str, str]) -> bool:
        """Tell whether a request has an Authorization field that no right credentials explain."""
        fields = [value for name, value in headers.items() if name.lower() == "authorization"]
        return any(
            field != OF_CURL and not any(_explains(each, method, field) for each in self._right)
            for field in fields
        )

    def were_in(self, exchange: Exchange) -> bool:
        """Tell whether a request that was sent had such a field.

        None that was written for a caller with right credentials is looked into.
        """
        return exchange.user not in self._right_users and self.are_in(
            exchange.method, exchange.request_headers
        )

    def count(self) -> None:
        """Count one that was sent."""
        with self._lock:
            self.sent += 1


def _explains(right: Credentials, method: str, field: str) -> bool:
    """Tell whether credentials, and what is written in a field beside them, lead to it."""
    scheme, _, text = field.partition(" ")
    if scheme.lower() == "basic":
        return _basic(right) == text.strip()
    (said, *_) = challenges([field]) or [Challenge("", {})]
    given = said.parameters
    if said.scheme != "digest" or not {"realm", "nonce", "uri", "response"} <= given.keys():
        return False
    named = given.get("username", right.username)
    if named != right.username or not Challenge("digest", _without_qop(given)).usable:
        return False
    challenge = Challenge("digest", {**given, "qop": given.get("qop", "")})
    with suppress(ValueError):
        fields = digest_fields(
            challenge,
            right,
            method,
            given["uri"],
            count=int(given.get("nc", "1"), 16),
            cnonce=given.get("cnonce", ""),
        )
        return fields["response"] == given["response"]
    return False


def _without_qop(given: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in given.items() if name != "qop"}


def _basic(right: Credentials) -> str:
    return base64.b64encode(f"{right.username}:{right.password}".encode()).decode()

"""Findings that last: a server may take a moment until every read shows a write."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.clients.api import Api

LAG = 1.0
"""Seconds after which every read has to show a write, for a rule that is not about that."""


def lasting(api: Api, look: Callable[[], list[str]]) -> list[str]:
    """Return what a look finds, and still finds when it is repeated after a moment.

    A server that is called without a socket has nothing that could lag behind.
    """
    found = look()
    if not found or api.target.without_socket:
        return found
    time.sleep(LAG)
    return look()

"""Findings that last: a server may take a moment until every read shows a write."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LAG = 1.0
"""Seconds after which every read has to show a write, for a rule that is not about that."""


def lasting(look: Callable[[], list[str]]) -> list[str]:
    """Return what a look finds, and still finds when it is repeated after a moment."""
    if not look():
        return []
    time.sleep(LAG)
    return look()

"""Silence as an answer: a place that lets callers wait, and says nothing.

A port of HTTPS may wait half a minute for the first byte of TLS, and a firewall may drop all.
"""

from __future__ import annotations

from typing import Final

from conformance.wire.failures import TOO_LATE

LONG_ENOUGH: Final = 3.0
"""Seconds without an answer that count as one: there is nothing to be had."""

ONCE_MORE: Final = 0.5
"""Seconds where that was so before: not every request has to wait as long as the first."""


class Silence:
    """How long to wait at one place for an answer that may not come; callers share it."""

    def __init__(self) -> None:
        """Start without having met any."""
        self._is_known = False

    @property
    def seconds(self) -> float:
        """How long to wait for the next answer."""
        return ONCE_MORE if self._is_known else LONG_ENOUGH

    def learn(self, failure: str) -> None:
        """Take note of why no answer came, or that one did ("")."""
        self._is_known = failure == TOO_LATE

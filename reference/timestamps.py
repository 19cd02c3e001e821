"""Timestamps: the clock, and how a moment is written and read."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from .refusal import Refusal

DATE_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")


def system_clock() -> datetime:
    """The present moment, as the machine tells it."""
    return datetime.now(UTC)


class Timestamps:
    """Every moment is kept, shown and understood in UTC."""

    clock: Callable[[], datetime]

    def now(self) -> datetime:
        """The present moment."""
        return self.clock()

    def timestamp(self, moment: datetime) -> str:
        """How a response shows a moment."""
        return moment.replace(tzinfo=None).isoformat(" ", "seconds")

    def moment(self, name: str, text: str) -> datetime:
        """The moment that the parameter `name` tells."""
        if not DATE_TIME.fullmatch(text):
            return self.invalid_moment(name, text)
        try:
            return datetime.fromisoformat(text).replace(tzinfo=UTC)
        except ValueError:
            return self.invalid_moment(name, text)

    def invalid_moment(self, name: str, text: str) -> datetime:
        """Refuse a date-time that cannot be read."""
        del text
        raise Refusal(400, f"{name} has to look like 2025-12-31 23:59:59, in UTC")

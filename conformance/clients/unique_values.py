"""The values that only this run sends."""

from __future__ import annotations

import itertools
import re
import secrets
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conformance.spec.resources import Record

LEAST_NUMBER = 1_000_000_000
"""The least number of ten digits; runs start at random places between it and its half more."""

_CHANCE = 0xFFFF
"""The part of a run's start, about a minute of milliseconds, in which two runs differ by chance."""


class UniqueValues:
    """Makes up texts and numbers that no other run has."""

    def __init__(self, beside: UniqueValues | None = None) -> None:
        """Start with a prefix that no other run has, or with that of the one `beside` it."""
        now = time.time_ns() // 1_000_000
        began = f"{now & ~_CHANCE | secrets.randbits(16):x}"
        self._started: str = beside.prefix[3:-1] if beside else began
        least = LEAST_NUMBER + secrets.randbelow(LEAST_NUMBER // 2)
        self.texts: Iterator[int] = beside.texts if beside else itertools.count(1)
        self.numbers: Iterator[int] = beside.numbers if beside else itertools.count(least)
        self._given: set[str] = set()

    def go_on_as(self, prefix: str) -> None:
        """Go on with the prefix of another run."""
        self._started = prefix.removeprefix("cf-").removesuffix("-")

    @property
    def prefix(self) -> str:
        """The beginning of every unique text of this run."""
        return f"cf-{self._started}-"

    def fresh(self) -> str:
        """Return a text of letters, digits and "-" that is unique to this call."""
        return f"{self.prefix}{next(self.texts)}"

    def fresh_number(self) -> str:
        """Return a number of ten digits, not starting with 0, that no record has.

        Servers that store it as an integer can do so without loss.
        """
        number = str(next(self.numbers))
        self._given.add(number)
        return number

    def is_fresh(self, value: str) -> bool:
        """Tell whether a value holds a text, or is a number, that this run has made up."""
        return self.prefix in value or value in self._given

    def bears_prefix(self, record: Record) -> bool:
        """Tell whether a record shows a text that no other run has made up."""
        return any(isinstance(value, str) and self.prefix in value for value in record.values())

    def fresh_in(self, values: Iterable[object]) -> frozenset[str]:
        """Return the texts and numbers within values that one call alone has got."""
        texts = [value for value in values if isinstance(value, str)]
        found = {found for text in texts for found in texts_with(self.prefix).findall(text)}
        return frozenset(found.union(self._given.intersection(texts)))


def texts_with(prefix: str) -> re.Pattern[str]:
    """Return what matches each text with the prefix of a run that one request alone has sent."""
    return re.compile(rf"{re.escape(prefix)}\d+")

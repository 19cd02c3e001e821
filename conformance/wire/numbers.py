"""Whole numbers that a target writes: of any length, so that not each of them is worth reading."""

from __future__ import annotations

MOST_DIGITS = 100
"""Digits of a number that is read; Python itself refuses more than 4,300."""


def whole_number(value: object) -> int | None:
    """Return the number that a value's text is, negative or not; None where it is none."""
    text = str(value)
    digits = text.removeprefix("-")
    if len(digits) > MOST_DIGITS or not digits.isdecimal():
        return None
    return int(text)

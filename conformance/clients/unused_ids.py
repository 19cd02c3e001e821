"""Ids that no record has, in the form of those that exist: no rule knows what an id looks like."""

from __future__ import annotations

import re
import secrets
import string
from math import gcd
from typing import TYPE_CHECKING

from conformance.wire.numbers import whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GREATEST_ID = 2**31 - 1
"""The greatest small number to ask for: servers with 32-bit integers may refuse a greater one."""

GREATEST_LONG_ID = 2**63 - 1
"""The greatest number that servers with 64-bit integers know."""

FAR_AWAY = 100_003
"""How far beyond the greatest small number that exists."""

FEWEST = 3
"""How many numbers show at which distance they are given."""

_UUID = re.compile(
    r"([0-9a-f]{8}-[0-9a-f]{4}-)([0-9a-f])([0-9a-f]{3}-)([0-9a-f])(.*)", re.IGNORECASE
)
_HEX = frozenset(string.hexdigits)


def unused_ids(existing: Sequence[str]) -> Iterator[str]:
    """Give ids without end that look like the existing ones and are none of them.

    Numbers that fit into 32 bits, or else into 64, are followed by greater ones at the distance
    that all of them have. In any other form the characters that all ids of a length share are kept,
    and the others drawn anew, each from its own kind.
    """
    known = set(existing)
    plain = [number for id_ in known if str(number := whole_number(id_)) == id_]
    for most in (GREATEST_ID, GREATEST_LONG_ID):
        small = [number for number in plain if number is not None and 0 <= number <= most]
        if len(small) == len(known):
            yield from _beyond(small, most)
            break
    pattern = max(known - {""}, key=lambda id_: (not id_.isdecimal(), len(id_)))
    alike = [id_ for id_ in known if len(id_) == len(pattern)]
    while True:
        drawn = _like(pattern, alike)
        if drawn not in known:
            yield drawn


def are_numbers(ids: Sequence[str]) -> bool:
    """Tell whether ids are numbers that fit into 32 bits, as those of the document's samples."""
    numbers = [whole_number(id_) for id_ in ids]
    return all(number is not None and number <= GREATEST_ID for number in numbers)


def _beyond(known: Sequence[int], most: int) -> Iterator[str]:
    """Give numbers far beyond the greatest one, at the distance of all, up to one at most."""
    greatest = max(known, default=0)
    step = gcd(*(greatest - each for each in known)) if len(known) >= FEWEST else 1
    step = max(1, step)
    start = greatest + FAR_AWAY * step
    if start + FAR_AWAY * step > most:
        start = most - (most - greatest) % step - FAR_AWAY * step
    numbers = range(max(start, greatest % step), most, step)
    yield from (str(number) for number in numbers if number not in known)


def _like(pattern: str, alike: Sequence[str]) -> str:
    """Return an id of the form of one that exists."""
    uuid = _UUID.fullmatch(pattern)
    kept = {at for at, column in enumerate(zip(*alike, strict=True)) if len({*column}) == 1}
    if uuid is not None or len(alike) == 1:
        kept = set()
    is_hex = all(each in _HEX for each in pattern if each.isalnum())
    drawn = "".join(
        each if at in kept else _another(each, is_hex=is_hex) for at, each in enumerate(pattern)
    )
    if uuid is None:
        return drawn
    fresh = _UUID.fullmatch(drawn)
    if fresh is None:
        return drawn
    return fresh[1] + uuid[2] + fresh[3] + uuid[4] + fresh[5]  # its version and variant stay


def _another(character: str, *, is_hex: bool) -> str:
    """Return a character of the same kind: a digit, a hexadecimal one, a letter, or itself."""
    if not character.isalnum() or not character.isascii():
        return character
    if is_hex and not character.isdecimal():
        return secrets.choice("abcdef" if character.islower() else "ABCDEF")
    if character.isdecimal():
        return secrets.choice("123456789")
    return secrets.choice(string.ascii_lowercase if character.islower() else string.ascii_uppercase)

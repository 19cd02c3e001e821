"""Ids that no record has, in the form of those that exist: no rule knows what an id looks like."""

from __future__ import annotations

import re
import secrets
import string
from typing import TYPE_CHECKING

from conformance.wire.numbers import whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GREATEST_ID = 2**31 - 1
"""The greatest small number to ask for: servers with 32-bit integers may refuse a greater one."""

FAR_AWAY = 100_003
"""How far beyond the greatest small number that exists."""

_UUID = re.compile(
    r"([0-9a-f]{8}-[0-9a-f]{4}-)([0-9a-f])([0-9a-f]{3}-)([0-9a-f])(.*)", re.IGNORECASE
)
_HEX = frozenset(string.hexdigits)


def unused_ids(existing: Sequence[str]) -> Iterator[str]:
    """Give ids without end that look like the existing ones and are none of them.

    Numbers that fit into 32 bits are followed by greater ones. In any other form the characters
    that all ids of a length share are kept, and the others drawn anew, each from its own kind.
    """
    known = set(existing)
    plain = [number for id_ in known if str(number := whole_number(id_)) == id_]
    small = [number for number in plain if number is not None and 0 <= number <= GREATEST_ID]
    if len(small) == len(known):
        yield from _beyond(max(small, default=0))
    pattern = max(known - {""}, key=lambda id_: (not id_.isdecimal(), len(id_)))
    alike = [id_ for id_ in known if len(id_) == len(pattern)]
    while True:
        drawn = _like(pattern, alike)
        if drawn not in known:
            yield drawn


def _beyond(greatest: int) -> Iterator[str]:
    """Give numbers far beyond the greatest one, as long as they fit into 32 bits."""
    start = greatest + FAR_AWAY
    if start > GREATEST_ID:
        start = GREATEST_ID - FAR_AWAY
    yield from map(str, range(start, start + FAR_AWAY))


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

"""The texts of what was compared that tell a request, since it said them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_MADE_UP: Final = re.compile(r"cf-[0-9a-f]{6,}-[0-9]+")
"""A text that the run makes up, for one use."""


Told = tuple[tuple[str, ...], ...]


def telling_texts(observed: object, expected: object) -> Told:
    """Return the texts that tell the request which a finding is about: groups, the best first.

    What should have been stored or found was said by the request that failed; what was stored or
    found in its place by the one that is to blame: of both, the later one.
    """
    return tuple(dict.fromkeys(_telling(observed, expected)))


def _telling(observed: object, expected: object) -> list[tuple[str, ...]]:
    if isinstance(observed, Mapping) and isinstance(expected, Mapping):
        return _of_mappings(observed, expected)
    if isinstance(expected, str):
        return [(expected, observed) if isinstance(observed, str) else (expected,)]
    if not isinstance(observed, list | tuple | set | frozenset):
        return []
    if isinstance(expected, list | tuple) and len(expected) == len(observed):
        pairs = zip(observed, expected, strict=True)
        return [group for one, other in pairs if one != other for group in _telling(one, other)]
    texts = [each for each in observed if isinstance(each, str) and not _MADE_UP.search(each)]
    made_up = [_MADE_UP.findall(repr(each)) for each in observed if isinstance(each, Mapping)]
    return [*((each,) for each in texts), tuple(text for found in made_up for text in found)]


def _of_mappings(
    observed: Mapping[object, object], expected: Mapping[object, object]
) -> list[tuple[str, ...]]:
    """Return the keys of members that differ, and then the values that were expected or found."""
    keys = [key for key in observed if expected.get(key, observed) != observed[key]]
    values = [side.get(key) for side in (expected, observed) for key in keys] if expected else []
    named = [(each,) for each in keys if isinstance(each, str)]
    return [*named, tuple(each for each in values if isinstance(each, str))]

"""The difference between two values: what is missing, what is too many, and what is another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from conformance.results.wording.texts import shortened
from conformance.results.wording.values import in_words, several_in_words

MOST_DIFFERENCES: Final = 3
"""The maximum number of differences to tell."""

_ORDINALS: Final = ("first", "second", "third")

_AROUND: Final = 12
"""Characters that are shown of a long text before and behind where it differs."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: where, by a JSON pointer ("" for the whole), and both sides in words."""

    pointer: str
    expected: str
    observed: str

    def told(self, side: str) -> str:
        """Return one side in words, with where it is."""
        return f"{self.pointer} {side}" if self.pointer else side


@dataclass(frozen=True, slots=True)
class Sides:
    """What was expected and what was observed, in words."""

    expected: str
    observed: str


def difference(observed: object, expected: object) -> Sides:
    """Return the difference between two values, in words; the same sides where there is none."""
    found = list(_differences(observed, expected, ""))
    shown, more = found[:MOST_DIFFERENCES], len(found) - MOST_DIFFERENCES
    rest = f" (and {more} more differences)" if more > 0 else ""
    if not shown:
        return Sides(in_words(expected), f"{in_words(observed)}, of another type")
    return Sides(
        "; ".join(each.told(each.expected) for each in shown),
        "; ".join(each.told(each.observed) for each in shown) + rest,
    )


def _differences(observed: object, expected: object, pointer: str) -> Iterator[Difference]:
    if observed == expected:
        return
    if isinstance(observed, Mapping) and isinstance(expected, Mapping):
        yield from _of_mappings(observed, expected, pointer)
    elif _is_one_thing(observed, expected):
        yield Difference(pointer, _together(expected), _together(observed))
    elif _are_lists(observed, expected):
        yield from _of_lists(observed, expected, pointer)  # type: ignore[arg-type]
    elif isinstance(observed, set | frozenset) and isinstance(expected, set | frozenset):
        yield _of_members(sorted(observed, key=str), sorted(expected, key=str), pointer)
    elif isinstance(observed, str) and isinstance(expected, str):
        yield _of_texts(observed, expected, pointer)
    else:
        yield Difference(pointer, in_words(expected), in_words(observed))


def _of_mappings(
    observed: Mapping[object, object], expected: Mapping[object, object], pointer: str
) -> Iterator[Difference]:
    for key in dict.fromkeys([*expected, *observed]):
        at = _below(pointer, key)
        one, other = observed.get(key), expected.get(key)
        if key not in observed:
            yield Difference(at, _member_in_words(other), "is missing")
        elif key not in expected:
            yield Difference(at, "absent", _member_in_words(one))
        elif one != other and None in (one, other):
            yield Difference(at, _member_in_words(other), _member_in_words(one))
        else:
            yield from _differences(one, other, at)


def _member_in_words(value: object) -> str:
    """Return the value of a member in words, which may be null."""
    return "null" if value is None else in_words(value)


def _is_one_thing(*values: object) -> bool:
    """Tell whether tuples are facts about one thing, in words: a status, and what goes with it."""
    return all(
        isinstance(value, tuple) and all(isinstance(part, str | int) for part in value)
        for value in values
    )


def _together(value: object) -> str:
    parts = value if isinstance(value, tuple) else (value,)
    return ", ".join(part if isinstance(part, str) else in_words(part) for part in parts)


def _of_lists(
    observed: Sequence[object], expected: Sequence[object], pointer: str
) -> Iterator[Difference]:
    if len(observed) == len(expected) and len(expected) <= MOST_DIFFERENCES:
        for at, (one, other) in enumerate(zip(observed, expected, strict=True)):
            ordinal = f"the {_ORDINALS[at]} of {len(expected)}:"
            place = f"{pointer}/{at}" if pointer else ordinal
            yield from _differences(one, other, place if len(expected) > 1 else pointer)
        return
    yield _of_members(observed, expected, pointer)


def _of_members(observed: Sequence[object], expected: Sequence[object], pointer: str) -> Difference:
    missing, surplus = _without(expected, observed), _without(observed, expected)
    if not missing and not surplus:
        at = next(
            at
            for at, (one, other) in enumerate(zip(observed, expected, strict=True))
            if one != other
        )
        place = f"{pointer}/{at}"
        return Difference(place, in_words(expected[at]), f"{in_words(observed[at])}: another order")
    told = [
        f"missing: {several_in_words(missing)}" if missing else "",
        f"too many: {several_in_words(surplus)}" if surplus else "",
    ]
    count = f"{len(expected)} in all" if expected else "none"
    wanted = f"{several_in_words(missing)} among {count}" if missing else f"no other than {count}"
    if not expected:
        wanted = "none"
    elif len(expected) == 1:
        wanted = f"only {several_in_words(expected)}"
    none = ", and there is no other" if len(expected) > 1 else ""
    return Difference(pointer, wanted, ", ".join(filter(None, told)) + none * (not observed))


def _without(values: Sequence[object], others: Sequence[object]) -> list[object]:
    """Return the values that others lack, as often as they do."""
    left = list(others)
    kept: list[object] = []
    for value in values:
        if value in left:
            left.remove(value)
        else:
            kept.append(value)
    return kept


def _of_texts(observed: str, expected: str, pointer: str) -> Difference:
    """Return the difference of two texts: of long ones, the part in which they differ."""
    if len(shortened(observed)) == len(observed) and len(shortened(expected)) == len(expected):
        return Difference(pointer, in_words(expected), in_words(observed))
    pairs = zip(observed, expected, strict=False)
    at = next(
        (at for at, (one, other) in enumerate(pairs) if one != other),
        min(len(observed), len(expected)),
    )
    return Difference(
        pointer,
        f"{_around(expected, at)} at character {at}, {len(expected)} in all",
        f"{_around(observed, at)} there, {len(observed)} in all",
    )


def _around(text: str, at: int) -> str:
    start, end = max(0, at - _AROUND), at + _AROUND
    before, behind = "…" if start else "", "…" if end < len(text) else ""
    return repr(f"{before}{text[start:end]}{behind}")


def _are_lists(*values: object) -> bool:
    return all(isinstance(value, list | tuple) for value in values)


def _below(pointer: str, key: object) -> str:
    """Return where a member is: by a JSON pointer (RFC 6901), or by what it is about in words."""
    if isinstance(key, str) and " " not in key and "/" not in key:
        return f"{pointer}{' ' * pointer.endswith(':')}/{key.replace('~', '~0')}"
    told = key if isinstance(key, str) else in_words(key)
    return f"{pointer} {shortened(told)}:".strip()

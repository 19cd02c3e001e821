"""Wordings of assertions about records and values: there, as before, equal, among others."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from typing import Final

from conformance.results.wording.assertions import value_name
from conformance.results.wording.broken import Broken, told_or_unknown
from conformance.results.wording.differences import Sides, difference
from conformance.results.wording.expressions import BOUNDS, UNKNOWN, field_name, value_of, words_of
from conformance.results.wording.values import in_words
from conformance.spec.addressing import Identity


def absence_sides(broken: Broken) -> Sides:
    """Word a record that should not exist."""
    what = broken.record or broken.subject
    return Sides(f"{what} does not exist", f"{what} exists{broken.after_what}")


def presence_sides(broken: Broken) -> Sides:
    """Word a record that should exist."""
    what = broken.record or broken.subject
    return Sides(f"{what} exists", f"{what} is not found{broken.after_what}")


def facts_sides(broken: Broken) -> Sides:
    """Word several facts at once: those alone that are not so."""
    compared, left, right = broken.compared, broken.left, broken.right
    if compared is None or not isinstance(left, tuple) or not isinstance(right, tuple):
        return sameness_sides(broken)
    if len(left) != len(right) or not isinstance(compared.left, ast.Tuple):
        return sameness_sides(broken)
    expected, observed = [], []
    for node, one, other in zip(compared.left.elts, left, right, strict=True):
        if one == other:
            continue
        name = words_of(node)
        sides = difference(one, other)
        expected.append(f"{name}: {sides.expected}")
        observed.append(f"{name}: {sides.observed}")
    return Sides("; ".join(expected), "; ".join(observed) + broken.to_what)


def value_sides(broken: Broken) -> Sides:
    """Word a field or property, with the record that it is of."""
    name = value_name(broken.compared.left) if broken.compared is not None else broken.subject
    of_record = f" of {broken.record}" if broken.record else ""
    sides = difference(broken.left, broken.right)
    return Sides(
        f"{name} {sides.expected}{of_record}", f"{name} {sides.observed}{broken.after_what}"
    )


def sameness_sides(broken: Broken) -> Sides:
    """Word two things that should agree: the difference alone."""
    subject = broken.record or (broken.subject if broken.subject not in _TELL_NOTHING else "")
    if broken.comparison is None:
        return Sides("", f"{subject}: not as expected{broken.after_what}")
    left, right = broken.left, broken.right
    if broken.record and left is None and isinstance(right, Mapping):
        return Sides(f"{subject} as before", f"{subject} is not found{broken.after_what}")
    sides = difference(left, right)
    if left is None and isinstance(right, Mapping):
        sides = Sides(sides.expected, "no such record can be read")
    node = broken.compared.left if broken.compared is not None else broken.test
    if field := field_name(node, broken.names):
        of_record = f" of {broken.record}" if broken.record else ""
        shown = "is null or missing" if left is None else sides.observed
        observed = f"{field} {shown}{broken.after_what}"
        return Sides(f"{field} {sides.expected}{of_record}", observed)
    name = f"{subject}: " if subject else ""
    return Sides(f"{name}{sides.expected}", f"{sides.observed}{broken.after_what}")


_TELL_NOTHING: Final = frozenset(
    {
        "after",
        "again",
        "answered",
        "each",
        "field",
        "found",
        "get",
        "read",
        "seen",
        "value",
        "values",
    }
)
"""Names of what is compared that only a programmer needs."""


def member_sides(broken: Broken) -> Sides:
    """Word what should be among others."""
    listed_ = _listed(broken)
    told = _member(broken)
    known = broken.right if isinstance(broken.right, Iterable) else []
    options = [*known] if not isinstance(broken.right, str) else [broken.right]
    few = 0 < len(options) <= 5  # noqa: PLR2004  (so many alternatives are a sentence)
    if few and broken.compared is not None and not value_name(broken.compared.comparators[0]):
        wanted = " or ".join(dict.fromkeys(in_words(each) for each in options))
        if told.endswith(f" {broken.left}"):  # a record, by its id
            listed_ = f"{listed_} ({wanted} alone)"
            return Sides(f"{told} among {listed_}", f"{told} is missing{broken.after_what}")
        return Sides(f"{broken.subject}: {wanted}", f"{told}{broken.after_what}")
    return Sides(
        f"{told} among {listed_}", f"{told} is not among the {len(options)}{broken.after_what}"
    )


def no_member_sides(broken: Broken) -> Sides:
    """Word what should not be among others."""
    told = _member(broken)
    return Sides(f"{told} not among {_listed(broken)}", f"{told} is there{broken.after_what}")


def _member(broken: Broken) -> str:
    """Return what should be among others, or not: an id with the record that it is of."""
    node = broken.compared.left if broken.compared is not None else None
    owner = value_of(node.value, broken.names) if isinstance(node, ast.Attribute) else UNKNOWN
    of_record = isinstance(owner, Identity) and owner.id == broken.left
    return in_words(owner) if of_record else told_or_unknown(broken.left)


def _listed(broken: Broken) -> str:
    """Return what something should be among, or not, in words."""
    told = words_of(broken.compared.comparators[0]) if broken.compared is not None else "it"
    return _GROUPS.get(told, f"the {told}")


_GROUPS: Final = {
    "it": "it",
    "listed": "those listed",
    "shown": "those shown",
    "answered": "those in the answer",
    "id": "the ids listed",
    "name": "the names listed",
}
"""What names of collections stand for."""


def bound_sides(broken: Broken) -> Sides:
    """Word a value beyond a bound."""
    operator = broken.comparison.operator if broken.comparison is not None else ""
    bound = f"{BOUNDS.get(operator, operator)} {told_or_unknown(broken.right)}"
    return Sides(f"{broken.subject} {bound}", f"{told_or_unknown(broken.left)}{broken.after_what}")


def distinction_sides(broken: Broken) -> Sides:
    """Word two things that should differ."""
    told = told_or_unknown(broken.right)
    return Sides(f"{broken.subject} other than {told}", f"{told}{broken.after_what}")

"""Wordings of assertions that a search found nothing wrong, or that it found something."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from conformance.results.wording.broken import Broken, judged, told_or_unknown
from conformance.results.wording.differences import Sides
from conformance.results.wording.expressions import UNKNOWN, field_name, value_of, words_of
from conformance.results.wording.texts import LONGEST_SENTENCE, shortened
from conformance.results.wording.values import (
    MOST_OF_A_VALUE,
    either,
    in_words,
    several_in_words,
    text_in_words,
)


def findings_sides(broken: Broken) -> Sides:
    """Word a search that found something: what it found, and what a filter asks of each."""
    compared = broken.compared
    if compared is None:
        return Sides("", f"{_negated(broken)}{broken.after_what}")
    found = [broken.left] if isinstance(broken.left, str) else [*_found(broken.left)]
    element = _element(compared.left)
    told = _named(found, element) if element is not None else several_in_words(found)
    if isinstance(broken.left, Mapping):
        full = {key: each for key, each in broken.left.items() if each not in _NOTHING}
        told = in_words(full or broken.left)
    where = "" if _NAMES_A_REQUEST.search(told) else broken.last_asked
    room = LONGEST_SENTENCE - len(where)
    return Sides(_wanted(compared.left, broken.names), f"{shortened(told, room)}{where}")


_NAMES_A_REQUEST: Final = re.compile(r"\b(?:GET|HEAD|POST|PUT|PATCH|DELETE)\b|\b[A-Z]{3,} /")

_NOTHING: tuple[object, ...] = ([], {}, "", None)


def _found(left: object) -> Iterable[object]:
    """Give what was found: of a list of lists, what is in those that are not empty."""
    values = list(left) if isinstance(left, Iterable) else [left]
    nested = [each for each in values if isinstance(each, list | tuple | set | dict)]
    if values and len(nested) == len(values) and any(not each for each in nested):
        return [inner for each in nested for inner in each]
    return values


def _element(node: ast.expr) -> ast.Tuple | None:
    """Return the tuple that a comprehension makes of each finding, if it makes one."""
    if isinstance(node, ast.ListComp) and isinstance(node.elt, ast.Tuple):
        return node.elt
    return None


def _named(found: Iterable[object], element: ast.Tuple) -> str:
    names = [words_of(part) for part in element.elts]
    texts = [
        ", ".join(f"{name} {_of_tuple(part)}" for name, part in zip(names, each, strict=False))
        for each in found
        if isinstance(each, tuple)
    ]
    return several_in_words(texts)


def _of_tuple(part: object) -> str:
    """Return a part of a finding in words; a text with more of it than a value has."""
    return (
        text_in_words(part, MOST_OF_A_VALUE) if isinstance(part, str) and part else in_words(part)
    )


def _wanted(node: ast.expr, names: Mapping[str, Any]) -> str:
    """Return in words what a filter lets pass, where it compares with a value that is known."""
    if not isinstance(node, ast.ListComp | ast.DictComp):
        return ""
    tests = [test for each in node.generators for test in each.ifs]
    if len(tests) != 1 or not isinstance(tests[0], ast.Compare):
        return ""
    test = tests[0]
    return "" if field_name(test.left, names, known=False) else _passing(test, names)


def _passing(test: ast.Compare, names: Mapping[str, Any]) -> str:
    value = value_of(test.comparators[0], names)
    if value is UNKNOWN and isinstance(test.ops[0], ast.NotEq):
        return f"{words_of(test.left)} as {words_of(test.comparators[0])}"
    if value is UNKNOWN or not isinstance(value, int | str | frozenset | set | tuple):
        return ""
    told = either(value) if isinstance(value, frozenset | set | tuple) else told_or_unknown(value)
    if isinstance(test.ops[0], ast.NotEq | ast.NotIn):
        return f"{words_of(test.left)} {told}"
    return f"no {words_of(test.left)} {told}" if isinstance(test.ops[0], ast.In | ast.Eq) else ""


def _negated(broken: Broken) -> str:
    operand = broken.test.operand if isinstance(broken.test, ast.UnaryOp) else broken.test
    value = value_of(operand, broken.names)
    if value is UNKNOWN and isinstance(operand, ast.Call) and (told := judged(operand, broken)):
        return told
    subject = field_name(operand, broken.names) or words_of(operand)
    return (
        subject
        if value is UNKNOWN or isinstance(value, bool)
        else f"{subject}: {told_or_unknown(value)}"
    )


def no_record_sides(broken: Broken) -> Sides:
    """Word records that have come into being."""
    found = broken.left if isinstance(broken.left, list) else []
    ids = [
        f"{name.removesuffix('_id').replace('_', ' ')} {value}"
        for each in found
        if isinstance(each, Mapping)
        for name, value in list(each.items())
        if name.endswith("_id")
    ]
    count = f"{len(found)} record{'s' if len(found) != 1 else ''}"
    told = f"{count} ({', '.join(ids[:3])})" if ids else count
    return Sides("no record with the value that was sent", f"{told}{broken.after_what}")


def something_sides(broken: Broken) -> Sides:
    """Word a search that should have found something."""
    subject = broken.subject
    return Sides(f"some {subject}", f"no {subject} at all{broken.after_what}")

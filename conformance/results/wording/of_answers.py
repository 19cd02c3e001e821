"""Wordings of assertions about one answer: its status, its reading, whether it shows data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from conformance.results.wording.broken import Broken, told_or_unknown
from conformance.results.wording.differences import Sides
from conformance.results.wording.expressions import BOUNDS
from conformance.results.wording.values import either, in_words


def reading_sides(broken: Broken) -> Sides:
    """Word an answer that no reading of an open question allows."""
    unaccepted = broken.unaccepted
    if unaccepted is None:
        return fact_sides(broken)
    answers = _joined(unaccepted.answers)
    observed = unaccepted.answer
    if isinstance(broken.left, Mapping) and broken.left:
        observed = in_words(broken.left)
        return Sides(f"{answers}: {unaccepted.question}", observed)
    return Sides(f"{answers}: {unaccepted.question}", f"{observed}{broken.to_what}")


def status_sides(broken: Broken) -> Sides:
    """Word a status: the codes that were allowed, or not, and the one that came."""
    right = broken.right
    codes = right if isinstance(right, Iterable) and not isinstance(right, str) else [right]
    told = either(codes) if broken.comparison is not None else ""
    operator = broken.comparison.operator if broken.comparison is not None else ""
    if operator in ("not in", "!="):
        told = f"any status but {told}"
    elif operator not in ("in", "=="):
        told = f"a status {BOUNDS.get(operator, operator)} {told}"
    return Sides(told, f"{told_or_unknown(broken.left)}{broken.to_what}")


def success_sides(broken: Broken) -> Sides:
    """Word a refusal where a success was due."""
    return Sides("a success (2xx)", broken.answer)


def refusal_sides(broken: Broken) -> Sides:
    """Word a success where a refusal was due."""
    return Sides("a refusal, no success", broken.answer)


def no_data_sides(broken: Broken) -> Sides:
    """Word data that nobody should have been shown."""
    return Sides("an answer without data of the API", f"data: {broken.answer}")


def data_sides(broken: Broken) -> Sides:
    """Word an answer that lacks the data of the API."""
    return Sides("an answer with data of the API", f"no data: {broken.answer}")


def fact_sides(broken: Broken) -> Sides:
    """Word one fact that is not so."""
    return Sides("", f"not so: {broken.subject}{broken.to_what}")


def _joined(answers: Sequence[str]) -> str:
    *before, last = answers
    return f"{', '.join(before)} or {last}" if before else last

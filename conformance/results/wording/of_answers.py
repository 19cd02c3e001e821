"""Wordings of assertions about one answer: its status, its reading, whether it shows data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from conformance.results.wording.broken import Broken, judged, told_or_unknown
from conformance.results.wording.differences import Sides
from conformance.results.wording.expressions import BOUNDS, named_values, words_of
from conformance.results.wording.values import either, in_words
from conformance.wire.responses import Response

_IS_STATUS: Final = re.compile(r"\d{3}( \w+)?")


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
    end = broken.to_what if _IS_STATUS.fullmatch(observed) else broken.after_what
    return Sides(f"{answers}: {unaccepted.question}", f"{observed}{end}")


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
    named = named_values(broken.test, broken.names)
    response = next((each for each in named if isinstance(each, Response)), None)
    body = f"; its body is {in_words(response.content)}" if response is not None else ""
    return Sides("an answer with data of the API", f"no data: {broken.answer}{body}")


def fact_sides(broken: Broken) -> Sides:
    """Word one fact that is not so: the value that is judged, where it is known."""
    compared = broken.comparison
    if compared is not None:  # by the other half of the assertion
        told = f"{words_of(broken.first_compared or broken.test)}: {in_words(compared.left)}"
    else:
        told = judged(broken.test, broken)
    return Sides("", f"{told or f'not so: {broken.subject}'}{broken.after_what}")


def _joined(answers: Sequence[str]) -> str:
    *before, last = answers
    return f"{', '.join(before)} or {last}" if before else last

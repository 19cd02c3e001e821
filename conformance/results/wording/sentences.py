"""What was expected and what was observed, in one sentence each.

Both follow from the assertion that did not hold: from its kind, from the values that it compared,
and from the request that is its stimulus, in the words of HTTP and of the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from conformance.results.wording import of_answers, of_findings, of_values
from conformance.results.wording.assertions import AssertionKind, assertion_kind
from conformance.results.wording.differences import Sides
from conformance.results.wording.texts import LONGEST_SENTENCE, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conformance.results.wording.broken import Broken

_LONGEST_TITLE: Final = 160


def sentences(broken: Broken) -> Sides:
    """Return what was expected and what was observed, each a sentence of bounded length.

    The latter is empty where it is not known what was compared.
    """
    if broken.compared is not None and broken.comparison is None:
        return Sides(shortened(broken.title.rstrip("."), LONGEST_SENTENCE), "")
    sides = WORDINGS[assertion_kind(broken.test)](broken)
    expected = broken.mask(sides.expected)
    title = shortened(broken.title.rstrip("."), _LONGEST_TITLE)
    if not expected:
        expected = title
    elif title not in expected:
        expected = f"{expected} ({title})"
    return Sides(
        shortened(expected, LONGEST_SENTENCE),
        shortened(broken.mask(sides.observed), LONGEST_SENTENCE),
    )


WORDINGS: Final[Mapping[AssertionKind, Callable[[Broken], Sides]]] = {
    AssertionKind.READING: of_answers.reading_sides,
    AssertionKind.STATUS: of_answers.status_sides,
    AssertionKind.SUCCESS: of_answers.success_sides,
    AssertionKind.REFUSAL: of_answers.refusal_sides,
    AssertionKind.NO_DATA: of_answers.no_data_sides,
    AssertionKind.DATA: of_answers.data_sides,
    AssertionKind.FACT: of_answers.fact_sides,
    AssertionKind.FINDINGS: of_findings.findings_sides,
    AssertionKind.NO_RECORD: of_findings.no_record_sides,
    AssertionKind.SOMETHING: of_findings.something_sides,
    AssertionKind.ABSENCE: of_values.absence_sides,
    AssertionKind.PRESENCE: of_values.presence_sides,
    AssertionKind.FACTS: of_values.facts_sides,
    AssertionKind.VALUE: of_values.value_sides,
    AssertionKind.MEMBER: of_values.member_sides,
    AssertionKind.NO_MEMBER: of_values.no_member_sides,
    AssertionKind.BOUND: of_values.bound_sides,
    AssertionKind.DIFFERENCE: of_values.distinction_sides,
    AssertionKind.SAMENESS: of_values.sameness_sides,
}
"""The wording of each kind of assertion."""

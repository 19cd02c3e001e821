"""From the verdicts of cases to that of a rule, and from those of rules to the conclusion."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from conformance.config.credentials import Credentials
from conformance.config.target import Target
from conformance.results.case import LONGEST_WRITTEN, Case
from conformance.results.conclusion import conclude
from conformance.results.printable import printable
from conformance.results.run import Judged, Run
from conformance.results.run_kind import RunKind
from conformance.rules import RELIED_ON, STATED, Rule
from conformance.verdicts import Verdict, worst

TARGET = Target(
    base_url="https://host/2.4.9",
    http_url="http://host",
    credentials=Credentials("ada", "secret"),
    reports=Path(),
)
MUST = Rule("must-rule", ("S12",), STATED, "A claim that binds.")
SHOULD = Rule("should-rule", ("S57",), RELIED_ON, "A claim that does not.")
OTHER = Rule("other-rule", ("S01",), STATED, "Another claim.")


def case(rule: Rule, verdict: Verdict, **readings: str) -> Case:
    """Return a judged case of a rule."""
    return Case(rule=rule, name="a case", verdict=verdict, requests=2, readings=readings)


def run_of(*verdicts: tuple[Rule, Verdict], strict: bool = False) -> Run:
    """Return a run that has selected all rules, with a case for each of these verdicts."""
    target = replace(TARGET, strict_should=strict)
    cases = [case(rule, verdict) for rule, verdict in verdicts]
    return Run(target, 1, RunKind.FULL, rules=[MUST, SHOULD, OTHER], cases=cases)


ORDER = [
    Verdict.ERROR,
    Verdict.FAILED,
    Verdict.DEVIATION,
    Verdict.INCONCLUSIVE,
    Verdict.NOT_RUN,
    Verdict.PASSED,
    Verdict.NOT_APPLICABLE,
]


def test_the_verdict_of_a_rule_is_the_worst_of_its_cases() -> None:
    """Whatever the order of the cases: one bad one is enough."""
    for bad, good in itertools.combinations(ORDER, 2):
        assert worst([good, bad, good]) is worst([bad, good]) is bad
    assert {worst([verdict]) for verdict in Verdict} == set(ORDER)


def test_what_would_let_a_rule_run_is_said() -> None:
    """Each need once, without what it is good for; writing is counted elsewhere."""
    needs = ["needs a claim", "needs a login: shows more", "needs a claim", "needs --allow-writes"]
    cases = [replace(case(MUST, Verdict.NOT_RUN), reason=each) for each in needs]
    run = Run(TARGET, 1, RunKind.FULL, rules=[MUST, OTHER], cases=cases)
    run.cases.append(case(OTHER, Verdict.PASSED))

    assert "1 not run (must-rule): needs a claim, needs a login" in conclude(run, 0).sentence


def test_a_rule_without_a_case_was_not_run() -> None:
    """A selected rule of which no case was judged counts as not run."""
    assert Judged(MUST, ()).verdict is Verdict.NOT_RUN
    with pytest.raises(ValueError, match=r"empty|iterable"):
        worst([])


def test_different_readings_are_kept() -> None:
    """All answers that a question of reading met in one run are told, and requests are added up."""
    cases = (
        case(MUST, Verdict.PASSED, empty="cleared"),
        case(MUST, Verdict.PASSED, empty="refused"),
        case(MUST, Verdict.PASSED, empty="cleared", page="0"),
    )

    judged = Judged(MUST, cases)

    assert judged.readings == {"empty": ["cleared", "refused"], "page": ["0"]}
    assert judged.requests == 6


PASSED = (OTHER, Verdict.PASSED)


@pytest.mark.parametrize(
    ("verdicts", "status", "word", "exit_code", "named"),
    [
        ([PASSED], 0, "conformant", 0, ""),
        ([PASSED, (MUST, Verdict.NOT_RUN)], 0, "conformant", 0, "not run (must-rule"),
        ([PASSED, (MUST, Verdict.NOT_APPLICABLE)], 0, "conformant", 0, "not applicable"),
        ([PASSED, (SHOULD, Verdict.DEVIATION)], 0, "conformant", 0, "should-rule"),
        ([PASSED, (SHOULD, Verdict.INCONCLUSIVE)], 0, "conformant", 0, "should-rule"),
        ([PASSED, (MUST, Verdict.FAILED)], 1, "not conformant", 1, "1 of 3"),
        ([(MUST, Verdict.FAILED), (OTHER, Verdict.INCONCLUSIVE)], 1, "not conformant", 1, "must-"),
        ([(MUST, Verdict.FAILED), (MUST, Verdict.PASSED)], 1, "not conformant", 1, "must-rule"),
        ([PASSED, (MUST, Verdict.INCONCLUSIVE)], 0, "incomplete", 11, "must-rule"),
        ([(SHOULD, Verdict.DEVIATION)], 0, "incomplete", 11, "No rule was seen to hold"),
        ([], 0, "incomplete", 11, "No rule was seen to hold"),
        ([(MUST, Verdict.ERROR), (OTHER, Verdict.FAILED)], 1, "suite error", 3, "must-rule"),
        ([PASSED], 2, "interrupted", 2, ""),
        ([(MUST, Verdict.FAILED)], 2, "interrupted", 2, ""),
        ([PASSED], 3, "interrupted", 3, ""),
        ([PASSED], 1, "not conformant", 1, ""),
    ],
)
def test_a_run_concludes(
    verdicts: list[tuple[Rule, Verdict]], status: int, word: str, exit_code: int, named: str
) -> None:
    """Word, exit code and sentence follow from the verdicts and from how pytest ended."""
    conclusion = conclude(run_of(*verdicts), status)

    assert (conclusion.word, conclusion.exit_code) == (word, exit_code)
    assert named in conclusion.sentence


def test_a_deviation_breaks_a_strict_run() -> None:
    """With strict_should a deviation is as bad as a failure."""
    conclusion = conclude(run_of(PASSED, (SHOULD, Verdict.DEVIATION), strict=True), 1)

    assert (conclusion.word, conclusion.exit_code) == ("not conformant", 1)
    assert "should-rule" in conclusion.sentence


def test_records_that_are_left_end_a_good_run_badly() -> None:
    """They are named; a run that failed says so first."""
    good, bad = run_of(PASSED), run_of((MUST, Verdict.FAILED))
    for run in (good, bad):
        run.left = ["/customers/7"]

    assert conclude(good, 0).exit_code == 13
    assert "/customers/7" in conclude(good, 0).sentence
    assert conclude(bad, 1).exit_code == 1


def test_a_target_that_cannot_be_reached_is_nobodys_failure() -> None:
    """The sentence of the first contact is the conclusion."""
    run = run_of()
    run.unreachable = "It cannot be reached."

    conclusion = conclude(run, 0)

    assert (conclusion.word, conclusion.exit_code) == ("unreachable", 10)
    assert conclusion.sentence == "It cannot be reached."


def test_many_rules_are_counted() -> None:
    """Of many broken rules a sentence names some, and counts the rest."""
    rules = [Rule(f"rule-{number}", ("S01",), STATED, "A claim.") for number in range(9)]
    cases = [case(rule, Verdict.FAILED) for rule in rules]
    run = Run(TARGET, seed=1, rules=rules, cases=cases)

    sentence = conclude(run, 1).sentence

    assert "9 of 9 rules broken" in sentence
    assert sentence.count("rule-") + int(sentence.split(" and ")[1].split()[0]) == 9


def test_a_sentence_is_cut_again_once_it_is_written_out() -> None:
    """Each character that acts on a terminal becomes several; the results have a bound."""
    acting = replace(case(MUST, Verdict.FAILED), observed="\u202e" * 300, expected="\x1b" * 300)

    written = acting.written(printable)

    assert len(written.observed) == len(written.expected) == LONGEST_WRITTEN
    assert "\u202e" not in written.observed


def test_a_conclusion_names_the_cause_of_what_could_not_be_tried() -> None:
    """Also where it is that of one case alone."""
    untried = replace(case(MUST, Verdict.INCONCLUSIVE), reason="the list cannot be read")
    run = Run(TARGET, 1, RunKind.FULL, rules=[MUST], cases=[untried])

    assert "could not be tried: must-rule (the list cannot be read)" in conclude(run, 1).sentence

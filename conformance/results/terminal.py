"""The output of a run on the terminal, beside pytest's own lines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from conformance.results.counts import number_of
from conformance.results.facts import facts_of
from conformance.spec.statements import by_chapter
from conformance.verdicts import Verdict

if TYPE_CHECKING:
    import pytest

    from conformance.results.case import Case
    from conformance.results.conclusion import Conclusion
    from conformance.results.run import Run
    from conformance.rules import Rule

_LETTERS = {
    Verdict.ERROR: ("E", "red"),
    Verdict.FAILED: ("F", "red"),
    Verdict.DEVIATION: ("d", "yellow"),
    Verdict.INCONCLUSIVE: ("?", "yellow"),
    Verdict.NOT_RUN: ("-", "cyan"),
    Verdict.NOT_APPLICABLE: ("n", "cyan"),
    Verdict.PASSED: (".", "green"),
}
KNOWN = ("as in the baseline", "f", ("AS IN THE BASELINE", {"yellow": True}))
"""Category, letter and word for a broken case that was broken in the baseline."""

_TOLD = (Verdict.DEVIATION, Verdict.INCONCLUSIVE)

MOST_ALIKE, MOST_INCONCLUSIVE = 2, 20
"""How many inconclusive cases are told in full: of one reason, and in all."""


def status(verdict: Verdict) -> tuple[str, str, tuple[str, dict[str, bool]]]:
    """Return category, letter and coloured word for a case with a given verdict."""
    letter, colour = _LETTERS[verdict]
    return verdict.value, letter, (verdict.value.upper(), {colour: True})


def summarize(reporter: pytest.TerminalReporter, run: Run, conclusion: Conclusion) -> None:
    """Write the remaining evidence, a line for each rule, and the conclusion."""
    told = [case for case in run.cases if case.verdict in _TOLD and not run.knows(case)]
    whole, alike = _told(told)
    for case in whole:
        reporter.write_sep("_", f"{case.verdict.value}: {case.name}", yellow=True)
        reporter.write_line(case.text)
    for reason, times in alike.most_common():
        reporter.write_line(f"and {times} more cases are inconclusive: {reason}", yellow=True)
    for case in filter(run.knows, run.cases):
        reporter.write_line(f"broken as in the baseline: {case.name}", yellow=True)
    if run.cases:
        _rules(reporter, run)
    for case in run.cases:
        if case.beside_others:
            reporter.write_line(
                f"differs when others are active: {case.name} ended as {case.beside_others} beside "
                f"other cases, and as {case.verdict.value} alone, which counts",
                yellow=True,
            )
    colour = "green" if conclusion.exit_code == 0 else "red"
    reporter.write_sep("=", conclusion.word.upper(), bold=True, **{colour: True})
    reporter.write_line(conclusion.sentence)
    sent = number_of(run.requests.total, "request")
    reporter.write_line(
        f"{run.target.base_url}: {sent} in {run.seconds:.1f} s, "
        f"a {run.kind.value} run of {number_of(len(run.rules), 'rule')} in "
        f"{number_of(len(run.cases), 'case')}; report: {run.target.reports / 'report.html'}"
    )
    for name, fact in facts_of(run).items():
        reporter.write_line(f"{name}: {fact}")
    reporter.write_line(f"exit code {int(conclusion.exit_code)}")


def _told(cases: list[Case]) -> tuple[list[Case], Counter[str]]:
    """Return the cases that are told in full, and the reasons of the others, counted.

    Of many inconclusive cases with one reason, a few say all there is to say.
    """
    whole: list[Case] = []
    seen, alike = Counter[str](), Counter[str]()
    for case in cases:
        inconclusive = case.verdict is Verdict.INCONCLUSIVE
        seen[case.reason] += inconclusive
        if inconclusive and (seen[case.reason] > MOST_ALIKE or seen.total() > MOST_INCONCLUSIVE):
            alike[case.reason] += 1
        else:
            whole.append(case)
    return whole, alike


def _rules(reporter: pytest.TerminalReporter, run: Run) -> None:
    reporter.write_sep("=", "rules")
    chapter, chapters = "", list(by_chapter())
    for judged in sorted(run.judged(), key=lambda each: chapters.index(each.rule.chapter)):
        rule = judged.rule
        if rule.chapter != chapter:
            chapter = rule.chapter
            reporter.write_line(chapter, bold=True)
        _, colour = _LETTERS[judged.verdict]
        reporter.write(f"  {judged.verdict.value:<15}", **{colour: True})
        reporter.write_line(row(rule, len(judged.cases)))


def row(rule: Rule, cases: int) -> str:
    """Return what the table of rules says of one beside its verdict, in columns."""
    about, several = " ".join(rule.statements), f"{cases} cases" if cases != 1 else ""
    return f"{rule.level.value:<6} {about:<11} {rule.id:<43} {several}".rstrip()

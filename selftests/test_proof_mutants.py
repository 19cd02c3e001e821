"""What becomes of mutants of the reference server, and how it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from running import NOBODY, suite

from conformance.results.case import Case
from conformance.rules import RELIED_ON, STATED, Rule
from conformance.verdicts import ExitCode, Verdict
from proof.mutant_results import MutantResult, Outcome, outcome_of, score, write_results
from proof.mutants import Change

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.whole_run

PLACE = "paging.Paging.page"
CHANGE = Change(PLACE, "return number", "return number + 1")
RULES = {basis.level.value: Rule("any", ("S1",), basis, "") for basis in (STATED, RELIED_ON)}


def case(level: str, verdict: Verdict, *, lacking: bool = False) -> Case:
    """Return a case of a rule of a level."""
    return Case(rule=RULES[level], name=level, verdict=verdict, lacking=lacking)


@pytest.mark.parametrize(
    ("cases", "outcome"),
    [
        ([], Outcome.SURVIVED),
        ([case("MUST", Verdict.PASSED)], Outcome.SURVIVED),
        ([case("MUST", Verdict.ERROR), case("MUST", Verdict.FAILED)], Outcome.NOTICED),
        ([case("SHOULD", Verdict.DEVIATION)], Outcome.NOTICED),
        ([case("MUST", Verdict.ERROR)], Outcome.SUITE_ERROR),
        ([case("MUST", Verdict.INCONCLUSIVE)], Outcome.INCOMPLETE),
        ([case("SHOULD", Verdict.INCONCLUSIVE)], Outcome.SURVIVED),
        ([case("MUST", Verdict.INCONCLUSIVE, lacking=True)], Outcome.SURVIVED),
    ],
)
def test_nothing_but_an_assertion_notices_a_mutant(cases: list[Case], outcome: Outcome) -> None:
    """What keeps a rule from being tried, and an error of ours, are told apart from a notice."""
    assert outcome_of(cases) is outcome


def test_results_are_written_and_counted(tmp_path: Path) -> None:
    """One row for each mutant, and the share of those that are noticed."""
    results = [
        MutantResult(CHANGE, Outcome.NOTICED, "pages", 2),
        MutantResult(CHANGE, Outcome.SURVIVED),
    ]

    write_results(tmp_path, results)

    first, *rows = (tmp_path / "mutants.tsv").read_text(encoding="utf-8").splitlines()
    assert first.split("\t") == ["place", "was", "now", "outcome", "rule", "differing"]
    assert [row.split("\t")[3:] for row in rows] == [
        ["noticed", "pages", "2"],
        ["survived", "", "0"],
    ]


def test_reasons_are_counted_of_the_places_that_were_tried() -> None:
    """A part of the mutants is told with that part of the list."""
    listed = {PLACE: {"equal: here": 1}, "paging.Paging.total": {"freedom: elsewhere": 7}}
    results = [
        MutantResult(CHANGE, Outcome.NOTICED, "pages", 2),
        MutantResult(CHANGE, Outcome.SURVIVED),
    ]

    assert score(results, listed).startswith(
        "2 mutants: 1 noticed, 1 survived; 50.0 % noticed; listed are 1 equal;"
    )


def test_without_mutmut_the_way_to_get_it_is_told(tmp_path: Path) -> None:
    """What makes the mutants is installed in one environment alone."""
    missing = "raise ModuleNotFoundError('none', name='mutmut')"
    for module in ("libcst.py", "mutmut.py"):
        (tmp_path / module).write_text(missing, encoding="utf-8")

    ended = suite("--prove=mutants", account=NOBODY, PYTHONPATH=str(tmp_path))

    assert ended.exit_code == ExitCode.USAGE
    assert (
        "--prove mutants needs mutmut, which is not installed: try tox -e mutation" in ended.output
    )

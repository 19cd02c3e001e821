"""What becomes of mutants of the reference server, and what is a problem about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from running import NOBODY, suite

from conformance.results.case import Case
from conformance.rules import RELIED_ON, STATED, Rule
from conformance.verdicts import ExitCode, Verdict
from proof.fates import OPEN, Fate, Outcome, outcome_of, score, write_fates

if TYPE_CHECKING:
    from pathlib import Path

KEY = ("paging.Paging.page", "return number", "return number + 1")
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


@pytest.mark.parametrize("outcome", Outcome)
def test_what_is_open_needs_a_reason(outcome: Outcome) -> None:
    """A mutant that no rule notices is a problem, unless it is listed or cannot run at all."""
    problems = [Fate(KEY, reason, outcome).problems for reason in ("", "equal")]

    assert [bool(each) for each in problems] == [outcome in OPEN, outcome is Outcome.NOTICED]


def test_a_problem_shows_the_change() -> None:
    """The place, and the lines as they were and as they are."""
    (problem,) = Fate(KEY, "", Outcome.SURVIVED, differing=3).problems

    assert problem == (
        "paging.Paging.page: survived; 3 cases see another response\n"
        "- return number\n+ return number + 1"
    )


def test_fates_are_written_and_counted(tmp_path: Path) -> None:
    """One row for each mutant, and the share of those that are noticed."""
    fates = [Fate(KEY, "", Outcome.NOTICED, "pages", 2), Fate(KEY, "equal", Outcome.SURVIVED)]

    write_fates(tmp_path, fates)

    first, *rows = (tmp_path / "mutants.tsv").read_text(encoding="utf-8").splitlines()
    assert first.split("\t")[3:] == ["outcome", "rule", "differing", "reason"]
    assert [row.split("\t")[3:] for row in rows] == [
        ["noticed", "pages", "2", ""],
        ["survived", "", "0", "equal"],
    ]
    assert score(fates).startswith(
        "2 mutants: 1 noticed, 1 survived; 50.0 % noticed; listed are 1 equal;"
    )


def test_without_mutmut_the_way_to_get_it_is_told(tmp_path: Path) -> None:
    """What makes the mutants is installed in one environment alone."""
    missing = "raise ModuleNotFoundError('none', name='libcst')"
    (tmp_path / "libcst.py").write_text(missing, encoding="utf-8")

    ended = suite("--faults", "--mutate", account=NOBODY, PYTHONPATH=str(tmp_path))

    assert ended.exit_code == ExitCode.USAGE
    assert "--mutate needs libcst, which is not installed: try tox -e mutation" in ended.output

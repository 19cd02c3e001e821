"""What is said of a server that was shown to the rules, and the files that say it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from running import NOBODY, suite

from conformance.results.case import Case
from conformance.results.conclusion import Conclusion
from conformance.rules import STATED, Rule
from conformance.verdicts import Verdict
from proof.matrix_report import write_reports
from proof.server_results import NOTICES, ServerResult

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.whole_run

CONFORMANT = Conclusion("conformant", "All rules hold", 0)
INCOMPLETE = Conclusion("incomplete", "1 binding rule could not be tried", 11)


def rule(id_: str) -> Rule:
    """Return a rule that has an id."""
    return Rule(id_, ("S04",), STATED, "A title")


def result(
    *cases: tuple[str, Verdict], expected: str = "", conclusion: Conclusion | None = None
) -> ServerResult:
    """Return what was found out about a server by cases of rules with the given verdicts."""
    return ServerResult(
        server="Breaks",
        conforms=conclusion is not None,
        module="reference.faults.paging",
        seed=1,
        docstring="Does <it> wrong.\n\nAnd more.",
        expected=frozenset(expected.split()),
        cases=tuple(Case(rule=rule(id_), name=id_, verdict=verdict) for id_, verdict in cases),
        conclusion=conclusion,
    )


@pytest.mark.parametrize("verdict", [Verdict.FAILED, Verdict.DEVIATION])
def test_a_fault_that_its_rules_notice_in_one_case_is_no_problem(verdict: Verdict) -> None:
    """One case that fails is enough, whatever the others say; other rules pass."""
    cases = [("a", Verdict.PASSED), ("a", verdict), ("b", Verdict.PASSED)]

    assert result(*cases, expected="a").problems == []


@pytest.mark.parametrize("verdict", sorted(set(Verdict) - NOTICES, key=str))
def test_nothing_but_an_assertion_is_a_notice(verdict: Verdict) -> None:
    """A crash, a failed preparation or a pass is no notice of a fault."""
    first, *_ = result(("a", verdict), expected="a").problems

    assert first.startswith("Breaks is not noticed by a: ")


def test_a_rule_that_met_no_difference_did_not_notice() -> None:
    """A fault whose responses are all those of the plain server is not noticed."""
    assert result(expected="a").problems == [
        "Breaks is not noticed by a: all its responses are those of the plain server"
    ]


def test_a_rule_that_is_not_named_must_not_notice() -> None:
    """A notice by a rule that the fault does not name is a problem, told with its evidence."""
    (problem,) = result(("a", Verdict.FAILED), ("b", Verdict.FAILED), expected="b").problems

    assert problem.startswith("Breaks does not name a\n")


def test_a_bug_of_the_suite_is_a_problem_even_where_nothing_is_expected() -> None:
    """A case that ends with an error of ours is told."""
    (problem,) = result(("a", Verdict.ERROR)).problems

    assert problem.startswith("Breaks breaks the suite itself in a\n")


def test_a_server_that_conforms_has_to_end_conformant() -> None:
    """A variant that leaves a run incomplete is blamed, and that is told."""
    assert result(conclusion=CONFORMANT).problems == []
    assert result(conclusion=INCOMPLETE).problems == [
        "Breaks ends incomplete (11): 1 binding rule could not be tried"
    ]


def test_the_page_escapes_what_servers_say_of_themselves(tmp_path: Path) -> None:
    """Both files name the server; markup in its docstring stays text."""
    write_reports(tmp_path, [rule("a")], [result(("a", Verdict.FAILED), expected="a")], 1.0)

    document = json.loads((tmp_path / "matrix.json").read_text(encoding="utf-8"))
    page = (tmp_path / "matrix.html").read_text(encoding="utf-8")
    assert document["right"] is True
    assert document["rules"][0]["notices"] == ["Breaks"]
    assert "Does &lt;it&gt; wrong." in page
    assert "And more." not in page


def test_a_part_of_the_matrix_can_be_run() -> None:
    """A rule meets a fault that it notices and a variant, and the files say so."""
    rule, chosen = "test_page_counts_from_zero", "CountsPagesFromOne or IndentsJson"
    where = f"suites/test_paging.py::{rule}"

    outcome = suite(where, "--prove=matrix", "-k", chosen, account=NOBODY)

    document = json.loads(outcome.files["matrix.json"])
    assert outcome.exit_code == 0, outcome.output
    assert {each["name"]: each["kind"] for each in document["servers"]} == {
        "IndentsJson": "variant",
        "CountsPagesFromOne": "fault",
    }
    assert document["right"] is True

"""As many mutants of a place go unnoticed as are listed with a reason."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from running import ROOT

from proof.mutant_results import OPEN, MutantResult, Outcome
from proof.mutants import Change
from proof.survivors import SURVIVORS, problems_in, read_survivors

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.whole_run

PLACE = "paging.Paging.page"
ONE = {"equal: no caller can see it": 1}
TWO = {**ONE, "freedom: nothing is said": 1}


def results(*outcomes: Outcome) -> list[MutantResult]:
    """Return what became of the mutants of a place, the first of which adds 0, the next 1, ..."""
    return [
        MutantResult(Change(PLACE, "return number", f"return number + {added}"), outcome)
        for added, outcome in enumerate(outcomes)
    ]


def listing(path: Path, *rows: str) -> Path:
    """Write a list, with blanks for tabs between the first three words of a row."""
    texts = ["\t".join(row.split(" ", 2)) for row in ("place count reason", *rows)]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("outcome", Outcome)
def test_what_is_open_needs_a_reason(outcome: Outcome) -> None:
    """A mutant that no rule notices is a problem unless it is listed, and is then none."""
    found = results(Outcome.NOTICED, outcome)

    assert bool(problems_in(PLACE, {}, found)) is (outcome in OPEN)
    assert bool(problems_in(PLACE, ONE, found)) is (outcome not in OPEN)


def test_the_counts_of_a_place_are_added_up() -> None:
    """A place has several reasons, and which mutant has which is nobody's business."""
    assert problems_in(PLACE, TWO, results(Outcome.SURVIVED, Outcome.INCOMPLETE)) == []


def test_too_many_are_shown() -> None:
    """The place, both numbers, and all changes that go unnoticed, with what is said of each."""
    found = results(Outcome.SURVIVED, Outcome.NOTICED, Outcome.INCOMPLETE)

    (problem,) = problems_in(PLACE, ONE, found)

    first, *shown = problem.splitlines()
    assert first == (
        "paging.Paging.page: 2 of 3 mutants go unnoticed, survivors.tsv lists 1: "
        "notice 1 more, or give the reason why no rule should"
    )
    assert [line for line in shown if line.startswith("+")] == [
        "+ return number + 0",
        "+ return number + 2",
    ]
    assert "  survived; 0 cases see another response" in shown
    assert "  keeps rules from being tried; 0 cases see another response" in shown


@pytest.mark.parametrize(
    ("reasons", "unnoticed", "end"),
    [
        ({"equal: so": 3}, 2, "2 of 4 go unnoticed now, so its count has to be 2"),
        (TWO, 1, "1 of 4 go unnoticed now, so the counts of its 2 rows have to add up to 1"),
        (TWO, 0, "0 of 4 go unnoticed now, so remove what is listed for it"),
    ],
)
def test_a_stale_count_is_told_with_the_right_one(
    reasons: dict[str, int], unnoticed: int, end: str
) -> None:
    """What is listed has to go unnoticed, otherwise a new survivor could hide behind it."""
    outcomes = [Outcome.SURVIVED] * unnoticed + [Outcome.NOTICED] * (4 - unnoticed)

    (problem,) = problems_in(PLACE, reasons, results(*outcomes))

    first = problem.splitlines()[0]
    assert "which is stale" in first
    assert first.endswith(end)


def test_what_changes_does_not_matter() -> None:
    """Other lines with as many survivors are no problem: code may be written anew."""
    found = [MutantResult(Change(PLACE, "anything", "else"), Outcome.SURVIVED)]

    assert problems_in(PLACE, ONE, found) == []


def test_a_list_is_read(tmp_path: Path) -> None:
    """Rows are put together by their place."""
    rows = ("a.b 2 equal: so", "a.c 1 wording: other words", "a.b 1 freedom: as it likes")

    assert read_survivors(listing(tmp_path / "list.tsv", *rows)) == {
        "a.b": {"equal: so": 2, "freedom: as it likes": 1},
        "a.c": {"wording: other words": 1},
    }


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a.b 1", "the columns are place, count, reason"),
        ("a.b 0 equal: so", "the count '0' is not a number above 0"),
        ("a.b many equal: so", "the count 'many' is not a number above 0"),
        ("a.b 1 because", "the reason begins with none of freedom, "),
        ("a.a 4 equal: so", "a.a has that reason in another row"),
    ],
)
def test_a_row_that_says_nothing_is_refused(tmp_path: Path, row: str, told: str) -> None:
    """What is said names the line."""
    path = listing(tmp_path / "list.tsv", "a.a 1 equal: so", row)

    with pytest.raises(pytest.UsageError, match=r"^list\.tsv, line 3: ") as refused:
        read_survivors(path)

    assert told in str(refused.value)


def test_every_listed_place_is_in_the_reference_server() -> None:
    """Each names a module, and a class, a function or a value that is there."""
    listed = read_survivors(SURVIVORS)
    modules = {place.partition(".")[0] for place in listed}
    names = {module: names_in(ROOT / "reference" / f"{module}.py") for module in modules}

    assert len(listed) > 100
    assert [
        place for place in listed if set(place.split(".")[1:]) - names[place.partition(".")[0]]
    ] == []


def names_in(path: Path) -> set[str]:
    """Return all names that a module gives to anything."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return {
        *(node.name for node in nodes if isinstance(node, (ast.ClassDef, ast.FunctionDef))),
        *(
            node.id
            for node in nodes
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        ),
    }

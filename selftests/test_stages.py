"""Each rule says what it needs of the account while others are active."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from running import ROOT
from test_shape import SUITES, rule_id, tree_of

import conftest
from conformance.results.costs import WRONG_CREDENTIALS, read_costs
from conformance.runner.arguments import CALLERS
from conformance.runner.stages import IN_TURN, MARKS, SOLE_FIRST, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARK = "pytest.mark."
OTHERS = frozenset({IN_TURN, SOLE_FIRST})
STAGES = MARKS.keys() - OTHERS
MAY_OFFEND = {Stage.OFFENDING.value, Stage.ALONE.value}


def marks_in(nodes: list[ast.expr]) -> set[str]:
    """Return the names of the marks in expressions."""
    found = (ast.unparse(each) for node in nodes for each in ast.walk(node))
    return {name.removeprefix(MARK) for name in found if name.startswith(MARK)}


def marks_of_module(path: Path) -> set[str]:
    """Return the marks that all rules of a module have."""
    assigned = [node for node in tree_of(path).body if isinstance(node, ast.Assign)]
    named = [each for each in assigned if ast.unparse(each.targets[0]) == "pytestmark"]
    return marks_in([each.value for each in named])


def marked() -> Iterator[tuple[str, set[str]]]:
    """Give each rule with the marks that say when it runs."""
    for path in SUITES:
        whole = marks_of_module(path)
        for node in tree_of(path).body:
            if isinstance(node, ast.FunctionDef) and (id_ := rule_id(node)) is not None:
                own = marks_in(node.decorator_list) & MARKS.keys()
                yield id_, own | (whole & (OTHERS if own & STAGES else MARKS.keys()))


RULES = dict(marked())


@pytest.mark.parametrize("id_", RULES)
def test_a_rule_is_in_one_stage(id_: str) -> None:
    """Known walks are sole: where those that are drawn belong is said beside that."""
    stages = RULES[id_] & STAGES

    assert len(stages) <= 1
    assert not (SOLE_FIRST in RULES[id_] and Stage.SOLE.value in stages)


def test_each_mark_has_a_rule() -> None:
    """A mark that no rule has is none."""
    assert MARKS.keys() == set().union(*RULES.values())


def test_wrong_credentials_are_offending() -> None:
    """Whoever may have the account locked runs beside others who may."""
    costs = read_costs(ROOT / "suites" / "costs.tsv")
    wrong = {
        rule
        for run in costs.values()
        for rule, each in run.items()
        if each.cost.counted.get(WRONG_CREDENTIALS, 0)
    }

    assert len(wrong) > 10
    assert [id_ for id_ in wrong & RULES.keys() if not RULES[id_] & MAY_OFFEND] == []


def test_every_fixture_is_known_apart_from_pytest() -> None:
    """What a rule may ask for is made of the callers of the run, on whatever thread."""
    fixtures = {
        name for name, value in vars(conftest).items() if type(value).__name__.startswith("Fixture")
    }

    assert fixtures == CALLERS.keys()

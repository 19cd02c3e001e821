"""What makes a rule, and where its claim is documented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.rules import INFERRED, RELIED_ON, SHOWN, STATED, Basis, Level, Rule, rule, rule_of
from conformance.spec.statements import statements

if TYPE_CHECKING:
    from collections.abc import Callable


def documented() -> None:
    """The claim,
    in two lines.

    An explanation.
    """  # noqa: D205  (a rule's claim may be longer than a line)


@pytest.mark.parametrize(
    ("basis", "level"),
    [
        (STATED, Level.MUST),
        (SHOWN, Level.MUST),
        (RELIED_ON, Level.SHOULD),
        (INFERRED, Level.SHOULD),
    ],
)
def test_the_level_follows_from_the_basis(basis: Basis, level: Level) -> None:
    """What is stated or shown binds, what is relied on or inferred does not."""
    assert Rule("a-rule", ("S01",), basis, "A claim.").level is level


def test_every_basis_has_a_level() -> None:
    """No basis was forgotten."""
    assert {basis.level for basis in Basis} == set(Level)


def test_a_function_becomes_a_rule(request: pytest.FixtureRequest) -> None:
    """The marker carries id, statements, basis and the first paragraph of the docstring."""
    marked = rule("a-rule-2", statements="S12  S13", basis=STATED)(documented)

    (found,) = [mark.args[0] for mark in getattr(marked, "pytestmark", [])]

    assert marked is documented
    assert found == Rule("a-rule-2", ("S12", "S13"), STATED, "The claim, in two lines.")
    assert found.chapter == statements()["S12"].chapter
    assert rule_of(request.node) is None


def undocumented() -> Callable[[], None]:
    """Return a function without a docstring."""

    def function() -> None:
        pass

    return function


@pytest.mark.parametrize("id_", ["", "Rule", "a_rule", "a rule", "-a", "a-", "a--b", "å-b", "a\n"])
def test_an_id_is_kebab_case(id_: str) -> None:
    """Any other id is refused, and named."""
    with pytest.raises(ValueError, match="is not kebab-case") as refused:
        rule(id_, statements="S12", basis=STATED)

    assert repr(id_) in str(refused.value)


@pytest.mark.parametrize(
    ("named", "said"), [("S12 S99", "S99"), ("S1", "S1"), ("", "none given"), ("s12", "s12")]
)
def test_a_rule_names_statements_that_exist(named: str, said: str) -> None:
    """An unknown statement, or none, is refused by the rule's id."""
    with pytest.raises(ValueError, match=f"rule 'a-rule' names no known statement: {said}$"):
        rule("a-rule", statements=named, basis=STATED)


def test_a_rule_states_its_claim() -> None:
    """A function without a docstring is refused."""
    with pytest.raises(ValueError, match="rule 'a-rule' has no docstring that states it"):
        rule("a-rule", statements="S12", basis=STATED)(undocumented())


def test_statements_are_numbered_and_complete() -> None:
    """They go from S01 to S60 in the document's order; each has a chapter, strength and text."""
    known = statements()

    assert list(known) == [f"S{number:02}" for number in range(1, 61)]
    assert {each.strength for each in known.values()} == {
        *("stated", "sample", "client", "page", "inferred")
    }
    assert [each.id for each in known.values() if not (each.chapter and each.text)] == []

"""Each assertion of a rule is weakened in turn, and a fault has to need it."""

from __future__ import annotations

import ast
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from running import NOBODY, suite

from conformance.verdicts import ExitCode
from proof.case_runner import CaseRunner
from proof.matrix import Matrix
from proof.weakening import WeakenAssertion, parsed, ways, weakened_module
from reference.faulty import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

    from proof.matrix import Kind

pytestmark = pytest.mark.whole_run

RULES = '''"""Rules about a kind of server."""

def test_one(kind):
    assert kind.code == 200

def test_both(kind):
    assert kind.code == 200
    assert kind.fits and kind.data

def test_all(kind):
    assert (kind.code, kind.data, kind.fits) == (200, "data", True)

def test_chain(kind):
    assert kind.code == len(kind.data) * 50 != 0 != kind.fits

def other(kind):
    assert kind.code == 200 and kind.fits
'''
WAYS = [
    ("test_both", "nothing"),
    ("test_both", "nothing"),
    ("test_both", "all but operand 1"),
    ("test_both", "all but operand 2"),
    ("test_all", "all but element 1"),
    ("test_all", "all but element 2"),
    ("test_all", "all but element 3"),
    ("test_chain", "all but the first comparison"),
    ("test_chain", "all but the last comparison"),
]


class Right(Fault, abstract=True):
    """Has nothing wrong."""

    code = 200
    data = "data"
    fits = True


class WrongCode(Right, breaks="code"):
    """Has a wrong code."""

    code = 404


class WrongData(Right, breaks="data"):
    """Has no data."""

    data = ""


class Misfit(Right, breaks="fits"):
    """Does not fit."""

    fits = False


WRONG: list[Kind] = [WrongCode, WrongData, Misfit]
LOST: list[list[Kind]] = [
    [WrongCode],
    [WrongData, Misfit],
    [Misfit],
    [WrongData],
    [WrongCode],
    [WrongData],
    [Misfit],
    [WrongCode],
    [Misfit],
]
"""What each of the ways no longer notices."""


class Calling(Matrix):
    """Calls the function of a rule with each kind of server."""

    def __init__(self, path: Path, function: str) -> None:
        """Take a module of rules, and the name of one of them."""
        super().__init__(CaseRunner(), [], seed=0)
        self._function = function
        self._module: dict[str, object] = {}
        exec(compile(parsed(path), str(path), "exec"), self._module)  # noqa: S102  (our own rules)

    def is_noticed(self, kind: Kind, rule: str) -> bool:
        """Tell whether an assertion fails."""
        del rule
        return notices(self._module[self._function], kind)

    @contextmanager
    def changed(self, rule: str, module: ModuleType) -> Iterator[None]:
        """Have another module's function called."""
        del rule
        kept, self._module = self._module, module.__dict__
        try:
            yield
        finally:
            self._module = kept


def notices(function: object, kind: Kind) -> bool:
    """Tell whether a rule's assertion fails for a kind of server."""
    assert callable(function)
    try:
        function(kind)
    except AssertionError:
        return True
    return False


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A module with a few rules."""
    path = tmp_path / "test_rules.py"
    path.write_text(RULES)
    return path


def weaken(rules: Path, index: int, kinds: list[Kind]) -> list[str]:
    """Return what is not as it has to be where a rule is weakened in one way."""
    function, text = WAYS[index]
    task = WeakenAssertion(f"{function}[{text}]", function, rules, index, tuple(kinds))
    return task.carry_out(Calling(rules, function)).problems


def test_every_way_is_found_that_leaves_something(rules: Path) -> None:
    """Single assertions are left alone but for their parts, and so is what is no test."""
    assert [(function, text) for function, _, text in ways(parsed(rules))] == WAYS


def test_a_module_is_weak_in_one_way_at_a_time(rules: Path) -> None:
    """Each way changes the module, and the module is as it was afterwards."""
    tree = parsed(rules)
    whole = ast.dump(tree)

    weak = [ast.dump(tree) for _ in ways(tree)]

    assert ast.dump(tree) == whole
    assert len({whole, *weak}) == len(WAYS) + 1


@pytest.mark.parametrize("index", range(len(WAYS)))
def test_a_weakened_rule_misses_what_it_does_not_look_at(rules: Path, index: int) -> None:
    """What a weakened rule misses is exactly what the part was about that it lacks."""
    function = getattr(weakened_module(rules, index), WAYS[index][0])

    assert not notices(function, Right)
    assert [kind for kind in WRONG if not notices(function, kind)] == LOST[index]


@pytest.mark.parametrize("index", range(len(WAYS)))
def test_a_part_that_a_fault_needs_is_proved(rules: Path, index: int) -> None:
    """There is no problem where one of the faults goes unnoticed without the part."""
    assert weaken(rules, index, WRONG) == []


@pytest.mark.parametrize("index", range(len(WAYS)))
def test_a_part_that_no_fault_needs_is_a_problem(rules: Path, index: int) -> None:
    """The problem names what was done to which rule, and what noticed it all the same."""
    others = [kind for kind in WRONG if kind not in LOST[index]]

    (problem,) = weaken(rules, index, others)

    assert problem.startswith(f"{WAYS[index][0]}[{WAYS[index][1]}]")
    assert [kind.__name__ in problem for kind in others] == [True] * len(others)


def test_what_the_whole_rule_misses_proves_nothing(rules: Path) -> None:
    """A fault that the rule as it is does not notice does not count."""
    (problem,) = weaken(rules, 0, [Right])

    assert problem.endswith("(no fault)")


def test_a_rule_of_the_suite_is_weakened() -> None:
    """Both assertions of a rule are weakened, and each is proved by a fault."""
    where = "suites/test_not_found.py::test_patch_is_not_allowed"

    ended = suite(where, "--prove=weakenings", "-v", account=NOBODY)

    assert ended.exit_code == ExitCode.CONFORMANT, ended.output
    assert ended.output.count("patch-is-not-allowed[nothing") == len(("status", "name"))

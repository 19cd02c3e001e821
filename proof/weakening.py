"""The second proof: each assertion of a rule is weakened in turn, and a fault has to need it.

An assertion that can be removed without any fault going unnoticed proves nothing. Rules with a
single assertion are proved by the matrix as it is: without it, they could not notice anything.
"""

from __future__ import annotations

import ast
import copy
import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.rules import rule_of
from proof.proofs import Trial, problems_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import ModuleType

    import pytest

    from conformance.rules import Rule
    from proof.matrix import Kind, Matrix


@dataclass(frozen=True, slots=True)
class Weakened:
    """What came of weakening an assertion: the faults that only the assertion as it is notices."""

    text: str
    tried: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def problems(self) -> list[str]:
        """That no fault needs the assertion, if that is so."""
        if self.lost:
            return []
        tried = ", ".join(self.tried) or "no fault"
        return [f"{self.text}: noticed by none of the rule's faults ({tried})"]


@dataclass(frozen=True, slots=True)
class WeakenAssertion:
    """The task to weaken one assertion of one rule, and to show the rule's faults to what is left.

    `name` says what is done to which; `index` counts the ways in which the module's assertions can
    be weakened.
    """

    name: str
    rule: str
    path: Path
    index: int
    kinds: tuple[Kind, ...]

    def carry_out(self, matrix: Matrix) -> Weakened:
        """Show the rule's faults to the rule, as it is and weakened."""
        faults = [kind for kind in self.kinds if matrix.is_noticed(kind, self.rule)]
        with matrix.changed(self.rule, weakened_module(self.path, self.index)):
            lost = [kind for kind in faults if not matrix.is_noticed(kind, self.rule)]
        names = (tuple(kind.__name__ for kind in kinds) for kinds in (faults, lost))
        return Weakened(self.name, *names)


@dataclass(frozen=True, slots=True)
class WeakeningProof:
    """Weakens each assertion of a rule in each way that does not remove all that the rule has."""

    faults: Sequence[Kind]
    name: str = "weakenings"

    def trials(self, cases: Sequence[pytest.Item]) -> list[Trial[Weakened]]:
        """Return a trial for each way to weaken an assertion."""
        rules = {
            (item.path, item.name.partition("[")[0]): rule
            for item in cases
            if (rule := rule_of(item)) is not None
        }
        trials = []
        for path in dict.fromkeys(path for path, _ in rules):
            for index, (function, line, text) in enumerate(ways(parsed(path))):
                rule = rules.get((path, function))
                if rule is not None:
                    name = f"{rule.id}[{text} in line {line}]"
                    naming = tuple(kind for kind in self.faults if rule.id in kind.breaks)
                    task = WeakenAssertion(name, rule.id, path, index, naming)
                    trials.append(Trial(name, (path, line), [task], problems_of))
        return trials

    def report(self, found: Sequence[Weakened], rules: Sequence[Rule], directory: Path) -> str:
        """Say how many ways to weaken an assertion there are, and how many a fault brings out."""
        del directory
        needed = sum(bool(each.lost) for each in found)
        return f"{len(found)} ways to weaken an assertion of {len(rules)} rules, {needed} noticed"


def parsed(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def ways(module: ast.Module) -> Iterator[tuple[str, int, str]]:
    """Weaken a module in each way in turn; give the function, the line and what is done.

    The module is as it was when the next way is asked for.
    """
    for function in module.body:
        if not isinstance(function, ast.FunctionDef) or not function.name.startswith("test_"):
            continue
        found = [node for node in ast.walk(function) if isinstance(node, ast.Assert)]
        for each in found:
            whole = each.test
            for text, weaker in weaker_tests(whole, alone=len(found) == 1):
                each.test = ast.copy_location(weaker, whole)
                yield function.name, each.lineno, text
                each.test = whole


def weaker_tests(test: ast.expr, *, alone: bool) -> Iterator[tuple[str, ast.expr]]:
    """Give what an assertion could check instead: nothing, or all but one part."""
    if not alone:
        yield "nothing", ast.Constant(value=True)
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        for position in range(len(test.values)):
            rest = test.values[:position] + test.values[position + 1 :]
            fewer = ast.BoolOp(test.op, rest) if len(rest) > 1 else rest[0]
            yield f"all but operand {position + 1}", fewer
    if isinstance(test, ast.Compare):
        yield from weaker_comparisons(test)


def weaker_comparisons(test: ast.Compare) -> Iterator[tuple[str, ast.expr]]:
    """Give a chain of comparisons without its first or its last, displays without an element."""
    sides = [test.left, *test.comparators]
    if len(test.ops) > 1:
        yield "all but the first comparison", ast.Compare(sides[1], test.ops[1:], sides[2:])
        yield "all but the last comparison", ast.Compare(sides[0], test.ops[:-1], sides[1:-1])
    displays = [side for side in sides if isinstance(side, (ast.List, ast.Tuple))]
    lengths = {len(side.elts) for side in displays}
    equal = all(isinstance(op, ast.Eq) for op in test.ops)
    if not equal or len(displays) < len(sides) or len(lengths) > 1:
        return
    (length,) = lengths
    for position in range(length if length > 1 else 0):
        fewer = copy.deepcopy(test)
        for side in (fewer.left, *fewer.comparators):
            del side.elts[position]  # type: ignore[attr-defined]  # a display, see above
        yield f"all but element {position + 1}", fewer


def weakened_module(path: Path, index: int) -> ModuleType:
    """Return a rule's module, loaded anew with an assertion weakened."""
    tree = parsed(path)
    steps = ways(tree)
    for _ in range(index + 1):
        next(steps)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None:
        message = f"{path} is no module"
        raise RuntimeError(message)
    module = importlib.util.module_from_spec(spec)
    code = compile(ast.fix_missing_locations(tree), str(path), "exec")
    exec(code, module.__dict__)  # noqa: S102  (our own rule)
    return module

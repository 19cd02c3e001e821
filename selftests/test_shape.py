"""The shape that the project's modules and rules keep to."""

from __future__ import annotations

import ast
import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from running import ROOT

from conformance.spec.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.whole_run

OURS = (
    "conformance",
    "freespee_conformance",
    "proof",
    "reference",
    "strategies",
    "suites",
    "selftests",
)
MOST_LINES = 300
MOST_RULE_LINES = 15
PYTEST_ENDINGS = frozenset({"skip", "skipif", "xfail", "fail", "exit", "importorskip"})
REFUSED_IN_RULES = (ast.If, ast.IfExp, ast.For, ast.Try, ast.While, ast.With, ast.Match)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
CALLERS = frozenset({"Api", "Client", "Curl", "ManualDigest", "RawHttp", "Roles"})
"""What a rule sends requests by."""
ENDINGS = frozenset({"not_applicable", "not_run", "unclaimed", "unobservable"})
"""What ends a case; in a rule it stands alone, as a precondition."""
ONE_VOCABULARY = ("conformance/", "strategies/", "suites/")
SHARED_NAMES = {
    "Guard": "the gate's protocol and the one class that keeps to it",
    "Patience": "the gate's protocol and the one class that keeps to it",
    "parameters": "the payloads of a resource: always called by the name of its module",
}
"""Names that are defined more than once, and why that misleads nobody."""

SELFTEST_MODULES = {path.stem for path in (ROOT / "selftests").rglob("*.py")}
MODULES = [path for name in OURS for path in sorted((ROOT / name).rglob("*.py"))]
SUITES = sorted((ROOT / "suites").rglob("test_*.py"))


def relative(path: Path) -> str:
    """Return a path as seen from the checkout."""
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """Return the top-level packages that a module imports, relative imports left out."""
    nodes = list(ast.walk(tree_of(path)))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    others = {
        str(node.module) for node in nodes if isinstance(node, ast.ImportFrom) and not node.level
    }
    return {name.partition(".")[0] for name in plain | others}


def names_in(node: ast.AST) -> set[str]:
    """Return the names that an expression reads."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def calls_in(node: ast.AST, but: ast.AST) -> list[ast.Call]:
    """Return the calls of an expression, but for those in one part of it."""
    left_out = set(ast.walk(but))
    return [each for each in ast.walk(node) if isinstance(each, ast.Call) and each not in left_out]


def rule_id(function: ast.FunctionDef) -> str | None:
    """Return the id of a rule; None for any other function."""
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "rule":
            return str(ast.literal_eval(decorator.args[0]))
    return None


def rules() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Give every rule of the suite with its id."""
    for path in SUITES:
        for node in tree_of(path).body:
            if isinstance(node, ast.FunctionDef) and (id_ := rule_id(node)) is not None:
                yield id_, node


RULES = list(rules())
each_rule = pytest.mark.parametrize("function", [each for _, each in RULES], ids=dict(RULES))


def body_of(function: ast.FunctionDef) -> list[ast.stmt]:
    """Return what a function does, its docstring left out."""
    return function.body[1:] if ast.get_docstring(function) else function.body


def test_ids_are_unique_kebab_case_facts() -> None:
    """No id names two rules, and each is written as ids are."""
    counted = Counter(id_ for id_, _ in RULES)

    assert len(counted) > 50
    assert [id_ for id_, count in counted.items() if count > 1] == []
    assert [id_ for id_ in counted if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_)] == []


def test_every_test_of_the_suite_is_a_rule() -> None:
    """There is no test in suites/ that has no id."""
    tests = [
        node.name
        for path in SUITES
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]

    assert sorted(tests) == sorted(function.name for _, function in RULES)
    assert [name for name, count in Counter(tests).items() if count > 1] == []


@pytest.mark.parametrize(("id_", "function"), RULES, ids=dict(RULES))
def test_a_rule_is_named_after_its_id(id_: str, function: ast.FunctionDef) -> None:
    """A name that a report prints is the name of the test, so that it selects."""
    assert function.name == "test_" + id_.replace("-", "_")


@each_rule
def test_a_rule_is_short(function: ast.FunctionDef) -> None:
    """The body of a rule has at most 15 lines that are not blank."""
    body = body_of(function)
    blank = sum(
        after.lineno - (before.end_lineno or 0) - 1 for before, after in itertools.pairwise(body)
    )

    assert ast.get_docstring(function)
    assert (body[-1].end_lineno or 0) - body[0].lineno + 1 - blank <= MOST_RULE_LINES


@each_rule
def test_a_rule_has_no_branches(function: ast.FunctionDef) -> None:
    """A rule neither branches, nor repeats, nor catches: it is read from top to bottom."""
    assert [
        ast.unparse(node) for node in ast.walk(function) if isinstance(node, REFUSED_IN_RULES)
    ] == []


@each_rule
def test_a_rule_sends_nothing_in_a_loop(function: ast.FunctionDef) -> None:
    """No comprehension of a rule asks for anything: what differs is a parameter of its cases.

    The first iterable is evaluated once, and `fresh` sends nothing.
    """
    callers = {
        each.arg
        for each in function.args.args
        if each.annotation is not None and ast.unparse(each.annotation) in CALLERS
    }
    loops = [node for node in ast.walk(function) if isinstance(node, COMPREHENSIONS)]
    repeated = [
        call
        for loop in loops
        for part in ast.iter_child_nodes(loop)
        for call in calls_in(part, but=loop.generators[0].iter)
        if callers & names_in(call) and not ast.unparse(call.func).endswith(".fresh")
    ]

    assert [ast.unparse(call) for call in repeated] == []


@each_rule
def test_a_rule_asserts_one_fact_at_a_time(function: ast.FunctionDef) -> None:
    """No assertion compares several values at once: each fact has an assertion of its own."""
    compared = [
        side
        for node in body_of(function)
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Compare)
        for side in (node.test.left, *node.test.comparators)
        if isinstance(node.test.ops[0], ast.Eq)
    ]

    assert [ast.unparse(side) for side in compared if isinstance(side, ast.Tuple)] == []


@each_rule
def test_a_rule_states_its_preconditions(function: ast.FunctionDef) -> None:
    """What ends a case is no part of an expression: a rule says `applicable_if(...)`, or alike."""
    alone = [node.value for node in body_of(function) if isinstance(node, ast.Expr)]
    ended = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ENDINGS
    ]

    assert [ast.unparse(node) for node in ended if node not in alone] == []


@each_rule
def test_a_rule_asserts_last(function: ast.FunctionDef) -> None:
    """A rule ends in its assertions, and asserts nothing before its stimulus."""
    kinds = [isinstance(node, ast.Assert) for node in body_of(function)]

    assert kinds[-1]
    assert kinds == sorted(kinds)


@pytest.mark.parametrize("path", SUITES, ids=relative)
def test_a_suite_ends_no_case_by_pytests_means(path: Path) -> None:
    """Rules say unobservable, not applicable or not run; they do not skip, and log nothing."""
    used = {
        node.attr
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node).startswith("pytest.")
    }

    assert used & PYTEST_ENDINGS == set()
    assert imported(path) & {"logging", "warnings", "requests", "urllib3", "reference"} == set()


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_is_short_and_says_what_it_holds(path: Path) -> None:
    """A module has at most 300 lines, and a docstring whose first line is one sentence."""
    text = path.read_text(encoding="utf-8")
    summary, *more = (ast.get_docstring(ast.parse(text)) or "").splitlines()

    assert len(text.splitlines()) <= MOST_LINES
    assert re.fullmatch(r"(?!.*[.?!] [A-Z])\S.*\.", summary)
    assert more[:1] in ([], [""])


def test_no_two_definitions_share_a_name() -> None:
    """A name of a public function or class means one thing, wherever it is imported from."""
    defined: dict[str, list[str]] = {}
    for path in MODULES:
        if relative(path).startswith(ONE_VOCABULARY):
            for node in tree_of(path).body:
                if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_":
                    defined.setdefault(node.name, []).append(relative(path))
    shared = {name: paths for name, paths in defined.items() if len(paths) > 1}

    assert len(defined) > 500
    assert {name: paths for name, paths in shared.items() if name not in SHARED_NAMES} == {}
    assert [name for name in SHARED_NAMES if name not in shared] == []


@pytest.mark.parametrize("path", sorted((ROOT / "conformance").rglob("*.py")), ids=relative)
def test_support_code_asserts_nothing(path: Path) -> None:
    """An assertion of ours would count as the target's failure."""
    nodes = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Assert)]

    assert [f"line {node.lineno}: {ast.unparse(node)}" for node in nodes] == []


@pytest.mark.parametrize("path", [path for path in MODULES if "selftests" not in relative(path)])
def test_nothing_imports_the_self_tests(path: Path) -> None:
    """The linter of imports sees packages only: the self-tests and the fixtures are none."""
    assert imported(path) & {"selftests", "conftest", *SELFTEST_MODULES} == set()


def test_the_guide_shows_the_rule_and_the_fault_as_they_are() -> None:
    """What CONTRIBUTING.md shows first is the code, not what the code once was."""
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    listings = re.findall(r"`([^`\n]*\.py)`[^`]*\n\n```python\n(.*?)```", guide, re.DOTALL)

    assert len(listings) == 2
    assert [
        path
        for path, listing in listings
        if listing not in (ROOT / path).read_text(encoding="utf-8")
    ] == []


def test_every_statement_has_a_rule_or_a_reason() -> None:
    """No statement of the document was forgotten: the rule book leaves none open."""
    written = (ROOT / "rulebook.md").read_text(encoding="utf-8")

    assert [id_ for id_ in statements() if id_ not in written] == []

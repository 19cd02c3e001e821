"""The kinds of assertions that rules make, told from their source.

Each kind has a wording of its own in `sentences`. A rule's assertion that is of no kind is refused
by a self-test: nobody who reads a report should have to read Python.
"""

from __future__ import annotations

import ast
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path


class AssertionKind(Enum):
    """What an assertion is about."""

    READING = "an answer where the document leaves a choice"
    STATUS = "a status code"
    ABSENCE = "that a record is not there"
    PRESENCE = "that a record is there"
    FINDINGS = "that a search found nothing wrong"
    NO_RECORD = "that no record has a value"
    SOMETHING = "that there is something to see"
    FACTS = "several facts at once"
    VALUE = "the value of a field or property"
    MEMBER = "that something is among others"
    NO_MEMBER = "that something is not among others"
    BOUND = "a bound"
    DIFFERENCE = "that two things differ"
    SAMENESS = "that two things agree"
    SUCCESS = "a success"
    REFUSAL = "a refusal"
    NO_DATA = "that no data is shown"
    DATA = "that data is shown"
    FACT = "one fact"


class UnknownKind(ValueError):  # noqa: N818  (a fact about an assertion)
    """Raised for an assertion of a form that has no wording."""


EMPTY: Final = (list, dict, set, str, tuple)

_SEARCHES_RECORDS = frozenset({"holding", "stored"})
_VALUES_BY_NAME = frozenset({"get", "read"})


def assertion_kind(test: ast.expr) -> AssertionKind:
    """Return the kind of what an assertion tests; raises UnknownKind where it has none."""
    match test:
        case ast.IfExp(body=inner) | ast.BoolOp(op=ast.Or(), values=[*_, inner]):
            return assertion_kind(inner)
        case ast.BoolOp(op=ast.And(), values=[inner, *_]):
            return assertion_kind(inner)
        case ast.Compare():
            return _kind_of_comparison(test)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _OPPOSITES[_kind_of_fact(operand)]
    if isinstance(test, _FACTS):
        return _kind_of_fact(test)
    message = f"no wording for {ast.unparse(test)}"
    raise UnknownKind(message)


_FACTS = (ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.ListComp, ast.SetComp, ast.DictComp)


def _kind_of_comparison(test: ast.Compare) -> AssertionKind:  # noqa: PLR0911  (one for each form)
    left, operator, right = test.left, test.ops[0], test.comparators[0]
    if _calls(left, "unaccepted"):
        return AssertionKind.READING
    if _is_status(left):
        return AssertionKind.STATUS
    match operator, right:
        case ast.Is(), ast.Constant(value=None):
            return AssertionKind.ABSENCE
        case ast.IsNot(), ast.Constant(value=None):
            return AssertionKind.PRESENCE
        case ((ast.Eq() | ast.Is()), _):
            return _kind_of_equality(left, right)
        case ast.NotEq(), _ if is_empty(right):
            return AssertionKind.SOMETHING
    return _KINDS_OF_OPERATORS.get(type(operator), AssertionKind.BOUND)


_KINDS_OF_OPERATORS = {
    ast.In: AssertionKind.MEMBER,
    ast.NotIn: AssertionKind.NO_MEMBER,
    ast.NotEq: AssertionKind.DIFFERENCE,
    ast.IsNot: AssertionKind.DIFFERENCE,
}


def _kind_of_equality(left: ast.expr, right: ast.expr) -> AssertionKind:
    if is_empty(right):
        searched = any(_calls(left, name) for name in _SEARCHES_RECORDS)
        return AssertionKind.NO_RECORD if searched else AssertionKind.FINDINGS
    if isinstance(left, ast.Tuple):
        return AssertionKind.FACTS
    return AssertionKind.VALUE if value_name(left) else AssertionKind.SAMENESS


def _kind_of_fact(test: ast.expr) -> AssertionKind:
    if _calls(test, "accepts"):
        return AssertionKind.READING
    if _calls(test, "holds_data") or (isinstance(test, ast.Attribute) and test.attr == _SHOWS):
        return AssertionKind.DATA
    if isinstance(test, ast.Attribute) and test.attr in _SUCCESSES:
        return AssertionKind.SUCCESS
    several = isinstance(test, ast.Name | ast.ListComp | ast.SetComp | ast.DictComp)
    return AssertionKind.SOMETHING if several else AssertionKind.FACT


_SHOWS = "shows_data"
_SUCCESSES = frozenset({"ok", "succeeded"})
_OPPOSITES = {
    AssertionKind.DATA: AssertionKind.NO_DATA,
    AssertionKind.SUCCESS: AssertionKind.REFUSAL,
    AssertionKind.SOMETHING: AssertionKind.FINDINGS,
    AssertionKind.FACT: AssertionKind.FINDINGS,
}


def is_empty(node: ast.expr) -> bool:
    """Tell whether an expression is an empty collection or text, or a list of such."""
    match node:
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return all(is_empty(part) for part in parts)
        case ast.BinOp(left=inner, op=ast.Mult()) | ast.ListComp(elt=inner):
            return is_empty(inner)
        case ast.Dict(keys=[]) | ast.Constant(value=""):
            return True
    return isinstance(node, ast.Call) and ast.unparse(node) in ("set()", "frozenset()")


def value_name(node: ast.expr) -> str:
    """Return the name of the field or property that an expression reads; "" where it reads none."""
    match node:
        case ast.Call(func=ast.Name(id="str" | "int"), args=[inner]):
            return value_name(inner)
        case ast.Call(func=ast.Attribute(attr=attr), args=[ast.Constant(value=str(name)), *_]):
            return name if attr in _VALUES_BY_NAME else ""
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
    return ""


def reads_one_record(node: ast.expr) -> ast.expr | None:
    """Return the expression for the identity of a record that an expression reads, if it does."""
    for each in ast.walk(node):
        match each:
            case ast.Call(func=ast.Attribute(attr="find" | "read"), args=[identity, *_]):
                if not isinstance(identity, ast.Constant):
                    return identity
    return None


def _calls(node: ast.expr, name: str) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr=called) | ast.Name(id=called)):
            return called == name
    return False


def _is_status(node: ast.expr) -> bool:
    match node:
        case ast.Attribute(attr="status_code"):
            return True
        case ast.Name(id=name):
            return name.endswith("status")
    return False


@lru_cache(maxsize=64)
def assertions_of(path: Path) -> tuple[ast.Assert, ...]:
    """Return the assertions of a module, in the order of their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [each for each in ast.walk(tree) if isinstance(each, ast.Assert)]
    return tuple(sorted(found, key=lambda each: each.lineno))


def assertion_at(path: Path, line: int) -> ast.Assert | None:
    """Return the assertion that a line of a module is part of; None where it is part of none."""
    if path.suffix != ".py" or not path.is_file():
        return None
    return next(
        (each for each in assertions_of(path) if each.lineno <= line <= (each.end_lineno or 0)),
        None,
    )

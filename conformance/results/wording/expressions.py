"""Expressions of a rule in words, and the values of those that can be looked up."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from conformance.results.wording.assertions import value_name

if TYPE_CHECKING:
    from collections.abc import Iterator

UNKNOWN = object()
"""Stands for the value of an expression that would have to be computed."""

BOUNDS: Final = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}
"""Operators that bound a value, in words."""

_TRANSPARENT = frozenset({"sorted", "set", "list", "str", "dict", "tuple", "int", "frozenset"})
_WORDS = {
    "ok": "success",
    "status_code": "status",
    "find": "the record",
    "read": "the record",
    "holds_data": "data shown",
    "shows_data": "data shown",
    "ids_in": "ids in the answer",
    "id_of": "id",
    "seen": "answer",
    "holding": "records with that value",
    "stored": "records with that value",
    "body_kind": "representation",
    "kind_when_cleared": "kind of value in JSON",
    "cdr_id": "call",
}
"""What names of the suite stand for in the words of HTTP and of the document."""


def words_of(node: ast.expr) -> str:
    """Return what an expression is about, in words."""
    if name := value_name(node):
        return name
    words = _of_a_call if isinstance(node, ast.Call) else _of_an_operation
    return words(node) or _of_a_whole(node) or "the value"


def _of_a_call(node: ast.expr) -> str:  # noqa: PLR0911  (one for each form)
    match node:
        case ast.Call(func=ast.Name(id="len"), args=[inner]):
            return f"number of {words_of(inner)}"
        case ast.Call(func=ast.Name(id=called), args=[inner, *_]) if called in _TRANSPARENT:
            return words_of(inner)
        case ast.Call(func=ast.Attribute(attr="count"), args=[inner, *_]):
            return f"how often {words_of(inner)} is listed"
        case ast.Call(func=ast.Attribute(attr="findtext"), args=[ast.Constant(value=str(name))]):
            return name
        case ast.Call(func=ast.Attribute(attr="get" | "endswith", value=inner)):
            return words_of(inner)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return _spelled(name)
    return ""


def _of_an_operation(node: ast.expr) -> str:
    match node:
        case ast.Compare(left=left, ops=[ast.Eq() | ast.Is()], comparators=[right]):
            return f"{words_of(left)} is {words_of(right)}"
        case ast.Compare(left=left, ops=[ast.In()], comparators=[right]):
            return f"{words_of(left)} among {words_of(right)}"
        case ast.Compare(left=left, comparators=[right, *_]):
            return f"{words_of(left)} compared with {words_of(right)}"
        case ast.BoolOp(values=[first, *_]) | ast.BinOp(left=first) | ast.IfExp(body=first):
            return words_of(first)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return f"no {words_of(operand)}"
    return ""


def _of_a_whole(node: ast.expr) -> str:  # noqa: PLR0911  (one for each form)
    """Return what a name stands for, or what a collection or a part of one is about."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return _spelled(name)
        case ast.ListComp(elt=inner) | ast.SetComp(elt=inner) | ast.GeneratorExp(elt=inner):
            return words_of(inner)
        case ast.DictComp(value=inner) | ast.Subscript(value=inner) | ast.Starred(value=inner):
            return words_of(inner)
        case ast.Constant(value=value):
            return "nothing" if value is None else str(value)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return " and ".join(dict.fromkeys(words_of(part) for part in parts)) or "nothing"
        case ast.Dict(values=[first, *_]):
            return words_of(first)
        case ast.JoinedStr():
            return "finding"
    return ""


def _spelled(name: str) -> str:
    return _WORDS.get(name) or re.sub("_(in|of|by)$", "", name).replace("_", " ").strip()


def value_of(node: ast.expr, names: Mapping[str, Any]) -> Any:  # noqa: ANN401  (any value there is)
    """Return the value of an expression, if that takes no call; UNKNOWN otherwise."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return names.get(name, UNKNOWN)
        case ast.Attribute(value=inner, attr=attr):
            owner = value_of(inner, names)
            return UNKNOWN if owner is UNKNOWN else getattr(owner, attr, UNKNOWN)
        case ast.Subscript(value=inner, slice=key):
            return _item(value_of(inner, names), value_of(key, names))
        case ast.Call(func=ast.Attribute(value=inner, attr="get"), args=[key]):
            record = value_of(inner, names)
            return record.get(value_of(key, names)) if isinstance(record, Mapping) else UNKNOWN
    return UNKNOWN


def field_name(node: ast.expr, names: Mapping[str, Any], *, known: bool = True) -> str:
    """Return the name of the field that `record.get(field)` reads; "" for anything else.

    Where its value need not be `known`, the name of the variable will do.
    """
    match node:
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Name(id=name)]):
            value = names.get(name)
            return value if isinstance(value, str) else "" if known else name
    return ""


def _item(owner: Any, key: Any) -> Any:  # noqa: ANN401
    if owner is UNKNOWN or key is UNKNOWN:
        return UNKNOWN
    try:
        return owner[key]
    except (KeyError, IndexError, TypeError):
        return UNKNOWN


def named_values(node: ast.expr, names: Mapping[str, Any]) -> Iterator[Any]:
    """Give the values of the names in an expression, in order; without those bound within it."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and each.id in names:
            yield names[each.id]

"""Rules: test functions that name the statement of the document that they check."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeVar, cast

import pytest

from conformance.spec.statements import statements

if TYPE_CHECKING:
    from collections.abc import Callable

_Test = TypeVar("_Test", bound="Callable[..., object]")
_KEBAB_CASE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Level(Enum):
    """How binding a rule is."""

    MUST = "MUST"
    SHOULD = "SHOULD"


class Basis(Enum):
    """Where a rule is documented; its level follows from that."""

    STATED = "stated"
    SHOWN = "shown"
    RELIED_ON = "relied on"
    INFERRED = "inferred"

    @property
    def level(self) -> Level:
        """MUST for a rule that the document states or shows, SHOULD for any other."""
        return _LEVELS[self]


_LEVELS = {
    Basis.STATED: Level.MUST,
    Basis.SHOWN: Level.MUST,
    Basis.RELIED_ON: Level.SHOULD,
    Basis.INFERRED: Level.SHOULD,
}
STATED, SHOWN, RELIED_ON, INFERRED = Basis


@dataclass(frozen=True, slots=True)
class Rule:
    """One documented claim about a server; its id is the suite's API and never changes."""

    id: str
    statements: tuple[str, ...]
    basis: Basis
    title: str

    @property
    def level(self) -> Level:
        """MUST or SHOULD, according to the basis."""
        return self.basis.level

    @property
    def chapter(self) -> str:
        """The document's chapter of the rule's first statement."""
        return statements()[self.statements[0]].chapter


def rule(id_: str, *, statements: str, basis: Basis) -> Callable[[_Test], _Test]:
    """Make a test function a rule.

    `statements` names rows of the statement list, separated by spaces ("S12 S13"). The first
    paragraph of the function's docstring is the title of the rule. Raises ValueError where the id
    is not kebab-case, a statement is unknown or the docstring is missing.
    """
    if not _KEBAB_CASE.fullmatch(id_):
        message = f"rule id {id_!r} is not kebab-case"
        raise ValueError(message)
    named = tuple(statements.split())
    _check_statements(id_, named)

    def decorate(function: _Test) -> _Test:
        docstring = inspect.getdoc(function)
        if not docstring:
            message = f"rule {id_!r} has no docstring that states it"
            raise ValueError(message)
        title = " ".join(docstring.split("\n\n")[0].split())
        marked: _Test = pytest.mark.rule(Rule(id_, named, basis, title))(function)
        return marked

    return decorate


def rule_of(item: pytest.Item) -> Rule | None:
    """Return the rule that an item is a case of; None for a test that is not a rule."""
    marker = item.get_closest_marker("rule")
    if marker is None:
        return None
    return cast("Rule", marker.args[0])  # only `rule` above makes this marker


def _check_statements(id_: str, named: tuple[str, ...]) -> None:
    unknown = [name for name in named if name not in statements()]
    if unknown or not named:
        message = f"rule {id_!r} names no known statement: {' '.join(unknown) or 'none given'}"
        raise ValueError(message)

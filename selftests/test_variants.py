"""The variants: each says what it does and what leaves it free to, and deviates by name only."""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from test_shape import RULES

from reference.faults import faults
from reference.variants import variants

if TYPE_CHECKING:
    from reference.faulty import Variant

FEWEST = 50
SHOULD = frozenset({"RELIED_ON", "INFERRED"})
"""The bases of rules that do not bind."""

each_variant = pytest.mark.parametrize("variant", variants(), ids=lambda kind: str(kind.__name__))


def basis_of(function: ast.FunctionDef) -> str:
    """Return the basis that a rule's decorator names."""
    return next(
        ast.unparse(keyword.value)
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call)
        for keyword in decorator.keywords
        if keyword.arg == "basis"
    )


def test_there_are_enough_and_each_has_a_name_of_its_own() -> None:
    """No variant is there twice, and none is called like a fault."""
    names = Counter(kind.__name__ for kind in (*variants(), *faults()))

    assert len(variants()) >= FEWEST
    assert [name for name, count in names.items() if count > 1] == []


@each_variant
def test_a_variant_states_what_it_does(variant: type[Variant]) -> None:
    """The docstring is its own: one sentence, and the ambiguities that leave it free."""
    text = inspect.getdoc(variant) if "__doc__" in vars(variant) else None

    assert text is not None
    assert re.fullmatch(r"[A-Z][^\n]*\.(\n\nAmbigu(ity|ities): (`[a-z0-9-]+`(, )?)+\.)?", text)


@each_variant
def test_a_variant_deviates_from_what_does_not_bind(variant: type[Variant]) -> None:
    """A rule that a variant deviates from exists, and is a SHOULD."""
    bases = {id_: basis_of(function) for id_, function in RULES}

    assert {id_ for id_ in variant.deviates if bases.get(id_) not in SHOULD} == set()

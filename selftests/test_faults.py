"""The faults: each names the rules that notice it, or says that others only derive from it."""

from __future__ import annotations

from collections import Counter

import pytest
from test_shape import RULES

from reference.faults import faults
from reference.faulty import Fault, LetsIn


def test_a_fault_without_rules_is_refused() -> None:
    """It would be shown to nobody; what is said names it, and both remedies."""
    with pytest.raises(TypeError, match=r"Unnoticed names no rule .*breaks=.*abstract=True"):

        class Unnoticed(Fault, breaks=" "):
            """Names nothing."""


def test_rules_are_not_inherited() -> None:
    """What derives from a fault names its own rules: it does something else wrong."""

    class Names(Fault, breaks="one two"):
        """Names two rules."""

    assert Names.breaks == {"one", "two"}
    with pytest.raises(TypeError, match="Heir names no rule"):

        class Heir(Names):
            """Names nothing."""


def test_an_abstract_fault_names_no_rules() -> None:
    """It is either shown to rules or derived from."""
    with pytest.raises(TypeError, match="Both names rules"):

        class Both(Fault, breaks="one", abstract=True):
            """Is both."""


def test_every_fault_that_is_not_abstract_is_shown() -> None:
    """Each is there once and names rules that there are; those defined elsewhere are not there."""

    class Elsewhere(Fault, breaks="one"):
        """Belongs to no module of faults."""

    found = faults()
    known = {id_ for id_, _ in RULES}

    assert {Elsewhere, LetsIn, Fault}.isdisjoint(found)
    assert [kind for kind, count in Counter(found).items() if count > 1] == []
    assert [kind.__name__ for kind in found if not kind.breaks or kind.breaks - known] == []

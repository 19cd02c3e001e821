"""The kind of a run: how much of the suite it could see, which its verdict has to say."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.config.selection import Selection

THOROUGH_ENOUGH = frozenset({"standard", "thorough"})
"""The profiles with which rules try as many generated payloads as a certification needs."""


class RunKind(Enum):
    """What a run looked at."""

    FULL = "full"
    READ_ONLY = "read-only"
    SMOKE = "smoke"
    SELECTION = "selection"


def kind_of(selection: Selection, *, allow_writes: bool, profile: str) -> RunKind:
    """Return the kind of a run of this selection, with that permission and that profile.

    A smoke run is one whatever it is permitted, as it never writes. Where anything else was left
    out, be it rules, cases or generated examples, the run is a selection; one that leaves out
    nothing but what writes is read-only.
    """
    if selection.is_smoke:
        return RunKind.SMOKE
    if not selection.is_whole:
        return RunKind.SELECTION
    if not allow_writes:
        return RunKind.READ_ONLY
    return RunKind.FULL if profile in THOROUGH_ENOUGH else RunKind.SELECTION

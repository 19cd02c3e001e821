"""A signal may come where the interpreter tells no line: the run ends all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.runner.signals import drop_places_without_lines

if TYPE_CHECKING:
    from types import FunctionType


def interrupted() -> None:
    """Be interrupted."""
    raise KeyboardInterrupt


def without_lines(function: FunctionType) -> None:
    """Have the interpreter tell no line of a function."""
    function.__code__ = function.__code__.replace(co_linetable=b"")


def test_a_place_without_a_line_is_left_out_of_a_traceback() -> None:
    """Pytest, which asks each place for its line, can show what is left."""
    without_lines(interrupted)  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt) as found:
        interrupted()
    assert found.tb.tb_next.tb_lineno is None  # type: ignore[union-attr]
    with pytest.raises(TypeError):
        found.getrepr()

    drop_places_without_lines(found)

    assert "test_interrupted_anywhere" in str(found.getrepr())

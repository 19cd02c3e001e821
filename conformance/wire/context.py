"""Values that hold for what runs within a block, on its thread alone."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextvars import ContextVar

Value = TypeVar("Value")


@contextmanager
def within(variable: ContextVar[Value], value: Value) -> Iterator[None]:
    """Let a variable have a value in this context, and then the one that it had before."""
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)

"""Faults and variants: the reference server with one thing done differently."""

from __future__ import annotations

from typing import ClassVar

from .server import Reference


class Fault(Reference):
    """The reference server with one thing wrong.

    A subclass states its wrongness in its docstring and names the rules that notice it, by their
    ids, in `breaks`.
    """

    breaks: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls, breaks: str = "") -> None:
        """Take the ids of the rules that notice the fault, separated by spaces."""
        super().__init_subclass__()
        cls.breaks = frozenset(breaks.split())


class Variant(Reference):
    """The reference server doing one thing another way that the document allows."""

    breaks: ClassVar[frozenset[str]] = frozenset()

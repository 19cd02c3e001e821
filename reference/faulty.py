"""Faults and variants: the reference server with one thing done differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from . import seed
from .server import Reference

if TYPE_CHECKING:
    from .message import Request


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


class LetsIn(Fault):
    """Has a way in beside digest authentication; the faults below say which."""

    def is_let_in(self, request: Request) -> bool:
        """Whether a request needs no credentials; none, as long as a fault does not say so."""
        del request
        return False

    def authenticate(self, request: Request) -> str:
        """Take who is let in for the seed's first account."""
        return seed.USERNAME if self.is_let_in(request) else super().authenticate(request)

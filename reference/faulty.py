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

    conforms: ClassVar[bool] = False
    breaks: ClassVar[frozenset[str]] = frozenset()
    on_a_socket: ClassVar[bool] = False
    case_by_case: ClassVar[bool] = True

    def __init_subclass__(
        cls,
        breaks: str = "",
        *,
        on_a_socket: bool = False,
        in_a_whole_run: bool = False,
    ) -> None:
        """Take the ids of the rules that notice the fault, separated by spaces.

        `on_a_socket` tells that the fault shows only to callers who come over the network,
        `in_a_whole_run` that it takes what only a whole run has: other requests before, or so many
        calls that they fill several pages.
        """
        super().__init_subclass__()
        cls.breaks = frozenset(breaks.split())
        cls.on_a_socket = on_a_socket
        cls.case_by_case = not (on_a_socket or in_a_whole_run)


class Variant(Reference):
    """The reference server doing one thing another way that the document allows."""

    conforms: ClassVar[bool] = True
    breaks: ClassVar[frozenset[str]] = frozenset()
    on_a_socket: ClassVar[bool] = False
    case_by_case: ClassVar[bool] = False


class OnASocket(Variant):
    """The reference server as it is, but shown over the network."""

    on_a_socket = True


class LetsIn(Fault):
    """Has a way in beside digest authentication; the faults below say which."""

    def is_let_in(self, request: Request) -> bool:
        """Whether a request needs no credentials; none, as long as a fault does not say so."""
        del request
        return False

    def authenticate(self, request: Request) -> str:
        """Take who is let in for the seed's first account."""
        return seed.USERNAME if self.is_let_in(request) else super().authenticate(request)

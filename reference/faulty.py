"""Faults and variants: the reference server with one thing done differently."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, ClassVar, TypeVar

from . import seed
from .server import Reference

if TYPE_CHECKING:
    from types import ModuleType

    from .message import Request

Kind = TypeVar("Kind", bound=Reference)


def kinds_in(package: ModuleType, kind: type[Kind]) -> list[type[Kind]]:
    """Return every server of a kind in a package, each once, when all its modules are imported.

    They come in the order in which they are written.
    """
    within = f"{package.__name__}."
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(within + module.name)
    found = dict.fromkeys(_below(kind))
    return [each for each in found if each.__module__.startswith(within)]


def _below(kind: type[Kind]) -> list[type[Kind]]:
    return [each for child in kind.__subclasses__() for each in (child, *_below(child))]


class Fault(Reference):
    """The reference server with one thing wrong.

    A subclass states its wrongness in its docstring and names the rules that notice it, by their
    ids, in `breaks`. One that only holds what several faults have in common, and is shown to no
    rule, says that it is `abstract`.
    """

    conforms: ClassVar[bool] = False
    abstract: ClassVar[bool] = True
    breaks: ClassVar[frozenset[str]] = frozenset()
    on_a_socket: ClassVar[bool] = False
    case_by_case: ClassVar[bool] = True

    def __init_subclass__(
        cls,
        breaks: str = "",
        *,
        abstract: bool = False,
        on_a_socket: bool = False,
        in_a_whole_run: bool = False,
    ) -> None:
        """Take the ids of the rules that notice the fault, separated by spaces.

        `on_a_socket` tells that the fault shows only to callers who come over the network,
        `in_a_whole_run` that it takes what only a whole run has: other requests before, or so many
        calls that they fill several pages.

        Raises TypeError where a fault names no rule and is not abstract, or does both.
        """
        super().__init_subclass__()
        cls.breaks = frozenset(breaks.split())
        if abstract and cls.breaks:
            message = f"{cls.__qualname__} names rules, but an abstract fault is shown to none"
            raise TypeError(message)
        if not abstract and not cls.breaks:
            message = (
                f'{cls.__qualname__} names no rule that notices it: add breaks="rule-id", '
                "or abstract=True where other faults only derive from it"
            )
            raise TypeError(message)
        cls.abstract = abstract
        cls.on_a_socket = on_a_socket
        cls.case_by_case = not (on_a_socket or in_a_whole_run)


class Variant(Reference):
    """The reference server doing one thing another way that the document allows.

    A subclass states in its docstring what it does, and what leaves it free to: a standard, the
    document's silence, or an ambiguity, whose id stands in the last line. Where what is merely
    inferred from the document says otherwise, `deviates` names the rules that report it, by their
    ids.
    """

    conforms: ClassVar[bool] = True
    deviates: ClassVar[frozenset[str]] = frozenset()
    breaks: ClassVar[frozenset[str]] = frozenset()
    on_a_socket: ClassVar[bool] = False
    case_by_case: ClassVar[bool] = True

    def __init_subclass__(
        cls, deviates: str = "", *, on_a_socket: bool = False, in_a_whole_run: bool = False
    ) -> None:
        """Take the ids of the rules that it deviates from, separated by spaces.

        `on_a_socket` tells that the freedom shows only to callers who come over the network,
        `in_a_whole_run` that it shows only in one.
        """
        super().__init_subclass__()
        cls.deviates = cls.breaks = frozenset(deviates.split())
        cls.on_a_socket = on_a_socket
        cls.case_by_case = not (on_a_socket or in_a_whole_run)


class LetsIn(Fault, abstract=True):
    """Has a way in beside digest authentication; the faults below say which."""

    def is_let_in(self, request: Request) -> bool:
        """Whether a request needs no credentials; none, as long as a fault does not say so."""
        del request
        return False

    def authenticate(self, request: Request) -> str:
        """Take who is let in for the seed's first account."""
        return seed.USERNAME if self.is_let_in(request) else super().authenticate(request)

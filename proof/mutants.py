"""Mutants of the reference server: what one is, and the server that has it."""

from __future__ import annotations

import importlib
import sys
from contextlib import contextmanager
from dataclasses import dataclass, fields
from importlib.abc import Loader, MetaPathFinder
from importlib.util import spec_from_loader
from typing import TYPE_CHECKING, Any

from reference.message import Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from reference.server import Reference

PACKAGE = "reference"
STUMBLED = Response(500, (("Content-Type", "text/plain; charset=utf-8"),), b"It stumbled.")
"""What a caller is answered over the network where the server raises an exception."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a mutant changes: where, the lines as they were, and as they are now.

    `place` is a function or a named value, with its module and its class.
    """

    place: str
    was: str
    now: str

    def __str__(self) -> str:
        """Show the lines."""
        return f"- {self.was}\n+ {self.now}"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one small change, and the line, from 1, in which the change begins."""

    module: str
    change: Change
    line: int
    source: str


def server_of(mutant: Mutant) -> type[Reference]:
    """Return the reference server with a mutant in it; it answers 500 where it stumbles.

    Raises whatever importing the mutant raises.
    """
    with imported_anew(Substitution(mutant)):
        original: type[Reference] = importlib.import_module(f"{PACKAGE}.server").Reference
        message = importlib.import_module(f"{PACKAGE}.message")

    class Mutated(original):  # type: ignore[valid-type, misc]
        def respond(self, request: Request) -> Response:
            theirs = message.Request(*values_of(request))
            try:
                response = Response(*values_of(super().respond(theirs)))
                return response if can_be_sent(response) else STUMBLED
            except Exception:  # noqa: BLE001  (whatever it stumbles over)
                return STUMBLED

    return Mutated


def can_be_sent(response: Response) -> bool:
    """Tell whether a response can be put on the wire."""
    texts = [text for pair in response.headers for text in pair]
    return (
        isinstance(response.status, int)
        and isinstance(response.body, bytes)
        and all(isinstance(text, str) for text in texts)
    )


def values_of(message: Request | Response) -> list[Any]:
    """Return what a message holds, for the class of the same name in another import."""
    return [getattr(message, field.name) for field in fields(message)]


@contextmanager
def imported_anew(substitution: Substitution) -> Iterator[None]:
    """Have imports of the package begin anew for a while, with one module in another's place."""
    ours = {name: sys.modules.pop(name) for name in package_modules()}
    sys.meta_path.insert(0, substitution)
    try:
        yield
    finally:
        sys.meta_path.remove(substitution)
        for name in package_modules():
            del sys.modules[name]
        sys.modules.update(ours)


def package_modules() -> list[str]:
    """Return the names under which the package's modules are imported."""
    return [name for name in sys.modules if name.partition(".")[0] == PACKAGE]


class Substitution(MetaPathFinder, Loader):
    """Imports a mutant in the place of its module."""

    def __init__(self, mutant: Mutant) -> None:
        """Take the mutant."""
        self._mutant = mutant

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """Find the module that has the mutant, and no other."""
        return spec_from_loader(fullname, self) if fullname == self._mutant.module else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutated source."""
        code = compile(self._mutant.source, f"<{self._mutant.change.place}>", "exec")
        exec(code, module.__dict__)  # noqa: S102  (that is what an import does)

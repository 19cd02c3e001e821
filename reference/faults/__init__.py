"""Every fault, by the chapter of the document that it breaks."""

from __future__ import annotations

import importlib
import pkgutil

from reference.faulty import Fault


def faults() -> list[type[Fault]]:
    """Return every fault, in the order in which they are written."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return [fault for fault in _below(Fault) if fault.breaks]


def _below(kind: type[Fault]) -> list[type[Fault]]:
    return [each for child in kind.__subclasses__() for each in (child, *_below(child))]

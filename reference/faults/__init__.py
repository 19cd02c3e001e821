"""Every fault, by the chapter of the document that it breaks."""

from __future__ import annotations

import sys

from reference.faulty import Fault, kinds_in


def faults() -> list[type[Fault]]:
    """Return every fault, in the order in which they are written."""
    return [fault for fault in kinds_in(sys.modules[__name__], Fault) if not fault.abstract]

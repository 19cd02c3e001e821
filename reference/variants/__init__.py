"""Every variant, by the kind of freedom that it takes."""

from __future__ import annotations

import sys

from reference.faulty import Variant, kinds_in


def variants() -> list[type[Variant]]:
    """Return every variant, in the order in which they are written."""
    return kinds_in(sys.modules[__name__], Variant)

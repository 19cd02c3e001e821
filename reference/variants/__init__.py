"""Every variant, by the kind of freedom that it takes."""

from __future__ import annotations

import sys

from reference.faulty import Variant, kinds_in


def variants() -> list[type[Variant]]:
    """Return every variant, module by module."""
    found = kinds_in(sys.modules[__name__], Variant)
    return sorted(found, key=lambda variant: variant.__module__)

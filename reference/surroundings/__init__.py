"""Surroundings: what stands between callers and a server that keeps to the document.

    from reference.surroundings import Surrounded, surroundings

    with Surrounded(surroundings()["interim-103"]) as surrounded:
        ...  # a run against surrounded.base_url, trusting surrounded.ca_file

`surroundings()` has what makes each of them, by its name. Each module of this package that has a
`SURROUNDINGS` adds those: a module of its own for each subject. A `Surrounding` is given a server
and overrides `respond` (one message for another), `answer` (what goes over the wire) or `accept`
(what happens before there is a request); `ending` says how a run behind it has to end.

`python -m reference --surrounding NAME` serves one.
"""

import importlib
import pkgutil
from functools import cache

from .serving import Surrounded
from .surrounding import CONFORMANT, Ending, Maker, Surrounding

__all__ = ["CONFORMANT", "Ending", "Maker", "Surrounded", "Surrounding", "surroundings"]


@cache
def surroundings() -> dict[str, Maker]:
    """Return what makes each surrounding by its name, module by module.

    Raises ValueError where two have one name.
    """
    found: dict[str, Maker] = {}
    for module in pkgutil.iter_modules(__path__):
        made = getattr(importlib.import_module(f"{__name__}.{module.name}"), "SURROUNDINGS", {})
        if twice := found.keys() & made.keys():
            message = f"two surroundings are called {', '.join(sorted(twice))}"
            raise ValueError(message)
        found |= made
    return found

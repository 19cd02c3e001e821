"""The body of a test, run again where the target was not well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.verdicts import Busy

if TYPE_CHECKING:
    import pytest

    from conformance.clients.patience import Patience

MOST_RUNS = 3
"""How often the body of a test is run that meets a target that is not well."""


def run_body(item: pytest.Function, patience: Patience) -> None:
    """Call the function of a test with its fixtures; again, a few times, where it raises Busy."""
    arguments = {name: item.funcargs[name] for name in item._fixtureinfo.argnames}  # noqa: SLF001  (as pytest does it)
    for _ in range(MOST_RUNS - 1):
        try:
            with patience.excusing():
                item.obj(**arguments)
        except Busy:
            continue
        return
    with patience.excusing():
        item.obj(**arguments)

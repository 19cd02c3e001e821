"""A start without Python's garbage collector, which would look through all imports in vain.

This is a pytest plugin, and the first that tox.ini loads: its import switches the collector off,
which is a tenth of what a session takes to start, or more. It is on again before the first test.
"""

from __future__ import annotations

import gc

import pytest

gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Keep what there is out of every collection, and switch the collector on."""
    gc.freeze()
    gc.enable()

"""A pytest plugin that has a checkout of the suite find its own tox.ini; it does nothing elsewhere.

Before it knows the suite's options, pytest takes the value of one that names a file (--ca-bundle
/etc/ca.pem) for a test, and looks for its configuration there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

CONFIGURATION = "tox.ini"


def is_checkout(directory: Path) -> bool:
    """Tell whether a directory is the checkout that this module is part of."""
    return (
        directory.resolve() == Path(__file__).parents[1] and (directory / CONFIGURATION).is_file()
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: Sequence[str]) -> None:
    """Start again with the checkout's tox.ini where pytest has missed it."""
    directory = early_config.invocation_params.dir
    if early_config.inipath is None and is_checkout(directory):
        words = ["-m", "pytest", "-c", str(directory / CONFIGURATION), *args]
        os.execv(sys.executable, [sys.executable, *words])  # noqa: S606  (the same program again)

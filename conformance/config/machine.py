"""What the caller's own machine has to be like: said before the first request, in one sentence."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def machine_obstacle(config: pytest.Config) -> str:
    """Return why no session is possible here, and the remedy; "" where one is."""
    has = config.pluginmanager.hasplugin
    if sys.flags.optimize:
        return (
            "Python leaves assertions out (PYTHONOPTIMIZE or -O), and rules consist of them: "
            "unset it"
        )
    if not has("hypothesispytest"):
        return (
            "the plugin of Hypothesis is off, and rules with generated payloads need it: leave "
            "-p no:hypothesispytest and PYTEST_DISABLE_PLUGIN_AUTOLOAD out"
        )
    if has("html") and not has("metadata"):
        return "pytest-html needs pytest-metadata: leave -p no:metadata out, or add -p no:html"
    if config.getoption("numprocesses", None) or config.getoption("dist", "no") != "no":
        return "a run is one process with one journal: leave -n and --dist of pytest-xdist out"
    return ""

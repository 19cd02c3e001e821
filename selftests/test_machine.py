"""What keeps a session from beginning on a machine, said before the first request."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from conformance.config.machine import machine_obstacle

if TYPE_CHECKING:
    from collections.abc import Mapping

PLUGINS = frozenset({"hypothesispytest", "html", "metadata"})


def told(plugins: frozenset[str] = PLUGINS, options: Mapping[str, object] | None = None) -> str:
    """Return what is said where these plugins are loaded, and these options given."""

    def option(name: str, default: object) -> object:
        return (options or {}).get(name, default)

    manager = SimpleNamespace(hasplugin=plugins.__contains__)
    config = SimpleNamespace(pluginmanager=manager, getoption=option)
    return machine_obstacle(cast("pytest.Config", config))


def test_nothing_is_said_where_nothing_is_in_the_way() -> None:
    """Also without the plugin that writes report.html."""
    assert told() == told(PLUGINS - {"html", "metadata"}) == told(options={"dist": "no"}) == ""


@pytest.mark.parametrize("options", [{"numprocesses": 2}, {"dist": "load"}], ids=str)
def test_processes_of_pytest_are_refused(options: Mapping[str, object]) -> None:
    """Each would have a journal of its own, and the evidence would have holes."""
    assert "leave -n and --dist of pytest-xdist out" in told(options=options)


@pytest.mark.parametrize("missing", ["hypothesispytest", "metadata"])
def test_a_plugin_that_is_needed_is_named(missing: str) -> None:
    """With what to leave out."""
    assert f"no:{missing}" in told(PLUGINS - {missing})

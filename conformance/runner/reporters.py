"""The plugins of others that write report.html and junit.xml, taken out of pytest's hands."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from _pytest.junitxml import LogXML, xml_key
from pytest_html.basereport import BaseReport

if TYPE_CHECKING:
    import pytest

Reporter: TypeAlias = BaseReport | LogXML


def take_reporters(config: pytest.Config) -> list[Reporter]:
    """Take back what would write reports at the end of the session, and return it.

    Also where that end has begun, when it is too late to unregister alone. pytest knows no other
    way once it is configured.
    """
    for hook in config.hook.pytest_sessionfinish.get_hookimpls():
        if isinstance(hook.plugin, Reporter):
            hook.function = _write_nothing  # type: ignore[misc]  # not final at run time
    reporters = [each for each in config.pluginmanager.get_plugins() if isinstance(each, Reporter)]
    for each in reporters:
        config.pluginmanager.unregister(each)
    if config.stash.get(xml_key, None) is not None:
        del config.stash[xml_key]
    return reporters


def _write_nothing(*_: object) -> None:
    """Stand where a reporter would have written."""


def junit_of(reporters: list[Reporter]) -> LogXML | None:
    """Return the one that writes junit.xml; None where it is off."""
    return next((each for each in reporters if isinstance(each, LogXML)), None)


def html_of(reporters: list[Reporter]) -> BaseReport | None:
    """Return the one that writes report.html; None where it is off."""
    return next((each for each in reporters if isinstance(each, BaseReport)), None)

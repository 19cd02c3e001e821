"""The command line's options, merged with the settings of the target file.

This is a pytest plugin, loaded by tox.ini, so that the options are known before pytest parses the
rest of the command line.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from conformance.config.settings import SETTINGS
from conformance.config.target_file import read_target_file

if TYPE_CHECKING:
    import pytest

    from conformance.config.target_file import Settings


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the options; those about the target override its file."""
    if pluginmanager.is_blocked("html"):
        parser.addini("render_collapsed", "a setting of pytest-html, which tox.ini has", default="")
    group = parser.getgroup("conformance", "conformance: which target, and what the run may do")
    for each in SETTINGS:
        if each.option:
            group.addoption(each.option, **each.arguments)


def settings_from(config: pytest.Config) -> Settings:
    """Return the settings of the target file, overridden by those of the options.

    Raises TargetError where the file cannot be used.
    """
    file: str | None = config.getoption("target_file")
    settings = read_target_file(Path(file)) if file is not None else {}
    given = {
        each.name: config.getoption(each.name) for each in SETTINGS if each.option and each.key
    }
    settings |= {name: value for name, value in given.items() if value is not None}
    settings.setdefault("reports", str(reports_directory(config)))
    return settings


def reports_directory(config: pytest.Config) -> Path:
    """Return the directory of the results, unless a target file names another one."""
    return Path(config.getoption("reports") or config.rootpath / "reports")

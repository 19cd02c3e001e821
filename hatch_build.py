"""The build hook: lays the suite below the one import name that the wheel installs.

Not `force-include` of pyproject.toml: that would copy the suite into editable installations, too,
where it is used from the checkout.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SUITE = (
    "conformance",
    "proof",
    "reference",
    "schemas",
    "strategies",
    "suites",
    "conftest.py",
    "rulebook.md",
    "tox.ini",
)
"""What a run needs, as it lies in a checkout."""

BELOW = "freespee_conformance/suite"


class SuiteHook(BuildHookInterface[Any]):
    """Puts the suite into a wheel as data."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name what goes where; an editable installation has no need of it."""
        if version != "editable":
            root = Path(self.root)
            build_data["force_include"] |= {str(root / each): f"{BELOW}/{each}" for each in SUITE}

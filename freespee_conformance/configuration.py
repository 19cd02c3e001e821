"""What a run is told, from where: options, then the environment, then the target file.

What none of them says has its default. A target file is found as conformance.toml in the working
directory or above it, unless one is named.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conformance.config.checked import checked_base_url
from conformance.config.nearest import hint
from conformance.config.settings import ACTION, SETTINGS, SWITCH, TEXTS
from conformance.config.target import CREDENTIAL_VARIABLES, TargetError
from conformance.config.target_file import read_target_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.config.settings import Setting
    from conformance.config.target_file import Settings

PREFIX = "FREESPEE_CONFORMANCE_"
FILE_NAME = "conformance.toml"
OF_THE_PROJECT = frozenset(
    {"require", "prove", "seeds", "one_in", "processes", "rulebook", "record_costs"}
)
"""Settings of the checkout alone, or that a command implies."""

RUN_SETTINGS = tuple(
    each for each in SETTINGS if each.kind is not ACTION and each.name not in OF_THE_PROJECT
)
"""What can be said about a run of the command."""

SELECTING = tuple(each for each in RUN_SETTINGS if each.kind is TEXTS)
"""The settings that select rules: given as options alone."""

BY_VARIABLE = {
    PREFIX + each.option.strip("-").replace("-", "_").upper(): each
    for each in RUN_SETTINGS
    if each.option and each not in SELECTING
}
"""The settings by the variables of the environment that say them."""

_SWITCHES = {"1": True, "true": True, "yes": True, "on": True}
_SWITCHES |= {"0": False, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Said:
    """The value of a setting, and who says it."""

    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Configuration:
    """What was said about a run, by the names of the settings, and the target file if there is one.

    `over` are the names of what wins over the file; `remarks` are what the user should know about
    where it comes from.
    """

    said: Mapping[str, Said]
    over: frozenset[str]
    file: Path | None = None
    remarks: tuple[str, ...] = ()

    def value(self, name: str) -> object:
        """Return the value of a setting; None where nobody says it."""
        said = self.said.get(name)
        return said.value if said else None

    @property
    def words(self) -> list[str]:
        """What pytest has to be told: the target file itself, and what wins over it."""
        words = [f"--target={self.file}"] if self.file else []
        for each in RUN_SETTINGS:
            if each.name in self.over:
                words += _words_of(each, self.said[each.name].value)
        return words

    def lines(self, environ: Mapping[str, str]) -> Iterator[str]:
        """Give a line for each setting: its name, its value and where it comes from.

        Of credentials it says whether they are set, and nothing else.
        """
        for each in RUN_SETTINGS:
            if each.name == "target_file":
                continue
            said = self.said.get(each.name) or Said(each.default, "default")
            shown = "(not said)" if said.value in (None, []) else _shown(said.value)
            yield f"{each.key or each.option:<28} {shown:<36} {said.source}"
        for name in CREDENTIAL_VARIABLES:
            held = name if environ.get(name) else f"{name}_FILE"
            said = Said("(set)", f"{held} in the environment")
            if not environ.get(held):
                said = Said("(not set)", "default")
            yield f"{name:<28} {said.value:<36} {said.source}"


def configure(
    options: Mapping[str, Any], environ: Mapping[str, str], directory: Path
) -> Configuration:
    """Return what a run is told by options, an environment and the target file of a directory.

    Raises TargetError where one of them cannot be used.
    """
    told = {name: Said(value, "option") for name, value in options.items() if value is not None}
    told = from_environment(environ) | told
    base_url = told.get("base_url")
    named = told.pop("target_file", None)
    remarks: tuple[str, ...] = ()
    path = Path(named.value) if named else found_above(directory)
    settings: Settings = read_target_file(path) if path else {}
    if path and not named:
        if base_url and not _is_about(settings, str(base_url.value)):
            remarks = (f"{path} is about another base URL, and is not used",)
            path, settings = None, {}
        else:
            remarks = (f"target file: {path}",)
    if "reports" not in settings:
        told = {"reports": Said(str(directory / "reports"), "default")} | told
    said = {name: Said(value, str(path)) for name, value in settings.items()} | told
    return Configuration(said, frozenset(told), path, remarks)


def from_environment(environ: Mapping[str, str]) -> dict[str, Said]:
    """Return what variables of the environment say; an empty one says nothing.

    Raises TargetError for a variable that means nothing, with the nearest known one, and for a
    value that cannot be used.
    """
    found = {}
    for name, text in environ.items():
        if not name.startswith(PREFIX) or not text:
            continue
        if name not in BY_VARIABLE:
            message = f"unknown variable {name}{hint(name, BY_VARIABLE, 'the nearest known one')}"
            raise TargetError(message)
        each = BY_VARIABLE[name]
        try:
            found[each.name] = Said(parsed(each, text), f"{name} in the environment")
        except ValueError as error:
            message = f"{name}: {error}"
            raise TargetError(message) from error
    return found


def parsed(setting: Setting, text: str) -> object:
    """Return what a text says of a setting; raises ValueError where it says nothing."""
    if setting.kind is SWITCH:
        if text.lower() in _SWITCHES:
            return _SWITCHES[text.lower()]
        message = f"{text!r} is neither true nor false"
        raise ValueError(message)
    arguments = setting.kind.arguments
    choices = arguments.get("choices")
    if choices and text not in choices:
        message = f"{text!r} is none of {', '.join(choices)}"
        raise ValueError(message)
    try:
        return arguments.get("type", str)(text)
    except argparse.ArgumentTypeError as error:
        raise ValueError(str(error)) from error
    except ValueError as error:
        message = f"{text!r} is not a whole number"
        raise ValueError(message) from error


def found_above(directory: Path) -> Path | None:
    """Return the target file of a directory or of the nearest one above; None without any."""
    places = (each / FILE_NAME for each in (directory, *directory.parents))
    return next((each for each in places if each.is_file()), None)


def _is_about(settings: Settings, base_url: str) -> bool:
    """Tell whether a target file may be about a base URL: claims of one server hold for no other.

    Raises TargetError for a base URL that cannot be used.
    """
    known = settings.get("base_url")
    return known is None or checked_base_url(known) == checked_base_url(base_url)


def _words_of(setting: Setting, value: object) -> list[str]:
    """Return the words that say a value to pytest: each with its option, so that it is no path."""
    if setting.kind is SWITCH:
        return [str(setting.option) if value else f"--no-{str(setting.option)[2:]}"]
    values = value if isinstance(value, (list, tuple)) else [value]
    return [f"{setting.option}={each}" for each in values]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return f"a table of {', '.join(value)}"
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)

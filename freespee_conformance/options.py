"""The options of the commands, which follow from the table of settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from conformance.config.settings import SWITCH, TEXTS
from conformance.spec.statements import by_chapter, statements
from freespee_conformance.configuration import RUN_SETTINGS, SELECTING, parsed
from freespee_conformance.suite_root import SUITES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from click.shell_completion import CompletionItem

    from conformance.config.settings import Setting

OF_THE_URL = "base_url"
FULL_PROFILES = ("standard", "thorough")
"""The profiles that try enough for a certification."""


class Value(click.ParamType[Any]):
    """The value of a setting, read as it is in a variable of the environment."""

    def __init__(self, setting: Setting) -> None:
        """Take the setting."""
        self._setting = setting
        self.name = (setting.metavar or "value").lower()

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> object:
        """Return what a text says; a wrong one is wrong usage."""
        try:
            return parsed(self._setting, str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the names that a shell can complete."""
        del ctx, param
        known = _names_of(self._setting)
        return [click.shell_completion.CompletionItem(n) for n in known if n.startswith(incomplete)]


def rule_ids() -> list[str]:
    """Return the id of every rule that there is, without importing any."""
    lines = (SUITES / "rule_ids.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and " " not in line]


def _names_of(setting: Setting) -> Iterable[str]:
    """Return the names that a setting may have for a value; none where they are not known."""
    if setting.name == "rules":
        return rule_ids()
    if setting.name == "statements":
        return statements()
    if setting.name == "chapters":
        return by_chapter()
    choices: Iterable[str] = setting.kind.arguments.get("choices", ())
    return ("MUST", "SHOULD") if setting.name == "levels" else choices


def option_of(setting: Setting) -> click.Option:
    """Return the option of a setting; what is not given is None."""
    name = str(setting.option)
    said: dict[str, Any] = {"help": setting.text, "default": None}
    if setting.kind is SWITCH:
        return click.Option([setting.name, f"{name}/--no-{name[2:]}"], **said)
    if setting.kind is TEXTS:
        said |= {"multiple": True, "help": f"{setting.text} (may be repeated)"}
    return click.Option([setting.name, name], type=Value(setting), metavar=setting.metavar, **said)


def run_options(*, selects: bool, without: Iterable[str] = ()) -> list[click.Parameter]:
    """Return the URL and the options of a command that runs rules."""
    left_out = {OF_THE_URL, *without, *(() if selects else (each.name for each in SELECTING))}
    return [
        click.Argument([OF_THE_URL], required=False, metavar="[URL]"),
        *(option_of(each) for each in RUN_SETTINGS if each.option and each.name not in left_out),
        click.Option(
            ["--show-config"], is_flag=True, help="say what comes from where, and end; no secrets"
        ),
    ]

"""The sources of the documentation: the pages of docs/, and those that are made from the code."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
from typing import TYPE_CHECKING

from conformance.config.settings import SETTINGS
from conformance.results.markdown import fenced
from proof.examples import read_examples
from proof.rule_pages import RulePages, plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from proof.rulebook import RuleBook

WRITTEN, SOURCES = "docs", "build/docs/source"
"""Where the written pages are in a checkout, and where all pages are put together."""

COMMAND = "freespee_conformance.command"
"""The module of the installed command."""

SHOWN = "suffix-forces-type"
"""The rule whose failing example explains what a report shows."""

ABOUT_THE_SUITE = frozenset({"prove", "seeds", "one_in", "processes", "rulebook", "record_costs"})
"""Settings that prove the suite itself: README.md has them, a user of it needs none."""

_OPTIONS = ("Option", "Key in the target file", "What it says")
_KEYS = ("Key", "Option", "What it says")


def write_sources(book: RuleBook, root: Path) -> str:
    """Put the sources of the documentation together, and say where they are.

    Whatever was there before is gone: a rule that is no more leaves no page.
    """
    sources = root / SOURCES
    shutil.rmtree(sources, ignore_errors=True)
    shutil.copytree(root / WRITTEN, sources, ignore=shutil.ignore_patterns("examples.json"))
    examples = read_examples()
    pages = dict(RulePages(book, examples).pages())
    pages["made/options.md"] = options_table()
    pages["made/keys.md"] = keys_table()
    pages["made/command.md"] = command_reference()
    pages["made/failure.md"] = fenced(examples[SHOWN].text) + "\n" if SHOWN in examples else ""
    for name, text in pages.items():
        path = sources / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return f"{len(pages)} pages made from the code, in {SOURCES}"


def options_table() -> str:
    """Return the options of a run as a table; those that prove the suite itself are left out."""
    rows = [
        (_code(f"{each.option} {each.metavar or ''}".strip()), _code(each.key), plain(each.text))
        for each in SETTINGS
        if each.option and each.name not in ABOUT_THE_SUITE
    ]
    return _table(_OPTIONS, rows)


def keys_table() -> str:
    """Return the keys of the target file as a table, each with its option."""
    rows = [
        (_code(each.key), _code(each.option), plain(each.text)) for each in SETTINGS if each.key
    ]
    return _table(_KEYS, rows)


def command_reference() -> str:
    """Return the page's part that sphinx-click fills from the command, where it is installed."""
    if not has_command():
        return "In a checkout, `.venv/bin/pytest` takes the options of the table below.\n"
    group = group_of_the_command()
    directive = f".. click:: {COMMAND}:{group}\n   :prog: freespee-conformance\n   :nested: full"
    return f"```{{eval-rst}}\n{directive}\n```\n"


def has_command() -> bool:
    """Tell whether the command is part of this checkout."""
    return (
        importlib.util.find_spec("freespee_conformance") is not None
        and importlib.util.find_spec(COMMAND) is not None
    )


def group_of_the_command() -> str:
    """Return the name of the click group that the command's module defines."""
    click = importlib.import_module("click")
    module = importlib.import_module(COMMAND)
    groups = [name for name, each in vars(module).items() if isinstance(each, click.Group)]
    return groups[0]


def _code(text: str | None) -> str:
    return f"`{text}`" if text else ""


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"

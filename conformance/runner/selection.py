"""Selecting rules by the names that a report prints: ids, cases, statements, chapters, levels.

A name that does not exist is wrong usage, and is said before anything is sent. What pytest's own
options leave out is noted as well, so that a run knows whether it saw the whole suite.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import pytest

from conformance.config.nearest import hint
from conformance.config.selection import SMOKE, Selection
from conformance.rules import Level, rule_of
from conformance.runner.standard_error import write_after_output
from conformance.spec.statements import statements

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path

    from conformance.rules import Rule

SELECTION = pytest.StashKey[Selection]()

LEAVING_OUT = {
    "lf": "--lf",
    "stepwise": "--stepwise",
    "deselect": "--deselect",
    "ignore": "--ignore",
    "ignore_glob": "--ignore-glob",
}
"""Options of pytest that leave cases out, by the names that it gives to their values."""


def selection_of(config: pytest.Config, suites: Path) -> Selection:
    """Return what the command line asks for, given the directory that is the whole suite.

    Raises pytest.UsageError for a statement, a chapter or a level that does not exist. Rules are
    known when they are collected, and not before.
    """
    chapters = dict.fromkeys(each.chapter for each in statements().values())
    return Selection(
        rules=tuple(map(_as_id, config.getoption("rules"))),
        statements=_known("--statement", config.getoption("statements"), statements()),
        chapters=_known("--chapter", config.getoption("chapters"), chapters),
        levels=_known("--level", config.getoption("levels"), [each.value for each in Level]),
        keywords=config.option.keyword.strip(),
        marks=config.option.markexpr.strip(),
        places=() if _covers(config, suites) else tuple(config.args),
        others=tuple(
            option for name, option in LEAVING_OUT.items() if config.getoption(name, default=None)
        ),
    )


class SelectionPlugin:
    """Leaves out what was not asked for, and counts what others leave out."""

    def __init__(self, config: pytest.Config, selection: Selection) -> None:
        """Take what was asked for."""
        self._config = config
        self._selection = selection
        self._selects_nothing = False
        config.stash[SELECTION] = selection

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        """Let -k find a rule by its id, a case of it and its statements."""
        rule = rule_of(item)
        if rule is not None:
            item.extra_keyword_matches.update({rule.id, case_id(rule, item), *rule.statements})

    @pytest.hookimpl(wrapper=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> Generator[None, None, None]:
        """Deselect what was not named, before anything else selects or replaces cases."""
        asked, are_there_any = self._selection, bool(items)
        check_rules(asked.rules, items)
        kept = [item for item in items if is_selected(item, asked)]
        if len(kept) < len(items):
            remaining = set(kept)
            config.hook.pytest_deselected(items=[each for each in items if each not in remaining])
            items[:] = kept
        yield
        self._selects_nothing = are_there_any and not items and not config.getoption("prove")

    def pytest_unconfigure(self) -> None:
        """Say it in a sentence where no rule is what was asked for."""
        if self._selects_nothing:
            write_after_output(f"{self._selection.of_nothing}\n")

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Count the cases that are left out though the smoke run, or a run without marks, has them.

        Whatever other mark expression there is, it makes a selection by itself.
        """
        smoke = self._selection.marks == SMOKE
        left_out = sum(not smoke or item.get_closest_marker(SMOKE) is not None for item in items)
        known = self._config.stash[SELECTION]
        self._config.stash[SELECTION] = replace(known, left_out=known.left_out + left_out)


def is_selected(item: pytest.Item, selection: Selection) -> bool:
    """Tell whether an item is among the rules, statements, chapters and levels that were named.

    Of several names that one option was given, one is enough; each option has to be content.
    """
    rule = rule_of(item)
    if rule is None:
        named = selection.rules, selection.statements, selection.chapters, selection.levels
        return not any(named)
    names = (
        (selection.rules, {rule.id, case_id(rule, item)}),
        (selection.statements, set(rule.statements)),
        (selection.chapters, {rule.chapter}),
        (selection.levels, {rule.level.value}),
    )
    return all(not asked or not mine.isdisjoint(asked) for asked, mine in names)


def case_id(rule: Rule, item: pytest.Item) -> str:
    """Return the id of the rule with the parameters of one case of it, if it has any."""
    _, bracket, parameters = item.name.partition("[")
    return rule.id + bracket + parameters


def check_rules(asked: Iterable[str], items: Iterable[pytest.Item]) -> None:
    """Raise pytest.UsageError where a name is no rule that was collected, nor a case of one."""
    cases: dict[str, list[str]] = {}
    for item in items:
        rule = rule_of(item)
        if rule is not None:
            cases.setdefault(rule.id, []).append(case_id(rule, item))
    for name in asked:
        id_, bracket, _ = name.partition("[")
        if id_ not in cases:
            _refuse("--rule", id_, cases)
        if bracket and name not in cases[id_]:
            _refuse("--rule", name, cases[id_])


def _as_id(name: str) -> str:
    """Return the id of a rule, or of a case of it, that may be written as the test is named."""
    function, bracket, parameters = name.strip().partition("[")
    return function.removeprefix("test_").replace("_", "-") + bracket + parameters


def _known(option: str, asked: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return names as they are spelt here; raises pytest.UsageError where there is none such."""
    by_folded = {each.casefold(): each for each in known}
    for name in asked:
        if name.casefold() not in by_folded:
            _refuse(option, name, by_folded.values())
    return tuple(by_folded[name.casefold()] for name in asked)


def _refuse(option: str, name: str, known: Iterable[str]) -> NoReturn:
    names = list(known)
    told = hint(name, names) or ("; see --list-rules" if names else "; no rule was collected")
    message = f"{option}: there is no {name!r}{told}"
    raise pytest.UsageError(message)


def _covers(config: pytest.Config, suites: Path) -> bool:
    """Tell whether an argument of the command line is the whole suite, or a directory around it."""
    here = config.invocation_params.dir
    return any(suites.is_relative_to((here / argument).resolve()) for argument in config.args)

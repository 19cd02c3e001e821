"""The list of what no rule notices of the reference server's mutants, and why.

A row of `survivors.tsv` is a place in the reference server, how many of its mutants go unnoticed,
and the reason why no rule can or should notice them. A place has a row for each of its reasons.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from proof.mutant_results import OPEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from proof.mutant_results import MutantResult

SURVIVORS = Path(__file__).with_name("survivors.tsv")
COLUMNS = ("place", "count", "reason")
KINDS = ("freedom", "wording", "equal", "unread", "unreached", "stops")
"""How a reason begins, before a colon; CONTRIBUTING.md says what each means."""

Listed = dict[str, dict[str, int]]
"""By place and reason, how many mutants go unnoticed."""


def read_survivors(path: Path) -> Listed:
    """Return the list; raises pytest.UsageError where a row says nothing, or what another says."""
    with path.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    listed: Listed = {}
    for line, row in enumerate(rows, start=2):
        wrong = wrong_with(row, listed)
        if wrong:
            message = f"{path.name}, line {line}: {wrong}"
            raise pytest.UsageError(message)
        place, count, reason = row
        listed.setdefault(place, {})[reason] = int(count)
    return listed


def wrong_with(row: Sequence[str], listed: Listed) -> str:
    """Return what is wrong with a row that comes after those that are listed, "" for nothing."""
    if len(row) != len(COLUMNS):
        return f"the columns are {', '.join(COLUMNS)}"
    place, count, reason = row
    if not count.isdecimal() or int(count) < 1:
        return f"the count {count!r} is not a number above 0"
    if reason.partition(": ")[0] not in KINDS:
        return f"the reason begins with none of {', '.join(KINDS)}: {reason!r}"
    if reason in listed.get(place, {}):
        return f"{place} has that reason in another row: add the counts"
    return ""


def problems_in(place: str, reasons: Mapping[str, int], found: Sequence[MutantResult]) -> list[str]:
    """Return what is wrong about the mutants of one place, all of which were shown.

    As many have to go unnoticed as its reasons are listed for. Which of them were there before
    cannot be told, so a problem shows all that go unnoticed.
    """
    unnoticed = [each for each in found if each.outcome in OPEN]
    there_are, listed = len(unnoticed), sum(reasons.values())
    if there_are == listed:
        return []
    if there_are > listed:
        what = (
            f"{there_are} of {len(found)} mutants go unnoticed, {SURVIVORS.name} lists {listed}: "
            f"notice {there_are - listed} more, or give the reason why no rule should"
        )
    else:
        what = (
            f"{SURVIVORS.name} lists {listed} unnoticed mutants, which is stale: "
            f"{there_are} of {len(found)} go unnoticed now, so {remedy(there_are, len(reasons))}"
        )
    return ["\n".join([f"{place}: {what}", *(each.difference for each in unnoticed)])]


def remedy(there_are: int, rows: int) -> str:
    """Return what to do about counts that are too great."""
    if not there_are:
        return "remove what is listed for it"
    if rows == 1:
        return f"its count has to be {there_are}"
    return f"the counts of its {rows} rows have to add up to {there_are}"

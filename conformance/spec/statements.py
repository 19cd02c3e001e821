"""The numbered statements of the document, in this project's own words."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

STATEMENTS_FILE = Path(__file__).with_name("statements.tsv")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the document.

    `strength` tells where it is found: stated (in the text), sample (shown by an example), client
    (relied on by a vendor's client), page (on another public page), inferred.
    """

    id: str
    chapter: str
    strength: str
    text: str


@lru_cache(maxsize=1)
def statements() -> dict[str, Statement]:
    """Return every statement by its id, in the document's order."""
    with STATEMENTS_FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        found = [
            Statement(row["id"], row["chapter"], row["strength"], row["statement"]) for row in rows
        ]
    return {statement.id: statement for statement in found}


def by_chapter() -> dict[str, list[Statement]]:
    """Return the statements of each chapter.

    A chapter that the document comes back to is there once, at the place of its first statement.
    """
    found: dict[str, list[Statement]] = {}
    for statement in statements().values():
        found.setdefault(statement.chapter, []).append(statement)
    return found

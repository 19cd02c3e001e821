"""The questions that the document leaves open, with every answer that is accepted."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.spec.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

AMBIGUITIES_FILE = Path(__file__).with_name("ambiguities.toml")

FEWEST_ANSWERS = 2
"""A question with a single answer is not open."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """One question that the document leaves open.

    `answers` are all that are accepted, as short phrases or status codes; `why` says what in the
    document allows these and no others.
    """

    id: str
    statement: str
    question: str
    answers: tuple[str, ...]
    why: str


class AmbiguityError(ValueError):
    """Raised for an id that no ambiguity has, and for a file that cannot be used."""


@lru_cache(maxsize=1)
def ambiguities() -> dict[str, Ambiguity]:
    """Return every ambiguity by its id, in the order of the file."""
    return read_ambiguities(AMBIGUITIES_FILE)


def ambiguity(id_: str) -> Ambiguity:
    """Return an ambiguity by its id; raises AmbiguityError that names the nearest one."""
    known = ambiguities()
    if id_ not in known:
        (near,) = difflib.get_close_matches(id_, known, n=1, cutoff=0.0)
        message = f"no ambiguity is called {id_!r}; the nearest is {near!r}"
        raise AmbiguityError(message)
    return known[id_]


def read_ambiguities(path: Path) -> dict[str, Ambiguity]:
    """Read a file of ambiguities; raises AmbiguityError that says what is wrong with which."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    problems = [
        f"{id_}: {problem}" for id_, entry in entries.items() for problem in _problems(id_, entry)
    ]
    if problems:
        raise AmbiguityError("; ".join(problems))
    return {
        id_: Ambiguity(id=id_, **{**entry, "answers": tuple(entry["answers"])})
        for id_, entry in entries.items()
    }


def _problems(id_: str, entry: Mapping[str, object]) -> Iterator[str]:
    """Give what is wrong with an entry of the file."""
    if not _ID.fullmatch(id_):
        yield "the id is not kebab-case"
    expected = {field.name for field in fields(Ambiguity)} - {"id"}
    if entry.keys() != expected:
        yield f"has {sorted(entry)}, not {sorted(expected)}"
        return
    answers = entry["answers"]
    if not isinstance(answers, list):
        yield "the answers are not a list"
        return
    values = (entry["statement"], entry["question"], entry["why"], *answers)
    if not all(isinstance(value, str) for value in values):
        yield "has a value that is not a text"
        return
    if entry["statement"] not in statements():
        yield f"there is no statement {entry['statement']}"
    if not re.fullmatch(r"[A-Z][^\n?]*\?", str(entry["question"])):
        yield "the question is not one sentence"
    if not re.fullmatch(r"[A-Z][^\n]*\.", str(entry["why"])):
        yield "the reason is not in sentences"
    if len(set(answers)) < max(FEWEST_ANSWERS, len(answers)) or not all(answers):
        yield "the answers are not two or more, each once"

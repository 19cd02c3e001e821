"""Makes the mutants of the reference server: what mutmut makes of modules that follow the document.

Left out are what puts the server on the wire, and the records that it happens to start with.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import libcst
from mutmut.mutation.file_mutation import create_mutations, deep_replace

import reference
from proof.mutants import PACKAGE, Mutant

if TYPE_CHECKING:
    from collections.abc import Iterator

LEFT_OUT = frozenset(
    {"__init__", "__main__", "adapter", "connection", "faulty", "seed", "seed_calls", "serving"}
)


def mutated_modules() -> list[Path]:
    """Return the modules that have mutants."""
    directory = Path(reference.__path__[0])
    return [path for path in sorted(directory.glob("*.py")) if path.stem not in LEFT_OUT]


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Make the mutants of a module; like changes to like lines of a function are numbered."""
    source = path.read_text(encoding="utf-8")
    tree, mutations, *_ = create_mutations(str(path), source)
    places = dict(places_in(tree, path.stem))
    seen: Counter[tuple[str, str, str]] = Counter()
    for mutation in mutations:
        changed = deep_replace(tree, mutation.original_node, mutation.mutated_node).code
        line, was, now = changed_lines(source, changed)
        place = places.get(mutation.contained_by_top_level_function, path.stem)
        seen[place, was, now] += 1
        number = seen[place, was, now]
        place = place if number == 1 else f"{place}#{number}"
        yield Mutant(f"{PACKAGE}.{path.stem}", place, line, was, now, changed)


def places_in(node: libcst.CSTNode, name: str) -> Iterator[tuple[libcst.CSTNode, str]]:
    """Name the functions in a module, and whatever else is in its classes."""
    for child in node.body.body if isinstance(node, libcst.ClassDef) else node.body:
        if isinstance(child, libcst.ClassDef):
            yield from places_in(child, f"{name}.{child.name.value}")
        elif isinstance(child, libcst.FunctionDef):
            yield child, f"{name}.{child.name.value}"
        else:
            yield child, name


def changed_lines(source: str, changed: str) -> tuple[int, str, str]:
    """Return where a change begins, the lines that it takes away, and those that it puts there.

    The former counts from 1; lines are joined, with single spaces.
    """
    before, after = source.splitlines(), changed.splitlines()
    begin = alike(before, after)
    end = alike(before[:begin:-1], after[:begin:-1])
    was, now = (
        " ".join(text.split())
        for text in (" ".join(lines[begin : len(lines) - end]) for lines in (before, after))
    )
    return begin + 1, was, now


def alike(before: list[str], after: list[str]) -> int:
    """Return how many lines are the same at the beginning."""
    pairs = enumerate(zip(before, after, strict=False))
    return next(
        (number for number, (old, new) in pairs if old != new), min(len(before), len(after))
    )

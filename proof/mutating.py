"""Makes the mutants of the reference server: what mutmut makes of modules that follow the document.

Left out are what puts the server on the wire, and the records that it happens to start with.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from mutmut.mutation.file_mutation import create_mutations, deep_replace

import reference
from proof.mutants import PACKAGE, Change, Mutant

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
    """Make the mutants of a module."""
    source = path.read_text(encoding="utf-8")
    places = dict(places_in(ast.parse(source), path.stem))
    tree, mutations, *_ = create_mutations(str(path), source)
    for mutation in mutations:
        changed = deep_replace(tree, mutation.original_node, mutation.mutated_node).code
        line, was, now = changed_lines(source, changed)
        change = Change(places.get(line, path.stem), was, now)
        yield Mutant(f"{PACKAGE}.{path.stem}", change, line, changed)


def places_in(node: ast.Module | ast.ClassDef, name: str) -> Iterator[tuple[int, str]]:
    """Give each line of what is named in a module with its place: functions and values."""
    for child in node.body:
        if isinstance(child, ast.ClassDef):
            yield from places_in(child, f"{name}.{child.name}")
            continue
        match child:
            case ast.FunctionDef(name=own):
                place = f"{name}.{own}"
            case ast.Assign(targets=[ast.Name(id=own)]) | ast.AnnAssign(target=ast.Name(id=own)):
                place = f"{name}.{own}"
            case _:
                place = name
        for line in range(child.lineno, (child.end_lineno or child.lineno) + 1):
            yield line, place


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

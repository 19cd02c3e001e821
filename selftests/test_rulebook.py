"""The rule book: its links hold, each chapter is there once, and a stale one is told."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from running import ROOT

from conformance.spec.ambiguities import ambiguities
from conformance.spec.statements import by_chapter, statements
from proof.rulebook_plugin import stale
from proof.source_code import Definition, SourceCode

if TYPE_CHECKING:
    from pathlib import Path

BOOK = (ROOT / "rulebook.md").read_text(encoding="utf-8")
HEADINGS = re.findall(r"^#+ (.*)$", BOOK, re.MULTILINE)
ANCHORS = Counter(
    [
        *(heading.lower().replace(" ", "-") for heading in HEADINGS),
        *re.findall(r'<a id="([^"]*)">', BOOK),
    ]
)


def test_each_chapter_statement_and_ambiguity_is_there_once() -> None:
    """What the document comes back to is under one heading."""
    expected = [*by_chapter(), *statements(), *ambiguities()]

    assert sorted(HEADINGS) == sorted(["Rule book", "Ambiguities", *expected])


def test_a_chapter_stands_where_its_first_statement_does() -> None:
    """Its statements are in the order of their numbers, and none is lost."""
    chapters = by_chapter()
    firsts = [each[0].id for each in chapters.values()]

    assert firsts == sorted(firsts)
    assert Counter(each.id for found in chapters.values() for each in found) == Counter(
        statements().keys()
    )


def test_links_within_the_book_hold() -> None:
    """Each leads to one place of the book."""
    linked = set(re.findall(r"\]\(#([^)]*)\)", BOOK))

    assert len(linked) > 150
    assert {anchor: ANCHORS[anchor] for anchor in linked if ANCHORS[anchor] != 1} == {}


def test_links_into_the_code_lead_to_what_they_name() -> None:
    """Of a rule to its test, of a fault or variant to its class."""
    links = re.findall(r"\[`([^`]*)`\]\(([^#)]+)#L(\d+)\)", BOOK)
    lines = {path: (ROOT / path).read_text(encoding="utf-8").splitlines() for _, path, _ in links}

    assert len(links) > 500
    assert [
        (name, path)
        for name, path, line in links
        if not re.match(
            rf"(class {name}|def test_{name.replace('-', '_')})\(", lines[path][int(line) - 1]
        )
    ] == []


def test_what_a_definition_uses_counts_as_its_own(tmp_path: Path) -> None:
    """An ambiguity is found in a function of the module, and through an import."""
    (tmp_path / "asked.py").write_text('KNOWN = frozenset(ambiguity("b").answers)\n')
    (tmp_path / "rules.py").write_text(
        "import json\n"
        "from asked import KNOWN as ACCEPTED\n"
        "from elsewhere import other\n"
        'def test_one():\n    assert helper()\n    assert other(json.loads("1")) in ACCEPTED\n'
        'def helper():\n    return reading("a").accepts(helper())\n'
        'def test_two():\n    assert reading("c").accepts(1)\n'
    )
    source = SourceCode(tmp_path)

    assert source.ambiguities_of(Definition("rules", "test_one")) == ["a", "b"]
    assert source.ambiguities_of(Definition("rules", "test_two")) == ["c"]
    assert source.link(Definition("rules", "helper")) == "rules.py#L7"


def test_a_stale_book_says_where_and_what_to_do(tmp_path: Path) -> None:
    """The first line that differs is named; a book that is as it should be is no problem."""
    path = tmp_path / "rulebook.md"
    path.write_text("one\ntwo\n")

    (problem,) = stale(path, "one\nthree\n")

    assert "stale since line 2, which reads 'two' and should read 'three'" in problem
    assert "make rulebook" in problem
    assert stale(path, "one\ntwo\n") == []
    assert stale(tmp_path / "missing.md", "one\n") != []

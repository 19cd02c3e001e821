"""The first page of the documentation, read as a file of the checkout."""

from __future__ import annotations

import re

from running import ROOT

DOCS = ROOT / "docs"
INDEX = (DOCS / "index.md").read_text(encoding="utf-8")


def test_pages_that_are_no_files_are_said_to_be_made() -> None:
    """Whoever follows a link to one of them has read by then how it is made."""
    before, _, after = INDEX.partition("`make docs`")
    links = re.findall(r"\]\(([^)]+)\)", after)

    assert "](" not in before
    assert [each for each in links if not (DOCS / each).exists()] == [
        "rules/index.md",
        "questions.md",
    ]

"""The numbers of every page of a run agree, whatever was asked for (S49, S50)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.page_arithmetic import miscounted_pages, overfull_pages
from conformance.rules import STATED, rule

if TYPE_CHECKING:
    from conformance.wire.journal import Journal


@rule("every-page-counts-its-pages", statements="S50 S51 S23", basis=STATED)
@pytest.mark.passive(each_answer=True)
def test_every_page_counts_its_pages(journal: Journal) -> None:
    """On every page of a run numpages is total divided by pagesize, rounded up.

    So it is with filters, in any page size, by any way and for any version.
    """
    found = miscounted_pages(journal)

    assert found == []


@rule("every-page-holds-at-most-its-pagesize", statements="S49 S51", basis=STATED)
@pytest.mark.passive(each_answer=True)
def test_every_page_holds_at_most_its_pagesize(journal: Journal) -> None:
    """No page of a run holds more records than the pagesize that it states, of any resource."""
    found = overfull_pages(journal)

    assert found == []

"""Valid page sizes and page numbers."""

from __future__ import annotations

from hypothesis import strategies as st

from conformance.spec.paging import LARGEST

EDGES = (1, 2, 3, 7, 10, 16, 20, 25, 50, 64, 99, 100, 101, 128, 250, 255, 256, 500, 999, LARGEST)
"""Page sizes that programs and people often choose, and their neighbours."""


def page_sizes() -> st.SearchStrategy[int]:
    """Draw page sizes from 1 to 1000."""
    return st.one_of(st.sampled_from(EDGES), st.integers(1, LARGEST))


def page_numbers() -> st.SearchStrategy[int]:
    """Draw page numbers; 0 is the first page."""
    return st.integers(0, 3)

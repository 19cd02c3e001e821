"""Voicemail greetings: what a caller may send about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from strategies.customers import names

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def changes() -> SearchStrategy[dict[str, str]]:
    """Parameters of a PUT: the name, which is mandatory there."""
    return st.fixed_dictionaries({"name": names()})


def new_greetings() -> SearchStrategy[dict[str, str]]:
    """Parameters of a POST apart from the owner: the name."""
    return changes()

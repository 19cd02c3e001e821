"""Voicemail greetings: what a caller may send about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from strategies.customers import names

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def parameters() -> dict[str, SearchStrategy[str]]:
    """The one parameter that POST and PUT take beside the ids, mandatory for both."""
    return {"name": names()}

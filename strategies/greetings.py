"""Payloads about voicemail greetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from strategies.customers import names

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def parameters() -> dict[str, SearchStrategy[str]]:
    """Return the one parameter, mandatory for POST and PUT, that a greeting has beside its ids."""
    return {"name": names()}

"""The records that were there before a run has made one of their kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.spec.addressing import Identity


class RecordsOfBefore:
    """Records that are never ours, whatever a target shows of them later."""

    def __init__(self) -> None:
        """Start without any."""
        self._known: set[Identity] = set()

    def add(self, identities: Iterable[Identity]) -> None:
        """Remember records; one of a sub-resource without a parent is one under each."""
        self._known.update(identities)

    def __contains__(self, identity: Identity) -> bool:
        """Tell whether a record was there before, under whichever parent it is asked for."""
        return identity in self._known or replace(identity, parent_id=None) in self._known

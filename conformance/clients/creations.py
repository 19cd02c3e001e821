"""Creations that were sent, and whether it is known what they have made."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Resource


@dataclass(frozen=True, slots=True)
class SentCreation:
    """A POST that was not refused.

    `texts` are those that it alone has sent, `ids` those that it was answered. It `is_granted`
    where the answer says that it was done; otherwise it may have been.
    """

    resource: Resource
    texts: frozenset[str]
    ids: frozenset[str] = frozenset()
    is_granted: bool = False


class SentCreations:
    """Knows the creations of a run that no record is known to come from; threads may share it."""

    def __init__(self) -> None:
        """Start without any."""
        self._lock = threading.Lock()
        self._open: list[SentCreation] = []

    def note(self, creation: SentCreation) -> None:
        """Remember a creation."""
        with self._lock:
            self._open.append(creation)

    def note_shown(self, texts: frozenset[str]) -> None:
        """Note the texts of a record that is known from now on: who sent them has made it."""
        if self._open and texts:
            with self._lock:
                self._open = [each for each in self._open if texts.isdisjoint(each.texts)]

    def unsettled(self, made: Iterable[Identity]) -> list[SentCreation]:
        """Return the creations that none of the records that were made comes from."""
        known = {(each.resource, each.id) for each in made}
        with self._lock:
            return [
                each
                for each in self._open
                if not any((each.resource, id_) in known for id_ in each.ids)
            ]

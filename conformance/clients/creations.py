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
        self._unlisted: set[SentCreation] = set()

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
            self._open = [
                each
                for each in self._open
                if not any((each.resource, id_) in known for id_ in each.ids)
            ]
            return [*self._open]

    def counted(self, made: Iterable[Identity]) -> list[SentCreation]:
        """Return those of them whose records have to be counted as being there."""
        return [each for each in self.unsettled(made) if each not in self._unlisted]

    def note_listed(self, resources: Iterable[Resource]) -> None:
        """Note that the lists of resources were read: what they do not show is not there.

        Unless the answer to its creation says that it is.
        """
        listed = {*resources}
        with self._lock:
            gone = [each for each in self._open if each.resource in listed and not each.is_granted]
            self._unlisted.update(gone)

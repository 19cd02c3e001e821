"""The deletions of records of ours that are under way, and the ids that come again meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.spec.addressing import Identity


class Deletions:
    """Knows to which records a DELETE was sent; who asks it holds the lock of the ledger."""

    def __init__(self) -> None:
        """Start with none."""
        self._going: set[Identity] = set()
        self._unanswered: set[Identity] = set()
        self._renewed: set[Identity] = set()

    def __contains__(self, identity: Identity) -> bool:
        """Tell whether a record may be gone, or on its way."""
        return identity in self._going

    def begin(self, identity: Identity) -> None:
        """Note that a DELETE of a record is sent: from then on its id may be given to another."""
        self._going.add(identity)
        self._unanswered.add(identity)

    def answered(self, identity: Identity) -> None:
        """Note that an answer to a DELETE of a record has come, or comes no more."""
        self._unanswered.discard(identity)

    def note_made(self, identity: Identity) -> None:
        """Note that a record is made: what its id named before is gone, whatever answers say."""
        if identity in self._going and identity in self._unanswered:
            self._renewed.add(identity)
        self._going.discard(identity)

    def end(self, identity: Identity) -> bool:
        """Note that a record is gone; tell whether its id has been given to another since."""
        self._going.discard(identity)
        renewed = identity in self._renewed
        self._renewed.discard(identity)
        return renewed

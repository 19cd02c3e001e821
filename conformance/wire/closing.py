"""Places that close idle connections just when they are asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.wire.sockets import Place


class ClosingPlaces:
    """What is known of such places: whether what may write can go over a connection that is kept.

    A nonce may be bound to the connection over which it came, so that its answer still goes there,
    until a request was lost that way, too. Threads may share it.
    """

    def __init__(self) -> None:
        """Start without knowing any."""
        self._places: set[Place] = set()
        self._even_for_answers: set[Place] = set()

    def learn(self, place: Place, *, writes: bool) -> None:
        """Take note that a place gave up a connection; `writes` says that what was lost may write.

        Where the place was known, such a request can only have answered a challenge.
        """
        if writes and place in self._places:
            self._even_for_answers.add(place)
        self._places.add(place)

    def may_lose(self, place: Place, *, answers: bool) -> bool:
        """Tell whether a write may be lost; `answers` a challenge that came over its connection."""
        return place in (self._even_for_answers if answers else self._places)

"""Interim answers before an answer (RFC 9110, 15.2)."""

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from typing import Final

from reference.hostile.framing import head
from reference.message import Request, Response
from reference.server import Reference

from .channel import Channel
from .surrounding import Makers, Surrounding

FIELDS: Final = {HTTPStatus.EARLY_HINTS: (b"Link: </style.css>; rel=preload; as=style",)}


class SendsInterimAnswers(Surrounding):
    """Sends interim answers before each answer; callers have to read past them."""

    in_sample = True

    def __init__(self, server: Reference, statuses: Sequence[int]) -> None:
        """Send one of each status, in order."""
        super().__init__(server)
        self.statuses = [HTTPStatus(each) for each in statuses]

    def send(self, channel: Channel, request: Request, response: Response) -> None:
        """Send the interim answers, then the answer."""
        if request.http_version != "1.0":
            for status in self.statuses:
                line = f"{status.value} {status.phrase}".encode()
                channel.send(head(line, *FIELDS.get(status, ())))
        super().send(channel, request, response)


SURROUNDINGS: Makers = {
    "interim-100": partial(SendsInterimAnswers, statuses=(100,)),
    "interim-103": partial(SendsInterimAnswers, statuses=(103,)),
    "interim-many": partial(SendsInterimAnswers, statuses=(100, 102, 103) * 8),
}

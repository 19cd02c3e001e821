"""Connections that are closed without a word before (RFC 9112, 9.5), and those told so."""

from functools import partial
from typing import ClassVar

from reference.message import Request, Response
from reference.server import Reference

from .channel import Channel, EndedError
from .surrounding import Makers, Surrounding


class ClosesUnannounced(Surrounding):
    """Closes the connection after some answers, without having said so."""

    in_sample: ClassVar[bool] = True

    def __init__(
        self, server: Reference, *, after: int = 1, seconds: float = 0.0, aborts: bool = False
    ) -> None:
        """Close after so many answers and seconds; by a reset where it `aborts`."""
        super().__init__(server)
        self.after = after
        self.seconds = seconds
        self.aborts = aborts

    def answer(self, channel: Channel, request: Request) -> None:
        """Answer, and close in time."""
        super().answer(channel, request)
        if channel.answers >= self.after:
            channel.wait(self.seconds)
            if self.aborts:
                channel.reset()
            channel.end()


class ClosesWhenAskedAgain(Surrounding):
    """Finds that it has to close just when the next request comes, which it does not look at."""

    def __init__(self, server: Reference, *, after: int = 1) -> None:
        """Answer so many requests of a connection."""
        super().__init__(server)
        self.after = after

    def answer(self, channel: Channel, request: Request) -> None:
        """Answer, or end in silence."""
        if channel.answers > self.after:
            channel.end()
        super().answer(channel, request)


class ClosesRefusals(Surrounding):
    """Closes the connection after each 401, without having said so."""

    def answer(self, channel: Channel, request: Request) -> None:
        """Answer, and close where it was a refusal."""
        response = self.respond(request, channel.number)
        self.send(channel, request, response)
        if response.status == 401:  # noqa: PLR2004 - as it says
            channel.end()


class TellsTheIdle(Surrounding):
    """Answers 408 on a connection that is idle, before it closes it (RFC 9110, 15.5.9)."""

    def __init__(self, server: Reference, *, seconds: float) -> None:
        """Have patience for so many seconds."""
        super().__init__(server)
        self.seconds = seconds

    def answer(self, channel: Channel, request: Request) -> None:
        """Answer, and wait for the next request only so long."""
        super().answer(channel, request)
        if not channel.hears_within(self.seconds):
            self.end_idle(channel)

    def end_idle(self, channel: Channel) -> None:
        """Say that it was too long."""
        head = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        channel.send(head)
        channel.end()


class ClosesTheIdle(TellsTheIdle):
    """Closes a connection that is idle for a short time."""

    def end_idle(self, channel: Channel) -> None:
        """Say nothing."""
        channel.end()


class TellsWhoAsksAgain(ClosesWhenAskedAgain):
    """Answers 408 to the second request of a connection, which it had given up just before."""

    def answer(self, channel: Channel, request: Request) -> None:
        """Answer, or tell that the connection was given up."""
        try:
            super().answer(channel, request)
        except EndedError:
            if channel.answers > self.after:
                channel.send(
                    b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n"
                    b"Connection: close\r\n\r\n"
                )
            raise


class ClosesAsTold(Surrounding):
    """Says with each answer that it closes, and closes (RFC 9112, 9.6)."""

    def respond(self, request: Request, connection: int) -> Response:
        """Say so."""
        response = super().respond(request, connection)
        headers = (*response.headers, ("Connection", "close"))
        return Response(response.status, headers, response.body, close=True)


SURROUNDINGS: Makers = {
    "closes-after-each-answer": ClosesUnannounced,
    "closes-a-moment-after": partial(ClosesUnannounced, seconds=0.002),
    "closes-after-three-answers": partial(ClosesUnannounced, after=3, seconds=0.001),
    "resets-after-five-answers": partial(ClosesUnannounced, after=5, seconds=0.01, aborts=True),
    "closes-when-asked-again": ClosesWhenAskedAgain,
    "closes-when-asked-a-fourth-time": partial(ClosesWhenAskedAgain, after=3),
    "closes-after-401": ClosesRefusals,
    "closes-the-idle": partial(ClosesTheIdle, seconds=0.005),
    "closes-the-idle-later": partial(ClosesTheIdle, seconds=0.05),
    "tells-the-idle": partial(TellsTheIdle, seconds=0.005),
    "tells-who-asks-again": partial(TellsWhoAsksAgain, after=2),
    "closes-as-told": ClosesAsTold,
}

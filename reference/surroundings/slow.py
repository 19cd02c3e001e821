"""Servers that take their time, and ports that say nothing."""

from functools import partial
from typing import ClassVar, Final

from reference.message import Request
from reference.server import Reference

from .channel import Channel
from .surrounding import Ending, Makers, Surrounding

HANDSHAKE: Final = 0x16
"""The first byte of TLS."""
FEW: Final = (
    "suites/test_curl.py",
    "suites/test_request_headers.py",
    "suites/security/test_https.py",
    "suites/consuming/test_deleting.py",
)
HTTPS: Final = ("suites/security/test_https.py",)
WAITED: Final = Ending(0, ("Slow cases: ", "it did not answer in time (3.0 s)"))


class AnswersLate(Surrounding):
    """Takes its time for each answer."""

    options: ClassVar[tuple[str, ...]] = FEW

    def __init__(self, server: Reference, *, seconds: float) -> None:
        """Take so many seconds."""
        super().__init__(server)
        self.seconds = seconds

    def answer(self, channel: Channel, request: Request) -> None:
        """Wait, then answer."""
        channel.wait(self.seconds)
        super().answer(channel, request)


class WaitsForTls(Surrounding):
    """Keeps silent for half a minute where no TLS comes to the port of HTTPS."""

    ending: ClassVar[Ending] = WAITED
    options: ClassVar[tuple[str, ...]] = HTTPS

    def accept(self, channel: Channel) -> None:
        """Look at the first byte before anything else."""
        if channel.is_secure and channel.first_byte() != HANDSHAKE:
            channel.wait(30.0)
            channel.end()
        super().accept(channel)


class KeepsThePlainPortSilent(Surrounding):
    """Takes connections on the port of plain HTTP, and answers nothing there."""

    ending: ClassVar[Ending] = WAITED
    options: ClassVar[tuple[str, ...]] = HTTPS

    def accept(self, channel: Channel) -> None:
        """Say nothing."""
        if not channel.is_secure:
            channel.wait(60.0)
            channel.end()
        super().accept(channel)


SURROUNDINGS: Makers = {
    "150-ms-an-answer": partial(AnswersLate, seconds=0.15),
    "waits-for-tls": WaitsForTls,
    "silent-plain-port": KeepsThePlainPortSilent,
}

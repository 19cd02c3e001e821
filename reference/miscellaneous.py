"""The resource `miscellaneous/ping`."""

from .operation import Operation
from .operations import Operations
from .representation import Answer
from .resources import PING


class Miscellaneous(Operations):
    """A ping tells that the service answers, and that the credentials are good."""

    def read(self, operation: Operation) -> Answer:
        """Answer a ping, which has no records."""
        return self.ping() if operation.resource is PING else super().read(operation)

    def ping(self) -> Answer:
        """The answer to a ping."""
        return Answer("ping", "ok")

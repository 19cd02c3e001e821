"""Faults of what one request leaves behind for the next one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reference.digest import Credentials
from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer


class TakesANonceForASession(
    Fault,
    breaks="accepted-nonce-shows-nothing accepted-nonce-changes-nothing "
    "used-nonce-opens-no-other-account",
):
    """Lets in whoever has a nonce that came with a right response before."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Look whether it is known."""
        sessions: set[str] = self.__dict__.setdefault("sessions", set())
        if credentials.nonce in sessions or super().response_fits(credentials, method, secret):
            sessions.add(credentials.nonce)
            return True
        return False


class RemembersTheOverride(Fault, breaks="override-is-for-one-request"):
    """Carries out a POST to a record's path as the one that was overridden there before."""

    def effective_method(self, request: Request, query: Mapping[str, str]) -> str:
        """Look at what came before."""
        method = super().effective_method(request, query)
        path = request.target.partition("?")[0]
        if request.method != "POST" or not path.rpartition("/")[2].isdecimal():
            return method
        before: dict[str, str] = self.__dict__.setdefault("before", {})
        if method != "POST":
            before[path] = method
        return before.get(path, method)


class RemembersThePagesize(
    Fault, breaks="pagesize-is-for-one-request pagesize-is-not-that-of-a-later-page"
):
    """Gives a list for which no pagesize is told pages of the size that was told last."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Look at what was told before."""
        sizes: dict[str, str] = self.__dict__.setdefault("sizes", {})
        key, told = operation.resource.name, operation.parameters
        if "pagesize" in told:
            sizes[key] = told["pagesize"]
        elif key in sizes:
            operation = replace(operation, parameters={**told, "pagesize": sizes[key]})
        return super().listing(operation, records)

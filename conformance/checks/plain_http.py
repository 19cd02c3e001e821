"""Requests over plain HTTP, with credentials of every kind, and what came of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.entrances import Attempt
from conformance.clients.once import once_per_run
from conformance.config.sampling import share
from conformance.spec.addressing import PING, Request, overridden, request_for
from conformance.spec.equal_ways import FORM, written_as
from conformance.spec.plain_ways import PLAIN_READS, PLAIN_WRITES, SECURITY_CLAIMS
from conformance.wire.digest import authorization

if TYPE_CHECKING:
    from conformance.checks.entrances import Bait
    from conformance.clients.client import Client
    from conformance.clients.manual_digest import ManualDigest
    from conformance.clients.roles import Roles
    from conformance.spec.addressing import Options
    from conformance.spec.plain_ways import PlainWrite
    from conformance.wire.digest import Challenge
    from conformance.wire.exchanges import Exchange

PATH = "/customers"


class PlainCaller:
    """A caller over plain HTTP, without credentials or with a digest for a challenge of HTTPS.

    One nonce serves for all requests: over plain HTTP none of them should use it up.
    """

    def __init__(self, roles: Roles, *, authorized: bool) -> None:
        """Get the challenge; raises NotRun where the run may not send a digest over plain HTTP."""
        self._digest: ManualDigest = roles.plain_manual_digest
        self._challenge: Challenge | None = None
        self._count = 0
        if authorized:
            self._challenge = roles.manual_digest().challenge(PATH)

    def asked(self, name: str, asked: Request, sign: str) -> Attempt:
        """Send a request; its name says in the evidence what it was.

        Where nothing answers plain HTTP at all, it is not sent: each would have to be waited for.
        """
        first = greeting(self._digest)
        if first.response is None:
            return Attempt(name, first, sign)
        options: Options = {**asked.options}
        target = self._digest.url(asked.path, options.pop("params", None))
        path = target.removeprefix(self._digest.base_url)
        if self._challenge is not None:
            self._count += 1
            fields = self._digest.fields(self._challenge, asked.method, path, count=self._count)
            value = authorization(fields)
            options["headers"] = {**options.get("headers", {}), "Authorization": value}
        return Attempt(name, self._digest.attempt(asked.method, path, **options), sign)


@once_per_run
def greeting(caller: Client) -> Exchange:
    """Ask for a ping over plain HTTP, and return what came of it."""
    return caller.attempt("GET", PING)


def plain_writes(caller: PlainCaller, bait: Bait, name: str, *, standard: int) -> list[Attempt]:
    """Send PUT, DELETE and PATCH of a record in all ways, and return what came of each."""
    return [
        caller.asked(str(write), _request(write, bait, name), bait.sign)
        for write in share(PLAIN_WRITES, standard=standard)
    ]


def plain_reads(caller: PlainCaller, bait: Bait, *, standard: int) -> list[Attempt]:
    """GET all that holds data, and return what came of each."""
    return [
        caller.asked(
            f"GET {target}", Request("GET", bait.at(target), {"headers": claim}), bait.sign
        )
        for target, claim in share(PLAIN_READS, standard=standard)
    ]


def _request(write: PlainWrite, bait: Bait, name: str) -> Request:
    """Return the request for a way of writing."""
    way = write.way
    asked = request_for(write.method, bait.identity, way.form, data={"name": name})
    if way.body != FORM and "data" in asked.options:
        asked = written_as(way.body, asked)
    asked = overridden(asked, way.override)
    claims = SECURITY_CLAIMS if write.claims else {}
    headers = {**asked.options.get("headers", {}), **claims, "Connection": "close"}
    return Request(asked.method, asked.path, {**asked.options, "headers": headers})

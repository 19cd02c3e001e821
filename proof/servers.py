"""The reference servers that the matrix shows, and the callers that reach them."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.clients.roles import Roles
from conformance.config.credentials import OTHER_IN_SHELL, Credentials
from conformance.config.target import Claims, Target
from conformance.wire.transport import Network
from reference import seed
from reference.adapter import InProcessAdapter
from reference.seed import VERSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from requests.adapters import BaseAdapter

    from conformance.wire.transport import Transport
    from reference.server import Reference

CREDENTIALS = Credentials(seed.USERNAME, seed.PASSWORD)
OTHER_CREDENTIALS = Credentials(seed.OTHER_USERNAME, seed.OTHER_PASSWORD, OTHER_IN_SHELL)
_PATH = f"//localhost/{VERSIONS[0]}"


def embedded_target(
    base_url: str, http_url: str, reports: Path, ca_file: Path | None = None
) -> Target:
    """Return all that is known about a reference server as a target."""
    return Target(
        base_url=base_url,
        http_url=http_url,
        credentials=CREDENTIALS,
        other_credentials=OTHER_CREDENTIALS,
        reports=reports,
        ca_bundle=ca_file,
        allow_writes=True,
        denied_address=seed.DENIED_ADDRESS,
        claims=Claims(foreign_customer_id=seed.FOREIGN_CUSTOMER_ID, versions=VERSIONS[1:]),
        records_may_stay=True,
        embedded=True,
    )


WITHOUT_SOCKET = embedded_target(f"https:{_PATH}", f"http:{_PATH}", Path())
"""Any reference server that is called without a socket, as a target."""


def target_with_claims(server: Reference, target: Target) -> Target:
    """Return a target with what the owner of a server claims of another account's customer."""
    claims = replace(target.claims, foreign_customer_id=server.foreign_customer_id)
    return replace(target, claims=claims)


@contextmanager
def callers_in_process(server: Reference) -> Iterator[Roles]:
    """Give the callers of a server that is called without a socket."""
    roles = Roles(target_with_claims(server, WITHOUT_SOCKET), in_process(server))
    try:
        yield roles
    finally:
        roles.close()


@contextmanager
def callers_on_a_socket(server: Reference) -> Iterator[Roles]:
    """Give the callers of a server that is put on TLS for them."""
    from reference.serving import Serving  # noqa: PLC0415  (most runs need none)

    with ExitStack() as stack:
        serving = stack.enter_context(Serving(server))
        target = embedded_target(serving.base_url, str(serving.http_url), Path(), serving.ca_file)
        roles = Roles(target_with_claims(server, target), Network())
        stack.callback(roles.close)
        yield roles


def in_process(server: Reference) -> Transport:
    """Return a transport that calls a server without a socket, and waits for no late response."""

    def transport(source_address: str | None) -> BaseAdapter:
        return InProcessAdapter(server, source_address or "127.0.0.1", sleep=lambda _: None)

    return transport

"""A caller who does not say what it accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.client import Client

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.exchanges import Exchange


class Silent(Client):
    """Another caller's twin whose requests have no Accept field."""

    def __init__(self, like: Client) -> None:
        """Take credentials and role, but for the connections, from another caller."""
        super().__init__(
            like.target,
            like._journal,  # noqa: SLF001  (a twin writes into the same journal)
            like._transport,  # noqa: SLF001  (and is reached in the same way)
            role=like.role,
            credentials=like.credentials,
        )

    def _exchange(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Exchange:
        """Send one request without the field."""
        kept = {name: value for name, value in headers.items() if name != "Accept"}
        return super()._exchange(method, url, kept, body)

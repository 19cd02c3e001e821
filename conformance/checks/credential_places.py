"""The right name and password where no document asks for them: beside a digest, never instead."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from conformance.config.sampling import walks_everything
from conformance.spec.resources import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conformance.clients.client import Client
    from conformance.config.credentials import Credentials
    from conformance.spec.addressing import Options
    from conformance.wire.responses import Response

NAMES: Final = ("user", "username", "login")
PASSWORDS: Final = ("pass", "password", "passwd", "pwd")
NAME_FIELDS: Final = ("X-Username", "X-User", "X-Auth-User", "X-API-User")
PASSWORD_FIELDS: Final = ("X-Password", "X-Pass", "X-Auth-Password", "X-Auth-Key", "X-API-Key")

TOKEN_FIELDS: Final = ("X-Auth-Token", "X-API-Key", "X-Access-Token", "Api-Key")

FIELDS: Final = "header fields"
FORM: Final = "a form"
QUERY: Final = "a query"
"""A place that servers and gateways write into their logs: where everything is tried, and no more.
"""

NOT_LET_IN: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED})
"""How those are refused whose credentials are not taken, and not who lacks room or a right."""

PLACES: Final = (FIELDS, FORM, *([QUERY] if walks_everything() else []))


TOKEN_PARAMETERS: Final = ("token", "access_token", "auth_token", "api_key", "apikey", "key")

TOKEN_PLACES: Mapping[str, Callable[[str], Options]] = {
    "Bearer": lambda token: {"headers": {"Authorization": f"Bearer {token}"}},
    "Token": lambda token: {"headers": {"Authorization": f"Token token={token}"}},
    "header fields": lambda token: {"headers": dict.fromkeys(TOKEN_FIELDS, token)},
    "cookies": lambda token: {"headers": {"Cookie": f"token={token}; session={token}"}},
    QUERY: lambda token: {"params": dict.fromkeys(TOKEN_PARAMETERS, token)},
}
"""Where callers of other services put a token."""


def posted_with_password_in(
    place: str, anonymous: Client, credentials: Credentials, values: Mapping[str, str]
) -> Response:
    """POST a customer without a digest, with name and password in another place."""
    name, password = credentials.username, credentials.password
    pairs = {**dict.fromkeys(NAMES, name), **dict.fromkeys(PASSWORDS, password)}
    fields = {**dict.fromkeys(NAME_FIELDS, name), **dict.fromkeys(PASSWORD_FIELDS, password)}
    return anonymous.post(
        CUSTOMERS.collection,
        data={**values, **(pairs if place == FORM else {})},
        headers=fields if place == FIELDS else {},
        params=pairs if place == QUERY else {},
    )

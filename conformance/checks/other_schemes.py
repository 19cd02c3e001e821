"""Right credentials in schemes that are not Digest."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from conformance.clients.once import once_per_run
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.manual_digest import ManualDigest
    from conformance.wire.responses import Response

SCHEMES = ("Basic", "basic", "Bearer", "Negotiate", "ApiKey")


def basic(api: Api) -> str:
    """Return the account's credentials as an Authorization value of the Basic scheme."""
    known = api.target.credentials
    return "Basic " + base64.b64encode(f"{known.username}:{known.password}".encode()).decode()


def get_in_scheme(api: Api, caller: ManualDigest, path: str, scheme: str) -> Response:
    """GET a path with the token of Basic in a scheme; asked once in a run."""
    observed("answers", 1)
    return _get_in_scheme(api, caller, path, scheme)


@once_per_run
def _get_in_scheme(api: Api, caller: ManualDigest, path: str, scheme: str) -> Response:
    token = basic(api).partition(" ")[2]
    return caller.get(path, headers={"Authorization": f"{scheme} {token}"})

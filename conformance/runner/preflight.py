"""The first contact with the target, before any rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.refusals import holds_data
from conformance.config.target import PASSWORD_VARIABLE, USERNAME_VARIABLE
from conformance.spec.addressing import PING
from conformance.spec.resources import CUSTOMERS
from conformance.wire import failures
from conformance.wire.digest import usable_challenge

if TYPE_CHECKING:
    from conformance.clients.roles import Roles
    from conformance.config.target import Target
    from conformance.wire.exchanges import Exchange
    from conformance.wire.responses import Response

UNAUTHORIZED, NOT_FOUND = 401, 404

_REMEDIES = {
    failures.NOT_TRUSTED: "name the authority that signed it with --ca-bundle FILE",
    failures.SELF_SIGNED: "name a file that holds it with --ca-bundle FILE",
    failures.EXPIRED: "its operator has to renew it (or this machine's clock is wrong)",
    failures.NOT_YET_VALID: "check this machine's clock",
    failures.OTHER_HOST: "use the host name that the certificate is for in the base URL",
    failures.NO_TLS: "the base URL has to be the one of the HTTPS port",
    failures.OLD_TLS: "its operator has to offer TLS 1.2 or later",
    failures.NO_HANDSHAKE: "see in the server's log why, such as ciphers or client certificates",
    failures.BROKEN_HANDSHAKE: "check that the port is the one of HTTPS, and the server's log",
    failures.REFUSED: "check host and port, and that the server runs",
    failures.UNKNOWN_HOST: "check the spelling of the host in the base URL",
    failures.UNRESOLVED_HOST: "check the network and the host in the base URL",
    failures.TOO_LATE: "check the network, or allow more with limits.timeout",
}


def contact(roles: Roles) -> Exchange:
    """GET a ping with the right credentials, even if no rule of the run sends them.

    Where there is none, return instead what came of a GET of the customers: it tells a server that
    lacks a ping from a base URL under which there is nothing.
    """
    with roles.gate.exempt():
        ping = roles.api.attempt("GET", PING)
        if ping.response is None or ping.response.status_code != NOT_FOUND:
            return ping
        customers = roles.api.attempt("GET", CUSTOMERS.collection)
        return customers if is_not_found(customers) else ping


def is_not_found(exchange: Exchange) -> bool:
    """Tell whether a GET of the customers was answered 404."""
    response = exchange.response
    found_nothing = response is not None and response.status_code == NOT_FOUND
    return found_nothing and exchange.url.endswith(CUSTOMERS.collection)


def obstacle(target: Target, exchange: Exchange) -> str:
    """Return why no run is possible after the first contact; "" where one is.

    Only an unreachable target, refused credentials, and a base URL under which there is nothing
    prevent a run. Rules judge any other unexpected response.
    """
    response = exchange.response
    if response is None:
        cause = exchange.failure.removesuffix(failures.BEFORE_ASKED)
        remedy = _REMEDIES.get(cause, "check the base URL and the server")
        via = f" through the proxy {target.proxy}" if target.proxy else ""
        return f"The target {target.base_url} cannot be reached{via}: {exchange.failure}; {remedy}"
    challenged = usable_challenge(response.all("WWW-Authenticate")) is not None
    if response.status_code == UNAUTHORIZED and challenged and exchange.authorized:
        return (
            f"The target {target.base_url} refused the credentials: check {USERNAME_VARIABLE} and "
            f"{PASSWORD_VARIABLE}, and that this machine's address is on the account's list"
        )
    if is_not_found(exchange):
        return (
            f"There is nothing under {target.base_url}: ping and customers are answered 404; check "
            "the path of the base URL, which ends with a version that the server offers"
        )
    return ""


def preflight_warning(response: Response | None) -> str:
    """Return how the response to a ping differs from the documented one; "" where it does not."""
    if response is None or (response.ok and holds_data(response)):
        return ""
    kind = response.media_type or "no media type"
    return f"a ping was answered {response.status_code} with {kind}, and not as the document says"

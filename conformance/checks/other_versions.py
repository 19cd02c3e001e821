"""Callers whom nobody should let in, under the other versions that the target claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.entrances import LONE, entries
from conformance.checks.places import READ_ONLY_PATHS
from conformance.spec.addressing import Form, Request, request_for
from conformance.spec.resources import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.checks.entrances import Attempt, Bait
    from conformance.checks.two_accounts import Belongings
    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.clients.roles import Roles

WAYS_TO_LOOK: dict[str, Callable[[Belongings], Request]] = {
    "by path": lambda theirs: request_for("GET", theirs.customer),
    "by parameter": lambda theirs: request_for("GET", theirs.customer, Form.PARAMETERS),
    "in the list": lambda _: Request("GET", CUSTOMERS.collection, {}),
    "by custnr": lambda theirs: Request(
        "GET", CUSTOMERS.collection, {"params": {"custnr": theirs.custnr}}
    ),
}
"""Ways to read the customer of another account."""

LISTS = [
    READ_ONLY_PATHS[each]
    for each in ("customers", "sources", "users", "call records", "recordings")
]
"""The lists that somebody who should not be let in asks for: a guard may stand before some."""

WRONG_CALLERS: dict[str, Callable[[Roles], Client]] = {
    "no credentials": lambda roles: roles.anonymous,
    "a wrong password": lambda roles: roles.impostor(),
}
"""Callers who lack the right credentials."""


def intrusions(api: Api, roles: Roles, caller: Client, bait: Bait) -> list[Attempt]:
    """GET each list and PUT a customer under each other version; return what came of each.

    Raises NotRun where the target claims no other version.
    """
    put = Request("PUT", bait.identity.path, {**LONE, "data": {"name": api.fresh()}})
    asked = [*(Request("GET", path, {}) for path in LISTS), put]
    callers = [roles.elsewhere(caller, version) for version in api.offers.versions()]
    return [each for other in callers for each in entries(other, bait.sign, asked)]

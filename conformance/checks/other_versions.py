"""What the other versions that the target offers show, store, and let nobody do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.entrances import LONE, entries
from conformance.checks.places import LISTS
from conformance.clients.versions import other_versions
from conformance.spec.addressing import Form, Request, request_for
from conformance.spec.paging import LARGEST
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import unobservable
from conformance.wire.recorder import observed
from conformance.wire.records import ids_in, more_pages, record_with_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.checks.entrances import Attempt, Bait
    from conformance.checks.two_accounts import Belongings
    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.clients.roles import Roles
    from conformance.spec.addressing import Identity

WAYS_TO_LOOK: dict[str, Callable[[Belongings], Request]] = {
    "by path": lambda theirs: request_for("GET", theirs.customer),
    "by parameter": lambda theirs: request_for("GET", theirs.customer, Form.PARAMETERS),
    "in the list": lambda _: Request("GET", CUSTOMERS.collection, {}),
    "by custnr": lambda theirs: Request(
        "GET", CUSTOMERS.collection, {"params": {"custnr": theirs.custnr}}
    ),
}
"""Ways to read the customer of another account."""

WRONG_CALLERS: dict[str, Callable[[Roles], Client]] = {
    "no credentials": lambda roles: roles.anonymous,
    "a wrong password": lambda roles: roles.impostor(),
}
"""Callers who lack the right credentials."""


def intrusions(api: Api, roles: Roles, caller: Client, bait: Bait) -> list[Attempt]:
    """GET each list and PUT a customer under each other version; return what came of each.

    Raises NotRun where the target offers no other version.
    """
    put = Request("PUT", bait.identity.path, {**LONE, "data": {"name": api.fresh()}})
    asked = [*(Request("GET", path, {}) for path in LISTS), put]
    callers = [roles.elsewhere(caller, version) for version in other_versions(roles)]
    return [each for other in callers for each in entries(other, bait.sign, asked)]


def updates_lost(roles: Roles, made: Identity, name: str) -> dict[str, object]:
    """PUT a name under each other version; return the names that it shows where that was lost.

    Inconclusive where none takes an update of a record that it shows.
    """
    lost: dict[str, object] = {}
    taken = 0
    for version, caller in roles.under(other_versions(roles)).items():
        before = record_with_id(caller.ask("GET", made), made)
        data = {"name": f"{name} {version}"}
        if before is None or not caller.ask("PUT", made, data=data).ok:
            continue
        taken += 1
        shown = (record_with_id(caller.ask("GET", made), made) or {}).get("name")
        if shown != data["name"]:
            lost[version] = shown
    observed("versions", taken or unobservable("no other version takes an update"))
    return lost


def shown_but_not_listed(roles: Roles, made: Identity) -> list[str]:
    """Return the other versions that show a customer by its id, and do not list it.

    Inconclusive where none shows it, or where lists have more than a page.
    """
    found, judged = [], 0
    for version, caller in roles.under(other_versions(roles)).items():
        alone = record_with_id(caller.ask("GET", made), made)
        response = caller.get(CUSTOMERS.collection)
        listed = ids_in(response, CUSTOMERS)
        if alone is None or not response.ok or len(listed) >= LARGEST or more_pages(response, 0):
            continue
        judged += 1
        if made.id not in listed:
            found.append(version)
    observed("versions", judged or unobservable("no other version shows a whole list"))
    return found

"""Writes by callers without the right to: whether they are refused and change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.addressing import Form, Identity, request_for
from conformance.spec.resources import CUSTOMERS
from conformance.wire.recorder import observed
from suites.walks.lists import made_beside
from suites.walks.model import fitting_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.client import Client
    from conformance.clients.roles import Roles
    from conformance.spec.equal_ways import WriteWay
    from suites.walks.model import Account, Entry

WRITING_METHODS = ("PUT", "DELETE", "POST")


def intruders(roles: Roles) -> list[Client]:
    """Return callers who must not write: with no or wrong credentials, or from elsewhere."""
    known = [roles.anonymous, roles.impostor(), roles.stranger()]
    return known if roles.target.denied_address is None else [*known, roles.outsider]


def intruded(
    account: Account,
    caller: Client,
    entry: Entry,
    asked: tuple[str, WriteWay],
    values: Mapping[str, str],
) -> list[str]:
    """Have a caller write to a record, or create one beside it; return what went wrong.

    `asked` are the method and the way of writing, `values` the values to write.
    """
    account.settle(entry)
    if entry not in account.live:
        return []
    method, way = asked
    sent = fitting_values(entry, values)
    identity = entry.identity
    if method == "POST":
        identity = Identity(entry.resource, "", identity.parent_id)
        sent = account.api.account.values(entry.resource)
        if entry.owner is not None and not (identity.parent_id and way.form is Form.PATH):
            sent[CUSTOMERS.id_field] = entry.owner.identity.id
    account.trail.step(f"{method} by {way.override}, {way.form} {entry} as {caller.role}: {sent}")
    with account.trail.followed():
        request = request_for(method, identity, way.form, way.override, sent)
        if method == "POST":
            request = request_for(method, identity, way.form, data=sent)
        response = caller.request(request.method, request.path, **request.options)
    observed("refusals", 1)
    found = [f"{method} as {caller.role} is answered {response.status_code}"] * response.ok
    found += account.settle(entry)
    if method == "POST" and entry.resource is not CUSTOMERS:
        made = made_beside(account, entry, sent["name"])
        found += [f"there is a {entry.resource.singular} that {caller.role} has made"] * made
    return found

"""Writes that a walk repeats, sends back or aims at nothing, and the look at everything of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.lasting import lasting
from conformance.clients.once import once_per_run
from conformance.clients.ways import write_by
from conformance.spec.addressing import Form, Identity, overridden, request_for
from conformance.spec.resources import CUSTOMERS
from conformance.wire.recorder import observed
from conformance.wire.records import id_of, readable_records, with_value
from suites.walks.model import Entry, fitting_values, followed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.api import Api
    from conformance.spec.equal_ways import WriteWay
    from conformance.spec.resources import Resource
    from suites.walks.model import Account

MOST_GONE = 2
"""How many deleted records, the latest ones, to look for after each step."""


def posted_again(account: Account, entry: Entry) -> list[str]:
    """POST the data of a record once more; return a finding if that answers the first one again.

    It may be refused. A user's address is another one, since no read shows the first.
    """
    api, resource, parent_id = account.api, entry.resource, entry.identity.parent_id
    values = api.account.values(resource)
    values |= {name: each for name, each in entry.shown.items() if name in values and each}
    if entry.owner is not None:
        values[CUSTOMERS.id_field] = entry.owner.identity.id
    account.trail.step(f"POST the data of {entry} again: {values}")
    asked = request_for("POST", Identity(resource, "", parent_id), Form.PARAMETERS, data=values)
    with account.trail.followed():
        response = api.send(asked)
        answered = readable_records(response, resource)
        if response.ok and not answered:
            answered = with_value(api.listed(resource, parent_id), "name", values["name"])
    ids = [id_of(resource, each) for each in answered]
    if ids == [entry.identity.id]:
        return [f"POST of the data of {entry} is answered with it again"]
    known = {each.identity.id for each in account.live if each.resource is resource}
    for record in answered:
        if id_of(resource, record) not in {"", *known}:
            account.follow(Entry(api.adopt(resource, record, parent_id), entry.owner), record)
    return []


def sent_back(account: Account, entry: Entry, way: WriteWay) -> None:
    """PUT what a record shows, its ids too; a server may refuse what is not the caller's."""
    usable = account.api.offers.usable(entry.resource, way)
    if usable is not None:
        account.trail.step(f"{usable} {entry}, as it is: {entry.shown}")
        with account.trail.followed():
            write_by(account.api, entry.identity, usable, entry.shown)


@once_per_run
def _unused_id(api: Api, resource: Resource, parent_id: str | None) -> str:
    return api.samples.unused_id(resource, parent_id)


def aimed_at_nothing(
    account: Account, entry: Entry, way: WriteWay, values: Mapping[str, str]
) -> None:
    """PUT values to an id beside a record that no record has."""
    unused = _unused_id(account.api, entry.resource, entry.identity.parent_id)
    sent = fitting_values(entry, values)
    account.trail.step(f"PUT {entry.resource.singular} {unused}, which is not there: {sent}")
    asked = request_for("PUT", entry.identity.with_id(unused), way.form, data=sent)
    with account.trail.followed():
        account.api.send(overridden(asked, way.override))


def unlike_the_model(account: Account) -> list[str]:
    """Read everything of ours; return how it differs from the model, if it still does later."""

    def look() -> list[str]:
        found = []
        for entry in account.live:
            with account.trail.followed():
                record = account.api.find(entry.identity)
            wrong = [f"{entry} cannot be read"] if record is None else entry.differences(record)
            found += wrong
            if record is not None and not wrong:
                entry.settle(record)
        for entry in account.gone[-MOST_GONE:]:
            with account.trail.followed():
                record = account.api.find(entry.identity)
            if record is not None and not account.is_used_again(entry):
                found.append(f"{entry} is there although it was deleted: {followed(record)}")
        return found

    observed("records compared", len(account.live))
    return lasting(account.api, look)

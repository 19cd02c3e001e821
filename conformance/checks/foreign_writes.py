"""Every way to write to what is another account's, and what has come of it there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING

from conformance.checks.two_accounts import OURS, THEIRS
from conformance.clients.once import once_per_run
from conformance.config.sampling import drawn, one_of, walks_everything
from conformance.spec.addressing import Form, Identity, overridden, request_for
from conformance.spec.equal_ways import WRITE_WAYS, WriteWay, written_as
from conformance.spec.resources import CUSTOMERS, GREETINGS, RESOURCES, SOURCES, USERS
from conformance.verdicts import NotApplicable
from conformance.wire.recorder import observed
from conformance.wire.records import readable_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.checks.two_accounts import Accounts, Belongings
    from conformance.clients.api import Api
    from conformance.spec.addressing import Request
    from conformance.spec.resources import Resource
    from conformance.wire.responses import Response

MOST_WRITTEN = {THEIRS: 4, OURS: 1}
"""To how many resources a run writes in a direction, unless it takes all."""

DELETE_WAYS = tuple(way for way in WRITE_WAYS if way.body == WRITE_WAYS[0].body)


@dataclass(frozen=True, slots=True)
class Damage:
    """What a PUT and a DELETE of another account's record, in one way each, have done to it.

    `before` and `after` are the name that its owner reads; None where the record is gone.
    """

    resource: Resource
    put: str
    delete: str
    before: object
    after: object


def changed(accounts: Accounts) -> list[str]:
    """Return the PUTs of records of the other account that changed them."""
    found = damages(accounts.looking, accounts)
    changed = [each for each in found if each.after not in (each.before, None)]
    return [f"{each.put}, and changes it" for each in changed]


def deleted(accounts: Accounts) -> list[str]:
    """Return the DELETEs of records of the other account that removed them."""
    gone = [each for each in damages(accounts.looking, accounts) if each.after is None]
    return [f"{each.delete}, and it is gone" for each in gone]


def damages(looking: Api, accounts: Accounts) -> list[Damage]:
    """PUT and DELETE a record of each resource in one drawn way, or in every way, and look."""
    found = _damages(looking, accounts)
    observed("writes", 2 * len(found))
    return found


@once_per_run
def _damages(looking: Api, accounts: Accounts) -> list[Damage]:
    theirs = accounts.theirs()
    possible = [resource for resource in RESOURCES[::-1] if resource in theirs.records]
    resources = drawn(possible, MOST_WRITTEN[accounts.direction], accounts.direction)
    return [
        damage
        for resource in resources
        for put, delete in _pairs_of_ways(str(resource))
        for damage in _damage(looking, accounts, resource, put, delete)
    ]


def _pairs_of_ways(about: str) -> list[tuple[WriteWay, WriteWay]]:
    """Return ways to PUT and to DELETE: one of each, or every one at least once."""
    if walks_everything():
        return list(zip(WRITE_WAYS, cycle(DELETE_WAYS), strict=False))
    return [(one_of(WRITE_WAYS, f"PUT {about}"), one_of(DELETE_WAYS, f"DELETE {about}"))]


def _damage(
    looking: Api, accounts: Accounts, resource: Resource, *ways: WriteWay
) -> Iterator[Damage]:
    """Write to the other account's record of a resource, and give what has become of it."""
    present = accounts.present(resource)
    if present is None:
        return
    theirs, before = present
    said = []
    for method, way in zip(("PUT", "DELETE"), ways, strict=True):
        values = {"name": looking.fresh()}
        asked = written_as(way.body, request_for(method, theirs, way.form, data=values))
        response = looking.send(overridden(asked, way.override))
        what = f"{method} of the other account's {resource.singular} {theirs.id}"
        said.append(f"{what} ({way.override}, {way.form}) is answered {response.status_code}")
    after = accounts.owner.find(theirs)
    name = None if after is None else after.get("name")
    yield Damage(resource, said[0], said[1], before.get("name"), name)


def left(accounts: Accounts, theirs: Belongings) -> list[str]:
    """Return which records of the other account its owner finds."""
    found = {resource: accounts.owner.find(each) for resource, each in theirs.records.items()}
    return [resource.singular for resource, record in found.items() if record is not None]


def made_in_the_other_account(accounts: Accounts) -> list[str]:
    """Make records below the other account's customer; return those that its owner then has.

    And those that are answered as that customer's: they belong to it, whoever is shown them.
    """
    found: list[str] = []
    theirs = accounts.theirs()
    for resource in (GREETINGS, SOURCES, USERS):
        sent = {
            f"{asked.method} of a {resource.singular} {what}": (_sent(accounts, asked), mark)
            for what, asked, mark in _creations(accounts, theirs, resource)
        }
        there = _listed_by_owner(accounts, theirs, resource) if sent else ""
        found += [
            f"{way}: {response.status_code}"
            for way, (response, mark) in sent.items()
            if mark in there or _is_theirs(response, resource, theirs)
        ]
    return found


def _is_theirs(response: Response, resource: Resource, theirs: Belongings) -> bool:
    """Tell whether a success shows a record that belongs to the other account's customer."""
    records = readable_records(response, resource) if response.ok else []
    return any(str(each.get(CUSTOMERS.id_field)) == theirs.customer.id for each in records)


def _creations(
    accounts: Accounts, theirs: Belongings, resource: Resource
) -> Iterator[tuple[str, Request, str]]:
    """Give the requests that would put a record there, each with the text that tells it."""
    if resource not in theirs.records:
        return
    values = accounts.looking.account.values(resource)
    owner = {CUSTOMERS.id_field: theirs.customer.id}
    for form in Form if resource is GREETINGS else (Form.PARAMETERS,):
        sent = values if form is Form.PATH else {**owner, **values}
        identity = Identity(resource, "", theirs.customer.id if resource is GREETINGS else None)
        yield f"in {form}", request_for("POST", identity, form, data=sent), values["name"]
    if resource is not GREETINGS:
        mine = _own(accounts, resource)
        if mine is not None:
            name = accounts.looking.fresh()
            moved = request_for("PUT", mine, data={**owner, "name": name})
            yield "of one's own", moved, name


def _own(accounts: Accounts, resource: Resource) -> Identity | None:
    """Return a record of the looking account's own; None where it cannot have one."""
    try:
        return accounts.looking.shared_record(resource)
    except NotApplicable:
        return None


def _sent(accounts: Accounts, asked: Request) -> Response:
    """Send a request and return its answer; what it has made has the prefix of the run."""
    observed("creations", 1)
    return accounts.looking.send(asked)


def _listed_by_owner(accounts: Accounts, theirs: Belongings, resource: Resource) -> str:
    """Return the records of the customer as its owner has them listed, as one text."""
    params = theirs.customer.parameters
    response = accounts.owner.get(resource.collection, params=params)
    return response.text

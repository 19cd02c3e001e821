"""Every way to read what is another account's, and what the answers show of it."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from conformance.checks.two_accounts import OURS, THEIRS
from conformance.clients.once import once_per_run
from conformance.config.sampling import drawn
from conformance.spec.addressing import Form, Identity, Request, request_for, with_suffix
from conformance.spec.media_types import ACCEPT, XML
from conformance.spec.resources import (
    CUSTOMERS,
    GREETINGS,
    RESOURCES,
    SOURCES,
    USERS,
)
from conformance.wire.recorder import observed
from conformance.wire.records import readable_records

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.checks.two_accounts import Accounts, Belongings
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from conformance.wire.responses import Response

Probe = tuple["Resource", "Callable[[Belongings, str], Request]"]

MOST_PROBES = {THEIRS: 24, OURS: 4}
"""How many probes a run draws in a direction, beside those of `ALWAYS`, unless it sends all."""


def listed(path: str, **params: str) -> Request:
    """Return the GET of a list."""
    return Request("GET", path, {"params": params} if params else {})


def below(own: str, their: Belongings) -> Identity:
    """Return the other account's greeting as one of a customer of one's own."""
    return Identity(GREETINGS, their.records[GREETINGS].id, own)


def by_parameter(resource: Resource) -> Probe:
    """Return the probe that names a record by parameters."""
    return resource, lambda their, _: request_for("GET", their.records[resource], Form.PARAMETERS)


PROBES: dict[str, Probe] = {
    "the customer by parameter": by_parameter(CUSTOMERS),
    "the greeting by parameter": by_parameter(GREETINGS),
    "the source by parameter": by_parameter(SOURCES),
    "the user by parameter": by_parameter(USERS),
    "the customer in XML": (
        CUSTOMERS,
        lambda their, _: Request("GET", their.customer.path, {"headers": {"Accept": ACCEPT[XML]}}),
    ),
    "the customer by a suffix": (
        CUSTOMERS,
        lambda their, _: Request("GET", with_suffix(their.customer.path, XML)[0], {}),
    ),
    "customers by custnr": (CUSTOMERS, lambda their, _: listed("/customers", custnr=their.custnr)),
    "all customers": (CUSTOMERS, lambda *_: listed("/customers")),
    "all customers in XML": (CUSTOMERS, lambda *_: listed("/customers.xml")),
    "greetings by path": (CUSTOMERS, lambda their, _: listed(f"{their.customer.path}/{GREETINGS}")),
    "greetings by parameter": (
        CUSTOMERS,
        lambda their, _: listed(GREETINGS.collection, customer_id=their.customer.id),
    ),
    "the greeting below an own customer": (
        GREETINGS,
        lambda their, own: request_for("GET", below(own, their)),
    ),
    "the greeting with an own customer": (
        GREETINGS,
        lambda their, own: request_for("GET", below(own, their), Form.PARAMETERS),
    ),
    "greetings of an own customer": (
        GREETINGS,
        lambda _, own: listed(GREETINGS.collection, customer_id=own),
    ),
    "sources of the customer": (
        SOURCES,
        lambda their, _: listed("/sources", customer_id=their.customer.id),
    ),
    "sources by custnr": (SOURCES, lambda their, _: listed("/sources", custnr=their.custnr)),
    "sources by status": (SOURCES, lambda *_: listed("/sources", status="active")),
    "all sources": (SOURCES, lambda *_: listed("/sources")),
    "users of the customer": (
        USERS,
        lambda their, _: listed("/users", customer_id=their.customer.id),
    ),
    "all users": (USERS, lambda *_: listed("/users")),
}
"""The resource of each probe, and its request.

They are made of what the other account has, and of a customer of one's own.
"""

NAMING_AN_ACCOUNT = (
    *("account", "account_id", "user", "username", "user_id", "login", "owner", "partner"),
    *("tenant", "as", "on_behalf_of", "impersonate", "api_user", "realm"),
)
"""Parameters by which a request may name another account than that of its credentials."""

FIELDS_NAMING_AN_ACCOUNT = (
    *("X-Account", "X-Account-Id", "X-User", "X-User-Id", "X-Username", "X-Tenant", "X-Partner"),
    *("X-On-Behalf-Of", "X-Impersonate-User", "X-Remote-User", "X-Forwarded-User", "Remote-User"),
)
"""Header fields that may do the same."""

ALWAYS = ("customers by custnr", "sources by status", "all customers", "all sources", "all users")
"""Those that every run sends: a filter, and lists that a cache may hold for both accounts."""

FILTERS = ("customers by custnr", "sources of the customer", "sources by custnr")
"""Those of a filter that nothing of the looking account matches."""


def shown(accounts: Accounts) -> list[str]:
    """Return the probes whose answers hold a text of the other account's records."""
    theirs, found = probe_answers(accounts.looking, accounts)
    observed("probes", len(found))
    return [
        f"{probe}: {response.status_code} with the other account's {resource.singular}"
        for probe, response in found.items()
        for resource, mark in theirs.marks.items()
        if mark in response.text
    ]


def counted(accounts: Accounts) -> list[str]:
    """Return the filters that match records of the other account alone, and count some.

    An answer that shows records, but none of the other account's, is one of a parameter that is no
    filter there.
    """
    theirs, found = probe_answers(accounts.looking, accounts)
    totals = {
        probe: total_of(found[probe])
        for probe in FILTERS
        if probe in found and may_filter(found[probe], theirs)
    }
    observed("filters", sum(probe in found for probe in FILTERS))
    return [f"{probe}: total {total}" for probe, total in totals.items() if total not in ("", "0")]


@once_per_run
def probe_answers(looking: Api, accounts: Accounts) -> tuple[Belongings, dict[str, Response]]:
    """Ask for what is the other account's; return that, and the answers by the probe.

    The owner asks for each whole list first: its answer must not be given again. And for the
    customer: who comes after it on the connection is somebody else.
    """
    theirs = accounts.theirs()
    own = looking.shared_record(CUSTOMERS).id
    possible = [name for name, (resource, _) in PROBES.items() if resource in theirs.records]
    chosen = drawn(possible, MOST_PROBES[accounts.direction], accounts.direction)
    looks = accounts.first_looks()
    found = {f"the {resource.singular} by path": each for resource, each in looks.items()}
    always = [name for name in ALWAYS if name in possible]
    for name in dict.fromkeys([*chosen, *always]):
        request = PROBES[name][1](theirs, own)
        if name.startswith("all "):
            accounts.owner.send(request)
        found[name] = looking.send(request)
    found["all customers in the name of the owner"] = _in_the_name_of(accounts)
    found["the customer over its owner's connection"] = _over_the_owners_connection(
        accounts, theirs
    )
    return theirs, found


def _in_the_name_of(accounts: Accounts) -> Response:
    """GET the customers with whatever a request may have that says whose account it is about."""
    owner = accounts.owner.credentials
    name = "" if owner is None else owner.username
    return accounts.looking.get(
        CUSTOMERS.collection,
        params=dict.fromkeys(NAMING_AN_ACCOUNT, name),
        headers=dict.fromkeys(FIELDS_NAMING_AN_ACCOUNT, name),
    )


def _over_the_owners_connection(accounts: Accounts, theirs: Belongings) -> Response:
    """GET the customer of an account over a connection on which its owner has just done so."""
    accounts.owner.get(theirs.customer.path)
    borrower = accounts.owner.lent_to(accounts.looking.role, accounts.looking.credentials)
    return borrower.get(theirs.customer.path)


def may_filter(response: Response, theirs: Belongings) -> bool:
    """Tell whether an answer shows no record, or one that the filter asks for."""
    shows_any = any(readable_records(response, each) for each in RESOURCES)
    return not shows_any or any(mark in response.text for mark in theirs.marks.values())


def total_of(response: Response) -> str:
    """Return the total that a JSON answer states; "" where it states none."""
    value: object = None
    with suppress(ValueError):
        value = json.loads(response.content)
    total = value.get("total") if isinstance(value, dict) else None
    return "" if total is None else str(total)

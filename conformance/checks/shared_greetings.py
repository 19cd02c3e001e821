"""Greetings that two accounts share, as those of the system, and which sources use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.two_accounts import DIRECTIONS, accounts
from conformance.spec.addressing import Identity
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES
from conformance.verdicts import applicable_if, not_applicable
from conformance.wire.records import id_of

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Record


def used_by_the_other(api: Api, other: Api) -> tuple[Identity, Identity]:
    """Have a source of the second account use a greeting that both share; return the two.

    The greeting is returned as one of a customer of the first account. Not applicable where the
    accounts share none, or both have a source of that id.
    """
    theirs = accounts(api, other, DIRECTIONS[0]).theirs().customer
    own = api.shared_record(CUSTOMERS)
    known, listed = _names(api, own), _names(other, theirs)
    made = api.ledger.made_ids(GREETINGS) | other.ledger.made_ids(GREETINGS)
    shared = [each for each in known.keys() - made if known[each] == listed.get(each)]
    greeting_id = min(shared) if shared else not_applicable("the two accounts share no greeting")
    source = other.create(SOURCES, theirs.id, **{GREETINGS.id_field: greeting_id})
    applicable_if(
        str(other.read(source).get(GREETINGS.id_field)) == greeting_id,
        "a source does not take a greeting of the system",
    )
    applicable_if(api.find(source) is None, "the accounts number their sources alike")
    return Identity(GREETINGS, greeting_id, own.id), source


def _names(api: Api, parent: Identity) -> dict[str, object]:
    """Return the names of the greetings of a customer by their ids."""
    return {id_of(GREETINGS, each): each.get("name") for each in api.listed(GREETINGS, parent.id)}


def users_of(greeting: Record) -> set[str]:
    """Return the ids of the sources that a greeting names as those that use it."""
    users = greeting.get("used_by")
    return {str(each) for each in users} if isinstance(users, list) else set()

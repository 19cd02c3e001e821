"""The credentials of one account do not open another one, in whatever mixture (S19, S20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.refusals import CHALLENGED, refusal
from conformance.checks.two_accounts import (
    DIRECTIONS,
    NAMINGS,
    accounts,
    get_naming_both,
    get_under_the_name_of,
    get_with_the_same_nonce,
)
from conformance.rules import STATED, rule
from conformance.spec.addressing import PING
from conformance.spec.resources import CUSTOMERS
from conformance.wire.records import record_with_id
from suites.parameters import in_both_directions

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.roles import Roles

pytestmark = [pytest.mark.offending, pytest.mark.in_turn]


@rule("password-opens-one-account", statements="S20", basis=STATED)
@in_both_directions
def test_password_opens_one_account(roles: Roles, api: Api, other: Api, direction: str) -> None:
    """The user name of one account with the password of another is challenged again with 401."""
    both = accounts(api, other, direction)
    both.owner.get(PING)

    response = roles.confused(both.looking, both.owner).get(PING)

    assert refusal(response) == CHALLENGED


@rule("refused-login-opens-no-account", statements="S20 S19", basis=STATED)
@in_both_directions
def test_refused_login_opens_no_account(roles: Roles, api: Api, other: Api, direction: str) -> None:
    """After a refused login with another account's user name, a caller is still in its own."""
    both = accounts(api, other, direction)
    own, before = both.looking.shared_record_with_values(CUSTOMERS)
    roles.confused(both.owner, both.looking).get(PING)

    response = both.looking.get(own.path)

    assert record_with_id(response, own) == before


@rule("user-named-twice-gets-one-account", statements="S19 S20", basis=STATED)
@pytest.mark.parametrize("place", NAMINGS)
def test_user_named_twice_gets_one_account(roles: Roles, api: Api, other: Api, place: str) -> None:
    """A right digest that names another account's user as well shows nothing of that account."""
    theirs = accounts(api, other, DIRECTIONS[0]).theirs()
    caller = roles.manual_digest()

    response = get_naming_both(caller, other, theirs.customer.path, place)

    assert theirs.marks[CUSTOMERS] not in response.text


@rule("nonce-belongs-to-no-account", statements="S19 S20", basis=STATED)
@in_both_directions
def test_nonce_belongs_to_no_account(roles: Roles, api: Api, other: Api, direction: str) -> None:
    """A right digest of one account shows nothing of another one that has used its nonce before."""
    both = accounts(api, other, direction)
    theirs = both.theirs()
    owner, looking = roles.manual_digest(both.owner), roles.manual_digest(both.looking)

    response = get_with_the_same_nonce(owner, looking, theirs.customer.path)

    assert theirs.marks[CUSTOMERS] not in response.text


@rule("used-nonce-opens-no-other-account", statements="S19 S20", basis=STATED)
@in_both_directions
def test_used_nonce_opens_no_other_account(
    roles: Roles, api: Api, other: Api, direction: str
) -> None:
    """Another account's user name, signed with one's own password, shows nothing of that account.

    The nonce has been used before, with one's own name.
    """
    both = accounts(api, other, direction)
    theirs = both.theirs()
    looking = roles.manual_digest(both.looking)

    response = get_under_the_name_of(both.owner, looking, theirs.customer.path)

    assert theirs.marks[CUSTOMERS] not in response.text

"""Wrong passwords and wrong user names are refused, and do nothing (S20)."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from conformance.checks.digest import mistaken
from conformance.checks.places import READ_ONLY_PATHS
from conformance.checks.refusals import CHALLENGED, refusal
from conformance.config.credentials import Spelled
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import Form
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import applicable_if

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.clients.roles import Roles
    from conformance.config.credentials import Credentials

pytestmark = pytest.mark.offending

PATH = "/customers"
WRONG_CALLERS: dict[str, Callable[[Roles], Client]] = {
    "wrong password": lambda roles: roles.impostor(),
    "unknown user": lambda roles: roles.stranger(),
}
WRONG_PASSWORDS: dict[str, Callable[[Credentials], Spelled]] = {
    "none at all": lambda _: Spelled("", ""),
    "in lower case": lambda known: Spelled(known.password.lower(), "${API_PASSWORD,,}"),
    "in upper case": lambda known: Spelled(known.password.upper(), "${API_PASSWORD^^}"),
    "cut": lambda known: Spelled(known.password[:-1], "${API_PASSWORD%?}"),
    "cut after 8": lambda known: Spelled(known.password[:8], "${API_PASSWORD:0:8}"),
    "longer": lambda known: Spelled(known.password + "x", "${API_PASSWORD}x"),
    "with a space": lambda known: Spelled(known.password + " ", "$API_PASSWORD "),
    "the user name": lambda known: Spelled(known.username, "$API_USERNAME"),
}
"""Wrong passwords that a lenient server might accept."""

SESSIONS = (
    *("PHPSESSID", "JSESSIONID", "ASP.NET_SessionId", "laravel_session", "connect.sid"),
    *("sessionid", "session", "session_id", "_session_id", "sid", "token", "auth"),
)
"""Cookies by which frameworks know a caller again."""

each_wrong_caller = pytest.mark.parametrize("caller", WRONG_CALLERS)


@rule("wrong-password-refused", statements="S20 S40", basis=STATED)
@pytest.mark.parametrize("mistake", WRONG_PASSWORDS.values(), ids=WRONG_PASSWORDS.keys())
def test_wrong_password_refused(
    api: Api, roles: Roles, mistake: Callable[[Credentials], Spelled]
) -> None:
    """GET with a digest by a wrong password is answered 401 with a challenge and no data."""
    api.offers.require_path(PATH)
    known = api.target.credentials
    wrong = mistaken(known.password, mistake(known))

    response = roles.impostor(wrong).get(PATH)

    assert refusal(response) == CHALLENGED


@rule("user-name-in-other-case-refused", statements="S20", basis=INFERRED)
def test_user_name_in_other_case_refused(api: Api, roles: Roles) -> None:
    """GET with the user name in other letter case is answered 401 with a challenge and no data."""
    api.offers.require_path(PATH)
    known = api.target.credentials
    swapped = mistaken(known.username, Spelled(known.username.swapcase(), "${API_USERNAME~~}"))

    response = roles.stranger(swapped).get(PATH)

    assert refusal(response) == CHALLENGED


@rule("cookie-of-a-caller-is-no-credential", statements="S20", basis=STATED)
def test_cookie_of_a_caller_is_no_credential(api: Api, anonymous: Client) -> None:
    """A cookie that an authorized request has carried lets nobody in by itself afterwards.

    The caller has made it up, under the names that frameworks know.
    """
    value = api.fresh()
    headers = {"Cookie": "; ".join(f"{name}={value}" for name in SESSIONS)}
    authorized = api.get(PATH, headers=headers)

    response = anonymous.get(PATH, headers=headers)

    applicable_if(authorized.ok, "it is refused with the right credentials, too")
    assert refusal(response) == CHALLENGED


@rule("wrong-credentials-refused", statements="S20 S40", basis=STATED)
@pytest.mark.parametrize(
    ("path", "caller"),
    list(zip(READ_ONLY_PATHS.values(), cycle(WRONG_CALLERS))),
    ids=READ_ONLY_PATHS,
)
def test_wrong_credentials_refused(api: Api, roles: Roles, caller: str, path: str) -> None:
    """GET with a wrong password or user name is answered 401 with a challenge on every path."""
    path = api.offers.offered_path(path)

    response = WRONG_CALLERS[caller](roles).get(path)

    assert refusal(response) == CHALLENGED


@rule("wrong-credentials-change-nothing", statements="S20", basis=STATED)
@each_wrong_caller
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_wrong_credentials_change_nothing(api: Api, roles: Roles, caller: str, method: str) -> None:
    """PUT and DELETE with a wrong password or user name do not change the customer."""
    api.offers.require(CUSTOMERS, method)
    (made, before), data = api.shared_record_with_values(CUSTOMERS), {"name": api.fresh()}
    wrong = WRONG_CALLERS[caller](roles)

    wrong.ask(method, made, Form.PATH, data=data)
    wrong.ask(method, made, Form.PARAMETERS, data=data)

    assert api.find(made) == before


@rule("wrong-credentials-create-nothing", statements="S20", basis=STATED)
@each_wrong_caller
def test_wrong_credentials_create_nothing(api: Api, roles: Roles, caller: str) -> None:
    """POST with a wrong password or user name creates no customer."""
    values = api.values(CUSTOMERS)

    WRONG_CALLERS[caller](roles).post(CUSTOMERS.collection, data=values)

    assert api.holding(CUSTOMERS, "custnr", values["custnr"]) == []

"""A journal read again: which record a creation has made whose answer did not say so."""

from __future__ import annotations

import json

from conformance.checks.replays import Loss, Replay
from conformance.spec.media_types import FORM_TYPE
from conformance.wire.exchanges import Exchange
from conformance.wire.responses import Response

BASE = "https://localhost/2.4.9"
FIRST, SECOND, THIRD = (f"cf-1a2229242cb-{number}" for number in (1, 2, 3))


def created(name: str, email: str, status: int = 503) -> Exchange:
    """Return a creation whose answer shows no record."""
    body = f"name={name}&email={email}&customer_id=5".encode()
    headers = {"Content-Type": FORM_TYPE}
    return Exchange("api", "POST", f"{BASE}/users", headers, body, Response(status, (), b""), 0.0)


def listed(name: str, email: str) -> Exchange:
    """Return a GET of a list that shows one user."""
    user = {"user_id": "7", "name": name, "email": email, "customer_id": "5"}
    content = json.dumps({"users": [user]}).encode()
    return Exchange("api", "GET", f"{BASE}/users", {}, b"", Response(200, (), content), 0.0)


def mixed(*exchanges: Exchange) -> list[str]:
    """Return what is found of records that show what was sent to others."""
    replay = Replay(BASE)
    for each in exchanges:
        replay.take(each)
    return [each.text for each in replay.found[Loss.MIXED]]


def test_a_twin_whose_creation_is_not_known_is_nobody_elses() -> None:
    """Equal names do not make it the record of a creation that was refused."""
    assert mixed(created(FIRST, SECOND), listed(FIRST, THIRD)) == []


def test_what_is_known_of_an_unanswered_creation_is_followed() -> None:
    """Its record shows all that was sent, and later what was sent to another one."""
    found = mixed(
        created(FIRST, SECOND), created(FIRST, THIRD), listed(FIRST, THIRD), listed(FIRST, "x@y.z")
    )
    strange = mixed(created(FIRST, SECOND), listed(FIRST, SECOND), listed(FIRST, THIRD))

    assert found == []
    assert strange == [f"user 7 in a list shows {THIRD!r} as email, which was not sent to it"]

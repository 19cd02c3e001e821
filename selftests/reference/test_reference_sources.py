"""Sources and users: what is special about them."""

import json
from datetime import timedelta
from urllib.parse import quote

import pytest
from asking import Knowing, ask, names, records

GREETING = "/customers/1/voicemail_greetings/2"


@pytest.fixture
def server() -> Knowing:
    """Give a server that knows its caller."""
    return Knowing()


def test_a_source_is_in_use_at_once(server: Knowing) -> None:
    """A new source gets a number, national numbers their country, and PUT a time of change."""
    body = "customer_id=1&name=n&phonenr=0890+510&vm_greeting_id=2&media="

    (source,) = records(ask(server, "POST", "/sources", body))

    assert source["phonenr"] == "+46890510"
    assert source["destnr"].startswith("+46")
    assert (source["media"], source["status"]) == (None, "active")
    assert source["timestamp"] == source["created"] == "2026-03-01 12:00:00"
    assert "13" in names(ask(server, "GET", GREETING), "used_by")[0]
    server.time += timedelta(seconds=5)
    response = ask(server, "PUT", "/sources?source_id=13", "name=m&custom_3=x")
    assert records(response) == [
        {**source, "name": "m", "custom_3": "x", "modified": "2026-03-01 12:00:05"}
    ]
    assert ask(server, "DELETE", "/sources/13").status == 200


def test_a_source_has_a_life(server: Knowing) -> None:
    """The status of a source follows from the time."""
    dates = "timestamp=2026-03-02+00:00:00&expire=2026-03-03+00:00:00"
    ask(server, "PUT", "/sources/1", dates)

    seen = []
    for _ in range(3):
        seen += names(ask(server, "GET", "/sources/1"), "status")
        server.time += timedelta(days=1)

    assert seen == ["upcoming", "active", "quarantined"]
    assert names(ask(server, "GET", "/sources?status=quarantined"), "source_id") == ["1"]


def test_a_source_has_alternative_numbers(server: Knowing) -> None:
    """They are sent as JSON in a parameter, and come back as an array with keys."""
    number = {"phonenr": "01890510", "weekdays": "mon,fri", "from_time": "08:00"}
    numbers = [{**number, "to_time": "24:00"}, {**number, "to_time": "12:30", "alt_key": "7"}]

    response = ask(server, "PUT", "/sources/1", f"alt_numbers={quote(json.dumps(numbers))}")

    alternatives = names(response, "alt_numbers")[0]
    assert [each["alt_key"] for each in alternatives] == ["1", "7"]
    assert alternatives[0]["phonenr"] == "+461890510"


@pytest.mark.parametrize(
    "body",
    [
        "phonenr=x",
        "phonenr=",
        "timestamp=2026-13-01+00:00:00",
        "timestamp=2026-03-01",
        "expire=tomorrow",
        "vm_greeting_id=4",
        "vm_greeting_id=x",
        "vm_divert_all=2",
        "custom_2=x",
        "alt_numbers=",
        "alt_numbers=1",
        "alt_numbers=[1]",
        'alt_numbers=[{"phonenr":"voicemail"}]',
        "alt_numbers=" + "[" * 100_000,
    ],
    ids=lambda body: body[:40],
)
def test_what_is_not_valid_is_not_written_to_a_source(server: Knowing, body: str) -> None:
    """Fields that are more than text are checked."""
    assert ask(server, "PUT", "/sources/1", body).status == 400


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["1", "2", "3", "12"]),
        ("custnr=1001", ["1", "2"]),
        ("customer_id=2", ["3"]),
        ("destnr=%2B46770000002", ["2"]),
        ("class=0&customer_id=1", ["1", "2"]),
        ("campaign_id=1", []),
    ],
)
def test_sources_can_be_looked_for(server: Knowing, query: str, expected: list[str]) -> None:
    """Sources are filtered by their fields and by their customer's number."""
    assert names(ask(server, "GET", f"/sources?{query}"), "source_id") == expected


def test_a_user_is_created_changed_and_deleted(server: Knowing) -> None:
    """A user has a token until it is activated, and does not show its address."""
    (user,) = records(ask(server, "POST", "/users", "customer_id=1&email=x%40example.com"))

    assert list(user) == [
        *("user_id", "name", "write_access", "receive_monthly_report", "customer_id", "token")
    ]
    assert user["token"]
    changed = ask(server, "PUT", "/users/5", "write_access=1&name=N&email=y&customer_id=2")
    assert records(changed) == [{**user, "name": "N", "write_access": "1"}]
    assert names(ask(server, "GET", "/users?customer_id=1"), "user_id") == ["1", "3", "5"]
    assert ask(server, "DELETE", "/users?user_id=5").status == 200
    assert records(ask(server, "GET", "/users/5")) == []


@pytest.mark.parametrize(
    "body", ["", "email=x", "customer_id=1", f"customer_id=1&email={'x' * 61}"]
)
def test_a_user_needs_an_address_and_a_customer(server: Knowing, body: str) -> None:
    """What is mandatory is."""
    assert ask(server, "POST", "/users", body).status == 400

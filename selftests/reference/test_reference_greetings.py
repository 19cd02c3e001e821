"""The sub-resource with its two forms: greetings."""

import pytest
from asking import Knowing, ask, content, names, records

from reference.seed import FOREIGN_GREETING_ID

GREETINGS = "/customers/1/voicemail_greetings"
PARAMETERS = "/customers/voicemail_greetings?customer_id=1"


@pytest.fixture
def server() -> Knowing:
    """Give a server that knows its caller."""
    return Knowing()


def test_both_forms_answer_the_same(server: Knowing) -> None:
    """A greeting in a path is the same as one in parameters, and so are mixed forms."""
    same = ["/2", "?vm_greeting_id=2"]
    bodies = {ask(server, "GET", GREETINGS + end).body for end in same}
    bodies.add(ask(server, "GET", PARAMETERS + "&vm_greeting_id=2").body)
    bodies.add(ask(server, "GET", "/customers/voicemail_greetings/2?customer_id=1").body)

    assert len(bodies) == 1
    assert ask(server, "GET", GREETINGS).body == ask(server, "GET", PARAMETERS).body


def test_greetings_of_the_system_are_listed_too(server: Knowing) -> None:
    """A list has the customer's own greetings and the locked one, without their sound."""
    greetings = records(ask(server, "GET", GREETINGS))

    assert [(each["vm_greeting_id"], each["customer_id"]) for each in greetings] == [
        ("1", None),
        ("2", "1"),
        ("12", "1"),
    ]
    assert [each["used_by"] for each in greetings] == [["3"], ["1"], []]
    assert not any("sounddata" in each for each in greetings)
    assert list(content(ask(server, "GET", GREETINGS))) == ["voicemail_greetings"]


def test_one_greeting_comes_with_its_sound(server: Knowing) -> None:
    """The sound comes when one greeting is asked for."""
    assert names(ask(server, "GET", f"{GREETINGS}/2"), "sounddata") != [None]


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize("target", [f"{GREETINGS}/1", f"{PARAMETERS}&vm_greeting_id=1"])
def test_a_locked_greeting_is_left_alone(server: Knowing, method: str, target: str) -> None:
    """A greeting of the system can be neither changed nor deleted."""
    response = ask(server, method, target, "name=x")

    assert response.status == 403
    assert content(response)["errors"]
    assert names(ask(server, "GET", target), "name") == ["Standard"]


@pytest.mark.parametrize("target", [GREETINGS, PARAMETERS, "/customers/voicemail_greetings"])
def test_a_greeting_is_created_changed_and_deleted(server: Knowing, target: str) -> None:
    """All methods work in both forms; the answer to a POST tells how to record it."""
    (created,) = records(ask(server, "POST", target, "name=B&customer_id=1"))
    one = f"{PARAMETERS}&vm_greeting_id={created['vm_greeting_id']}"

    assert created["record_number"]
    assert created["timestamp"] == "2026-03-01 12:00:00"
    assert names(ask(server, "PUT", one, "name=C"), "name") == ["C"]
    assert ask(server, "PUT", one).status == 400
    assert ask(server, "DELETE", one).status == 200
    assert records(ask(server, "GET", one)) == []


def test_a_greeting_is_not_there_under_another_parent(server: Knowing) -> None:
    """Under another customer a greeting is found, changed and deleted in neither form."""
    other = "/customers/2/voicemail_greetings/2"
    for target in (other, "/customers/voicemail_greetings?customer_id=2&vm_greeting_id=2"):
        assert records(ask(server, "GET", target)) == []
        assert ask(server, "PUT", target, "name=x").status == 404
        assert ask(server, "DELETE", target).status == 404
    foreign = f"{GREETINGS}/{FOREIGN_GREETING_ID}"
    assert records(ask(server, "GET", foreign)) == []


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_greetings_need_a_customer(server: Knowing, method: str) -> None:
    """Without a customer there is nothing to look for."""
    target = "/customers/voicemail_greetings"

    assert ask(server, method, target, "name=x").status == 400
    assert ask(server, method, f"{target}?customer_id=x", "name=x").status == 400


def test_sources_can_do_without_a_deleted_greeting(server: Knowing) -> None:
    """A source whose greeting goes has none."""
    ask(server, "DELETE", f"{GREETINGS}/2")

    assert names(ask(server, "GET", "/sources/1"), "vm_greeting_id") == [None]

"""Recordings, as the vendor's own clients ask for them."""

from __future__ import annotations

import base64
from urllib.parse import quote

from asking import Knowing, ask, content, names, records

from reference.seed import FOREIGN_CUSTOMER_ID, OTHER_USERNAME

LISTED = "/recordings?customer_id=1"


def test_a_client_downloads_the_recordings_of_a_customer() -> None:
    """It lists them, fetches each by its id, looks whether that has expired, and has its sound."""
    server = Knowing()

    listed = names(ask(server, "GET", LISTED), "recording_id")
    wanted = listed[:3]
    fetched = [records(ask(server, "GET", f"/recordings?recording_id={each}")) for each in wanted]

    assert len(wanted) == 3
    assert [len(each) for each in fetched] == [1, 1, 1]
    assert {each["expired"] for (each,) in fetched} == {"0"}
    assert all(base64.b64decode(each["sounddata"]).startswith(b"ID3") for (each,) in fetched)


def test_an_id_can_be_written_into_a_url_and_a_file_name() -> None:
    """Clients quote nothing."""
    listed = names(ask(Knowing(), "GET", LISTED), "recording_id")

    assert [each for each in listed if quote(each, safe="") != each] == []


def test_a_list_has_no_sound() -> None:
    """It would be long."""
    assert {"sounddata" in each for each in records(ask(Knowing(), "GET", LISTED))} == {False}


def test_a_recording_is_that_of_a_call() -> None:
    """The call names it."""
    server = Knowing()
    (first, *_) = records(ask(server, "GET", LISTED))

    (call,) = records(ask(server, "GET", f"/statistics/cdrs?cdr_id={first['cdr_id']}&extended=1"))

    assert call["recording_id"] == first["recording_id"]


def test_recordings_of_others_are_not_there() -> None:
    """Neither listed nor found by their ids."""
    server = Knowing()
    server.caller = OTHER_USERNAME
    (theirs, *_) = records(ask(server, "GET", f"/recordings?customer_id={FOREIGN_CUSTOMER_ID}"))
    server.caller = Knowing.caller

    found = ask(server, "GET", f"/recordings?recording_id={theirs['recording_id']}")

    assert content(found) == {"recordings": []}
    assert ask(server, "POST", "/recordings", "customer_id=1").status == 405

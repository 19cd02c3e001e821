"""Of records that the run did not make, no output shows more than the id."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conformance.results.ownership import Ownership, placeholder
from conformance.wire.exchanges import Exchange
from conformance.wire.journal import Journal
from conformance.wire.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

OTHERS = {
    "customer_id": "7",
    "name": "Eve Doe",
    "custnr": "4711471147",
    "email": "eve@host.example",
    "modified": "2024-01-02 03:04:05",
    "note": "x",
}
OWN = {"customer_id": "8", "name": "cf-1a2b3c4d5e6-1", "kind": "Standard plan"}
XML = (
    "<customers><customer><customer_id>7</customer_id><name>Eve &amp; Doe</name></customer>"
    "</customers>"
)


def sent(method: str, path: str, answer: str | Mapping[str, object], body: bytes = b"") -> Exchange:
    """Return an exchange with an answer, as text or as a value for JSON."""
    text = answer if isinstance(answer, str) else json.dumps(answer)
    response = Response(200, (), text.encode())
    return Exchange("api", method, f"https://host{path}", {}, body, response, 0.0)


def ownership(*exchanges: Exchange) -> Ownership:
    """Return what tells values apart after these exchanges."""
    journal = Journal()
    for each in exchanges:
        journal.add(each)
    return Ownership(journal)


MADE = sent("POST", "/customers", {"customers": [OWN]}, b"name=cf-1a2b3c4d5e6-1")
LISTED = sent("GET", "/customers", {"page": 0, "total": 21, "customers": [OTHERS, OWN]})


def test_a_record_of_others_is_shown_by_its_id() -> None:
    """Of a body, the values of others are hidden by kind; ids, moments and paging stay."""
    shown = ownership(MADE, LISTED).in_body(json.dumps({"total": 21, "customers": [OTHERS, OWN]}))

    assert json.loads(shown)["customers"] == [
        {
            "customer_id": "7",
            "name": "[name]",
            "custnr": "[number]",
            "email": "[e-mail address]",
            "modified": "2024-01-02 03:04:05",
            "note": "[name]",
        },
        OWN,
    ]
    assert json.loads(shown)["total"] == 21


def test_xml_is_hidden_likewise() -> None:
    """What an element of a record of others holds is hidden in XML, too."""
    shown = ownership(sent("GET", "/customers.xml", XML)).in_body(XML)

    assert "Doe" not in shown
    assert "<customer_id>7</customer_id><name>[text]</name>" in shown.replace("[name]", "[text]")


def test_text_hides_what_a_body_hides() -> None:
    """A sentence that repeats a value of others has its kind in place of it."""
    text = ownership(MADE, LISTED).in_text("name 'Eve Doe' (eve@host.example), 4711471147, Eve")

    assert text == "name '[name]' ([e-mail address]), [number], Eve"


def test_what_the_run_sent_is_shown() -> None:
    """What the run made up stays, wherever a server shows it."""
    told = ownership(
        sent("PUT", "/customers/7", {}, b"name=Ada+Lovelace"),
        sent("GET", "/customers/7", {"customers": [{**OTHERS, "name": "Ada Lovelace"}]}),
    )

    assert told.in_text("name 'Ada Lovelace'") == "name 'Ada Lovelace'"


def test_what_was_read_before_it_was_sent_is_not_the_runs() -> None:
    """A value of others that the run only uses as a filter stays hidden."""
    told = ownership(LISTED, sent("GET", "/customers?custnr=4711471147", {"customers": [OTHERS]}))

    assert told.in_text("custnr 4711471147") == "custnr [number]"


def test_a_broken_body_hides_its_pairs() -> None:
    """A body that is no JSON, but looks like a record, is hidden pair by pair."""
    body = '{"customers": [{"customer_id": "7", "name": "Eve Doe", '

    assert "Eve" not in ownership(sent("GET", "/customers", body)).in_body(body)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("Eve Doe", "[name]"),
        ("eve@host.example", "[e-mail address]"),
        ("+46 (70) 123-45", "[number]"),
        ("a1b2c3d4e5f6a7b8c9", "[token]"),
        ("¿?", "[text]"),
    ],
)
def test_a_placeholder_names_the_kind(value: str, kind: str) -> None:
    """What stands for a value says what kind it was of."""
    assert placeholder(value) == kind

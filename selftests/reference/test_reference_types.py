"""Which media type comes, and what the two look like."""

import pytest
from asking import Knowing, ask, content, records, tree

JSON = "application/json; charset=utf-8"
XML = "application/xml; charset=utf-8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", JSON),
        ("application/*", JSON),
        ("text/html", JSON),
        ("", JSON),
        ("nonsense", JSON),
        ("application/json", JSON),
        ("application/xml", XML),
        ("Application/XML; charset=utf-8", XML),
        ("text/html, application/xml;q=0.9, */*;q=0.8", XML),
        ("application/xml, */*", XML),
        ("application/xml, application/json", JSON),
        ("application/xml;q=0.5, application/json;q=0.4", XML),
        ("application/json;q=0, */*", XML),
        ("application/json;q=0, application/xml;q=0", JSON),
        ("application/xml;q=nan", JSON),
        ("application/xml;q=2", JSON),
    ],
)
def test_accept_chooses_the_type(accept: str, expected: str) -> None:
    """The type that is wanted most comes, and JSON where nothing else decides."""
    response = ask(Knowing(), "GET", "/customers", accept=accept)

    assert response.header("Content-Type") == expected


@pytest.mark.parametrize(
    "target",
    [
        "/customers.{}",
        "/customers.{}/1",
        "/customers.{}?customer_id=1",
        "/customers.{}/1/voicemail_greetings/2",
        "/customers/1/voicemail_greetings.{}/2",
        "/customers/voicemail_greetings.{}?customer_id=1",
        "/statistics/cdrs.{}?pagesize=1",
        "/miscellaneous/ping.{}",
        "/nowhere.{}",
    ],
)
def test_a_suffix_forces_the_type(target: str) -> None:
    """The suffix of a resource wins over Accept, for refusals as well."""
    as_json = ask(Knowing(), "GET", target.format("json"), accept="application/xml")
    as_xml = ask(Knowing(), "GET", target.format("xml"), accept="application/json")

    assert as_json.header("Content-Type") == JSON
    assert as_xml.header("Content-Type") == XML
    assert as_json.status == as_xml.status


def test_both_types_say_the_same() -> None:
    """Every field of every customer has the same text in JSON and in XML."""
    server = Knowing()
    ask(server, "POST", "/customers", "name=%0D%0A+%3C%26%5D%5D%3E+%C3%A5&custnr=%22'")

    root = tree(ask(server, "GET", "/customers.xml"))

    assert root.tag == "customers"
    assert [
        {field.tag: field.text or "" for field in customer} for customer in root.iter("customer")
    ] == [
        {name: value or "" for name, value in customer.items()}
        for customer in records(ask(server, "GET", "/customers"))
    ]


def test_null_and_empty_look_like_in_the_document() -> None:
    """In XML a field that is not set is one tag, an empty one is two."""
    body = ask(Knowing(), "GET", "/customers.xml/2").body

    assert b"<custom_1></custom_1><custom_2/>" in body
    assert body.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<customers><customer>')


def test_paging_properties_are_elements() -> None:
    """In XML the paging properties come first below the root."""
    root = tree(ask(Knowing(), "GET", "/customers.xml"))

    assert [(child.tag, child.text) for child in root][:4] == [
        ("total", "6"),
        ("page", "0"),
        ("pagesize", "1000"),
        ("numpages", "1"),
    ]


def test_arrays_have_elements_of_their_own() -> None:
    """In XML an array within a record holds an element per item."""
    root = tree(ask(Knowing(), "GET", "/customers/1/voicemail_greetings.xml/2"))

    assert [item.text for item in root.findall("voicemail_greeting/used_by/item")] == ["1"]


def test_refusals_explain_themselves_in_both_types() -> None:
    """A refusal holds errors, one text each."""
    as_json = ask(Knowing(), "POST", "/customers", "name=A")
    as_xml = ask(Knowing(), "POST", "/customers.xml", "name=A")

    assert content(as_json) == {"errors": ["custnr is missing or empty"]}
    assert [error.text for error in tree(as_xml)] == ["custnr is missing or empty"]


def test_values_are_text_or_nothing() -> None:
    """In JSON no value of a customer is a number."""
    values = [each for record in records(ask(Knowing(), "GET", "/customers")) for each in record]

    assert {type(value) for value in values} <= {str, type(None)}

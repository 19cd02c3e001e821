"""What a request can say, and how."""

import json

import pytest
from asking import Knowing, ask, content, names, records

TEXT = "Å ö + & = % ; 山 🦊 é e\u0301 \t\r\n<x>"
ENCODED = "%C3%85+%C3%B6+%2B+%26+%3D+%25+%3B+%E5%B1%B1+%F0%9F%A6%8A+%C3%A9+e%CC%81+%09%0D%0A%3Cx%3E"


@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencode",
        "Application/X-WWW-Form-URLEncoded; charset=UTF-8",
        "text/plain",
        "",
    ],
)
def test_a_form_is_read_under_any_name(content_type: str) -> None:
    """Whatever a body that is no JSON is called, it is a form, and its text comes back."""
    body = f"name={ENCODED}&custnr=n"

    response = ask(Knowing(), "POST", "/customers", body, content_type=content_type)

    assert names(response, "name") == [TEXT]


@pytest.mark.parametrize("content_type", ["application/json", "Application/JSON; charset=utf-8"])
def test_a_json_object_is_read(content_type: str) -> None:
    """In JSON numbers stand for their text, and a repeated name for its last value."""
    body = '{"name": "x", "name": ' + json.dumps(TEXT) + ', "custnr": 12.50, "custom_1": 10}'

    response = ask(Knowing(), "POST", "/customers", body, content_type=content_type)

    (customer,) = records(response)
    assert (customer["name"], customer["custnr"], customer["custom_1"]) == (TEXT, "12.50", "10")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"name"',
        b"null",
        b'{"name": null, "custnr": "n"}',
        b'{"name": true, "custnr": "n"}',
        b'{"name": ["x"], "custnr": "n"}',
        b'{"name": {"x": "y"}, "custnr": "n"}',
        b'{"name": NaN, "custnr": "n"}',
        b'{"name": "\xe5", "custnr": "n"}',
        b'{"name": "\\ud800", "custnr": "n"}',
        b'{"name": "\\u0000", "custnr": "n"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"name=x&custnr=n",
    ],
    ids=lambda body: body[:30],
)
def test_other_json_is_a_bad_request(body: bytes) -> None:
    """JSON that is no object of texts and numbers is explained away."""
    response = ask(Knowing(), "POST", "/customers", body, content_type="application/json")

    assert response.status == 400
    assert content(response)["errors"]


@pytest.mark.parametrize(
    "word", [b"%", b"%4", b"%zz", b"%E5", b"\xe5", b"%C3", b"%ED%A0%80", b"%00", b"%EF%BF%BF"]
)
def test_text_that_is_no_text_is_a_bad_request(word: bytes) -> None:
    """Broken escapes, bytes that are not UTF-8 and characters that XML has not are refused."""
    response = ask(Knowing(), "POST", "/customers", b"custnr=n&name=" + word)

    assert response.status == 400
    assert content(response)["errors"]


@pytest.mark.parametrize("query", ["custnr=%", "custnr=%E5", "%zz=1", "custnr=\udce5"])
def test_a_query_is_read_as_strictly(query: str) -> None:
    """A query string has to be URL-encoded UTF-8."""
    assert ask(Knowing(), "GET", f"/customers?{query}").status == 400


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("custnr=1001", ["1"]),
        ("custnr=%C3%A5-3", ["3"]),
        ("custnr=10+01", ["124"]),
        ("custnr=10%2001", ["124"]),
        ("custnr=1001%2F12", ["12"]),
        ("custnr=100", ["123"]),
        ("custnr=10", []),
        ("custnr=x&custnr=100", ["123"]),
        ("customer_id=1&custnr=1001", ["1"]),
        ("customer_id=1&custnr=1002", []),
        ("customer_id=01", []),
        ("custnr=", []),
    ],
)
def test_filters_restrict_a_list(query: str, expected: list[str]) -> None:
    """A filter compares whole values, and of a repeated parameter the last one counts."""
    assert names(ask(Knowing(), "GET", f"/customers?{query}"), "customer_id") == expected


@pytest.mark.parametrize("query", ["customer_id=x", "customer_id=", "customer_id=1;2"])
def test_an_id_is_made_of_digits(query: str) -> None:
    """A parameter that should be an id and is none is a bad request."""
    assert ask(Knowing(), "GET", f"/customers?{query}").status == 400


def test_unknown_parameters_are_ignored() -> None:
    """Parameters that a method does not know change nothing."""
    server = Knowing()

    assert len(records(ask(server, "GET", "/customers?name=x&nonsense=%20"))) == 6
    response = ask(server, "POST", "/customers?name=Q", "name=B&custnr=n&uuid=u&customer_id=1")
    assert names(response, "name") == ["B"]
    assert names(response, "customer_id") == ["125"]


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("GET", "/customers/1?customer_id=2", ""),
        ("PUT", "/customers/1", "customer_id=2&name=x"),
        ("PUT", "/customers?customer_id=1", "customer_id=2&name=x"),
        ("DELETE", "/customers/1?customer_id=2", ""),
        ("DELETE", "/customers?customer_id=1", "customer_id=2"),
        ("POST", "/customers/1/voicemail_greetings", "customer_id=2&name=x"),
    ],
)
def test_ids_cannot_contradict_each_other(method: str, target: str, body: str) -> None:
    """Two different ids for the same thing are a bad request; twice the same one is fine."""
    assert ask(Knowing(), method, target, body).status == 400
    same = target.replace("customer_id=2", "customer_id=1")
    assert ask(Knowing(), method, same, body.replace("=2", "=1")).status == 200

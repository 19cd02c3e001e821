"""Evidence as text: what is shown of an exchange, and what is not."""

from __future__ import annotations

import base64
import html

import pytest

from conformance.config.credentials import Credentials
from conformance.results.evidence import authorization_shown, exchange_shown
from conformance.results.redaction import Redactor
from conformance.wire.exchanges import Exchange
from conformance.wire.responses import Response

PASSWORD = """p<&%"' ä"""
KNOWN = Credentials("ada", PASSWORD)
REDACT = Redactor(KNOWN)
TOKEN = base64.b64encode(f"ada:{PASSWORD}".encode()).decode()
DIGEST = (
    'Digest username="ada", realm="API", nonce="n0nce", uri="/2.4.9/customers", '
    'response="0123456789abcdef", qop=auth, nc=00000001, cnonce="fedcba"'
)


def exchange(
    method: str = "GET",
    path: str = "/customers",
    body: bytes = b"",
    answer: bytes | None = b"{}",
    *,
    role: str = "api",
    **fields: str,
) -> Exchange:
    """Return an exchange; without an answer there is no response."""
    response = None if answer is None else Response(200, (("X-Field", "one"),), answer)
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    return Exchange(
        role, method, f"https://host/2.4.9{path}", headers, body, response, 0.0, "it fell silent"
    )


@pytest.mark.parametrize(
    "field", [DIGEST, DIGEST.replace('"', ""), f"Basic {TOKEN}", f"bearer {TOKEN}", TOKEN, "x y z"]
)
def test_an_authorization_shows_no_secret(field: str) -> None:
    """User name, response, cnonce and tokens are taken out; what explains a refusal is kept."""
    shown = authorization_shown(field)

    for secret in ("ada", "0123456789abcdef", "fedcba", TOKEN, "y z"):
        assert secret not in shown
    assert ("n0nce" in shown) is ("n0nce" in field)


def test_an_extended_user_name_is_not_shown_either() -> None:
    """The name beyond ASCII, in its extended notation, is a name all the same."""
    assert "J%C3%A4s" not in authorization_shown("Digest username*=UTF-8''J%C3%A4s, realm=x")


@pytest.mark.parametrize(
    "text",
    [
        PASSWORD,
        TOKEN,
        "p%3C%26%25%22%27%20%C3%A4",
        "p%3C%26%25%22%27+%C3%A4",
        """p<&%\\"' \\u00e4""",
        """p<&%\\"' ä""",
        html.escape(PASSWORD),
        html.escape(PASSWORD, quote=False),
        """p<&%"\\' ä""",
    ],
    ids=["plain", "Basic", "URL", "form", "JSON", "JSON in UTF-8", "HTML", "XML", "Python"],
)
def test_a_password_is_found_in_every_spelling(text: str) -> None:
    """Whoever repeats the password, and however that is written: it is not shown."""
    shown = exchange_shown(exchange(answer=f"seen: {text}.".encode()), REDACT)

    assert text not in shown
    assert "seen: [redacted]." in shown


def test_an_exchange_shows_what_went_over_the_wire() -> None:
    """Request line, role, fields and bodies are there; what no server looks at is not."""
    shown = exchange_shown(
        exchange("POST", body=b"name=Ada&custnr=1", User_Agent="us", Accept="*/*", X_Y="z"), REDACT
    )

    assert shown.splitlines()[:3] == [
        "> POST https://host/2.4.9/customers   (as api)",
        "> X-Y: z",
        "> name=Ada&custnr=1",
    ]
    assert shown.splitlines()[-2:] == ["< X-Field: one", "< {}"]


def test_a_missing_response_is_explained() -> None:
    """Where no response came, it says what happened instead."""
    shown = exchange_shown(exchange(answer=None), REDACT)

    assert shown.splitlines()[-1] == "< no answer: it fell silent"


def test_a_long_body_is_cut() -> None:
    """Of a body that is longer than a screen the beginning is shown, and its length."""
    shown = exchange_shown(exchange(answer=b"a" * 5000), REDACT)

    assert "a" * 1000 in shown
    assert len(shown) < 2000
    assert "5000 bytes" in shown


@pytest.mark.parametrize("hostile", ["\x1b[31m", "\x00", "\x07", "\x9b2J", "\u202e", "\r", "\x85"])
def test_control_characters_of_a_target_are_not_passed_on(hostile: str) -> None:
    """A body or field cannot colour the terminal, break the XML report or turn text around."""
    response = Response(200, (("X-Field", f"a{hostile}b"),), f"c{hostile}d".encode())
    hostile_one = Exchange("api", "GET", "https://host/", {}, b"", response, seconds=0.0)

    shown = exchange_shown(hostile_one, REDACT)

    assert hostile not in shown
    assert [line[0] for line in shown.splitlines() if line[0] not in "<>"] == []


def test_no_line_of_a_body_passes_for_another_part_of_the_evidence() -> None:
    """Every line of a response is marked as one."""
    shown = exchange_shown(exchange(answer=b"x\n> DELETE /\x0b> DELETE /\n\nRule"), REDACT)

    assert [line for line in shown.splitlines()[1:] if not line.startswith("< ")] == []

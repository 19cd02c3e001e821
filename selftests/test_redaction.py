"""What is secret is taken out of any text, in each spelling, whole or cut."""

from __future__ import annotations

import base64
from hashlib import sha256
from types import SimpleNamespace

import pytest

from conformance.config.credentials import Credentials
from conformance.results.redaction import REDACTED, Redactor
from conformance.wire.digest import DigestSession
from conformance.wire.exchanges import Exchange
from conformance.wire.journal import Journal

PASSWORD = "åke/Sesame 7?"
RESPONSE = "0123456789abcdef0123456789abcdef"
CNONCE = "fedcba9876543210"


def journal(*authorizations: str) -> Journal:
    """Return what was sent: one exchange for each value of an Authorization field."""
    sent = Journal()
    for value in authorizations:
        fields = {"Authorization": value}
        sent.add(Exchange("api", "GET", "https://host/", fields, b"", None, seconds=0.0))
    return sent


def redactor(password: str = PASSWORD, *more: str) -> Redactor:
    """Return a redactor of a password, after a digest was sent, and more."""
    digest = f'Digest username="ada", response="{RESPONSE}", cnonce="{CNONCE}"'
    return Redactor(Credentials("ada", password), journal(digest, *more))


@pytest.mark.parametrize(
    "text",
    [
        "%c3%a5ke%2fSesame%207%3f",
        "%25C3%25A5ke%252FSesame%25207%253F",
        "&#229;ke/Sesame 7?",
        PASSWORD.encode("latin-1").decode("utf-8", "backslashreplace"),
        PASSWORD.encode("utf-16-le").decode("utf-8", "backslashreplace"),
        PASSWORD.encode("utf-16-be").decode("utf-8", "backslashreplace"),
        PASSWORD.encode().hex(),
        "".join(f"\\u{ord(each):04X}" for each in PASSWORD),
        "".join(f"\\\\u{ord(each):04x}" for each in PASSWORD),
        "".join(f"&#{ord(each)};" for each in PASSWORD),
        "".join(f"&#x{ord(each):x};" for each in PASSWORD),
        "".join(f"%{each:02X}" for each in PASSWORD.encode()),
        "".join(f"\\x{ord(each):02x}" for each in PASSWORD),
    ],
)
def test_a_password_is_found_in_further_encodings(text: str) -> None:
    """In lower case of a URL, as numbers of XML, in other encodings of characters."""
    assert redactor()(f"a{text}b") == f"a{REDACTED}b"


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_password_is_found_within_base64(before: str, encode: object) -> None:
    """At any alignment: at most two characters of it are left."""
    assert callable(encode)
    text = encode(f"{before}{PASSWORD}!?".encode()).decode()

    shown = redactor()(text)

    assert REDACTED in shown
    assert len(shown) - len(REDACTED) <= len(text) - (len(PASSWORD.encode()) - 2) * 8 // 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"a {RESPONSE} b", f"a {REDACTED} b"),
        (RESPONSE.upper(), REDACTED),
        (f"ffff{RESPONSE}ffff", f"ffff{REDACTED}ffff"),
        (f"{CNONCE}{RESPONSE}", REDACTED * 2),
        (RESPONSE[:20] + "…", REDACTED + "…"),
        ("0123456789abcde", "0123456789abcde"),
        ("f" * 40, "f" * 40),
        ('cnonce="NDU2MTIzNDU2Nzg5"', f'cnonce="{REDACTED}"'),
        ("response=&quot;ffffffffffffffff&quot;", f"response=&quot;{REDACTED}&quot;"),
    ],
)
def test_a_digest_of_the_run_is_found(text: str, expected: str) -> None:
    """In any case of letters, within other digits, or cut; other digests are kept."""
    assert redactor()(text) == expected


def test_a_digest_is_found_as_soon_as_it_was_sent() -> None:
    """What is sent later is found from then on."""
    sent = journal()
    redact = Redactor(Credentials("ada", PASSWORD), sent)
    before = redact(CNONCE)

    for exchange in journal(f"Digest cnonce={CNONCE}").exchanges:
        sent.add(exchange)

    assert (before, redact(CNONCE)) == (CNONCE, REDACTED)


def test_a_very_short_password_makes_no_holes() -> None:
    """It is taken out where it stands alone, and not out of every word and number."""
    assert (
        redactor("1")("1, 12 customers, page=1.") == f"{REDACTED}, 12 customers, page={REDACTED}."
    )


def test_a_long_text_is_read_in_good_time() -> None:
    """A body of nothing but digests, of which there are thousands, is no burden."""
    digests = [sha256(str(number).encode()).hexdigest() for number in range(5000)]
    many = [f'Digest response="{digest}"' for digest in digests]

    assert redactor(PASSWORD, *many)("".join(digests)) == REDACTED * 5000


def test_what_was_sent_may_be_any_sequence() -> None:
    """A redactor reads exchanges, and needs no journal for it."""
    sent = SimpleNamespace(exchanges=journal(f"Digest cnonce={CNONCE}").exchanges)

    assert Redactor(Credentials("ada", PASSWORD), sent)(CNONCE) == REDACTED


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
def test_a_digest_is_found_within_base64(before: str) -> None:
    """Also where a server encodes the whole field that it was sent."""
    field = f'{before}Digest username="ada", response="{RESPONSE}", uri="/"'
    text = base64.b64encode(field.encode()).decode()

    assert redactor()(f"sent: {text}") == f"sent: {REDACTED}"


@pytest.mark.parametrize(
    "text",
    ["A" * 60, "cf-18c2a7b3d5e-customers", "9" * 5000, "&#x41;" * 9, "\\u0041" * 9, "%41" * 9],
)
def test_what_hides_no_secret_stays(text: str) -> None:
    """Base64, escapes and references are looked into, and left as they are."""
    assert redactor()(text) == text


def test_a_digest_is_found_as_octets_in_base64() -> None:
    """A password can be tried on those as well."""
    octets = base64.b64encode(bytes.fromhex(RESPONSE)).decode()

    assert redactor()(f"seen={octets}") == f"seen={REDACTED}"


def test_a_digest_is_found_that_no_header_field_shows() -> None:
    """Of what curl sent, what it said itself."""
    sent = Journal()
    proofs = (f'Digest username="ada", response="{RESPONSE}"',)
    sent.add(Exchange("curl", "GET", "https://host/", {}, b"", None, 0.0, proofs=proofs))

    assert Redactor(Credentials("ada", PASSWORD), sent)(f"X: {RESPONSE}") == f"X: {REDACTED}"


def test_credentials_show_nothing() -> None:
    """Neither name nor password is in any text that is made of credentials."""
    credentials = Credentials("ada", "secret")

    shown = (
        f"{credentials} {credentials!r} {[credentials]} {DigestSession(credentials).credentials}"
    )

    assert "ada" not in shown
    assert "secret" not in shown

"""The client's side of digest authentication: the RFCs' own examples, and odd challenges."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from urllib.parse import unquote

import pytest
from running import ROOT

from conformance.config.credentials import Credentials
from conformance.wire.digest import (
    Challenge,
    DigestSession,
    authorization,
    challenges,
    digest_fields,
    usable_challenge,
)

pytestmark = pytest.mark.whole_run

PATIENCE = 10.0
PATH = "/dir/index.html"
MUFASA = "Mufasa"
NONCE_2617 = "dcd98b7102dd2f0e8b11d0f600bfb0c093"
RFC_7616 = (
    'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={algorithm}, '
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", '
    'opaque="FQhe/qaU925kfnzjev0ciny7QMkPqMAFRtzCUYo5tdS"'
)
CNONCE_7616 = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
SIMPLE = 'Digest realm="r", nonce="n", qop="auth"'


def session(challenge: str = SIMPLE) -> DigestSession:
    """Return the session of a caller who has been challenged once."""
    session = DigestSession(Credentials("ada", "secret"))
    session.learn([challenge])
    return session


def parameters(answer: str | None) -> dict[str, str]:
    """Return what an Authorization value says."""
    return challenges([answer or ""])[0].parameters


@pytest.mark.parametrize(
    ("challenge", "password", "cnonce", "response"),
    [
        (
            RFC_7616.format(algorithm="MD5"),
            "Circle of Life",
            CNONCE_7616,
            "8ca523f5e9506fed4657c9700eebdbec",
        ),
        (
            RFC_7616.format(algorithm="SHA-256"),
            "Circle of Life",
            CNONCE_7616,
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        ),
        (
            f'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="{NONCE_2617}"',
            "Circle Of Life",
            "0a4f113b",
            "6629fae49393a05397450978507c4ef1",
        ),
        (
            f'Digest realm="testrealm@host.com", nonce="{NONCE_2617}"',
            "CircleOfLife",
            "",
            "1949323746fe6a43ef61f9606e7febea",
        ),
    ],
    ids=["RFC 7616, MD5", "RFC 7616, SHA-256", "RFC 2617", "RFC 2069"],
)
def test_the_examples_of_the_rfcs_are_reproduced(
    monkeypatch: pytest.MonkeyPatch, challenge: str, password: str, cnonce: str, response: str
) -> None:
    """The response to each RFC's challenge is the one that the RFC prints."""
    monkeypatch.setattr("conformance.wire.digest.secrets.token_hex", lambda _: cnonce)
    (found,) = challenges([challenge])

    fields = digest_fields(found, Credentials(MUFASA, password), "GET", PATH)

    assert fields["response"] == response
    assert (fields["username"], fields["uri"]) == (MUFASA, PATH)
    assert fields.get("opaque") == found.parameters.get("opaque")
    assert ("qop" in fields, "nc" in fields, "cnonce" in fields) == (bool(cnonce),) * 3


@pytest.mark.parametrize("qop", [', qop="auth"', ""], ids=["with qop", "without qop"])
def test_a_session_variant_hashes_the_cnonce_into_the_secret(qop: str) -> None:
    """With -sess the secret is the hash of itself, nonce and cnonce."""
    (found,) = challenges([f'Digest realm="r", nonce="n", algorithm=MD5-sess{qop}'])

    fields = digest_fields(found, Credentials("ada", "secret"), "GET", "/")

    secret = md5(md5("ada:r:secret"), "n", fields["cnonce"])
    middle = ("00000001", fields["cnonce"], "auth") if qop else ()
    assert fields["response"] == md5(secret, "n", *middle, md5("GET:/"))
    assert fields["algorithm"] == "MD5-sess"


def test_a_user_name_beyond_ascii_is_hashed_as_utf_8() -> None:
    """The name goes out in the extended notation, and its UTF-8 bytes into the hash."""
    (found,) = challenges([SIMPLE])

    fields = digest_fields(found, Credentials("Jäsøn", "hemlig-å"), "GET", "/")
    written = authorization(fields)

    assert fields["response"] == in_answer_to_simple(fields, md5("Jäsøn:r:hemlig-å"))
    assert written.isascii()
    _, _, encoded = parameters(written)["username*"].partition("UTF-8''")
    assert unquote(encoded) == "Jäsøn"


@pytest.mark.parametrize("charset", ["utf-8", "latin-1"])
def test_a_realm_beyond_ascii_is_hashed_as_it_came(charset: str) -> None:
    """Its bytes, which HTTP reads as Latin-1, go into the hash and out again."""
    octets = "Åäö".encode(charset)
    (found,) = challenges([SIMPLE.replace('realm="r"', f'realm="{octets.decode("latin-1")}"')])

    fields = digest_fields(found, Credentials("ada", "secret"), "GET", "/")

    secret = hashlib.md5(b"ada:" + octets + b":secret", usedforsecurity=False).hexdigest()
    assert fields["realm"].encode("latin-1") == octets
    assert fields["response"] == in_answer_to_simple(fields, secret)


def test_quotes_and_backslashes_are_escaped() -> None:
    """What is written is read back as it was meant."""
    (found,) = challenges(['Digest realm="a \\"b\\" \\\\ c, d=e", nonce="n,=\\"\t", qop=auth'])

    written = authorization(digest_fields(found, Credentials('a"d\\a', "secret"), "GET", "/a,b"))

    assert found.usable
    assert found.parameters["realm"] == 'a "b" \\ c, d=e'
    read = parameters(written)
    assert (read["username"], read["realm"]) == ('a"d\\a', 'a "b" \\ c, d=e')
    assert (read["nonce"], read["uri"]) == ('n,="\t', "/a,b")


@pytest.mark.parametrize(
    "values",
    [
        ['Basic realm="b, c"', 'Digest realm="d", nonce="n"', "Negotiate"],
        ['Basic realm="b, c", Digest realm="d", nonce="n", Negotiate'],
        ['basic REALM="b, c",DIGEST Realm=d ,NONCE = n , , negotiate'],
    ],
    ids=["three fields", "one field", "odd spelling"],
)
def test_several_challenges_are_told_apart(values: list[str]) -> None:
    """Challenges in one field or in several are read alike; case and spaces do not matter."""
    found = challenges(values)

    assert [(each.scheme, each.parameters) for each in found] == [
        ("basic", {"realm": "b, c"}),
        ("digest", {"realm": "d", "nonce": "n"}),
        ("negotiate", {}),
    ]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Digest",
        "Basic realm=x",
        'Digest nonce="n"',
        'Digest realm="r"',
        'Digest realm="r", nonce="n", algorithm=MD4',
        'Digest realm="r", nonce="n", qop="auth-int"',
        'Digest realm="r", nonce="n',
        'realm="r", nonce="n"',
        'Digestrealm="r", nonce="n"',
    ],
)
def test_what_cannot_be_answered_is_no_challenge(value: str) -> None:
    """A challenge that lacks something, or wants what this client cannot do, is passed over."""
    assert usable_challenge([value]) is None
    assert not session(value).answer("GET", "/")


def test_the_first_challenge_that_can_be_answered_is_taken() -> None:
    """An unknown algorithm is passed over; of two known ones the server's first is taken."""
    unknown = 'Digest realm="r", nonce="1", algorithm=X-1'
    strong = 'Digest realm="r", nonce="2", algorithm=SHA-256'
    weak = 'Digest realm="r", nonce="3", algorithm=MD5'

    found = [usable_challenge(values) for values in ([unknown, strong, weak], [weak, strong])]

    assert [each and each.parameters["nonce"] for each in found] == ["2", "3"]


@pytest.mark.parametrize("qop", ["auth", "auth,auth-int", " auth-int , AUTH ", "x,auth"])
def test_a_list_of_qualities_is_searched_for_auth(qop: str) -> None:
    """Auth is taken wherever it stands in the list."""
    read = parameters(session(f'Digest realm="r", nonce="n", qop="{qop}"').answer("GET", "/"))

    assert (read["qop"], read["nc"]) == ("auth", "00000001")


@pytest.mark.parametrize(
    ("parameter", "well_formed"),
    [
        ("", True),
        (', qop="auth", algorithm=SHA-512-256, stale=FALSE', True),
        (", qop=auth-int", True),
        (', qop=""', False),
        (", qop=private", False),
        (", algorithm=MD6", False),
        (", stale=maybe", False),
    ],
)
def test_a_challenge_is_well_formed_or_not(parameter: str, *, well_formed: bool) -> None:
    """Qualities, algorithm and stale have values that exist."""
    (found,) = challenges([f'Digest realm="r", nonce="n"{parameter}'])

    assert found.well_formed is well_formed


def test_a_nonce_is_used_again_with_a_rising_count() -> None:
    """Each request counts one up, and has a cnonce of its own."""
    known = session()

    read = [parameters(known.answer("GET", "/")) for _ in range(17)]

    assert [int(each["nc"], 16) for each in read] == list(range(1, 18))
    assert read[-1]["nc"] == "00000011"
    assert len({each["cnonce"] for each in read}) == 17


def test_nothing_is_sent_before_a_challenge() -> None:
    """Without a challenge there is no answer."""
    assert DigestSession(Credentials("ada", "secret")).answer("GET", "/") is None


def test_a_fresh_nonce_that_is_refused_is_the_end() -> None:
    """Credentials that are refused with an unused nonce are wrong; a used one may just be old."""
    unused, used = session(), session()
    unused.answer("GET", "/")
    for _ in range(2):
        used.answer("GET", "/")

    assert [each.learn([SIMPLE]) for each in (unused, used)] == [False, True]


def test_a_stale_nonce_is_replaced() -> None:
    """With stale=true the request is worth another try, and the count starts anew."""
    known = session()
    known.answer("GET", "/")

    assert known.learn(['Digest realm="r", nonce="fresh", qop="auth", stale=TRUE'])
    read = parameters(known.answer("GET", "/"))
    assert (read["nonce"], read["nc"]) == ("fresh", "00000001")


def test_the_next_nonce_is_followed() -> None:
    """Where Authentication-Info names the next nonce, it is used; realm and qop stay."""
    known = session()
    known.answer("GET", "/")

    known.follow('nextnonce="next", qop=auth, rspauth="0"')
    known.follow("")

    read = parameters(known.answer("GET", "/"))
    expected = {"nonce": "next", "nc": "00000001", "realm": "r", "qop": "auth"}
    assert expected.items() <= read.items()


def test_a_challenge_that_is_all_blanks_is_read_to_its_end() -> None:
    """The work does not explode with the length of what a hostile server sends.

    In a process of its own, since nothing else can end what does not come to an end.
    """
    program = (
        "from conformance.wire.digest import challenges as read; "
        "print(read(['Digest' + ' ' * 60_000 + '\"']))"
    )

    said = subprocess.check_output(  # noqa: S603  (our own program)
        [sys.executable, "-c", program], cwd=ROOT, text=True, timeout=PATIENCE
    )

    assert said.startswith(f"[{Challenge('digest', {})}")


def md5(*parts: str) -> str:
    """Return the MD5 hash of texts joined by colons."""
    return hashlib.md5(":".join(parts).encode(), usedforsecurity=False).hexdigest()


def in_answer_to_simple(fields: dict[str, str], secret: str) -> str:
    """Return the response that the nonce of SIMPLE asks for, of GET on the root."""
    return md5(secret, "n", fields["nc"], fields["cnonce"], "auth", md5("GET:/"))

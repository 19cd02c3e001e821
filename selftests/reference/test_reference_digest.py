"""Digest authentication: the examples of the RFCs, and what is refused."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from asking import Timed, ask

from reference import Reference, Request, Response
from reference.digest import HASHES, Credentials, credentials_in
from reference.seed import OTHER_PASSWORD, OTHER_USERNAME, PASSWORD, USERNAME

RFC_7616 = Credentials(
    username="Mufasa",
    realm="http-auth@example.org",
    nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
    uri="/dir/index.html",
    response="8ca523f5e9506fed4657c9700eebdbec",
    qop="auth",
    nc="00000001",
    cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
)
RFC_7616_SHA_256 = replace(
    RFC_7616,
    algorithm="SHA-256",
    response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
)
RFC_2617 = Credentials(
    username="Mufasa",
    realm="testrealm@host.com",
    nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093",
    uri="/dir/index.html",
    response="6629fae49393a05397450978507c4ef1",
    qop="auth",
    nc="00000001",
    cnonce="0a4f113b",
)
RFC_2069 = replace(
    RFC_2617, qop=None, nc=None, cnonce=None, response="670fd8c2df070c60b045671b8b24ff02"
)


@pytest.fixture
def server() -> Timed:
    """Give a server that asks for credentials."""
    return Timed()


def answered(response: Response, server: Reference, **changes: str | None) -> Credentials:
    """Credentials that answer a challenge, as they are or with changes made before the digest."""
    challenge = response.header("WWW-Authenticate") or ""
    nonce = re.search('nonce="([^"]*)"', challenge)
    assert nonce is not None
    credentials = Credentials(
        username=USERNAME,
        realm=server.realm,
        nonce=nonce[1],
        uri="/2.4.9/customers",
        response="",
        opaque=server.opaque,
        qop="auth",
        nc="00000001",
        cnonce="c",
    )
    return signed(replace(credentials, **changes))  # type: ignore[arg-type]


def signed(credentials: Credentials, method: str = "GET", password: str = PASSWORD) -> Credentials:
    """Credentials with the digest that the password makes."""
    digest = HASHES[credentials.algorithm]
    secret = digest(f"{credentials.username}:{credentials.realm}:{password}")
    response = Reference().expected_response(credentials, method, secret)
    return replace(credentials, response=response)


def header(credentials: Credentials) -> str:
    """The Authorization field that tells credentials."""
    given = {name: getattr(credentials, name) for name in Credentials.__slots__}
    return "Digest " + ", ".join(f'{n}="{v}"' for n, v in given.items() if v is not None)


def ask_with(server: Reference, credentials: Credentials, method: str = "GET") -> Response:
    """Ask for the customers."""
    return ask(server, method, "/customers", Authorization=header(credentials))


@pytest.fixture
def good(server: Timed) -> Credentials:
    """Give credentials that fit the server's challenge."""
    return answered(ask(server, "GET", "/customers"), server)


@pytest.mark.parametrize(
    ("credentials", "password"),
    [
        (RFC_7616, "Circle of Life"),
        (RFC_7616_SHA_256, "Circle of Life"),
        (RFC_2617, "Circle Of Life"),
        (RFC_2069, "Circle Of Life"),
    ],
)
def test_the_examples_of_the_rfcs_come_out(credentials: Credentials, password: str) -> None:
    """The digest of each example of an RFC is the one printed there."""
    assert signed(credentials, password=password) == credentials


def test_a_caller_without_credentials_is_challenged(server: Timed) -> None:
    """The challenge tells realm, nonce, qop and algorithm, and the body is a JSON null."""
    response = ask(server, "POST", "/nowhere", b"\xff")

    assert (response.status, response.body) == (401, b"null")
    challenge = response.header("WWW-Authenticate") or ""
    assert challenge.startswith(f'Digest realm="{server.realm}", nonce="')
    assert challenge.endswith(', qop="auth", algorithm=MD5')


def test_credentials_that_fit_are_accepted(server: Timed, good: Credentials) -> None:
    """Somebody who knows the password comes in."""
    assert ask_with(server, good).status == 200


def test_another_account_is_accepted(server: Timed, good: Credentials) -> None:
    """Each account has its own password."""
    other = replace(good, username=OTHER_USERNAME)

    assert ask_with(server, signed(other, password=OTHER_PASSWORD)).status == 200
    assert ask_with(server, signed(other)).status == 401


@pytest.mark.parametrize(
    "changes",
    [
        {"username": "nobody"},
        {"username": ""},
        {"username": USERNAME.upper()},
        {"realm": "elsewhere"},
        {"opaque": None},
        {"opaque": "other"},
        {"algorithm": "SHA-256"},
        {"qop": "auth-int"},
        {"nonce": "0" * 64},
        {"nonce": ""},
        {"nonce": "å"},
        {"nc": "1"},
        {"nc": None},
        {"cnonce": None},
        {"qop": None},
    ],
    ids=str,
)
def test_credentials_for_another_challenge_are_refused(
    server: Timed, good: Credentials, changes: dict[str, str | None]
) -> None:
    """Credentials have to answer a challenge of this server in every part."""
    response = ask_with(server, signed(replace(good, **changes)))  # type: ignore[arg-type]

    assert response.status == 401
    assert "stale" not in (response.header("WWW-Authenticate") or "stale")


def test_a_digest_of_another_request_is_refused(server: Timed, good: Credentials) -> None:
    """A wrong password, another method and a wrong digest are the same to the server."""
    wrong = [
        signed(good, password="wrong"),
        signed(good, method="PUT"),
        replace(good, response=good.response.upper()),
        replace(good, response=""),
        replace(good, response="ö"),
    ]

    assert [ask_with(server, each).status for each in wrong] == [401] * len(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "Basic cGFydG5lcjpvcGVuLXNlc2FtZQ==",
        "Bearer x",
        "Digest",
        "Digest ,",
        'Digest username="x',
        'Digest username="a", username="b"',
        "Digest username",
        "Digest \udcff=1",
        "",
    ],
)
def test_what_is_no_digest_is_challenged(server: Timed, text: str) -> None:
    """Another scheme and a malformed field are like no credentials at all."""
    response = ask(server, "GET", "/customers", Authorization=text)

    assert response.status == 401
    assert response.header("WWW-Authenticate")


def test_a_second_authorization_field_is_no_help(server: Timed, good: Credentials) -> None:
    """Two fields make a malformed one."""
    fields = (("Host", "a"), *(("Authorization", header(good)),) * 2)

    assert server.respond(Request("GET", "/2.4.9/customers", fields)).status == 401


def test_quoted_pairs_and_odd_spaces_are_understood() -> None:
    """The grammar of the RFC is read as it is."""
    text = r'digest  username="a\"b",realm = x ,, nonce=n, uri="/", response=r,qop=auth,'

    assert credentials_in(text) is None
    assert credentials_in(text + "nc=00000001,cnonce=c") == Credentials(
        'a"b', "x", "n", "/", "r", qop="auth", nc="00000001", cnonce="c"
    )


def test_a_digest_for_another_target_is_a_bad_request(server: Timed, good: Credentials) -> None:
    """The uri has to be the request target."""
    response = ask_with(server, signed(replace(good, uri="/2.4.9/users")))

    assert response.status == 400


def test_a_count_is_good_once(server: Timed, good: Credentials) -> None:
    """A repeated request is asked for a new nonce; the next count is accepted."""
    assert ask_with(server, good).status == 200

    repeated = ask_with(server, good)

    assert repeated.status == 401
    assert "stale=true" in (repeated.header("WWW-Authenticate") or "")
    assert ask_with(server, signed(replace(good, nc="00000002"))).status == 200


def test_a_caller_that_does_not_count_can_use_a_nonce_once(
    server: Timed, good: Credentials
) -> None:
    """Credentials after RFC 2069 are accepted, but not again."""
    uncounted = signed(replace(good, qop=None, nc=None, cnonce=None))

    assert [ask_with(server, uncounted).status for _ in range(2)] == [200, 401]
    assert ask_with(server, good).status == 401


def test_a_nonce_expires(server: Timed, good: Credentials) -> None:
    """After its lifetime a nonce is stale, and the one that comes with the refusal is good."""
    server.time += server.nonce_lifetime
    assert ask_with(server, good).status == 200
    server.time += timedelta(seconds=1)

    response = ask_with(server, signed(replace(good, nc="00000002")))

    assert response.status == 401
    assert "stale=true" in (response.header("WWW-Authenticate") or "")
    assert ask_with(server, answered(response, server)).status == 200


def test_a_wrong_password_is_not_told_that_the_nonce_is_stale(
    server: Timed, good: Credentials
) -> None:
    """Staleness is for those who know the password."""
    server.time += timedelta(days=1)

    response = ask_with(server, signed(good, password="wrong"))

    assert "stale" not in (response.header("WWW-Authenticate") or "stale")


@pytest.mark.parametrize("algorithms", [("SHA-256",), ("MD5", "SHA-256"), ("SHA-256", "MD5")])
def test_other_algorithms_can_be_offered(algorithms: tuple[str, ...]) -> None:
    """There is one challenge for each algorithm, and each of them can be answered."""
    server = Timed()
    server.algorithms = algorithms
    response = ask(server, "GET", "/customers")

    challenges = [value for name, value in response.headers if name == "WWW-Authenticate"]
    assert [each.rpartition("=")[2] for each in challenges] == list(algorithms)
    for algorithm in algorithms:
        again = ask(server, "GET", "/customers")
        assert ask_with(server, answered(again, server, algorithm=algorithm)).status == 200

"""Curl lines repeat the very request that was sent, with the credentials of its caller."""

from __future__ import annotations

import base64
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from requests.structures import CaseInsensitiveDict
from running import ACCOUNT as REFERENCE_ACCOUNT
from running import at, suite

from conformance.clients.roles import Roles
from conformance.config.credentials import Credentials, Spelled
from conformance.config.target import Target
from conformance.results.reproduction import RIGHT_INSTEAD, curl_line
from conformance.results.shell import Expansion, quoted
from conformance.wire.exchanges import Exchange
from conformance.wire.responses import Response
from conformance.wire.transport import Network
from reference.faults.digest import IgnoresCaseInPasswords
from reference.serving import Serving

if TYPE_CHECKING:
    from conformance.results.shell import Word

pytestmark = pytest.mark.whole_run

KNOWN = Credentials("Ada", "Open Sesame")
ACCOUNT = {"API_USERNAME": KNOWN.username, "API_PASSWORD": KNOWN.password}
TOKEN = base64.b64encode(b"Ada:Open Sesame").decode()
TARGET = Target(
    base_url="https://host/2.4.9",
    http_url="http://host/2.4.9",
    credentials=KNOWN,
    reports=Path(),
    ca_bundle=Path("its ca.pem"),
    denied_address="192.0.2.7",
)
DIGEST = 'Digest username="Ada", realm="API", nonce="n0nce", uri="/", response="0123456789abcdef"'


def exchange(
    method: str = "GET",
    path: str = "/customers",
    body: bytes = b"",
    answer: bytes = b"{}",
    **more: str,
) -> Exchange:
    """Return an exchange; `role` and `user` are its own, all else that is named header fields."""
    role, user = more.pop("role", "api"), more.pop("user", "")
    headers = CaseInsensitiveDict({name.replace("_", "-"): more[name] for name in more})
    url = f"https://host/2.4.9{path}"
    return Exchange(role, method, url, headers, body, Response(200, (), answer), 0.0, user=user)


def words_of(line: str) -> list[str]:
    """Return the words of a line as bash hands them to a program, the account's variables set."""
    program = f'curl() {{ printf "%s\\0" "$@"; }}; {line}'
    done = subprocess.run(  # noqa: S603  (our own line)
        ["/bin/bash", "-c", program],
        env={**ACCOUNT, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]


@pytest.mark.parametrize(
    "part",
    [
        "plain",
        'it\'s $HOME `x` \\ "!" *',
        "a\nb\t'\\c",
        "##[add-mask]e ###",
        "\n##[x]",
        "株 ä",
        "株\n",
        "\x1b[31m\x9b\u202e",
        b"\xff'\\a##",
        "",
    ],
    ids=repr,
)
def test_a_word_is_read_as_it_was_meant(part: str | bytes) -> None:
    """Bash reads each word unchanged, and nothing in the line acts on a terminal or in a log."""
    word: Word = (part, Expansion("$API_USERNAME"))

    line = f"curl {quoted(word)} {quoted((part,))}"

    meant = part if isinstance(part, bytes) else part.encode()
    read = [each.encode("utf-8", "surrogateescape") for each in words_of(line)]
    assert read == [meant + b"Ada", meant]
    assert line.isprintable()
    assert "##" not in line


def callers(roles: Roles) -> dict[str, tuple[Credentials | None, str]]:
    """Return callers: what each has for credentials, and what its curl line has to hand over."""
    lower = Spelled(KNOWN.password.lower(), "${API_PASSWORD,,}")
    other = Spelled(KNOWN.username.swapcase(), "${API_USERNAME~~}")
    return {
        "right": (roles.api.credentials, "Ada:Open Sesame"),
        "wrong password": (roles.impostor().credentials, "Ada:not-the-password"),
        "lower case": (roles.impostor(lower).credentials, "Ada:open sesame"),
        "other user": (roles.stranger().credentials, "Ada-x:Open Sesame"),
        "swapped case": (roles.stranger(other).credentials, "aDA:Open Sesame"),
    }


@pytest.mark.parametrize(
    "name", ["right", "wrong password", "lower case", "other user", "swapped case"]
)
def test_curl_has_the_credentials_of_the_caller(name: str) -> None:
    """The command names variables in place of secrets, and hands over what the caller had."""
    known, expected = callers(Roles(TARGET, Network()))[name]
    assert known is not None

    line = curl_line(exchange(user=known.in_shell, Authorization=DIGEST), TARGET)

    words = words_of(line)
    assert words[words.index("--digest") :][:3] == ["--digest", "-u", expected]
    assert f"{known.username}:{known.password}" == expected
    assert words[words.index("--cacert") + 1] == str(TARGET.ca_bundle)
    assert words[-1] == "https://host/2.4.9/customers"
    assert KNOWN.password.lower() not in line.lower()


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (f"Basic {TOKEN}", ["--basic", "-u", "Ada:Open Sesame"]),
        (f"bearer {TOKEN}", ["-H", f"Authorization: bearer {TOKEN}"]),
        ("Digest ,,,", ["-H", "Authorization: Digest ,,,"]),
        (DIGEST, ["--digest", "-u", "Ada:Open Sesame"]),
    ],
)
def test_curl_has_what_was_written_by_hand(field: str, expected: list[str]) -> None:
    """An Authorization field made by hand is repeated, except a digest, and a comment says so."""
    line = curl_line(exchange(Authorization=field), TARGET)

    words = words_of(line)
    assert [word for word in expected if word not in words] == []
    assert (RIGHT_INSTEAD in line) is (field == DIGEST)
    assert TOKEN not in line


def test_curl_repeats_method_fields_and_body() -> None:
    """Method, fields and body are those of the request, quoted for a shell."""
    sent = exchange(
        "PUT", "/customers?a='b&c={1}", b"name=O'Neil & $HOME", X_Y="it's", X_Z="", User_Agent="us"
    )

    words = shlex.split(curl_line(sent, TARGET))

    assert words[words.index("-X") + 1] == "PUT"
    assert [words[at + 1] for at, word in enumerate(words) if word == "-H"] == [
        "X-Y: it's",
        "X-Z;",
        "Content-Type:",
    ]
    assert words[words.index("--data-binary") + 1] == "name=O'Neil & $HOME"
    assert "--globoff" in words
    assert words[-1] == "https://host/2.4.9/customers?a='b&c={1}"
    assert "--digest" not in words


def test_a_body_is_never_the_name_of_a_file() -> None:
    """Of curl, that reads a file where data begin with an at sign, it is asked not to."""
    assert "--data-raw @/etc/passwd" in curl_line(exchange("POST", body=b"@/etc/passwd"), TARGET)


def test_curl_calls_from_the_denied_address() -> None:
    """An outsider's request is repeated from the outsider's address."""
    words = shlex.split(curl_line(exchange(role="outsider"), TARGET))

    assert words[words.index("--interface") + 1] == "192.0.2.7"


def test_a_curl_line_shows_the_finding() -> None:
    """What a run prints of the password in upper case gets in where that password does."""
    with Serving(IgnoresCaseInPasswords()) as serving:
        outcome = suite(*at(serving, "-k", "test_wrong_password_refused"))
        (rule,) = outcome.run["rules"]
        failed = {case["name"]: case["curl"] for case in rule["cases"]}

        done = subprocess.run(  # noqa: S603  (our own line)
            ["/bin/bash", "-c", failed["wrong_password_refused[in upper case]"]],
            env={**REFERENCE_ACCOUNT, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            check=True,
        )

    assert rule["verdict"] == "failed"
    assert "${API_PASSWORD^^}" in failed["wrong_password_refused[in upper case]"]
    assert b"HTTP/1.1 200" in done.stdout

"""Curl's results, read from what it writes for programs."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import pytest
from listening import dripping, listening, saying

from conformance.clients.curl import Curl, last_fields, status_in
from conformance.config.credentials import Credentials
from conformance.config.target import Target
from conformance.verdicts import SetupFailed
from conformance.wire.failures import NoAnswer
from conformance.wire.gate import Gate
from conformance.wire.journal import Journal

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
CHALLENGE = (
    b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n"
    b'WWW-Authenticate: Digest realm="r", nonce="n", qop="auth"\r\n\r\nno'
)
EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nX-A: 1\r\nTransfer-Encoding: chunked\r\n\r\n"


def curl_at(url: str, timeout: float = 5.0) -> tuple[Curl, Journal]:
    """Return a curl that calls a URL, and its journal."""
    credentials = Credentials('a"d\\a', "se\ncret")
    target = Target(
        base_url=url,
        credentials=credentials,
        http_url=url,
        reports=Path(),
        allow_writes=True,
        timeout=timeout,
    )
    journal = Journal()
    return Curl(Gate(target, journal)), journal


@needs_curl
def test_interim_answers_challenges_and_trailers_are_told_apart() -> None:
    """Header fields and body are those of the last response alone."""
    final = EARLY + CHUNKED + b"2;a=b\r\n{}\r\n0\r\nX-Trailer: HTTP/1.1 500\r\n\r\n"
    with listening(saying(EARLY + CHALLENGE, final)) as url:
        curl, journal = curl_at(url)
        response = curl.run("GET", "/")

    assert (response.status_code, response.content) == (200, b"{}")
    assert response.fields == (("X-A", "1"), ("Transfer-Encoding", "chunked"))
    assert [each.response for each in journal.exchanges] == [response]


@needs_curl
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", "curl ended with 63"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * 9_000_000, "longer than 8388608 bytes"),
        (b"SSH-2.0-OpenSSH_9\r\n", "curl ended with"),
        (b"", "curl ended with 52"),
    ],
)
def test_what_curl_cannot_read_is_no_answer(answer: bytes, words: str) -> None:
    """It is told in words, and recorded."""
    with listening(saying(answer)) as url:
        curl, journal = curl_at(url)
        with pytest.raises(SetupFailed, match=words):
            curl.run("GET", "/")

    assert [each.response for each in journal.exchanges] == [None]


@needs_curl
def test_curl_has_the_same_deadline() -> None:
    """Who drips is not waited for."""
    with listening(dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n")) as url:
        curl, _ = curl_at(url, 0.5)
        with pytest.raises(SetupFailed, match="curl ended with 28"):
            curl.run("GET", "/")


@pytest.mark.parametrize("summary", [b"", b"{", b"[]", b'{"response_code": 0}', b"[" * 100_000])
def test_a_summary_without_status_is_no_answer(summary: bytes) -> None:
    """Nothing else is raised."""
    with pytest.raises(NoAnswer, match="curl tells no status"):
        status_in(summary)


@pytest.mark.parametrize("heads", [b"", b"\r\n", b"X: y\r\n\r\n"])
def test_headers_without_a_status_line_are_no_answer(heads: bytes) -> None:
    """Nothing else is raised."""
    with pytest.raises(NoAnswer, match="curl wrote no header"):
        last_fields(heads)


@needs_curl
def test_what_curl_proved_itself_with_is_known() -> None:
    """Each of its Authorization fields, and no other word of what it says."""
    final = b"HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 2\r\n\r\n{}"
    with listening(saying(CHALLENGE, final)) as url:
        curl, journal = curl_at(url)
        curl.run("GET", "/")

    (proof,) = journal.exchanges[0].proofs
    assert re.fullmatch(r'Digest username=.*response="[0-9a-f]{32}".*', proof)


@needs_curl
def test_curl_without_a_place_to_write_is_inconclusive(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is not what is under test."""
    monkeypatch.setattr(tempfile, "tempdir", "/not/there")
    curl, _ = curl_at("https://127.0.0.1:9")

    with pytest.raises(SetupFailed, match="no place for what curl writes"):
        curl.run("GET", "/")

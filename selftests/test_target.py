"""The target, as options, a file and the environment describe it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import trustme

from conformance.config.target import TargetError
from conformance.config.target_file import build_target, read_target_file

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://host/2.4.9"
PASSWORD = "correct-horse"
ACCOUNT = {"API_USERNAME": "ada", "API_PASSWORD": PASSWORD}
FULL = """
base_url = "https://host/2.4.9/"
ca_bundle = "ca.pem"
allow_writes = true
denied_address = "::1"
http_url = "http://host:8080"
digest_over_http = true
strict_should = true
reports = "../results"

[claims]
foreign_customer_id = "7"
methods = { customers = ["GET", "POST"] }

[limits]
timeout = 2.5
"""


def build(**settings: Any) -> Any:  # noqa: ANN401  (what a TOML file may hold)
    """Return the target that settings describe, for a known account."""
    return build_target({"base_url": URL, **settings}, ACCOUNT)


def test_a_file_says_all_there_is_to_say(tmp_path: Path) -> None:
    """Each key arrives in the target; paths are relative to the file."""
    (tmp_path / "partner").mkdir()
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "partner" / "ca.pem"))
    file = tmp_path / "partner" / "target.toml"
    file.write_text(FULL)

    target = build_target(read_target_file(file), ACCOUNT)

    assert (target.base_url, target.http_url) == (URL, "http://host:8080/2.4.9")
    assert target.ca_bundle == tmp_path / "partner" / "ca.pem"
    assert target.reports.resolve() == tmp_path / "results"
    assert (target.allow_writes, target.digest_over_http, target.strict_should) == (True,) * 3
    assert (target.denied_address, target.timeout) == ("::1", 2.5)
    assert target.claims.foreign_customer_id == "7"
    assert target.claims.methods == {"customers": frozenset({"GET", "POST"})}
    assert not target.embedded


def test_the_authorities_are_named_for_every_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scripts and curl lines have the path, and are pasted into shells of other directories."""
    (tmp_path / "partner").mkdir()
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.chdir(tmp_path / "partner")

    assert str(build(ca_bundle="../partner/../ca.pem").ca_bundle) == str(tmp_path / "ca.pem")


def test_little_needs_to_be_said() -> None:
    """A base URL is enough; then nothing is permitted and nothing is claimed."""
    target = build()

    assert (target.base_url, target.http_url) == (URL, "http://host/2.4.9")
    assert (target.allow_writes, target.digest_over_http, target.strict_should) == (False,) * 3
    assert (target.ca_bundle, target.denied_address) == (None, None)
    assert target.claims.methods == {}


@pytest.mark.parametrize(
    ("base_url", "http_url"),
    [
        ("https://host:8443/2.4.9/", "http://host/2.4.9"),
        ("https://[::1]:8443/api/2.4.9", "http://[::1]/api/2.4.9"),
        ("https://HOST/2.4.9//", "http://host/2.4.9"),
    ],
)
def test_plain_http_would_answer_at_port_80(base_url: str, http_url: str) -> None:
    """Without an http_url it is the same host and path at the usual port."""
    assert build(base_url=base_url).http_url == http_url


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://host/2.4.9", "is not an https URL: give one like https://host/2.4.9"),
        ("host/2.4.9", "is not an https URL"),
        ("", "is not an https URL"),
        ("https:///2.4.9", "is not an https URL"),
        ("https://host/2.4.9?a=b", "has a query or fragment: end it after the version"),
        ("https://host/2.4.9#a", "has a query or fragment"),
        ("https://host", "has no version: give one like https://host/2.4.9"),
        ("https://host/", "has no version: give one like https://host/2.4.9"),
        ("https://host:x/2.4.9", "the base URL cannot be read"),
        ("https://[::1/2.4.9", "the base URL cannot be read"),
        ("https://host/2.4.9 ", "blank"),
        ("https://ho st/2.4.9", "blank"),
        ("https://host/2.4.9\n", "blank"),
    ],
)
def test_a_base_url_is_refused_with_cause_and_remedy(url: str, said: str) -> None:
    """What is wrong with it is said."""
    with pytest.raises(TargetError) as refused:
        build(base_url=url)

    assert said in str(refused.value)


@pytest.mark.parametrize("key", ["base_url", "http_url"])
@pytest.mark.parametrize("userinfo", [f"ada:{PASSWORD}", f"ada:{PASSWORD}x", f":{PASSWORD}", "ada"])
def test_credentials_in_a_url_are_refused_and_not_repeated(key: str, userinfo: str) -> None:
    """The message neither repeats them nor the URL."""
    scheme = "https" if key == "base_url" else "http"

    with pytest.raises(TargetError) as refused:
        build(**{key: f"{scheme}://{userinfo}@host/2.4.9"})

    assert PASSWORD not in str(refused.value)
    assert "ada" not in str(refused.value)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"denied_address": "localhost"}, "'localhost' is not an IP address: give one like"),
        ({"http_url": "https://host"}, "http_url"),
        ({"http_url": "host:80"}, "http_url"),
        ({"http_url": "http://host:x"}, "the URL of plain HTTP cannot be read"),
        ({"ca_bundle": "/none/ca.pem"}, "the CA bundle '/none/ca.pem' does not exist: give"),
        ({"ca_bundle": "/"}, "the CA bundle '/' is a directory: give"),
    ],
)
def test_other_settings_are_refused_with_cause_and_remedy(
    settings: dict[str, str], said: str
) -> None:
    """What is wrong with them is said."""
    with pytest.raises(TargetError) as refused:
        build(**settings)

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("environ", "missing"),
    [
        ({}, "API_USERNAME and API_PASSWORD not set"),
        ({"API_USERNAME": "ada"}, "API_PASSWORD not set"),
        ({"API_PASSWORD": PASSWORD, "API_USERNAME": ""}, "API_USERNAME not set"),
    ],
)
def test_missing_credentials_are_named(environ: dict[str, str], missing: str) -> None:
    """The message names the variables that are missing or empty, and no value."""
    with pytest.raises(TargetError, match=f"^{missing}: export") as refused:
        build_target({"base_url": URL}, environ)

    assert PASSWORD not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("base_url = ", "is not TOML"),
        ("base_url = 5", "base_url: 5 is not of type 'string'"),
        ("alow_writes = true", "unknown key 'alow_writes'; the nearest known one is 'allow"),
        ("zzz = 1", "unknown key 'zzz'"),
        ("[limits]\ntimout = 1", "unknown key 'limits.timout'"),
        ("[limits]\ntimeout = 0", "limits.timeout: 0 is less than or equal to the minimum of 0"),
        ("[claims.methods]\ncustomer = []", "the nearest known one is 'customers'"),
        ("[claims.methods]\nusers = ['PATCH']", "claims.methods.users.0: 'PATCH' is not one of"),
        ('password = "correct-horse"', "unknown key 'password'"),
        ("[limits]\ntimeout = nan", "limits.timeout"),
        ("[limits]\nrequests = 0", "limits.requests: 0 is less than the minimum of 1"),
        ("[limits]\nseconds = 0", "limits.seconds: 0 is less than or equal to the minimum of 0"),
        ("[limits]\ntimeout = inf", "limits.timeout"),
    ],
)
def test_a_file_is_refused_with_its_name_and_the_key(tmp_path: Path, text: str, said: str) -> None:
    """The message names file and key; an unknown key with the nearest known one."""
    file = tmp_path / "target.toml"
    file.write_text(text)

    with pytest.raises(TargetError) as refused:
        read_target_file(file)

    assert str(file) in str(refused.value)
    assert said in str(refused.value)
    assert PASSWORD not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A file that is missing, and a directory in its place, are told apart from an empty one."""
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(TargetError, match=f"the target file '{path}'"):
            read_target_file(path)


def test_a_file_without_a_base_url_needs_one(tmp_path: Path) -> None:
    """An empty file is a file; the base URL can come from the option."""
    file = tmp_path / "target.toml"
    file.touch()

    assert read_target_file(file) == {}
    with pytest.raises(TargetError, match=r"no base_url: give it there or as --base-url"):
        build_target({}, ACCOUNT)


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("https://127.0.0.1:1/2.4.9", True),
        ("https://127.9.9.9/2.4.9", True),
        ("https://[::1]/2.4.9", True),
        ("https://localhost/2.4.9", True),
        ("https://192.0.2.1/2.4.9", False),
        ("https://localhost.example/2.4.9", False),
    ],
)
def test_this_machine_is_known(url: str, *, here: bool) -> None:
    """A target on this machine may be sent a digest over plain HTTP, others only on request."""
    target = build(base_url=url)

    assert target.on_this_machine is here
    assert target.may_send_digest_over_http is here
    assert build(base_url=url, digest_over_http=True).may_send_digest_over_http


def test_a_target_shows_no_credentials() -> None:
    """Whatever prints a target prints neither name nor password."""
    shown = repr(build())

    assert PASSWORD not in shown
    assert "ada" not in shown

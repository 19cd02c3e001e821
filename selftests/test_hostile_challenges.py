"""Challenges of bad servers: read in linear time, bounded, and never written back unseen."""

from __future__ import annotations

import time

import pytest

from conformance.config.credentials import Credentials
from conformance.wire import limits
from conformance.wire.digest import DigestSession, challenges, usable_challenge

GOOD = 'Digest realm="r", nonce="n"'
SIZE = limits.LONGEST_CHALLENGE


@pytest.mark.parametrize(
    "value",
    [
        "a" * SIZE + ";",
        "a" * (SIZE - 1) + ";",
        'Digest a="\\"' * 2000,
        "Digest " + 'a="' * 6000,
        "a " * 8000,
        "=" * SIZE,
        'D a="' + "\\" * SIZE,
        '\\"' * 8000,
        "a=b," * 5000,
        "Digest" + " " * SIZE + "=",
    ],
)
def test_a_hostile_challenge_takes_no_time(value: str) -> None:
    """Whatever it repeats, the work grows with the length alone."""
    started = time.perf_counter()
    found = challenges([value] * 1000)

    assert time.perf_counter() - started < 1
    assert len(found) <= limits.MOST_CHALLENGES


def test_only_so_many_challenges_and_characters_are_read() -> None:
    """Of all fields together."""
    assert len(challenges(["Basic realm=x"] * 5000)) == 20
    assert usable_challenge(["Basic " + "a=b, " * 4000, GOOD]) is None


@pytest.mark.parametrize("parameter", ["realm", "nonce", "opaque"])
@pytest.mark.parametrize("control", ["\r\nX-Injected: 1", "\n", "\0", "\x1b[2J", "\x7f"])
def test_control_characters_are_never_sent_back(parameter: str, control: str) -> None:
    """A challenge that could end our header field cannot be answered."""
    parameters = {"realm": "r", "nonce": "n", "opaque": "o"}
    parameters[parameter] += control
    written = ", ".join(f'{name}="{value}"' for name, value in parameters.items())
    known = DigestSession(Credentials("ada", "secret"))

    assert not known.learn([f"Digest {written}"])
    assert known.answer("GET", "/") is None


@pytest.mark.parametrize(
    "info", ["=x", 'nextnonce="a\r\nb"', "nextnonce=", 'nextnonce="open', "Digest nextnonce=x", ""]
)
def test_a_next_nonce_that_is_none_is_passed_over(info: str) -> None:
    """The nonce that is known stays."""
    known = DigestSession(Credentials("ada", "secret"))
    known.learn([GOOD])

    known.follow(info)

    assert 'nonce="n"' in (known.answer("GET", "/") or "")

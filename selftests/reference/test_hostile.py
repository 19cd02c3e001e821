"""The hostile server: each mode does on the wire what it says, and leaves nothing behind."""

from __future__ import annotations

import gc
import io
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import requests
import trustme
from hostile_alterations import ALTERATION_STEPS, ALTERATIONS
from hostile_costs import FURTHER, FURTHER_STEPS, PLAIN_HTTP
from hostile_lies import IDS, LIES
from hostile_signs import CERTIFICATES, CREATE, DELETE, HANDSHAKES, LIST, SIGNS, STEPS
from raw_caller import CLOSED, RESET, Caller, connected, secured, watched
from requests.auth import HTTPDigestAuth

from reference.hostile import FAMILIES, Bounds, Hostile, Mode, modes
from reference.hostile.__main__ import main
from reference.seed import PASSWORD, USERNAME

if TYPE_CHECKING:
    from hostile_signs import Step

LAST_LINE, MODES = "Ctrl-C ends it.\n", modes()
FROM_START = "-from-start"
ALL_SIGNS = {**SIGNS, **LIES, **FURTHER, **ALTERATIONS}
ALL_STEPS = {**STEPS, **FURTHER_STEPS, **ALTERATION_STEPS}
AFTER_HANDSHAKE = {"silent-after-handshake", "resets-after-handshake"}
CONNECTING = {*HANDSHAKES, *CERTIFICATES, *AFTER_HANDSHAKE}


def kind_of(mode: Mode) -> str:
    """Return the name of a mode, whether it misbehaves from the start or later."""
    return mode.name.removesuffix(FROM_START)


ON_CONNECTING = [mode for mode in MODES.values() if kind_of(mode) in CONNECTING]
ON_ANSWERING = [mode for mode in MODES.values() if kind_of(mode) not in {*CONNECTING, *PLAIN_HTTP}]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Give an authority that all servers share."""
    return trustme.CA()


def steps_for(mode: Mode) -> list[Step]:
    """Return what to ask a mode for."""
    name = kind_of(mode)
    if name.startswith("delete-refused"):
        return ALL_STEPS.get(name, [CREATE, DELETE])
    return ALL_STEPS.get(name, [CREATE if name in IDS or name.startswith("stored") else LIST])


def matches(sign: bytes, received: bytes) -> bool:
    """Whether a sign is seen in what was received."""
    return re.search(sign, received, re.DOTALL) is not None


def seen(hostile: Hostile) -> bytes:
    """Return all that comes from a mode after the first ping, up to its sign."""
    sign = re.compile(ALL_SIGNS[kind_of(hostile.mode)], re.DOTALL)
    *before, last = steps_for(hostile.mode)
    with secured(hostile) as connection:
        caller = Caller(connection)
        if not hostile.mode.from_start:
            caller.greet()
        received = b""
        for step in before:
            caller.send(step)
            received += caller.whole_answer()
        caller.send(last)
        return watched(connection, sign, received)


def shaken(hostile: Hostile) -> bytes:
    """Return all that comes when a connection is made that the mode is about."""
    name = kind_of(hostile.mode)
    if not hostile.mode.from_start:
        with secured(hostile) as connection:
            caller = Caller(connection)
            caller.greet()
            assert caller.challenge
    if name in AFTER_HANDSHAKE:
        with secured(hostile) as connection:
            return watched(connection, re.compile(SIGNS[name], re.DOTALL))
    if name in HANDSHAKES:
        with connected(hostile) as connection, suppress(ConnectionError):
            connection.sendall(b"\x16\x03\x01")
            return watched(connection, re.compile(HANDSHAKES[name], re.DOTALL))
        return RESET
    with pytest.raises(ssl.SSLError) as refused:
        secured(hostile)
    return str(refused.value).encode()


@pytest.mark.parametrize("mode", ON_CONNECTING, ids=lambda mode: mode.name)
def test_a_mode_connects_as_it_says(mode: Mode, authority: trustme.CA) -> None:
    """The sign of the mode is seen before there is any answer."""
    with Hostile(mode, authority=authority) as hostile:
        received = shaken(hostile)

    name = kind_of(mode)
    assert matches({**HANDSHAKES, **CERTIFICATES, **SIGNS}[name], received), received[:300]


@pytest.mark.parametrize("mode", ON_ANSWERING, ids=lambda mode: mode.name)
def test_a_mode_answers_what_it_says(mode: Mode, authority: trustme.CA) -> None:
    """The sign of the mode is seen on the wire."""
    with Hostile(mode, authority=authority) as hostile:
        received = seen(hostile)

    sign = ALL_SIGNS[kind_of(mode)]
    assert matches(sign, received), (received[:300], received[-300:])


def test_every_mode_is_named_and_told() -> None:
    """Names are unique and in kebab-case, sentences are sentences, and bounds are there."""
    named = [mode for family in FAMILIES for mode in family.modes]

    assert len(named) == len(MODES) > 75
    assert [m.name for m in named if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", m.name)] == []
    assert [m.sentence for m in named if not re.fullmatch("[A-Z][^.].*[.]", m.sentence)] == []
    assert [m.name for m in named if not 0 < m.ends_within <= 300] == []
    signs = {*ALL_SIGNS, *HANDSHAKES, *CERTIFICATES, *PLAIN_HTTP}
    assert {kind_of(mode) for mode in named} == signs


@pytest.mark.parametrize("name", PLAIN_HTTP)
def test_a_mode_of_plain_http_answers_there_what_it_says(name: str, authority: trustme.CA) -> None:
    """Over TLS it answers as it should."""
    with Hostile(MODES[name], authority=authority) as hostile:
        port = urlsplit(hostile.http_url).port or 0
        with socket.create_connection(("127.0.0.1", port), 5) as connection:
            Caller(connection).send(LIST)
            received = watched(connection, re.compile(PLAIN_HTTP[name], re.DOTALL))
        with secured(hostile) as connection:
            caller = Caller(connection)
            caller.greet()
            caller.send(LIST)
            over_tls = caller.whole_answer()

    assert matches(PLAIN_HTTP[name], received), received[:300]
    assert over_tls.startswith(b"HTTP/1.1 200 OK")


def test_the_listener_can_close_under_a_run(authority: trustme.CA) -> None:
    """After ten requests nobody is let in any more."""
    with Hostile(MODES["refuses-after-ten-requests"], authority=authority) as hostile:
        seen(hostile)
        time.sleep(0.2)  # the thread that accepts has to notice
        with pytest.raises(ConnectionRefusedError):
            connected(hostile)


@pytest.mark.parametrize("name", ["always-500", "body-dripped", "id-stolen", "gzip-bomb"])
def test_ping_passes_before_a_mode_misbehaves(name: str, authority: trustme.CA) -> None:
    """A caller who pings learns nothing; who calls without credentials is refused as usual."""
    with Hostile(MODES[name], authority=authority) as hostile, requests.Session() as session:
        session.trust_env = False
        session.verify = str(hostile.ca_file)
        anonymous = session.get(f"{hostile.base_url}/customers")
        plain = session.get(f"{hostile.http_url}/customers")
        session.auth = HTTPDigestAuth(USERNAME, PASSWORD)
        ping = session.get(f"{hostile.base_url}/miscellaneous/ping")

    assert (anonymous.status_code, plain.status_code) == (401, 403)
    assert ping.json() == {"ping": "ok"}


@pytest.mark.parametrize(
    ("step", "aimed", "harmed"),
    [
        (("PUT", "/customers/1", b"name=b"), ["PUT customers/1"], ["PUT customers/1"]),
        (("DELETE", "/customers/2", b""), ["DELETE customers/2"], ["DELETE customers/2"]),
        (("DELETE", "/customers/4", b""), ["DELETE customers/4"], []),
        (("DELETE", "/customers/", b""), [], []),
        (("DELETE", "/customers", b""), ["DELETE customers/"], []),
        (("PUT", "/customers/125", b"name=b"), [], []),
        (("GET", "/customers/1", b""), [], []),
    ],
    ids=lambda value: " ".join(map(str, value[:2])),
)
def test_writes_to_records_of_before_are_noted(
    step: Step, aimed: list[str], harmed: list[str], authority: trustme.CA
) -> None:
    """It is told what was aimed at records of before, and what was done to them."""
    with Hostile(MODES["id-stolen"], authority=authority) as hostile:
        with secured(hostile) as connection:
            caller = Caller(connection)
            caller.greet()
            for each in (CREATE, step):
                caller.send(each)
                caller.whole_answer()

        assert (hostile.account.aimed, hostile.account.harmed) == (aimed, harmed)


def test_who_follows_is_noted(authority: trustme.CA) -> None:
    """A caller that goes where an answer points is told of, over TLS and over plain HTTP."""
    with Hostile(MODES["redirect-plain-http-from-start"], authority=authority) as hostile:
        with requests.Session() as session:
            session.trust_env = False
            session.max_redirects = 1
            with pytest.raises(requests.TooManyRedirects):
                session.get(hostile.base_url, verify=str(hostile.ca_file))

        assert hostile.lured == ["GET /2.4.9/lure"]


@pytest.mark.parametrize(
    "bounds", [Bounds(lifetime=0.3), Bounds(most_bytes=100_000)], ids=["time", "bytes"]
)
@pytest.mark.parametrize("name", ["body-without-end", "fields-without-end"])
def test_a_connection_is_bounded(name: str, bounds: Bounds, authority: trustme.CA) -> None:
    """What has no end is ended by the server itself, in time and in bytes."""
    with (
        Hostile(MODES[f"{name}-from-start"], authority=authority, bounds=bounds) as hostile,
        secured(hostile) as connection,
    ):
        Caller(connection).send(LIST)
        received = watched(connection, re.compile(b"never seen"))

    assert received.endswith((CLOSED, RESET))


def descriptors() -> int:
    """Count the open file descriptors."""
    gc.collect()
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - only their number counts


@pytest.mark.skipif(sys.platform != "linux", reason="file descriptors are counted in /proc")
def test_nothing_is_left_when_a_server_is_closed(authority: trustme.CA) -> None:
    """No thread and no socket is left, whatever connections wait for, within a second."""
    names = [
        "never-answers", "body-dripped", "body-without-end", "silent-after-accept",
        "handshake-dripped", "half-closes-after-request", "body-of-200-mb", "delete-late",
    ]  # fmt: skip
    before = descriptors(), threading.active_count()
    for name in names:
        mode = MODES.get(f"{name}-from-start", MODES[name])
        with ExitStack() as held:
            with Hostile(mode, authority=authority) as hostile:
                silent = name in HANDSHAKES
                waiting = [
                    held.enter_context(connected(hostile) if silent else secured(hostile))
                    for _ in range(3)
                ]
                for connection in waiting:
                    connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                time.sleep(0.1)
                begun = time.monotonic()
            assert time.monotonic() - begun < 1.0
        assert not hostile.ca_file.exists()

    assert (descriptors(), threading.active_count()) == before


def test_the_command_lists_the_modes(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a mode there is a line for each; an unknown one is refused."""
    assert main([]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in listed] == list(MODES)

    with pytest.raises(SystemExit) as refused:
        main(["no-such-mode"])
    assert refused.value.code == 2


def test_the_command_serves_a_mode() -> None:
    """It says how to call, serves until it is told to stop, and then what became of the account."""
    with subprocess.Popen(
        [sys.executable, "-m", "reference.hostile", "always-500-from-start"],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        said = "".join(iter((process.stdout or io.StringIO()).readline, LAST_LINE))
        found = dict(re.findall(r"(?m)^(\w[\w' ]*?)  +(\S+)$", said))
        answer = requests.get(found["Base URL"], verify=found["Authority's file"], timeout=5)
        process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=20)

    assert (answer.status_code, found["User name"], process.returncode) == (500, USERNAME, 0)
    assert rest.startswith("Harmed  nothing\n")

"""Text of the target never acts: not on a terminal, in XML, in HTML, in the log of a CI runner."""

from __future__ import annotations

import re
import unicodedata
from contextlib import ExitStack
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from observing import Observing
from running import all_at, suite

from conformance.results.printable import printable
from reference.faults.credentials import AcceptsBasic
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from running import Outcome

    from reference import Request, Response
    from reference.resources import Resource

pytestmark = pytest.mark.whole_run

COMMANDS = (
    "##[add-mask]e",
    "##[stop-commands]x",
    "##[set-output name=x]y",
    "::set-output name=x::y",
    "##vso[task.setvariable variable=x]y",
    "##teamcity[buildStop]",
)
CONTROLS = "\x1b[31m\x00\x07\x08\x7f\x85\x9b2J\u202a\u202e\u2066\u2069\u2028\u2029\ufffe\uffff"


def acting(text: str) -> list[str]:
    """Return what acts in a text: control characters, and lines that a CI runner would obey."""
    kinds = {"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"}
    chars = {char for char in text if unicodedata.category(char) in kinds} - {"\n", "\t"}
    lines = [
        line
        for line in text.splitlines()
        if line.lstrip().startswith("::") or re.search(r"##(\[|vso\[|teamcity\[)", line)
    ]
    return [*sorted(chars), *lines]


@pytest.mark.parametrize(
    "text",
    [
        *COMMANDS,
        *(char for char in CONTROLS if not char.isprintable()),
        *(f"x\n {command}" for command in COMMANDS),
        *(f"x{char}::x::" for char in "\r\x0b\x0c\x1c\x85\u2028"),
        "####[x]",
        ":::x::",
        "\t::x::",
        "\ud800",
        "\U0010ffff\U000e0001",
    ],
    ids=repr,
)
def test_what_would_act_is_shown_as_text(text: str) -> None:
    """Nothing in it acts any more, it is all still there, and once is enough."""
    assert acting(text) or "\r" in text or "\x0c" in text

    shown = printable(text)

    assert acting(shown) == []
    assert printable(shown) == shown
    assert shown.encode()
    assert [char for char in text if char.isalnum() and char.isascii() and char not in shown] == []


@pytest.mark.parametrize(
    "text", ["", "plain", "ä 株 😀", "a\n\tb", "C# and #1", "a::b", "http://[::1]"]
)
def test_what_does_not_act_stays_as_it_is(text: str) -> None:
    """Any language, line feeds, tabs, single hashes, colons inside of a line."""
    assert printable(text) == text


class Hostile(Observing, AcceptsBasic, abstract=True):
    """Breaks rules, and puts what would act into bodies, header fields and ids."""

    def new_id(self, resource: Resource) -> str:
        """Give a record an id with a command in it, now and then."""
        id_ = super().new_id(resource)
        return id_ if int(id_) % 3 else f"{id_}##[add-mask]e\x1b\x9b\u202e"

    def respond(self, request: Request) -> Response:
        """Answer as always, and more than that."""
        response = super().respond(request)
        field = "".join([*COMMANDS, "\x1b[31m\x07\x7f\x85\x9b"])
        body = "\n".join(["", *COMMANDS, CONTROLS, " ::x::", "\u2028::y::"]).encode()
        more = (("X-Field", field), ("Set-Cookie", "a=##[x]"))
        if response.status == 200 and "xml" not in (response.header("Content-Type") or ""):
            return replace(response, headers=(*response.headers, *more), body=response.body + body)
        return replace(response, headers=(*response.headers, *more))


def serialized(status_line: str, headers: Mapping[str, str]) -> bytes:
    """Return the head of a response with another reason phrase, and with all that it holds."""
    version, status, _ = status_line.split(" ", 2)
    lines = [f"{version} {status} {''.join(COMMANDS)}\x1b[31m\x9b"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


@pytest.fixture(scope="module")
def outcome() -> Iterator[Outcome]:
    """Give what a run against such a server leaves."""
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setattr("aiohttp.http_writer._serialize_headers", serialized)  # it would refuse
        serving = stack.enter_context(Serving(Hostile()))
        chosen = (
            "suites/security/test_digest.py",
            "suites/consuming/test_creating.py",
            "suites/consuming/test_reading.py",
            "suites/response_data/test_json.py",
        )
        yield suite(*all_at(serving, "--profile=quick", *chosen))


def test_a_hostile_server_is_judged(outcome: Outcome) -> None:
    """There is evidence of it, with what would have acted in it."""
    assert outcome.exit_code == 1, outcome.sentence
    assert len(outcome.rules("failed", "inconclusive")) > 10
    for shown in ("# #[add-mask]e", "\\x1b[31m", "# #teamcity[buildStop]"):
        assert shown in outcome.output
        assert shown in outcome.files["junit.xml"]
        assert shown.replace("\\", "\\\\") in outcome.files["run.json"]


@pytest.mark.parametrize("name", ["output", "junit.xml", "run.json", "summary.md", "report.html"])
def test_nothing_acts_in_what_a_run_leaves(outcome: Outcome, name: str) -> None:
    """Neither on the terminal nor in a file."""
    text = outcome.output if name == "output" else outcome.files[name]

    assert acting(unescape(text) if name == "report.html" else text) == []


def test_the_junit_report_is_xml(outcome: Outcome) -> None:
    """It can be read, and what it holds does not act, either."""
    report = ET.fromstring(outcome.files["junit.xml"])  # noqa: S314  (our own file)

    assert acting("\n".join(report.itertext())) == []
    assert (
        acting("\n".join(value for each in report.iter() for value in each.attrib.values())) == []
    )

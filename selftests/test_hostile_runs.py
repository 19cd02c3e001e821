"""Whole runs against the hostile server: whatever it does, they end well."""

from __future__ import annotations

import base64
import html
import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hostile_runs import CANARY, MEETING, MOST_MEMORY, run_against

from reference import seed
from reference.hostile import modes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from hostile_runs import HostileRun

    from reference.hostile import Mode

pytestmark = pytest.mark.whole_run

BUDGET = "--max-seconds=30"
"""What is left of the bound of a mode is for the clean-up."""
AT_ONCE = 4
SAMPLE = {
    "closes-after-accept",
    "body-dripped",
    "gzip-members-of-nothing",
    "json-number-of-million",
    "xml-billion-laughs",
    "chunk-length-negative",
    "texts-in-refusal",
    "texts-in-ids",
    "password-by-numbers",
    "redirect-with-the-password",
    "stale-for-ever-from-start",
    "gone-at-first-delete",
    "id-stolen",
    "pages-empty",
}
"""One of a kind, for every day; the others are part of the proof."""
FREE = re.compile(
    "date-|location-|nextnonce-|proof-of-server|every-second-is-stale|just-in-time|plain-http-"
    "|cookies-that-add-up|field-folded|garbage-after-answer|body-longer-than|resets-after-answer"
    "|http-1-0|http-9-9|field-|lines-with-bare-lf|status-line-without-reason|interim-|text-"
    "|media-types-two|delete-late|delete-then-closed|gzip-with-a-tail|closes-on-large|ids-of-250"
    "|certificate-.*(?<!start)$|xml-|json-in-utf-16|names-|timestamps-far-away|busy-|limited-"
    "|elements-by-|trailers-that-mean|stored-then-nothing|stored-without-id|keys-by-ten-thousands"
    "|custom-field-too-long|timestamps-too-long|megabytes-of-blanks"
)
"""Modes that do what a server may do, at least where these rules look: they may end with 0."""
SPELLINGS = (
    CANARY,
    quote(CANARY, safe=""),
    html.escape(CANARY),
    json.dumps(CANARY)[1:-1],
    base64.b64encode(CANARY.encode()).decode(),
    "".join(f"\\u{ord(each):04x}" for each in CANARY),
)
ENDINGS = frozenset({1, 2, 10, 11, 13})
PUT_WITHOUT_AN_ID = ("PUT customers/", "PUT voicemail_greetings/")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
COMMANDS = re.compile(r"##\[|##vso\[|##teamcity\[|^\s*::\w", re.MULTILINE)


@pytest.fixture(scope="module")
def runs(request: pytest.FixtureRequest) -> Iterator[dict[str, Future[HostileRun]]]:
    """Give the run against each mode that is wanted, some at a time: most of them wait.

    The account has a password that is found wherever it stands.
    """
    wanted: list[Mode] = [
        callspec.params["mode"]
        for item in request.session.items
        if item.path == request.path and (callspec := getattr(item, "callspec", None))
    ]
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(AT_ONCE) as pool:
        patch.setattr(seed, "PASSWORD", CANARY)
        patch.setattr(seed, "PASSWORDS", {**seed.PASSWORDS, seed.USERNAME: CANARY})
        yield {mode.name: pool.submit(run_against, mode, BUDGET, *MEETING) for mode in wanted}
        pool.shutdown(cancel_futures=True)


def of(names: set[str]) -> list[object]:
    """Return every mode as a parameter: those of some names for every day, the rest as proof."""
    return [
        pytest.param(mode, id=mode.name, marks=() if mode.name in names else pytest.mark.proof)
        for mode in modes().values()
    ]


@pytest.mark.parametrize("mode", of(SAMPLE))
def test_a_run_against_a_hostile_server_ends_well(
    mode: Mode, runs: dict[str, Future[HostileRun]]
) -> None:
    """In time, in bounds, with a cause in its first line, no secret, and nothing of others hurt."""
    ended = runs.pop(mode.name).result()

    assert ended.seconds <= mode.ends_within
    assert ended.memory <= MOST_MEMORY
    assert ended.exit_code in (ENDINGS | {0} if FREE.match(mode.name) else ENDINGS), ended.output
    assert troubles(ended) == []
    assert ended.left_behind == []
    assert ended.hostile.lured == []
    assert [each for each in ended.hostile.account.aimed if each not in PUT_WITHOUT_AN_ID] == []


def troubles(ended: HostileRun) -> list[str]:
    """Return what must not be in anything that a run leaves, or is missing there."""
    found = []
    if "Traceback (most recent" in ended.output or "INTERNALERROR" in ended.output:
        found.append("a traceback of ours")
    everything = ended.everything
    if any(spelling in everything for spelling in SPELLINGS):
        found.append("the password")
    if any(proof in everything.lower() for proof in ended.hostile.proofs):
        found.append("a digest")
    if CONTROLS.search(ended.output) or COMMANDS.search(ended.output):
        found.append("text that acts")
    if missing := {"run.json", "junit.xml", "report.html", "summary.md"} - set(ended.files):
        found.append(f"without {sorted(missing)}")
    elif not cause_of(ended):
        found.append("no cause in the conclusion")
    return found


def cause_of(ended: HostileRun) -> str:
    """Return what the first line of the conclusion says of the cause; "" where it names none."""
    run = json.loads(ended.files["run.json"])
    sentence = str(run["sentence"])
    named = re.search(
        r"rules? broken: \S|cannot be reached: \S|stopped: \S|tried.* \(\S|may be left"
        r"|There is nothing under \S"
        r"|budget: \S"
        r"|refused the credentials|hold and none is broken",
        sentence,
    )
    return sentence if named and sentence in ended.output else ""

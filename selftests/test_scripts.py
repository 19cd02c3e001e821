"""The script of a case shows its difference at the faulty server, and none at the plain one."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest
from running import ACCOUNT, all_at, suite

from reference.faults import faults
from reference.seed import VERSIONS
from reference.server import Reference
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.whole_run

LONGEST = 120.0
"""Seconds after which a script counts as hanging."""

SAMPLE: Final = {
    "AcceptsTokens": "other-scheme-refused",
    "MatchesCustnrsByPrefix": "get-by-custnr-parameter",
    "ResetsByJson": "json-updates",
    "TakesPrefixesForMethods": "override-unknown-changes-nothing",
    "EncodesTheTargetAnew": "query-names-are-decoded",
    "CallsNothingUpdated": "put-without-id-creates-nothing",
}
"""Faults and a rule that notices each, which are tried always."""

FURTHER: Final = {
    "LetsASlashIn": "anonymous-odd-spelling-gets-no-data",
    "RefusesTagsInAPut": "usual-fields-change-no-effect",
    "CutsAnswersWithoutSaying": "range-changes-no-answer",
    "AnswersPingsToAnyAddress": "denied-address-refused",
    "StoresNoNewUsers": "equal-posts-create-two",
    "CreatesTheParent": "put-under-a-new-parent-creates-nothing",
    "AnswersMoreThanOk": "ping-answers-ok",
    "ClearsTheOtherCustomValues": "custom-values-are-kept",
    "DropsRepeatedFilters": "repeated-customer-is-one-of-both",
    "MarksWhatItCuts": "too-long-is-refused-or-cut",
    "CreatesUnknownRecordsByJson": "json-put-creates-nothing",
    "FindsByCustnrInPlaceOfAnId": "no-id-reads-nothing",
    "DeletesTheFirstForABlankId": "empty-id-deletes-nothing",
    "DeletesWhatIsGone": "deleted-twice-is-refused",
    "StoresTheOverrideOfTheBody": "override-in-the-body",
    "TakesTwoOverridesForADelete": "odd-override-carries-out-no-other-method",
    "ResetsOnOverride": "doubtful-update-is-taken-or-refused",
    "TakesNoSizeForAny": "pagesize-without-sense",
    "CountsPagesBelowZero": "numpages-follows-from-total",
    "ShiftsHundredsBySuffix": "page-is-the-same-in-every-way",
    "DeletesNothingBySuffix": "refusal-has-one-code-in-each-type",
    "LeavesOutTheOldest": "list-holds-each-readable-record",
    "ReadsExponentsOfUsers": "generated-record-comes-back",
    "EscapesTwice": "custom-value-changes",
}
"""Further faults, each of another chapter or kind."""

NOISE: Final = {
    r"(?im)^(date|content-length|www-authenticate|authentication-info|connection|server):.*\n": "",
    r"cf-[0-9a-f]{11}": "cf-run",
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^\"<\s]*": "moment",
    r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,}": "random",
}
"""What differs from one answer to the next at the same server, and what stands for it."""


def broken_cases(kind: type[Reference], rule: str) -> list[dict[str, Any]]:
    """Return the cases of a rule that do not hold for a kind of server."""
    with Serving(kind(versions=VERSIONS)) as serving:
        outcome = suite(*all_at(serving, f"--rule={rule}"))
    found = [each for judged in outcome.run["rules"] for each in judged["cases"]]
    return [each for each in found if each["verdict"] in ("failed", "deviation")]


def shown_by(lines: list[str], kind: type[Reference]) -> tuple[str, list[str]]:
    """Paste a script into a shell, against a new server of a kind.

    Return what it shows but for noise, and the requests that the server got, in order.
    """
    server = kind(versions=VERSIONS)
    with Serving(server) as serving:
        addresses = {
            "SERVER": serving.base_url.rpartition("/")[0],
            "PLAIN_SERVER": str(serving.http_url).rpartition("/")[0],
            "CA_BUNDLE": str(serving.ca_file),
        }
        done = subprocess.run(
            ["/bin/bash"],
            input="\n".join([*lines, ""]).encode(),
            env={**ACCOUNT, **addresses, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=LONGEST,
        )
    text = done.stdout.decode("utf-8", "replace").replace("\r", "")
    for name in ("SERVER", "PLAIN_SERVER"):
        text = text.replace(addresses[name], name)
    for pattern, word in NOISE.items():
        text = re.sub(pattern, word, text)
    return text, text.splitlines()


def repeatable(cases: list[dict[str, Any]]) -> Iterator[list[str]]:
    """Give the scripts of cases that curl repeats."""
    return (each["script"] for each in cases if each["script"][0] == "(")


def assert_shows_the_difference(name: str, rule: str) -> None:
    """Check the script of the first case that a fault breaks at three servers."""
    kind = next(each for each in faults() if each.__name__ == name)
    script = next(repeatable(broken_cases(kind, rule)))

    faulty, _ = shown_by(script, kind)
    plain, lines = shown_by(script, Reference)

    assert set(re.findall(r"curl (-\S+)", "\n".join(script))) <= {"-sS", "-sSi"}  # errors are said
    assert "==" in plain
    assert [each for each in lines if "could not be made" in each or "bash: " in each] == []
    assert faulty != plain
    assert shown_by(script, Reference)[0] == plain


@pytest.mark.parametrize(("name", "rule"), SAMPLE.items(), ids=SAMPLE)
def test_a_script_shows_the_difference(name: str, rule: str) -> None:
    """Of a sample of faults: the script differs at the fault alone, and repeats itself."""
    assert_shows_the_difference(name, rule)


@pytest.mark.proof
@pytest.mark.parametrize(("name", "rule"), FURTHER.items(), ids=FURTHER)
def test_further_scripts_show_the_difference(name: str, rule: str) -> None:
    """Of further faults of other chapters likewise."""
    assert_shows_the_difference(name, rule)

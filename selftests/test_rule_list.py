"""Sessions that judge nothing: --list-rules, --collect-only, selections that match nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from running import NOBODY, suite, two_at_a_time

from conformance.rules import RELIED_ON, STATED, Rule
from conformance.runner.rule_list import rule_lines
from conformance.spec.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from running import Outcome

pytestmark = pytest.mark.whole_run

EARLIER = {
    "report.html": b"<html>earlier</html>",
    "junit.xml": b"<testsuites/>",
    "run.json": b'{"earlier": true}\n',
}
NO_SERVER = "--base-url=https://127.0.0.1:1/2.4.9"

JUDGING_NOTHING: dict[str, tuple[tuple[str, ...], int]] = {
    "a list": (("--list-rules", NO_SERVER), 0),
    "a list of nothing": (("--list-rules", "-k", "no-such-rule"), 5),
    "a list of a part, told twice": (("--list-rules", "--statement=S50", "-v", "--co"), 0),
    "collecting": (("--collect-only",), 0),
    "collecting with the report's place": (
        ("--collect-only", "--junitxml={reports}/junit.xml", "--html={reports}/report.html"),
        0,
    ),
    "nothing selected": (("-k", "no-such-rule"), 5),
    "a rule that does not exist": (("--rule=no-such-rule",), 4),
    "a keyword that cannot be read": (("-k", "(("), 4),
    "a list of a rule that does not exist": (("--list-rules", "--rule=no-such-rule"), 4),
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make a directory with the results of an earlier run for each session."""
    made = {name: tmp_path_factory.mktemp("reports") for name in JUDGING_NOTHING}
    for directory in made.values():
        for name, content in EARLIER.items():
            (directory / name).write_bytes(content)
    return made


@pytest.fixture(scope="module")
def runs(reports: dict[str, Path]) -> Iterator[dict[str, Future[Outcome]]]:
    """Every session that judges nothing, under way, without credentials."""
    with two_at_a_time() as pool:
        yield {
            name: pool.submit(
                suite,
                f"--reports={reports[name]}",
                *(option.format(reports=reports[name]) for option in options),
                account=NOBODY,
            )
            for name, (options, _) in JUDGING_NOTHING.items()
        }


@pytest.mark.parametrize("name", JUDGING_NOTHING)
def test_what_judges_nothing_leaves_earlier_results(
    runs: dict[str, Future[Outcome]], reports: dict[str, Path], name: str
) -> None:
    """The files of an earlier run are as they were, byte for byte, and there is no other."""
    outcome = runs[name].result()

    assert outcome.exit_code == JUDGING_NOTHING[name][1]
    assert {path.name: path.read_bytes() for path in reports[name].iterdir()} == EARLIER
    assert outcome.files == {}
    assert "Traceback" not in outcome.output


def test_a_list_names_every_rule_and_nothing_else(runs: dict[str, Future[Outcome]]) -> None:
    """A line has id, level, statements and title, and no line is anything else."""
    lines = runs["a list"].result().output.splitlines()

    rows = [line.split(maxsplit=2) for line in lines]
    assert len({id_ for id_, _, _ in rows}) == len(lines) > 250
    assert {level for _, level, _ in rows} == {"MUST", "SHOULD"}
    assert [rest for _, _, rest in rows if rest.split()[0] not in statements()] == []
    assert [line for line in lines if line.endswith(".") is False] == []


def test_a_list_shows_what_would_run(runs: dict[str, Future[Outcome]]) -> None:
    """Other options narrow it; without a rule a sentence on standard error is all."""
    some = runs["a list of a part, told twice"].result().output.splitlines()

    nothing = runs["a list of nothing"].result().output
    assert nothing == "no rule is found by -k 'no-such-rule'\n"
    assert "numpages-of-nothing" in {line.split()[0] for line in some}
    assert [line for line in some if " S50 " not in line] == []


def test_a_list_is_aligned() -> None:
    """Each column begins at one place; the last one is not filled up."""
    short = Rule("a", ("S01",), RELIED_ON, "Short.")
    long = Rule("a-longer-id", ("S01", "S02"), STATED, "A longer title.")

    assert rule_lines([short, long]) == [
        "a            SHOULD  S01      Short.",
        "a-longer-id  MUST    S01 S02  A longer title.",
    ]
    assert rule_lines([]) == []

"""The kind of a run follows from what it was asked for and permitted."""

from __future__ import annotations

import pytest
from running import NOBODY, embedded_run, suite

from conformance.config.profiles import NAMES
from conformance.config.selection import SMOKE, Selection
from conformance.results.run_kind import RunKind, kind_of

pytestmark = pytest.mark.whole_run

WHOLE, SMOKE_RUN = Selection(), Selection(marks=SMOKE)
SELECTIONS = (
    Selection(rules=("a-rule",)),
    Selection(keywords="put"),
    Selection(marks="not passive"),
    Selection(marks=SMOKE, keywords="ping"),
    Selection(marks=SMOKE, left_out=1),
    Selection(places=("suites/walks",)),
    Selection(others=("--lf",)),
    Selection(left_out=1),
)


@pytest.mark.parametrize("profile", ["standard", "thorough"])
def test_a_run_that_leaves_nothing_out_is_full(profile: str) -> None:
    """It may write, has the whole suite, and tries enough examples."""
    assert kind_of(WHOLE, allow_writes=True, profile=profile) is RunKind.FULL


@pytest.mark.parametrize("profile", ["quick", "development"])
def test_a_run_with_fewer_examples_is_not_full(profile: str) -> None:
    """A few examples, or others each time, are a selection of those of a full run."""
    assert kind_of(WHOLE, allow_writes=True, profile=profile) is RunKind.SELECTION


@pytest.mark.parametrize("profile", NAMES)
@pytest.mark.parametrize("allow_writes", [True, False])
def test_other_kinds_depend_on_no_profile(profile: str, *, allow_writes: bool) -> None:
    """The smoke run is one whatever is permitted; what leaves cases out is a selection."""
    assert kind_of(WHOLE, allow_writes=False, profile=profile) is RunKind.READ_ONLY
    assert kind_of(SMOKE_RUN, allow_writes=allow_writes, profile=profile) is RunKind.SMOKE
    assert {
        kind_of(selection, allow_writes=allow_writes, profile=profile) for selection in SELECTIONS
    } == {RunKind.SELECTION}


def test_the_whole_suite_at_the_embedded_server_is_full() -> None:
    """run.json, the report and the terminal say the kind of a run."""
    outcome = embedded_run()

    assert outcome.run["kind"] == "full"
    assert "<th>Kind</th><td>full</td>" in outcome.files["report.html"]
    assert "a full run" in outcome.output


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        (("-m", "smoke"), "smoke"),
        (("-m", "smoke", "--rule=ping-answers-ok"), "selection"),
        (("-m", "smoke", "--deselect=suites/test_paging.py"), "selection"),
        (("suites/test_paging.py", "-k", "numpages"), "selection"),
    ],
)
def test_a_run_that_leaves_cases_out_says_so(options: tuple[str, ...], kind: str) -> None:
    """Whatever leaves them out; a smoke run is one as long as it is the whole of it."""
    outcome = suite(*options, account=NOBODY)

    assert outcome.run["kind"] == kind
    assert f"a {kind} run" in outcome.output


def test_a_run_that_has_to_be_full_says_why_it_is_not() -> None:
    """--require full ends with 11 where nothing is broken and not everything was looked at."""
    outcome = suite("-m", "smoke", "--require=full", account=NOBODY)

    assert (outcome.exit_code, outcome.run["verdict"]) == (11, "incomplete")
    assert outcome.sentence.startswith("No full run: smoke run: ")
    assert outcome.run["selection"] == {"marks": "smoke"}
    assert '<property name="kind" value="smoke"' in outcome.files["junit.xml"]

"""Selecting by the names that a report prints."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from running import NOBODY, ROOT, suite, two_at_a_time

from conformance.config.nearest import hint, nearest
from conformance.config.selection import SMOKE, Selection
from conformance.rules import STATED, Rule
from conformance.runner.selection import is_selected, selection_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from running import Outcome

pytestmark = pytest.mark.whole_run

RULE = "put-unknown-id-creates-nothing"
CASE = f"{RULE}[path form-_method]"
FUNCTION = "test_put_unknown_id_creates_nothing"
OTHER = "numpages-of-nothing"

SELECTING: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "a rule": ((f"--rule={RULE}",), {FUNCTION}),
    "two rules": (
        (f"--rule={RULE}", f"--rule={OTHER}"),
        {FUNCTION, "test_numpages_of_nothing"},
    ),
    "a case": ((f"--rule={CASE}",), {f"{FUNCTION}[path form-_method]"}),
    "a case as its test is named": (
        (f"--rule={FUNCTION}[path form-_method]",),
        {f"{FUNCTION}[path form-_method]"},
    ),
    "an id as a keyword": (("-k", OTHER), {"test_numpages_of_nothing"}),
    "a case as a keyword": (
        ("-k", "numpages-follows-from-total[customers]"),
        {"test_numpages_follows_from_total[customers]"},
    ),
    "a rule and a keyword": ((f"--rule={RULE}", "-k", "numpages"), set()),
    "a rule and a mark": ((f"--rule={RULE}", "-m", "smoke"), set()),
    "a rule and another level": ((f"--rule={RULE}", "--level=SHOULD"), set()),
    "a rule by all its names": (
        (f"--rule={OTHER}", "--statement=s50", "--chapter=PAGING", "--level=must", "-k=numpages"),
        {"test_numpages_of_nothing"},
    ),
}

REFUSED = {
    "--rule=put-unknown-id-creates-nothin": RULE,
    f"--rule={RULE}[path form-method]": CASE,
    "--statement=S99": "S",
    "--chapter=pagin": "Paging",
    "--level=MUS": "MUST",
}
"""Names that do not exist, and the nearest that does."""


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[str, Future[Outcome]]]:
    """Every selection, under way."""
    with two_at_a_time() as pool:
        asked = {name: ("--collect-only", "-q", *asked) for name, (asked, _) in SELECTING.items()}
        asked |= {option: (option,) for option in REFUSED}
        yield {
            name: pool.submit(suite, *options, account=NOBODY) for name, options in asked.items()
        }


def collected(outcome: Outcome) -> set[str]:
    """Return the names of the cases that were collected."""
    return {line.split("::")[1] for line in outcome.output.splitlines() if "::" in line}


@pytest.mark.parametrize("name", SELECTING)
def test_what_is_named_is_selected_exactly(runs: dict[str, Future[Outcome]], name: str) -> None:
    """Several names of one option are alternatives; options, -k and -m narrow each other."""
    outcome = runs[name].result()
    _, expected = SELECTING[name]

    found = collected(outcome)
    assert {each if each in expected else each.partition("[")[0] for each in found} == expected
    assert outcome.exit_code == (0 if expected else 5)


SENTENCES = {
    "no rule is both in chapter Paging and about statement S02": Selection(
        chapters=("Paging",), statements=("S02",)
    ),
    "no rule is found by -k 'nothing'": Selection(keywords="nothing"),
    "no rule is at once called a-b or called c-d, at level MUST and found by -m 'smoke'": Selection(
        rules=("a-b", "c-d"), levels=("MUST",), marks="smoke"
    ),
}


@pytest.mark.parametrize(("sentence", "asked"), SENTENCES.items())
def test_a_selection_of_nothing_is_told_in_a_sentence(sentence: str, asked: Selection) -> None:
    """It names all that was asked for."""
    assert asked.of_nothing == sentence


@pytest.mark.parametrize("way", [(), ("--list-rules",), ("--collect-only",)], ids=str)
def test_a_run_of_nothing_says_why(way: tuple[str, ...]) -> None:
    """Whatever would have been done with the rules."""
    outcome = suite("--chapter=Paging", "--statement=S02", *way)

    assert outcome.exit_code == 5
    assert outcome.output.endswith("no rule is both in chapter Paging and about statement S02\n")


@pytest.mark.parametrize(("option", "near"), REFUSED.items())
def test_a_name_that_does_not_exist_is_refused(
    runs: dict[str, Future[Outcome]], option: str, near: str
) -> None:
    """The run ends with 4 before the first request, and the message names the nearest one."""
    outcome = runs[option].result()

    name, _, value = option.partition("=")
    (line,) = (line for line in outcome.output.splitlines() if line.startswith("ERROR: "))
    assert outcome.exit_code == 4
    assert line.startswith(f"ERROR: {name}: there is no {value!r}; the nearest is '{near}")
    assert outcome.files == {}


ASKED: dict[str, tuple[Selection, bool]] = {
    "nothing": (Selection(), True),
    "its rule or another": (Selection(rules=("another", "a-rule")), True),
    "its case": (Selection(rules=("a-rule[customers]",)), True),
    "another case": (Selection(rules=("a-rule[users]",)), False),
    "its second statement": (Selection(statements=("S49", "S06")), True),
    "another statement": (Selection(statements=("S07",)), False),
    "the chapter of its first statement": (Selection(chapters=("Consuming", "Paging")), True),
    "the chapter of its second statement": (Selection(chapters=("Consuming",)), False),
    "both levels": (Selection(levels=("MUST", "SHOULD")), True),
    "another level": (Selection(levels=("SHOULD",)), False),
    "its rule, another level": (Selection(rules=("a-rule",), levels=("SHOULD",)), False),
    "its rule and level": (Selection(rules=("a-rule",), levels=("MUST",)), True),
}


@pytest.mark.parametrize(("asked", "selected"), ASKED.values(), ids=ASKED)
def test_a_case_is_selected_by_each_of_its_names(asked: Selection, *, selected: bool) -> None:
    """One name of an option is enough, and every option that is given has to name the case."""
    rule = Rule("a-rule", ("S49", "S06"), STATED, "A rule.")

    assert is_selected(item("test_a_rule[customers]", rule), asked) is selected


def test_what_is_no_rule_is_selected_where_no_rule_is_named() -> None:
    """A test that is no rule has none of the names."""
    assert is_selected(item("test_other", None), Selection(keywords="other"))
    assert not is_selected(item("test_other", None), Selection(levels=("MUST",)))


NARROWED = {
    "a rule": {"rules": ("a-rule",)},
    "a statement": {"statements": ("S01",)},
    "a chapter": {"chapters": ("Paging",)},
    "a level": {"levels": ("MUST",)},
    "a keyword": {"keywords": "put"},
    "a mark": {"marks": "not passive"},
    "a place": {"places": ("suites/test_paging.py",)},
    "another option": {"others": ("--lf",)},
    "cases that were left out": {"left_out": 1},
}


@pytest.mark.parametrize("narrowed", NARROWED.values(), ids=NARROWED)
def test_a_selection_that_leaves_something_out_is_not_whole(narrowed: dict[str, Any]) -> None:
    """Whatever it is; nor is it then the smoke run."""
    assert Selection().is_whole
    assert Selection(marks=SMOKE).is_smoke
    assert not Selection(**narrowed).is_whole
    assert not Selection(**{"marks": SMOKE} | narrowed).is_smoke


SAID: dict[str, tuple[list[str], dict[str, object], Selection]] = {
    "nothing": (["suites"], {}, Selection()),
    "the suite and more": (["selftests", str(ROOT / "suites")], {}, Selection()),
    "the checkout": (["."], {}, Selection()),
    "a folder": (["suites/walks"], {}, Selection(places=("suites/walks",))),
    "a case": (
        ["suites/test_paging.py::test_x[a]"],
        {},
        Selection(places=("suites/test_paging.py::test_x[a]",)),
    ),
    "pytest's own": (
        ["suites"],
        {"keyword": "put ", "markexpr": " smoke", "lf": True, "stepwise": False, "ignore": ["x"]},
        Selection(keywords="put", marks="smoke", others=("--lf", "--ignore")),
    ),
    "ours": (
        ["suites"],
        {
            "rules": ["a-b", "test_a_b[c_d]"],
            "statements": ["s01"],
            "chapters": ["url PARAMETERS"],
            "levels": ["must"],
        },
        Selection(
            rules=("a-b", "a-b[c_d]"),
            statements=("S01",),
            chapters=("URL parameters",),
            levels=("MUST",),
        ),
    ),
}


@pytest.mark.parametrize(("arguments", "options", "selection"), SAID.values(), ids=SAID)
def test_a_selection_is_what_the_command_line_says(
    arguments: list[str], options: dict[str, object], selection: Selection
) -> None:
    """Names are noted as the suite spells them; places where they are not the whole suite."""
    names = ("rules", "statements", "chapters", "levels")
    said = {"keyword": "", "markexpr": "", **{name: [] for name in names}, **options}
    config = SimpleNamespace(
        args=arguments,
        option=SimpleNamespace(**said),
        getoption=lambda name, default=None: said.get(name, default),
        invocation_params=SimpleNamespace(dir=ROOT),
    )

    assert selection_of(cast("pytest.Config", config), ROOT / "suites") == selection


def test_the_nearest_name_is_found_in_whichever_case() -> None:
    """It comes in the spelling in which it is known; without any name there is none."""
    assert nearest("PAGNG", ["Charset", "Paging"]) == "Paging"
    assert nearest("x", []) is None


def test_no_name_is_called_near_that_is_not() -> None:
    """A hint that has nothing to do with what was meant is worse than none."""
    assert nearest("zzz", ["Charset", "Paging"]) is None
    assert (hint("zzz", ["Paging"]), hint("pagin", ["Paging"])) == ("", "; the nearest is 'Paging'")


def item(name: str, rule: Rule | None) -> pytest.Item:
    """Return as much of a test item as says which case of a rule it is."""
    marks = {"rule": SimpleNamespace(args=(rule,))} if rule else {}
    return cast("pytest.Item", SimpleNamespace(name=name, get_closest_marker=marks.get))

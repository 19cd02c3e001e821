"""The failing examples of the documentation: one for each rule, and each is what a run says."""

from __future__ import annotations

import re

import pytest
from running import ROOT, at, suite

from proof.completeness import known_ids
from proof.documentation import keys_table, options_table
from proof.examples import chosen, read_examples
from proof.rule_pages import plain
from reference.faults import faults
from reference.serving import Serving
from suites.unobservable import FAULTLESS

pytestmark = pytest.mark.whole_run

EXAMPLES = read_examples()
FAULTS = {each.__name__: each for each in faults()}
IDS = {id_ for id_, removed in known_ids(ROOT / "suites" / "rule_ids.txt").items() if not removed}


def test_each_rule_has_an_example() -> None:
    """Of a fault that it names; `make examples` writes those that are missing."""
    breaks = {id_: FAULTS[each.fault].breaks for id_, each in EXAMPLES.items()}

    assert EXAMPLES.keys() | FAULTLESS.keys() == IDS
    assert [id_ for id_, broken in breaks.items() if id_ not in broken] == []
    assert chosen(list(FAULTS.values())).keys() >= EXAMPLES.keys()


@pytest.mark.parametrize("id_", EXAMPLES)
def test_an_example_is_one_of_its_rule(id_: str) -> None:
    """It begins with both sentences, then has the statement and the rule as the rule book does."""
    text = EXAMPLES[id_].text
    heading = re.search(rf"^Rule {id_} (\(.*\): .*)$", text, re.MULTILINE)

    assert re.match(r"expected: .+\nobserved: .+\n\nS\d\d  \S", text)
    assert heading is not None
    assert heading[1] in (ROOT / "rulebook.md").read_text(encoding="utf-8")
    assert len(text) < 5000


@pytest.mark.parametrize("id_", ["suffix-forces-type", "json-is-the-default"])
def test_an_example_is_what_a_run_says(id_: str) -> None:
    """The rule, shown its fault again, expects and sees the same."""
    example = EXAMPLES[id_]
    with Serving(FAULTS[example.fault]()) as serving:
        outcome = suite(*at(serving, f"--rule={id_}"))
    expected = re.findall(r"^(?:expected|observed): .*$", example.text, re.MULTILINE)

    assert outcome.exit_code == 1
    assert len(expected) == 2
    assert [line for line in expected if line not in outcome.output] == []


def test_markdown_sees_nothing_in_a_text_but_its_code() -> None:
    """What has a meaning is escaped, outside of backquotes."""
    assert plain("a_b *c* <d> [e] {f}\n$g | `h_i*`") == (
        r"a\_b \*c\* \<d\> \[e\] \{f\} \$g \| `h_i*`"
    )


def test_the_tables_of_settings_have_rows() -> None:
    """An option with its key, and a key that has no option."""
    assert "| `--base-url URL` | `base_url` | https URL of the target" in options_table()
    assert "`--prove" not in options_table()
    assert "| `claims` |  | table of what the target offers" in keys_table()

"""What `explain` says: something of every name that a report, or an exit, can show."""

from __future__ import annotations

import pytest
from running import ROOT

from conformance.spec.ambiguities import ambiguities
from conformance.spec.statements import statements
from conformance.verdicts import ExitCode, Verdict
from freespee_conformance.exit_codes import EXIT_CODES
from freespee_conformance.explaining import UnknownNameError, explained, written_rules
from freespee_conformance.options import rule_ids
from reference.variants import variants

pytestmark = pytest.mark.whole_run

NAMES = [*statements(), *ambiguities(), *map(str, EXIT_CODES), *(each.value for each in Verdict)]


def test_every_rule_is_explained() -> None:
    """By its id, with its level, its statements, and the faults that it notices."""
    ids = sorted(written_rules())

    assert ids == sorted(rule_ids())
    for id_ in ids:
        text, rule = explained(id_), written_rules()[id_].rule
        assert text.startswith(f"rule {id_} ({rule.level.value}, ")
        assert [name for name in rule.statements if f"\n  {name}: " not in text] == []
        assert "none yet" not in text


@pytest.mark.parametrize("name", NAMES)
def test_every_other_name_is_explained(name: str) -> None:
    """Statements, open questions, exit codes and verdicts: more than the name itself."""
    assert name in explained(name).splitlines()[0]
    assert len(explained(name)) > len(name) + 30


def test_every_exit_code_of_a_run_is_known() -> None:
    """Those that a run ends with, and those of pytest."""
    assert {*ExitCode, *range(6)} <= EXIT_CODES.keys()


def test_a_statement_names_its_rules_or_why_it_has_none() -> None:
    """S13 has rules; S01 cannot be seen by any."""
    assert "put-unknown-id-creates-nothing" in explained("S13")
    assert "No rule: " in explained("S01")


@pytest.mark.parametrize(
    "name",
    [
        "put-unknown-id-creates-nothing",
        "test_put_unknown_id_creates_nothing",
        "put-unknown-id-creates-nothing[customers]",
        " PUT-unknown-id-creates-nothing ",
    ],
)
def test_a_rule_is_found_as_a_report_writes_it(name: str) -> None:
    """As an id, as a test, as one case of it."""
    assert explained(name).startswith("rule put-unknown-id-creates-nothing ")


def test_an_unknown_name_is_answered_by_the_nearest() -> None:
    """The message names it."""
    with pytest.raises(UnknownNameError, match="nearest name is 'numpages-follows-from-total'"):
        explained("numpages-follow-from-total")


def test_a_part_of_names_is_answered_by_those() -> None:
    """A word that somebody remembers leads to the rules about it."""
    message = "it is part of .*numpages-follows-from-total, .*numpages-of-nothing"
    with pytest.raises(UnknownNameError, match=message):
        explained("numpages")


def test_a_wrong_name_of_a_fault_is_answered_by_the_nearest() -> None:
    """Where no rule is near, and none has it in its name."""
    with pytest.raises(UnknownNameError, match="nearest name is 'RoundsPagesDown'"):
        explained("RoundPagesDown")


def test_an_open_question_is_known_by_its_sentence() -> None:
    """As the report shows it in its table of how a server reads the document."""
    each = next(iter(ambiguities().values()))

    assert explained(f" {each.question.upper()}") == explained(each.id)


def test_a_fault_and_a_variant_are_known_by_their_names() -> None:
    """What they do, and which rules notice it."""
    assert explained("AnswersMoreThanOk").startswith("fault AnswersMoreThanOk: ")
    assert "\nNoticed by\n\n  ping-answers-ok" in explained("answersmorethanok")
    assert explained(variants()[0].__name__).startswith(f"variant {variants()[0].__name__}: ")


def test_nothing_is_called_near_that_is_not() -> None:
    """A name that resembles none is answered by none."""
    with pytest.raises(UnknownNameError, match=r"^nothing is called 'zzz'$"):
        explained("zzz")


def test_the_exit_codes_are_those_of_the_readme() -> None:
    """Each is a row of its table, alone or with others."""
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("| Exit code |")[2]
    cells = [row.split("|")[1] for row in table.partition("\n\n")[0].splitlines()[2:]]

    assert {int(code) for cell in cells for code in cell.split(",")} == EXIT_CODES.keys()

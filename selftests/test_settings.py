"""The table of settings, and what is written of it elsewhere."""

from __future__ import annotations

import argparse
import json
import tomllib
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest
from running import ROOT

from conformance.config.settings import SETTINGS, Setting
from conformance.config.target import Budget, Target, TargetError
from conformance.config.target_file import SCHEMA_FILE, build_target, read_target_file

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.whole_run

URL = "https://host/2.4.9"
ACCOUNT = {"API_USERNAME": "ada", "API_PASSWORD": "correct-horse"}
README = (ROOT / "README.md").read_text(encoding="utf-8")
IN_A_FILE = {each.key: each for each in SETTINGS if each.key}
NUMBERS = [key for key, each in IN_A_FILE.items() if each.kind.schema.get("type") == "number"]


def in_the_schema() -> dict[str, Any]:
    """Return what the schema says of each key; a table's keys with its name before them."""
    said: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))["properties"]
    limits = said.pop("limits")["properties"]
    return said | {f"limits.{key}": value for key, value in limits.items()}


def row_of(setting: Setting) -> tuple[str, ...]:
    """Return the cells of a setting's row in a table of README.md, empty ones left out."""
    option = " ".join(filter(None, (setting.option, setting.metavar)))
    names = [f"`{name}`" for name in (option, setting.key) if name]
    return (*names, setting.text)


def rows_of_readme() -> list[tuple[str, ...]]:
    """Return the cells of each row that is about settings, empty ones left out."""
    tables = [table for table in README.split("\n\n") if table.startswith("| Option |")]
    rows = [row for table in tables for row in table.strip().splitlines()[2:]]
    return [tuple(filter(None, map(str.strip, row.strip("|").split("|")))) for row in rows]


def test_the_schema_of_the_target_file_follows_from_the_table() -> None:
    """It has the keys of the table, and says of each what the table says."""
    said = {key: {**each.kind.schema, "description": each.text} for key, each in IN_A_FILE.items()}

    assert in_the_schema() == said


def test_the_readme_has_a_row_for_each_setting() -> None:
    """Its rows name option, key and help as the table does, and there are no others."""
    assert sorted(rows_of_readme()) == sorted(map(row_of, SETTINGS))


def test_the_readme_shows_a_target_file_that_can_be_used(tmp_path: Path) -> None:
    """Its example is read, and shows each limit."""
    text = README.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "target.toml").write_text(text, encoding="utf-8")

    assert read_target_file(tmp_path / "target.toml")["base_url"] == URL
    assert {f"limits.{key}" for key in tomllib.loads(text)["limits"]} == {
        key for key in IN_A_FILE if key.startswith("limits.")
    }


def test_each_key_is_a_field_of_the_target() -> None:
    """What a file says arrives: a setting is named after its key and after its field."""
    known = {each.name for kind in (Target, Budget) for each in fields(kind)}

    assert [key for key, each in IN_A_FILE.items() if key.rpartition(".")[2] != each.name] == []
    assert {each.name for each in IN_A_FILE.values()} <= known


def test_no_name_option_or_key_is_said_twice() -> None:
    """Each names one setting, and each setting can be said somewhere."""
    for names in zip(*((each.name, each.option, each.key) for each in SETTINGS), strict=True):
        said = [name for name in names if name]
        assert len(said) == len(set(said))
    assert [each.name for each in SETTINGS if not (each.option or each.key)] == []


def test_what_is_not_said_has_its_default() -> None:
    """A run ends its requests after half an hour, and as fast as it can."""
    target = build_target({"base_url": URL}, ACCOUNT)

    assert target.budget == Budget(seconds=1800)
    assert (target.timeout, target.contact, target.records_may_stay) == (30, None, False)


def test_a_limit_that_is_said_arrives() -> None:
    """Settings are flat, whether a file or an option says them."""
    said = {"requests": 7, "seconds": 0.5, "requests_per_second": 2.5}
    target = build_target(
        {"base_url": URL, "contact": "me@host.example", "records_may_stay": True, **said}, ACCOUNT
    )

    assert target.budget == Budget(**said)  # type: ignore[arg-type]  # integers where they belong
    assert (target.contact, target.records_may_stay) == ("me@host.example", True)


@pytest.mark.parametrize("contact", ["", " ", "a\r\nX-Evil: 1", "jos\u00e9"])
def test_a_contact_that_no_header_field_can_hold_is_refused(contact: str) -> None:
    """It would end the field, or could not be sent."""
    with pytest.raises(TargetError, match=r"the contact .* give one like"):
        build_target({"base_url": URL, "contact": contact}, ACCOUNT)


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e999"])
@pytest.mark.parametrize("key", NUMBERS)
def test_a_number_is_finite(tmp_path: Path, key: str, value: str) -> None:
    """A file may write it, but no setting takes it; neither does its option."""
    file, each = tmp_path / "target.toml", IN_A_FILE[key]
    file.write_text(f"{key} = {value}", encoding="utf-8")

    with pytest.raises(TargetError, match=f"{key}: .* is not of type 'number'"):
        read_target_file(file)
    with pytest.raises(argparse.ArgumentTypeError, match="is not a number above 0"):
        each.kind.arguments["type"](value)

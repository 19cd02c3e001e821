"""What the command and its commands say of themselves: each line that they show can be typed."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from freespee_conformance import session
from freespee_conformance.command import EXAMPLES as OF_ALL
from freespee_conformance.command import cli, run
from freespee_conformance.examples import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path


def test_the_help_names_every_command_and_its_examples_can_be_used(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each example of the help is understood."""
    monkeypatch.setattr(session, "start", lambda *_, **__: 0)
    monkeypatch.chdir(tmp_path)
    assert run(["--help"]) == 0
    text = capsys.readouterr().out
    assert [name for name in cli.commands if f"  {name} " not in text] == []
    lines = re.findall(r"(?m)^  freespee-conformance (.*?)(?:  +.*)?$", OF_ALL)
    assert len(lines) >= 5
    assert [words for words in lines if run(words.split()) != 0] == []


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_each_command_has_help(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Its first line says what it does, in one sentence; the last ones show how it is typed."""
    assert run([name, "--help"]) == 0
    text = capsys.readouterr().out
    assert re.search(r"\n\n  [A-Z].*", text)
    assert text.partition("Examples:\n\n")[2].splitlines() == [
        f"    freespee-conformance {each}" for each in EXAMPLES[name]
    ]


@pytest.mark.parametrize(
    "words",
    [shlex.split(each.partition(" >")[0]) for lines in EXAMPLES.values() for each in lines],
    ids=" ".join,
)
def test_each_example_of_a_command_is_understood(words: list[str]) -> None:
    """By what reads the command's words; the files that it names need not be there."""
    name, *rest = words

    assert cli.commands[name].make_context(name, rest).command.name == name


def test_the_list_of_commands_cuts_no_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """On a terminal of 80 columns."""
    assert run(["--help"]) == 0
    commands = capsys.readouterr().out.partition("Commands:\n")[2].partition("\n\n")[0]
    assert len(commands.splitlines()) == len(cli.commands)
    assert "..." not in commands

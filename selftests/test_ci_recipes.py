"""The GitHub action and the GitLab component: their scripts run as a runner runs them.

What the recipes make of what they are told, and of how the command ends, is theirs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from recipes import Ended, Runner
from running import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.whole_run

yaml = pytest.importorskip("yaml")

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SPEC, TEMPLATE = (ROOT / "templates" / "certify.yml").read_text(encoding="utf-8").split("---\n")
HOSTILE = ["$(touch acted)", "`touch acted`", "; touch acted", "a b", "'", '"', "*", "$HOME", "\\"]


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """Return a runner that has run nothing."""
    return Runner(tmp_path)


def step(runner: Runner, name: str, ends: int = 0, leaves: str = "", **inputs: str) -> Ended:
    """Run a step of the action, with these inputs over the defaults, as GitHub does."""
    found = next(each for each in ACTION["runs"]["steps"] if each["name"] == name)
    values = {key: each["default"] for key, each in ACTION["inputs"].items()}
    values |= {key.replace("_", "-"): value for key, value in inputs.items()}
    env = {
        key: values[re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value)[1]]  # type: ignore[index]
        for key, value in found["env"].items()
    }
    shell = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail"]
    return runner.run(shell, found["run"], ends, LEAVES=leaves, **env)


def job(**inputs: str) -> dict[str, Any]:
    """Return the component's job with these inputs over the defaults, as GitLab fills them in."""
    values = {
        key: each.get("default") for key, each in yaml.safe_load(SPEC)["spec"]["inputs"].items()
    }
    values |= {key.replace("_", "-"): value for key, value in inputs.items()}
    (found,) = yaml.safe_load(TEMPLATE).values()
    return {key: _filled(value, values) for key, value in found.items()}


def _filled(value: Any, values: dict[str, Any]) -> Any:  # noqa: ANN401  (YAML holds anything)
    if isinstance(value, dict):
        return {key: _filled(each, values) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, values) for each in value]
    if not isinstance(value, str):
        return value
    return re.sub(
        r"\$\[\[ inputs\.([a-z-]+) \]\]",
        lambda found: (
            str(values[found[1]]).lower()
            if isinstance(values[found[1]], bool)
            else str(values[found[1]])
        ),
        value,
    )


def component(runner: Runner, part: str, ends: int = 0, leaves: str = "", **inputs: str) -> Ended:
    """Run a part of the component's job."""
    made = job(**inputs)
    (script,) = made[part]
    return runner.run(["sh", "-e"], script, ends, LEAVES=leaves, **made["variables"])


RECIPES = pytest.mark.parametrize(
    ("run", "part"), [(step, "Run"), (component, "script")], ids=["action", "component"]
)
CLEANING = pytest.mark.parametrize(
    ("run", "part"), [(step, "Clean up"), (component, "after_script")], ids=["action", "component"]
)


def test_no_input_is_part_of_a_script() -> None:
    """A runner would put it in before the shell reads it, and it would act."""
    scripts = [each["run"] for each in ACTION["runs"]["steps"] if "run" in each]
    scripts += [*job()["script"], *job()["after_script"]]
    written = yaml.safe_load(TEMPLATE)["$[[ inputs.job ]]"]

    assert len(scripts) == 6
    assert [each for each in scripts if "${{" in each] == []
    assert [each for each in [*written["script"], *written["after_script"]] if "$[[" in each] == []


def test_what_has_to_run_always_does() -> None:
    """Clean-up, summary and results come also after a run that failed or was cancelled."""
    conditions = {each["name"]: each.get("if") for each in ACTION["runs"]["steps"]}

    assert [name for name, said in conditions.items() if said == "always()"] == [
        "Clean up",
        "Summarise",
        "Keep the results",
    ]
    assert job()["artifacts"]["when"] == "always"


@RECIPES
def test_the_command_is_told_what_the_inputs_say(run: Any, part: str, runner: Runner) -> None:  # noqa: ANN401
    """Each as a word of its own, and nothing else."""
    ended = run(
        runner,
        part,
        base_url="https://host/2.4.9",
        allow_writes="true",
        target="a b.toml",
        arguments="--rate=5\n--contact=Ada Lovelace\n",
        reports="out",
    )

    assert ended.exit_code == 0
    assert sorted(ended.said) == sorted(
        [
            *("certify", "--reports=out", "--target=a b.toml", "--allow-writes"),
            *("--rate=5", "--contact=Ada Lovelace", "https://host/2.4.9"),
        ]
    )


@RECIPES
def test_what_is_not_said_is_not_told(run: Any, part: str, runner: Runner) -> None:  # noqa: ANN401
    """The command has its own defaults; writing is not among them."""
    (runner.home / "partner.toml").touch()
    ended = run(runner, part, target="partner.toml")

    assert ended.said == ["certify", "--reports=conformance-reports", "--target=partner.toml"]


@RECIPES
def test_a_smoke_run_is_never_told_to_write(run: Any, part: str, runner: Runner) -> None:  # noqa: ANN401
    """It has no such option."""
    ended = run(runner, part, command="smoke", base_url="https://host/2", allow_writes="true")

    assert ended.said == ["smoke", "--reports=conformance-reports", "https://host/2"]


@RECIPES
@pytest.mark.parametrize("target", ["", "none.toml", "."])
def test_a_job_that_names_no_server_is_red(
    run: Any,  # noqa: ANN401
    part: str,
    runner: Runner,
    target: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The command would certify the embedded server, and the job be green."""
    ended = run(runner, part, target=target)

    told = capfd.readouterr()
    assert (ended.exit_code, ended.said) == (4, [])
    assert "no server is named: say base-url, or " in told.out + told.err


@RECIPES
@pytest.mark.parametrize("text", HOSTILE)
def test_an_input_is_a_word_whatever_it_holds(
    run: Any,  # noqa: ANN401
    part: str,
    runner: Runner,
    text: str,
) -> None:
    """No shell sees it."""
    ended = run(runner, part, base_url=text, target=text)

    assert (text, f"--target={text}") == (ended.said[-1], ended.said[2])
    assert not ended.acted


@RECIPES
@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 10, 11, 13])
def test_the_exit_code_is_the_commands(run: Any, part: str, runner: Runner, code: int) -> None:  # noqa: ANN401
    """Nothing on the way makes another of it."""
    assert run(runner, part, code, base_url="https://host/2.4.9").exit_code == code


def test_the_action_says_how_the_run_ended(runner: Runner) -> None:
    """Also where it failed."""
    ended = step(runner, "Run", 1, leaves="out", reports="out", base_url="https://host/2.4.9")

    assert ended.files["output"] == "exit-code=1\nverdict=not conformant\n"


def test_the_action_runs_no_other_command(runner: Runner) -> None:
    """One that it does not know ends with 4, before anything is sent."""
    ended = step(runner, "Run", command="cleanup")

    assert (ended.exit_code, ended.said) == (4, [])


@CLEANING
@pytest.mark.parametrize("log", ["records.jsonl", "other-account.jsonl"])
def test_records_are_cleaned_up_where_there_is_a_log(
    run: Any,  # noqa: ANN401
    part: str,
    runner: Runner,
    log: str,
) -> None:
    """Of either account. Its code ends the step; without a log there is nothing to do."""
    without = run(runner, part, 13, reports="a folder")
    (runner.home / "a folder").mkdir()
    (runner.home / "a folder" / log).touch()
    ended = run(runner, part, 13, reports="a folder")

    assert (without.exit_code, without.said) == (0, [])
    assert (ended.exit_code, ended.said) == (13, ["cleanup", "a folder", "--delete"])


def test_the_logs_of_both_accounts_are_kept() -> None:
    """What could not be deleted is found again by them."""
    (kept,) = (each["with"]["path"] for each in ACTION["runs"]["steps"] if "artifact" in str(each))
    names = [line.rpartition("/")[2] for line in kept.splitlines()]

    assert {"records*.jsonl", "other-account*.jsonl"} <= set(names)


def snippet(chapter: str) -> str:
    """Return the first lines of shell of a chapter of the page about CI."""
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    return page.partition(f"## {chapter}\n")[2].partition("```sh\n")[2].partition("```")[0]


@pytest.mark.parametrize(
    ("code", "left", "ends"), [(0, 0, 0), (1, 0, 1), (1, 13, 1), (10, 10, 10), (0, 13, 13)]
)
def test_the_lines_for_other_runners_end_as_the_run(
    runner: Runner, code: int, left: int, ends: int
) -> None:
    """They clean up in any case, also in a shell that ends with the first command that fails."""
    ended = runner.run(["sh", "-e"], snippet("Jenkins and others"), code, CLEANS=str(left))

    assert ended.said[-3:] == ["cleanup", "reports", "--delete"]
    assert ended.exit_code == ends


def test_the_summary_of_the_job_is_that_of_the_run(runner: Runner) -> None:
    """A run that left none is said to have left none."""
    without = step(runner, "Summarise", reports="out")
    step(runner, "Run", 1, leaves="out", reports="out", base_url="https://host/2.4.9")
    ended = step(runner, "Summarise", reports="out")

    assert "before it could write any results" in without.files["summary"]
    assert ended.files["summary"].endswith("\n## NOT CONFORMANT\n")


def test_results_of_an_earlier_run_are_not_told_as_of_this_one(
    runner: Runner, tmp_path: Path
) -> None:
    """A second run of a job that ends before it writes any has neither verdict nor summary."""
    step(runner, "Run", 1, leaves="out", reports="out", base_url="https://host/2.4.9")
    (tmp_path / "began").touch()
    (tmp_path / "output").unlink()

    second = step(runner, "Run", 4, reports="out", base_url="https://host/2.4.9")
    summed_up = step(runner, "Summarise", reports="out")

    assert second.files["output"] == "exit-code=4\n"
    assert "before it could write any results" in summed_up.files["summary"]

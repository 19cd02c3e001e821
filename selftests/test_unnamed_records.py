"""Records that a run has made and cannot name: it says how they are found."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from calling import called
from hostile_runs import CANARY, run_against
from observing import Observing
from test_api import TARGET, api_of

from conformance.clients.clean_up import clean_up
from conformance.clients.record_log import NAME, RecordLog
from conformance.results.conclusion import conclude
from conformance.results.run import Run
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import SetupFailed
from reference import seed
from reference.hostile import modes
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import CUSTOMERS as KEPT_CUSTOMERS
from reference.serving import Serving

if TYPE_CHECKING:
    from reference.operation import Operation

pytestmark = pytest.mark.whole_run

CREATING = ("--profile=quick", "suites/consuming/test_creating.py")
BEGINNING = "with texts that begin with cf-"


class Wordless(Observing):
    """Creates records, and answers a creation with nothing; shows lists as long as it is told."""

    shows_lists = False

    def perform(self, operation: Operation) -> Answer:
        """Do it, and keep quiet about it."""
        if operation.method == "GET" and operation.record_id is None and not self.shows_lists:
            raise Refusal(500, "The list has been lost")
        answer = super().perform(operation)
        return Answer(answer.name, []) if operation.method == "POST" else answer


class Forgetful(Observing):
    """Answers a creation with an id and nothing else, and shows empty lists."""

    def perform(self, operation: Operation) -> Answer:
        """Show nothing but an id."""
        answer, name = super().perform(operation), operation.resource.id_name or ""
        if operation.method == "GET" and operation.record_id is None:
            return Answer(answer.name, [])
        shown = [{name: each[name]} for each in answer.content if not isinstance(each, str)]
        return Answer(answer.name, shown)


class Unnumbered(Wordless):
    """Shows the lists, and in them no id that a URL could have."""

    shows_lists = True

    def perform(self, operation: Operation) -> Answer:
        """Spoil the ids."""
        answer = super().perform(operation)
        name = operation.resource.id_name or ""
        shown = [{**each, name: "../1"} for each in answer.content if not isinstance(each, str)]
        return Answer(answer.name, shown, answer.paging)


@pytest.mark.parametrize(
    ("server", "reason", "is_doubtful"),
    [
        (Wordless, "no list shows them: the list of customers was refused with 500", False),
        (Forgetful, "they were answered as made, and no list shows them", True),
        (Unnumbered, "their ids cannot be used", False),
    ],
)
def test_what_no_list_shows_is_told_by_its_beginning(
    server: type[Observing],
    reason: str,
    is_doubtful: bool,  # noqa: FBT001
) -> None:
    """With how many there may be, and why there is no more to be said."""
    api = api_of(server())
    with pytest.raises(SetupFailed):
        api.create(CUSTOMERS)

    (left,) = clean_up(api)

    assert str(left).startswith(f"up to 1 customers with texts that begin with {api.ledger.prefix}")
    assert reason in str(left)
    assert getattr(left, "is_doubtful", False) is is_doubtful


def test_what_a_later_list_shows_is_deleted_and_told_no_more() -> None:
    """Then it is a record like any other."""
    server = Wordless()
    before = server.everything()
    api = api_of(server)
    with pytest.raises(SetupFailed):
        api.create(CUSTOMERS)
    server.shows_lists = True

    assert clean_up(api) == []
    assert server.everything() == before


def test_a_record_that_shows_a_number_of_ours_is_deleted() -> None:
    """Also where no answer told its id, and no text of it has the beginning of all ours."""
    server = Wordless()
    server.shows_lists = True
    before = server.everything()
    api = api_of(server)

    api.create(CUSTOMERS, name="0", custnr=api.ledger.fresh_number())

    assert clean_up(api) == []
    assert server.everything() == before


def test_a_doubt_is_told_and_fails_no_run() -> None:
    """Nothing but an answer says that there is something: the exit code stays as it is."""
    run = Run(replace(TARGET, reports=Path()), 1)
    run.doubted = ["up to 1 customers"]
    concluded = conclude(run, 0)
    run.left = ["/customers/1"]

    assert concluded.exit_code == conclude(run, 0).exit_code
    assert run.may_be_left == ["/customers/1", "up to 1 customers"]


def test_the_command_keeps_the_log_of_what_it_cannot_look_for(tmp_path: Path) -> None:
    """A creation was announced, and no list can be read: it is not said that all is gone."""
    server = Wordless()
    with Serving(server) as serving:
        run = {"prefix": "cf-18c2a7b3d5e-", "base_url": serving.base_url}
        log = RecordLog(tmp_path / NAME, {**run, "ca_bundle": str(serving.ca_file)})
        log.intend("customers", {"name": "cf-18c2a7b3d5e-1"})
        log.intend("customers", {"name": "cf-18c2a7b3d5e-2"})
        log.close()

        first = called("cleanup", ".", "--delete", cwd=tmp_path)
        server.shows_lists = True
        second = called("cleanup", ".", "--delete", cwd=tmp_path)

    assert first.returncode == 13
    assert f"left: up to 2 customers {BEGINNING}18c2a7b3d5e-" in first.stdout
    assert (second.returncode, second.stderr) == (0, "")
    assert not (tmp_path / NAME).exists()


@pytest.mark.parametrize(
    "name",
    [
        "empty-but-done",
        pytest.param("unreadable-but-done", marks=pytest.mark.proof),
        pytest.param("keys-that-act", marks=pytest.mark.proof),
        pytest.param("halves-in-every-text", marks=pytest.mark.proof),
    ],
)
def test_what_a_run_cannot_name_is_in_its_conclusion(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as there are, at least; run.json has the same."""
    monkeypatch.setattr(seed, "PASSWORD", CANARY)
    monkeypatch.setattr(seed, "PASSWORDS", {**seed.PASSWORDS, seed.USERNAME: CANARY})
    ended = run_against(modes()[name], *CREATING)

    run = json.loads(ended.files["run.json"])
    told = run["left_on_target"]
    most = sum(int(each.split()[2]) if BEGINNING in each else 1 for each in told)
    account = ended.hostile.account
    there = len([*account.records(KEPT_CUSTOMERS)]) - len(seed.CUSTOMER_SEEDS)
    assert most >= there > 0
    assert "left" in run["sentence"]
    assert told[0] in ended.output

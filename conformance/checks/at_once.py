"""Requests of one caller at the same time, as any client with several threads sends them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.checks.request_pairs import SECONDS, scene_of
from conformance.clients.workers import on_threads
from conformance.config.sampling import walks_everything
from conformance.spec.addressing import Request
from conformance.spec.media_types import ACCEPT, XML
from conformance.spec.resources import CUSTOMERS
from conformance.wire.recorder import observed
from conformance.wire.records import readable_records, record_with_id, with_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.checks.request_pairs import Scene
    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.spec.resources import Record
    from conformance.wire.responses import Response

AT_ONCE = 4
"""How many requests are under way at the same time: a server may have few workers."""

ROUNDS, MOST_ROUNDS = 3, 50
"""How often all reads are asked for, in a standard run and in a thorough one."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The number of a customer whose POST was taken, what that was answered, and its records.

    They are looked up afterwards.
    """

    number: str
    answered: list[Record]
    records: list[Record]

    @property
    def is_answered_with_another(self) -> bool:
        """Whether the answer shows records, but none with the number that was sent."""
        return bool(self.answered) and not with_value(self.answered, "custnr", self.number)


def caller_beside(api: Api) -> Client:
    """Return a caller like the account's own whose answers no rule about all of these judges.

    Which of several requests came first nobody knows, nor which of them repeats another.
    """
    return api.lent_to("courier", api.credentials)


def posted_at_once(api: Api) -> list[Taken]:
    """POST customers at the same time; return those that are taken.

    What the account needs of a customer is known before, from one that is alone.
    """
    api.post_new(CUSTOMERS)
    sent, caller = [api.values(CUSTOMERS) for _ in range(AT_ONCE)], caller_beside(api)
    answered = on_threads(
        lambda values: caller.post(CUSTOMERS.collection, data=values), sent, AT_ONCE
    )
    return [
        Taken(
            values["custnr"],
            [each for each in readable_records(response, CUSTOMERS) if "custnr" in each],
            api.stored(CUSTOMERS, response, "custnr", values["custnr"]),
        )
        for values, response in zip(sent, answered, strict=True)
        if response.ok
    ]


def put_at_once(api: Api) -> dict[str, dict[str, str]]:
    """PUT two fields of a customer at the same time, a few times; return what did not last.

    Left out are fields whose PUT was refused.
    """
    made, caller = api.shared_record(CUSTOMERS), caller_beside(api)
    lost: dict[str, dict[str, str]] = {}
    for turn in range(ROUNDS):
        sent = {"name": api.fresh(), "email": f"{api.fresh()}@example.com"}
        each_alone = [{name: value} for name, value in sent.items()]
        answered = on_threads(lambda data: caller.put(made.path, data=data), each_alone, AT_ONCE)
        taken = [name for name, response in zip(sent, answered, strict=True) if response.ok]
        observed("fields", len(taken))
        after = api.read(made)
        changed_back = {
            name: f"{sent[name]} was sent at the same time as the other field, and got lost"
            for name in taken
            if after.get(name) != sent[name]
        }
        if changed_back:
            lost[f"at time {turn + 1}"] = changed_back
    return lost


def mixed_up(api: Api) -> list[str]:
    """GET several things at the same time, again and again; return what is answered otherwise.

    Each is asked for alone before.
    """
    scene = scene_of(api)
    asked = reads(scene)
    alone = {what: answer(scene, api.send(request)) for what, request in asked.items()}
    again = [*asked] * (MOST_ROUNDS if walks_everything() else ROUNDS)
    caller = caller_beside(api)
    found = on_threads(lambda what: answer(scene, caller.send(asked[what])), again, AT_ONCE)
    observed("answers", len(found))
    return [
        f"{what}: {each[0]}, {each[1]}, {'another' if each[2] else 'no'} record"
        for what, each in zip(again, found, strict=True)
        if each != alone[what]
    ]


def reads(scene: Scene) -> Mapping[str, Request]:
    """Return the GETs that are sent at the same time: of two records, of a list, in both types."""
    return {
        "one by path": SECONDS["by path"](scene),
        "another in XML": Request("GET", scene.other.path, {"headers": {"Accept": ACCEPT[XML]}}),
        "one by its number": SECONDS["by number"](scene),
        "another by a suffix": Request("GET", f"/customers.xml/{scene.other.id}", {}),
    }


def answer(scene: Scene, response: Response) -> tuple[int, str, Record | None]:
    """Return the status, the media type and the record of the scene that an answer shows."""
    shown = (record_with_id(response, each) for each in (scene.asked, scene.other))
    return response.status_code, response.media_type, next(filter(None, shown), None)

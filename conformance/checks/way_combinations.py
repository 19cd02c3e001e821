"""Writes in combined ways, and what becomes of them.

A combination is charged only where each of its parts has its effect alone, which is tried when a
combination fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.checks.representations import body_kind
from conformance.clients.once import once_for_good, once_per_run
from conformance.config.sampling import strength
from conformance.spec.media_types import NOTHING
from conformance.spec.resources import CUSTOMERS, GREETINGS
from conformance.spec.way_combinations import (
    CREATIONS,
    DELETIONS,
    IN_JSON,
    MADE_IN_JSON,
    PLACES,
    UPDATES,
    Creation,
    Deletion,
    Update,
    Wanted,
    may_be_refused,
    parts,
    rows,
)
from conformance.verdicts import unobservable
from conformance.wire.recorder import observed
from conformance.wire.records import id_of, with_value

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.wire.responses import Response

PURPOSE = "combined ways"
_NOT_THERE = 404


@dataclass(frozen=True, slots=True)
class Outcome:
    """One combined way, how it was answered, and whether it had its effect."""

    way: Update | Creation | Deletion
    status_code: int
    done: bool
    kind: str

    def __repr__(self) -> str:
        """Return the way and what became of it, as evidence shows it."""
        effect = "and has its effect" if self.done else "but has no effect"
        return f"{self.way!r}: is answered {self.status_code} in {self.kind}, {effect}"

    @property
    def answered_with_success(self) -> bool:
        """Whether the answer says that it was handled."""
        return 200 <= self.status_code < 300  # noqa: PLR2004  (the class of status codes)

    @property
    def is_lawful_refusal(self) -> bool:
        """Whether it was refused, and the document does not offer the whole combination."""
        return may_be_refused(self.way) and not self.answered_with_success


def updates(api: Api) -> list[Outcome]:
    """PUT a name in each combined way, once in a run; return the outcomes that can be charged."""
    return charged(api, _updates(api))


def creations(api: Api) -> list[Outcome]:
    """POST a greeting in each combined way, once in a run; return the outcomes to charge."""
    return charged(api, _creations(api))


def deletions(api: Api) -> list[Outcome]:
    """DELETE a greeting in each combined way, once in a run; return the outcomes to charge."""
    return charged(api, _deletions(api))


@once_for_good
def _updates(api: Api) -> list[Outcome]:
    made = {each: api.shared_record(each, PURPOSE) for each in (CUSTOMERS, GREETINGS)}
    ways = dict.fromkeys([*rows(Update, UPDATES, strength()), *IN_JSON])
    return [updated_in(api, made[way.resource], way) for way in ways]


def updated_in(api: Api, identity: Identity, way: Update) -> Outcome:
    """PUT a name in one way, with a suffix in the place that is known."""
    name = api.fresh() + way.text.value
    response = api.send(way.request(identity, name))
    if response.status_code == _NOT_THERE and has_two_places(way):
        response = api.send(way.request(identity, name, PLACES - 1))
    record = api.find(identity) or {}
    return outcome(way, response, done=record.get("name") == name)


def outcome(way: Update | Creation | Deletion, response: Response, *, done: bool) -> Outcome:
    """Return what became of one way."""
    return Outcome(way, response.status_code, done, body_kind(response))


def has_two_places(way: Update | Creation | Deletion) -> bool:
    """Tell whether its suffix may be behind either of two names."""
    suffixed = way.wanted in (Wanted.JSON_SUFFIX, Wanted.XML_SUFFIX)
    return suffixed and not (isinstance(way, Update) and way.resource is CUSTOMERS)


def charged(api: Api, found: list[Outcome]) -> list[Outcome]:
    """Leave out the outcomes that failed, as a part of them does alone."""
    kept = [each for each in found if each.done or works_in_parts(api, each.way)]
    observed("combinations", len(kept))
    return kept or unobservable("no combination has an effect")


def works_in_parts(api: Api, way: Update | Creation | Deletion) -> bool:
    """Tell whether each part of a way has its effect alone."""
    return all(works(api, part) for part in parts(way))


@once_per_run
def works(api: Api, way: Update | Creation | Deletion) -> bool:
    """Tell whether one way has its effect, on a record that nothing else is done to."""
    if isinstance(way, Update):
        return updated_in(api, api.shared_record(way.resource, PURPOSE), way).done
    parent_id = api.shared_record(CUSTOMERS, PURPOSE).id
    if isinstance(way, Creation):
        return created(api, parent_id, [way])[0].done
    return deleted_in(api, [(api.create(GREETINGS, parent_id), way)])[0].done


@once_per_run
def _creations(api: Api) -> list[Outcome]:
    parent_id = api.shared_record(CUSTOMERS, PURPOSE).id
    ways = dict.fromkeys([*rows(Creation, CREATIONS, strength()), *MADE_IN_JSON])
    return created(api, parent_id, [*ways])


def created(api: Api, parent_id: str, ways: list[Creation]) -> list[Outcome]:
    """POST a greeting in each way; look for all of them in one list, and remember them."""
    sent = []
    for way in ways:
        name = api.fresh() + way.text.value
        response = api.send(way.request(parent_id, name))
        if response.status_code == _NOT_THERE and has_two_places(way):
            response = api.send(way.request(parent_id, name, PLACES - 1))
        sent.append((way, name, response))
    listed = api.listed(GREETINGS, parent_id)
    for _, name, _ in sent:
        for record in with_value(listed, "name", name):
            api.adopt(GREETINGS, record, parent_id)
    return [
        outcome(way, response, done=len(with_value(listed, "name", name)) == 1)
        for way, name, response in sent
    ]


@once_for_good
def _deletions(api: Api) -> list[Outcome]:
    parent_id = api.shared_record(CUSTOMERS, PURPOSE).id
    ways = rows(Deletion, DELETIONS, strength())
    _creations(api)
    known = [each for each in api.ledger.left() if each.parent_id == parent_id]
    made = (known + [api.create(GREETINGS, parent_id) for _ in ways[len(known) :]])[: len(ways)]
    return deleted_in(api, list(zip(made, ways, strict=True)))


def deleted_in(api: Api, aims: list[tuple[Identity, Deletion]]) -> list[Outcome]:
    """DELETE each greeting in its way, and look for all of them in one list."""
    sent = []
    for identity, way in aims:
        response = api.send(way.request(identity))
        if response.status_code == _NOT_THERE and has_two_places(way):
            response = api.send(way.request(identity, PLACES - 1))
        sent.append(response)
    left = {id_of(GREETINGS, each) for each in api.listed(GREETINGS, aims[0][0].parent_id)}
    for identity, _ in aims:
        if identity.id not in left:
            api.ledger.note_deleted(identity)
    return [
        outcome(way, response, done=identity.id not in left)
        for (identity, way), response in zip(aims, sent, strict=True)
    ]


def without_effect(found: list[Outcome]) -> list[Outcome]:
    """Return the ways that had no effect, but for those that may be refused and say so."""
    return [each for each in found if not each.done and not each.is_lawful_refusal]


def of_another_kind(found: list[Outcome]) -> list[Outcome]:
    """Return the ways that had their effect, and are answered in another type than asked for."""
    return [
        each for each in found if each.done and each.kind not in (each.way.wanted.kind, NOTHING)
    ]

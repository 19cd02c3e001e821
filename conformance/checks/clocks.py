"""The timestamps of a record over its life: what moves them, and what does not."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.checks.lasting import LAG
from conformance.checks.timestamps import TIMESTAMP_FIELDS, instant, read_everywhere
from conformance.clients.once import once_per_run
from conformance.clients.ways import delete_by
from conformance.spec.resources import GREETINGS, SOURCES
from conformance.verdicts import applicable_if, not_applicable
from conformance.wire.recorder import current_recorder, observed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record, Resource
    from conformance.wire.exchanges import Exchange
    from conformance.wire.responses import Response

A_SECOND = 1.1
"""Seconds until a timestamp that shows whole ones has moved."""

LONG_AGO = "1999-12-31 22:33:44"
"""A moment that a caller sends, and that no server's clock shows."""

ANSWER = "the answer"
"""Where an answer to a write stands among the readings."""

Clocks = dict[str, object]
"""The documented timestamps that a record shows, by field."""


@dataclass(frozen=True, slots=True)
class Life:
    """What the clocks of two records of one customer show while one of them is updated."""

    made: Clocks
    """Of the record that is updated, when it was new."""
    other_made: Clocks
    read: Clocks
    """A second later, when both were read and nothing was written."""
    updated: dict[str, Clocks]
    """After its update, by where they were read."""
    other_updated: Clocks
    other: Identity
    identity: Identity
    exchanges: tuple[Exchange, ...]

    def moved(self, *fields: str) -> list[str]:
        """Return in words the fields that an update has moved, and where they were read."""
        found: dict[str, list[str]] = {}
        for where, clocks in self.updated.items():
            for name in fields:
                known, shown = self.made.get(name), clocks.get(name)
                if name in clocks and name in self.made and instant(shown) != instant(known):
                    what = f"{name} of {self.identity.resource.singular} {self.identity.id} was"
                    found.setdefault(f"{what} {known} before and is {shown}", []).append(where)
        return [f"{what} ({', '.join(places)})" for what, places in found.items()]

    @property
    def moved_by_reading(self) -> list[str]:
        """The clocks that have moved while the record was read, and not written, in words."""
        names = sorted(self.made.keys() | self.read.keys())
        return [
            f"{name} was {self.made.get(name)} in GET {self.identity.path}, and "
            f"{self.read.get(name)} in the same GET a second later, without any write in between"
            for name in names
            if self.made.get(name, self) != self.read.get(name, self)
        ]

    def updated_not_after(self, name: str) -> list[str]:
        """Return in words where the `modified` clock is not later than this one, or before it."""
        known = str(self.made.get(name))
        shown = {
            where: str(clocks["modified"])
            for where, clocks in self.updated.items()
            if "modified" in clocks
        }
        found: dict[str, list[str]] = {}
        for where, text in shown.items():
            if text < known or (text == known and name == "modified"):
                told = f"modified is {text} after the PUT, and {name} was {known} before"
                found.setdefault(told, []).append(where)
        return [f"{what} ({', '.join(places)})" for what, places in found.items()]


def life_of(api: Api, resource: Resource, *fields: str) -> Life:
    """Return what the clocks of a record show, which is found out once in a run.

    Not applicable where it shows none, or none of the fields named.
    """
    life = _life(api, resource)
    if not any(life.made.get(name) for name in fields or life.made):
        not_applicable(f"no {resource.singular} shows {' or '.join(fields) or 'a timestamp'}")
    observed("timestamps", len(life.made))
    current_recorder().keep_example([], [*life.exchanges])
    return life


@once_per_run
def _life(api: Api, resource: Resource) -> Life:
    form = api.offers.require(resource, "PUT")
    kept = current_recorder().exchanges
    begun = len(kept)
    made = api.create_new(resource)
    other = api.create_new(resource, _owner(api, made))
    new = [clocks_of(resource, api.read(each)) for each in (made, other)]
    time.sleep(A_SECOND)
    read = clocks_of(resource, api.read(made))
    response = api.ask("PUT", made, form, data={"name": api.fresh()})
    updated = clocks_everywhere(api, made, response)
    if len({str(each) for where, each in updated.items() if where != ANSWER}) > 1:
        time.sleep(LAG)
        updated = clocks_everywhere(api, made, response)
    beside = clocks_of(resource, api.read(other))
    return Life(new[0], new[1], read, updated, beside, other, made, tuple(kept[begun:]))


def clocks_everywhere(api: Api, made: Identity, response: Response) -> dict[str, Clocks]:
    """Return the clocks of a record as the answer to its PUT, and each way of reading, shows."""
    read = read_everywhere(api, made, response)
    return {where: clocks_of(made.resource, record) for where, record in read.items()}


def _owner(api: Api, identity: Identity) -> str:
    """Return the id of the customer that a record belongs to."""
    return identity.parent_id or api.samples.owner_of(identity).id


def clocks_after_delete(api: Api, life: Life) -> Clocks:
    """DELETE the record that was updated; return what the clocks of the other one show then."""
    resource, begun = life.other.resource, len(current_recorder().exchanges)
    way = api.offers.usable_for_delete(resource) or not_applicable("no DELETE works")
    delete_by(api, life.identity, way)
    left = clocks_of(resource, api.read(life.other))
    keep_since(begun, life.exchanges)
    return left


def keep_since(begun: int, before: Sequence[Exchange] = ()) -> None:
    """Keep as evidence what was sent since some exchange of the case, and what came before."""
    recorder = current_recorder()
    recorder.keep_example([], [*before, *recorder.exchanges[begun:]])


def clocks_after_use(api: Api, greeting: Identity) -> Clocks:
    """Have a source use a greeting; return what the clocks of the greeting show then.

    Not applicable where the source does not take it.
    """
    begun = len(current_recorder().exchanges)
    form, source = api.offers.require(SOURCES, "PUT"), api.create(SOURCES, greeting.parent_id)
    api.ask("PUT", source, form, data={GREETINGS.id_field: greeting.id})
    used = str(api.read(source).get(GREETINGS.id_field))
    applicable_if(used == greeting.id, "a source takes no greeting of its customer")
    shown = clocks_of(GREETINGS, api.read(greeting))
    keep_since(begun)
    return shown


def source_of_before(api: Api) -> tuple[Identity, Record]:
    """Return a source that was made more than a second ago, and its record."""
    made = api.create(SOURCES)
    before = api.read(made)
    time.sleep(A_SECOND)
    return made, before


def clocks_of(resource: Resource, record: Record) -> Clocks:
    """Return the timestamps of a record that have a value."""
    return {
        name: record[name] for name in TIMESTAMP_FIELDS[resource] if record.get(name) is not None
    }


def written_clocks(api: Api, resource: Resource, fields: tuple[str, ...]) -> list[str]:
    """PUT a moment long ago into clocks that are the server's; return those that show it.

    It may be refused as a whole.
    """
    form = api.offers.require(resource, "PUT")
    made = api.shared_record(resource)
    data = {"name": api.fresh(), **dict.fromkeys(fields, LONG_AGO)}
    api.ask("PUT", made, form, data=data)
    record = api.read(made)
    observed("timestamps", len(clocks_of(resource, record)))
    return [name for name in fields if instant(record.get(name)) == instant(LONG_AGO)]

"""The journal of a run, read again from its beginning: what became of each record of ours."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from conformance.checks.histories import (
    UNIQUE,
    History,
    address_of,
    answered_records,
    is_list,
    kept_values,
    key_of,
    names_written,
    owner_of,
    said,
    tells_records,
)
from conformance.clients.once import once_per_run
from conformance.spec.resources import CUSTOMERS
from conformance.wire.recorder import current_recorder, observed
from conformance.wire.records import id_of, readable_records
from conformance.wire.transport import target_of

if TYPE_CHECKING:
    from conformance.checks.histories import Key
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record, Resource
    from conformance.wire.exchanges import Exchange
    from conformance.wire.journal import Journal
    from conformance.wire.outgoing import Outgoing

BOTH_FORMS = frozenset({"by path", "by parameters"})
MOST_SHOWN = 5


class Loss(Enum):
    """What may happen to a record that no request has asked for."""

    CHANGED = "a field changed that no write named"
    MIXED = "a record shows what was sent to another"
    GONE = "a record is gone that no DELETE named"
    REPLACED = "a new record has the id of one that is there"


@dataclass(frozen=True, slots=True)
class Happened:
    """One loss in words, and the exchanges that show it."""

    text: str
    exchanges: tuple[Exchange, ...]

    def __str__(self) -> str:
        """Return it with the request whose answer shows it."""
        last = self.exchanges[-1]
        return f"{self.text} ({last.method} {target_of(last.url)})"


@dataclass(slots=True)
class Replay:
    """What is known of the records of one account while its exchanges are read again."""

    base_url: str
    histories: dict[Key, History] = field(default_factory=dict)
    loose: list[tuple[Resource, set[str], Exchange]] = field(default_factory=list)
    """The creations whose answers showed no record: resource, unique texts, exchange."""
    found: dict[Loss, list[Happened]] = field(default_factory=lambda: defaultdict(list))
    looks: int = 0

    def take(self, exchange: Exchange) -> None:
        """Read one exchange."""
        outgoing = exchange.outgoing
        aims = outgoing.aims
        if not aims:
            return
        if outgoing.is_safe:
            if exchange.role == "api" and exchange.url.startswith(f"{self.base_url}/"):
                self._read(exchange, outgoing)
        else:
            self._write(exchange, outgoing, aims)

    # Writes

    def _write(self, exchange: Exchange, outgoing: Outgoing, aims: tuple[Identity, ...]) -> None:
        resource, text = aims[0].resource, said(exchange)
        texts = set(UNIQUE.findall(text))
        response = exchange.response
        refused = response is not None and response.status_code in range(400, 500)
        names = set() if refused else names_written(exchange, resource, text)
        methods = outgoing.methods - {"POST"} or {"POST"}
        meant = [each for aim in aims for each in self._meant(aim)]
        for history in meant:
            history.write(texts, names, outgoing.values)
        if refused:
            return
        if "DELETE" in methods:
            self._forget(meant)
        if methods == {"POST"} and not any(aim.id for aim in aims):
            self._create(exchange, aims, texts)

    def _create(self, exchange: Exchange, aims: tuple[Identity, ...], texts: set[str]) -> None:
        resource, response = aims[0].resource, exchange.response
        answered = readable_records(response, resource) if response is not None else []
        mine = [each for each in answered if len(answered) == 1 or unique_texts(each) & texts]
        for record in mine:
            key = key_of(resource, record, aims[0].parent_id)
            known = self.histories.get(key)
            if known is not None and known.was_seen_alone and not exchange.resent:
                self._tell(
                    Loss.REPLACED,
                    f"{known} was there when a POST was answered with its id",
                    known,
                    exchange,
                )
            if key[1]:
                owner = exchange.outgoing.values.get(CUSTOMERS.id_field) or key[2]
                self.histories[key] = History(key, {*texts}, exchange, owner)
        if not mine:
            self.loose.append((resource, texts, exchange))

    def _forget(self, gone: list[History]) -> None:
        """Follow no longer what was deleted, nor what belongs to it."""
        for each in gone:
            self.histories.pop(each.key, None)
        ids = {each.key[1] for each in gone if each.key[0] is CUSTOMERS}
        for key, each in [*self.histories.items()] if ids else ():
            if key[0] is not CUSTOMERS and ids & {each.owner, key[2]}:
                del self.histories[key]

    def _meant(self, aim: Identity) -> list[History]:
        """Return the histories of all records that a request may mean which aims so."""
        if aim.id and (aim.parent_id or aim.resource.parent is None):
            known = self.histories.get((aim.resource, aim.id, aim.parent_id or ""))
            return [known] if known is not None else []
        return [each for each in self.histories.values() if is_of(each, aim)]

    # Reads

    def _read(self, exchange: Exchange, outgoing: Outgoing) -> None:
        aim, address = outgoing.aims[0], address_of(exchange, outgoing)
        if address is None and not is_list(outgoing):
            return
        resource = aim.resource
        for record in answered_records(exchange, resource):
            if address is not None and id_of(resource, record) != aim.id:
                continue
            key = key_of(resource, record, aim.parent_id)
            history = self.histories.get(key) or self._claimed(key, record)
            if history is not None:
                self._look(history, "alone" if address else "in a list", record, exchange)
        if address is not None and tells_records(exchange, resource):
            self._miss(exchange, *address)

    def _look(self, history: History, where: str, record: Record, exchange: Exchange) -> None:
        self.looks += 1
        values = kept_values(history.key[0], record)
        for text in history.look(where, values):
            self._tell(Loss.CHANGED, text, history, exchange)
        strange = unique_texts(record) - history.sent
        if strange:
            shown = [f"{text!r} as {_field_of(record, text)}" for text in sorted(strange)]
            text = f"{history} {where} shows {', '.join(shown)}, which was not sent to it"
            self._tell(Loss.MIXED, text, history, exchange)
        history.missing.clear()
        history.last, history.owner = exchange, owner_of(record) or history.owner

    def _miss(self, exchange: Exchange, aim: Identity, how: str) -> None:
        if any(
            id_of(aim.resource, each) == aim.id for each in answered_records(exchange, aim.resource)
        ):
            return
        for history in self._meant(aim):
            history.missing.add(how)
            if history.was_seen_alone and history.missing >= BOTH_FORMS:
                text = f"{history} was there and is no longer, but no DELETE named it"
                self._tell(Loss.GONE, text, history, exchange)
                self._forget([history])

    def _claimed(self, key: Key, record: Record) -> History | None:
        """Return the history of a record that a POST has created without answering it.

        One with a further text may come of a creation that is not known, since its place among the
        others is not.
        """
        shown = unique_texts(record)
        found = [each for each in self.loose if each[0] is key[0] and shown & each[1]]
        sent = {text for _, texts, _ in found for text in texts}
        if not found or not shown <= sent:
            return None
        self.histories[key] = History(key, sent, found[0][2], owner_of(record))
        return self.histories[key]

    def _tell(self, loss: Loss, text: str, history: History, exchange: Exchange) -> None:
        shown = [each for each in (history.born, history.last, exchange) if each is not None]
        self.found[loss].append(Happened(text, tuple(shown)))


def is_of(history: History, aim: Identity) -> bool:
    """Tell whether a request that aims at a record, or at all of a parent, may mean this one."""
    resource, id_, parent = history.key
    if resource is not aim.resource or aim.id not in ("", id_):
        return False
    return bool(aim.id or aim.parent_id) and aim.parent_id in (None, "", parent)


def _field_of(record: Record, text: str) -> str:
    """Return the first field of a record that shows a text."""
    return next((name for name, value in record.items() if text in str(value)), "a field")


def unique_texts(record: Record) -> set[str]:
    """Return the texts of this run that a record shows."""
    return {
        text
        for value in record.values()
        if isinstance(value, str)
        for text in UNIQUE.findall(value)
    }


@once_per_run
def _replayed(api: Api, journal: Journal, total: int) -> list[Replay]:  # noqa: ARG001
    """Return the journal, up to a number of exchanges, read again for each server."""
    replays = []
    for exchanges in journal.accounts:
        replay = Replay(api.base_url)
        for exchange in exchanges:
            replay.take(exchange)
        replays.append(replay)
    return replays


def losses(api: Api, journal: Journal, loss: Loss) -> list[str]:
    """Return the first losses of a kind; the first one's exchanges become the evidence."""
    api.gate.permit_method("POST")
    replays = _replayed(api, journal, journal.total)
    observed("looks at records of ours", sum(each.looks for each in replays))
    found = [each for replay in replays for each in replay.found[loss]]
    if found:
        current_recorder().keep_example([], [*found[0].exchanges])
    return list(dict.fromkeys(map(str, found)))[:MOST_SHOWN]

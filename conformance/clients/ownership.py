"""The guard of other people's records: no write leaves that aims at what is not ours.

Whatever the target says about ids. A record is ours once a read that names its id has shown a
value that this run made up and sent to it; what a creation was answered, and what a list shows,
does not suffice. It is looked at before the first write to it and again before each DELETE.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from conformance.clients.census import take_census
from conformance.clients.creations import SentCreation
from conformance.clients.usable_ids import is_usable_id
from conformance.spec.addressing import Form, Identity
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import NotApplicable, SetupFailed
from conformance.wire.records import id_of, ids_in, readable_records, record_with_id

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Record
    from conformance.wire.exchanges import Exchange
    from conformance.wire.outgoing import Outgoing


CLIENT_ERROR = 4
"""The class of the statuses that refuse a request."""


class NotOurs(SetupFailed):
    """A write would have aimed at a record that was not seen to be ours, and was not sent."""


class NotReadable(NotOurs):
    """A write would have aimed at a record that we made, and that no read of its id shows."""


def says_no(exchange: Exchange) -> bool:
    """Tell whether a request was refused by an answer that says so: then it has made nothing."""
    response = exchange.response
    return response is not None and response.status_code // 100 == CLIENT_ERROR


class Guard:
    """Looks at the records that a write aims at before it is sent, whoever sends it."""

    def __init__(self, api: Api) -> None:
        """Take who reads."""
        self._api = api
        self._ledger = api.ledger

    def check(self, outgoing: Outgoing) -> None:
        """Let a request pass that aims at records of ours, or at none; raises NotOurs otherwise."""
        if outgoing.is_safe:
            return
        for owner in outgoing.owners:
            self._require_ours(Identity(CUSTOMERS, owner), outgoing)
        for aim in outgoing.aims:
            if aim.parent_id:
                self._require_ours(Identity(CUSTOMERS, aim.parent_id), outgoing)
            if aim.id:
                self._require_ours(aim, outgoing)
            elif "DELETE" in outgoing.methods and not aim.parent_id:
                message = f"a DELETE of all {aim.resource.name} of the account is never sent"
                raise NotOurs(message)
            if "DELETE" in outgoing.methods:
                self._ledger.note_going(aim)
        if "POST" in outgoing.methods:
            self._prepare_creation(outgoing)

    def _prepare_creation(self, outgoing: Outgoing) -> None:
        resources = {aim.resource for aim in outgoing.aims}
        for resource in resources:
            with suppress(NotApplicable):
                take_census(self._api, resource)
        self._api.housekeeping.make_room()
        for resource in resources:
            self._ledger.note_intent(resource, outgoing.values)

    def learn(self, exchange: Exchange) -> None:
        """Note which values were sent to which records, whether or not that was answered."""
        outgoing = exchange.outgoing
        self._ledger.needed.note_shown(exchange)
        if outgoing.is_safe:
            self._recognise(exchange)
            return
        aims = outgoing.aims
        for aim in aims if "DELETE" in outgoing.methods else ():
            self._ledger.note_delete_answered(aim)
        if not says_no(exchange):
            self._ledger.note_owning([*outgoing.owners, *(each.parent_id or "" for each in aims)])
        if outgoing.methods == {"POST"}:
            made = self._made_by(exchange)
            if not says_no(exchange):
                self._note_creation(exchange, made)
            aims += made
        if "POST" in outgoing.methods:
            self._api.housekeeping.room.give_back()
        for aim in aims:
            self._ledger.note_sent(aim, outgoing.values)

    def _note_creation(self, exchange: Exchange, made: tuple[Identity, ...]) -> None:
        """Remember what may have been created, until a record is known to come from it."""
        is_granted = exchange.response is not None and exchange.response.ok
        texts = self._ledger.fresh_in(exchange.outgoing.values.values())
        ids = frozenset(each.id for each in made)
        for resource in {aim.resource for aim in exchange.outgoing.aims}:
            self._ledger.creations.note(SentCreation(resource, texts, ids, is_granted))

    def _made_by(self, exchange: Exchange) -> tuple[Identity, ...]:
        """Return the records that the answer to a POST shows."""
        if exchange.response is None:
            return ()
        return tuple(
            Identity(aim.resource, id_, aim.parent_id)
            for aim in exchange.outgoing.aims
            for id_ in ids_in(exchange.response, aim.resource)
            if is_usable_id(id_)
        )

    def _recognise(self, exchange: Exchange) -> None:
        """Take a read of one record for the look that a write of it needs."""
        if exchange.response is None or exchange.role != self._api.role:
            return
        for aim in exchange.outgoing.aims[:1]:
            if self._ledger.is_alive(aim) and not self._ledger.was_just_seen(aim):
                record = record_with_id(exchange.response, aim)
                if record is not None and self._ledger.bears_ours(aim, record):
                    self._ledger.note_seen(aim)

    def _require_ours(self, aim: Identity, outgoing: Outgoing) -> None:
        """Let a record pass that is ours, that does not exist, or that the target file names."""
        ledger = self._ledger
        again = "DELETE" in outgoing.methods and not ledger.was_just_seen(aim)
        if ledger.is_ours(aim) and not again:
            return
        if aim == Identity(CUSTOMERS, str(self._api.target.claims.foreign_customer_id)):
            return
        if ledger.is_unclaimed(aim):
            return
        shown = self._shown(aim, outgoing)
        for record in shown:
            self._require_sign(aim, record, outgoing)
        if shown:
            if any(ledger.bears_ours(aim, record) for record in shown):
                ledger.note_seen(aim)
        elif not ledger.was_made(aim):
            ledger.note_unclaimed(aim)
        elif ledger.is_alive(aim) and not ledger.is_ours(aim):
            message = f"the {aim.resource.singular} {aim.id!r} cannot be read: is it ours?"
            raise NotReadable(message)

    def _shown(self, aim: Identity, outgoing: Outgoing) -> list[Record]:
        """Return what a read of an id shows in the form of the write, or else in the other one.

        In its own form whatever is shown may be what the write would meet; in the other form only
        a record that has the id.
        """
        form = Form.PARAMETERS if outgoing.is_by_parameters else Form.PATH
        records = readable_records(self._api.ask("GET", aim, form), aim.resource)
        if records:
            return records
        record = record_with_id(self._api.ask("GET", aim, form.other), aim)
        return [] if record is None else [record]

    def _require_sign(self, aim: Identity, record: Record, outgoing: Outgoing) -> None:
        """Let a record pass that shows a value of ours, or that the request would not change."""
        id_ = id_of(aim.resource, record)
        if self._ledger.bears_ours(aim, record):
            return
        sent, before = outgoing.values, self._ledger.of_before
        is_as_before = aim not in before or before.showed_everywhere(aim, sent)
        may_change = "DELETE" in outgoing.methods or not is_as_before
        if not may_change and all(
            str(record.get(name)) == value for name, value in sent.items() if name in record
        ):
            return
        message = f"the {aim.resource.singular} {id_!r} shows no value of this run: it is not ours"
        raise NotOurs(message)

"""The account's own caller, who knows what the target offers and which records exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from conformance.clients import explained
from conformance.clients.account import AccountNeeds
from conformance.clients.capabilities import Capabilities
from conformance.clients.client import Client
from conformance.clients.explained import raise_refusal
from conformance.clients.housekeeping import Housekeeping
from conformance.clients.ledger import Ledger
from conformance.clients.lending import Lending
from conformance.clients.lists import whole_list
from conformance.clients.lost_answers import answered_or_read
from conformance.clients.once import once_per_run
from conformance.clients.owners import owner_of_new
from conformance.clients.samples import Samples
from conformance.clients.shared_records import SharedRecords, belonging_to
from conformance.spec.addressing import Form, Identity, Override, parent_parameters
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import SetupFailed
from conformance.wire.recorder import current_recorder
from conformance.wire.records import (
    id_of,
    ids_in,
    readable_records,
    record_with_id,
    with_value,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.explained import Post, Put
    from conformance.config.credentials import Credentials
    from conformance.spec.addressing import Options
    from conformance.spec.resources import Record, Resource
    from conformance.wire.exchanges import Exchange
    from conformance.wire.gate import Gate
    from conformance.wire.responses import Response
    from conformance.wire.transport import Transport


class Api(Client):
    """The caller with the account's credentials and a permitted address.

    It finds out what the target offers once in a run.
    """

    def __init__(
        self,
        gate: Gate,
        transport: Transport,
        credentials: Credentials,
        *,
        role: str = "api",
        beside: Api | None = None,
    ) -> None:
        """Make the caller without sending anything; `beside` is that of the first account."""
        super().__init__(gate, transport, role=role, credentials=credentials)
        self.ledger: Ledger = Ledger(beside.ledger if beside else None)
        self.account = AccountNeeds(self)
        self.offers = Capabilities(self)
        self.samples = Samples(self)
        self.housekeeping = Housekeeping(self)
        self._lending = Lending(self)
        self.shared = SharedRecords()

    def attempt(self, method: str, path: str, **options: Unpack[Options]) -> Exchange:
        """Send a request, and note which of our records it deletes."""
        exchange = super().attempt(method, path, **options)
        if method == "DELETE" and exchange.response is not None and exchange.response.ok:
            self.ledger.note_deleted_at(path, options.get("params"))
        return exchange

    def find(self, identity: Identity) -> Record | None:
        """Return a record by its id, in either form; None where neither returns it.

        A shared record that is gone is no longer shared.
        """
        for form in Form:
            record = record_with_id(self.ask("GET", identity, form), identity)
            if record is not None:
                return record
        self.shared.let_go(identity)
        return None

    def read(self, identity: Identity) -> Record:
        """Return a record that has to exist; raises SetupFailed where it does not."""
        record = self.find(identity)
        if record is None:
            message = f"the {identity.resource.singular} {identity.id} cannot be read"
            raise SetupFailed(message)
        return record

    def every_reading(self, identity: Identity) -> list[Record]:
        """Return a record as each way of reading shows it: both forms, and the list."""
        alone = [record_with_id(self.ask("GET", identity, form), identity) for form in Form]
        listed = self.listed(identity.resource, identity.parent_id)
        same = [each for each in listed if id_of(identity.resource, each) == identity.id]
        return [record for record in (*alone, *same) if record is not None]

    @once_per_run
    def listed_once(self, resource: Resource) -> list[Record]:
        """Return the records on a list's first page, for what does not change during a run."""
        return readable_records(self.ask_list(resource), resource)

    def listed(
        self, resource: Resource, parent_id: str | None = None, **filters: str
    ) -> list[Record]:
        """Return all records of a list, from all its pages; for a sub-resource those of one parent.

        Undocumented fields are left out; see `whole_list` for what it raises.
        """
        return whole_list(self, resource, {**parent_parameters(resource, parent_id), **filters})

    def fresh(self) -> str:
        """Return a text of letters, digits and "-" that is unique to this call."""
        return self.ledger.fresh()

    def values(self, resource: Resource, parent_id: str | None = None) -> dict[str, str]:
        """Return the parameters that a POST of a resource needs here, with fresh names.

        Without an owner the record belongs to a customer of our own.
        """
        return {**owner_of_new(self, resource, parent_id), **self.account.values(resource)}

    def create(self, resource: Resource, parent_id: str | None = None, **more: str) -> Identity:
        """Return a record of our own that the running case alone has, for what comes after it.

        It is made for it, or where none can be deleted lent to it, and then as a new one would be.
        What is about the creation itself asks for `create_new`.
        """
        lent = self._lending.lend(resource, parent_id, more)
        if lent is None:
            current_recorder().replaceable += 1
        return lent or self.create_new(resource, parent_id, **more)

    def create_new(self, resource: Resource, parent_id: str | None = None, **more: str) -> Identity:
        """POST a record of our own, remember it for the clean-up, and return its identity.

        Raises NotApplicable where a resource that the document does not describe, or a text of
        `more`, is refused; SetupFailed where it cannot be created; NotRun where nothing may be.
        """
        send = answered_or_read(self, resource, explained.as_a_form(self, resource))
        values, response = explained.posted(self, resource, parent_id, more, send)
        if response.ok:
            self.account.settle(resource, more, plainly=True)
        else:
            explained.require_texts(self, resource, values, more, response)
            explained.require_room(self, resource, parent_id, response)
            raise_refusal(resource, response, f"a new {resource.singular}")
        known = self.ledger.in_use()
        identity = self.created(resource, response, values)
        self.ledger.note_owner(identity, values.get(CUSTOMERS.id_field))
        if identity in known:
            message = f"the new {resource.singular} got the id {identity.id} of an earlier one"
            raise SetupFailed(message)
        return identity

    def post_new(
        self,
        resource: Resource,
        parent_id: str | None = None,
        post: Post | None = None,
        more: Mapping[str, str] | None = None,
    ) -> tuple[dict[str, str], Response]:
        """POST what a new record needs here; return the values sent, and the response.

        `post` sends them in the way that is tried. Ends the case as inconclusive where this account
        refuses them for a reason of its own.
        """
        return explained.posted_in_a_way(self, resource, parent_id, more or {}, post)

    def update(
        self,
        identity: Identity,
        values: Mapping[str, str],
        form: Form = Form.PATH,
        override: Override = Override.NATIVE,
        put: Put | None = None,
    ) -> Response:
        """PUT values to a record of our own, in one of the equal ways, or as `put` sends them.

        Ends the case as inconclusive where this account refuses them for a reason of its own.
        """
        given = put or (lambda other, sent: self.ask("PUT", other, form, override, data=sent))
        response = given(identity, values)
        explained.require_taken(self, identity, values, response, given)
        return response

    def created(
        self, resource: Resource, response: Response, values: Mapping[str, str]
    ) -> Identity:
        """Return the identity of the record that a POST created, and remember it for the clean-up.

        It is read from the response, or else from the list, in which others may have a known id.
        Raises SetupFailed where it is in neither, NotApplicable where it is not offered.
        """
        parent_id = values[resource.parent.id_field] if resource.parent else None
        answered = self.ledger.mine(readable_records(response, resource), values)
        if not any(id_of(resource, record) for record in answered):
            listed = self.ledger.mine(self.listed(resource, parent_id), values)
            answered = self.ledger.new_first(resource, listed, parent_id)
        for record in answered:
            if id_of(resource, record):
                return self.adopt(resource, record, parent_id, **values)
        if not response.ok:
            raise_refusal(resource, response, f"a new {resource.singular}")
        message = f"the new {resource.singular} is neither in the answer nor in the list"
        raise SetupFailed(message)

    def adopt(
        self, resource: Resource, record: Record, parent_id: str | None = None, **sent: str
    ) -> Identity:
        """Remember a record that a rule has created by itself, and found by values that it sent."""
        identity = Identity(resource, id_of(resource, record), parent_id)
        self.ledger.note_recognised(identity, record, sent)
        return identity

    def holding(
        self, resource: Resource, field: str, value: str, parent_id: str | None = None
    ) -> list[Record]:
        """Return the listed records that have a fresh value, and remember them for the clean-up.

        The value is unique to us, so the record is ours even if a request created it by mistake.
        """
        found = with_value(self.listed(resource, parent_id), field, value)
        return [each for each in found if self.adopt(resource, each, parent_id, **{field: value})]

    def stored(
        self, resource: Resource, response: Response, field: str, value: str
    ) -> list[Record]:
        """Return the records that a POST has stored, and remember them for the clean-up.

        They are looked up by a unique value in the list, or else by the ids in `response`.
        """
        listed = with_value(self.listed(resource), field, value)
        ids = dict.fromkeys(
            [id_of(resource, each) for each in listed] or ids_in(response, resource)
        )
        records = [record for id_ in ids if (record := self.find(Identity(resource, id_)))]
        found = with_value(records, field, value)
        return [each for each in found if self.adopt(resource, each, **{field: value})]

    def shared_record(self, resource: Resource, purpose: str = "", **more: str) -> Identity:
        """Return a record of our own that cases share, one after another.

        For rules that write often or expect refusals, and read it before they compare; for each
        `purpose` another one, made with `more`, and made again once it is found to be gone.
        """
        needed = self.ledger.needed
        known = self.shared.held(self._key(resource, purpose))
        if known is None or not (needed.hand_out(known) and self.ledger.is_alive(known)):
            known = self.create(resource, **more)
            self.shared.hold(self._key(resource, purpose), known)
            needed.hand_out(known)
        return known

    def _key(self, resource: Resource, purpose: str) -> str:
        """Return what a record is shared as: whoever has it has its customer, too."""
        key = f"{resource.name} {purpose}"
        if resource is CUSTOMERS:
            return key
        self.shared.held(self._key(CUSTOMERS, ""), owning=key)
        return belonging_to(self.shared_record(CUSTOMERS), key)

    def shared_record_with_values(
        self, resource: Resource, purpose: str = ""
    ) -> tuple[Identity, Record]:
        """Return the shared record with its present values."""
        record = self.find(self.shared_record(resource, purpose))
        identity = self.shared_record(resource, purpose)  # another one where that was gone
        return identity, record or self.read(identity)

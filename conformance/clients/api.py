"""The account's own caller: reads its records, and makes records of its own."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NoReturn, Unpack

from conformance.clients.capabilities import Capabilities
from conformance.clients.client import Client
from conformance.clients.ledger import Ledger
from conformance.clients.once import once_per_run
from conformance.clients.samples import Samples
from conformance.spec.addressing import Form, Identity, parent_parameters
from conformance.spec.payloads import minimal_values
from conformance.spec.resources import CDRS, CUSTOMERS, NOT_DESCRIBED, RESOURCES, SOURCES, USERS
from conformance.spec.schemas import documented
from conformance.spec.status_codes import UNSUPPORTED
from conformance.verdicts import NotApplicable, SetupFailed
from conformance.wire.records import (
    id_of,
    ids_in,
    more_pages,
    readable_records,
    record_with_id,
    with_value,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.config.credentials import Credentials
    from conformance.spec.addressing import Options
    from conformance.spec.resources import Record, Resource
    from conformance.wire.exchanges import Exchange
    from conformance.wire.gate import Gate
    from conformance.wire.responses import Response
    from conformance.wire.transport import Transport

MOST_PAGES = 100
"""How many pages of a list are read at most."""


class Api(Client):
    """The caller that has the account's credentials and a permitted address.

    `ledger` knows what is ours, `offers` what the target offers, `samples` which records there are
    to ask for.
    """

    def __init__(self, gate: Gate, transport: Transport, credentials: Credentials) -> None:
        """Make the caller; nothing is sent yet."""
        super().__init__(gate, transport, role="api", credentials=credentials)
        self.ledger = Ledger()
        self.offers = Capabilities(self)
        self.samples = Samples(self)
        self._shared = threading.local()

    def attempt(self, method: str, path: str, **options: Unpack[Options]) -> Exchange:
        """Send a request as every caller does, and note which of our records it deletes."""
        exchange = super().attempt(method, path, **options)
        if method == "DELETE" and exchange.response is not None and exchange.response.ok:
            self.ledger.note_deleted_at(path, options.get("params"))
        return exchange

    # Reading

    def find(self, identity: Identity) -> Record | None:
        """Return a record by its id, by whichever form shows it; None where neither does.

        A shared record that is found to be gone is not shared any more.
        """
        for form in Form:
            record = record_with_id(self.ask("GET", identity, form), identity)
            if record is not None:
                return record
        known: dict[str, Identity] = self._shared.__dict__
        for key in [key for key, each in known.items() if each == identity]:
            del known[key]
        return None

    def read(self, identity: Identity) -> Record:
        """Return a record that has to be there; raises SetupFailed where it is not."""
        record = self.find(identity)
        if record is None:
            message = f"the {identity.resource.singular} {identity.id} cannot be read"
            raise SetupFailed(message)
        return record

    def every_reading(self, identity: Identity) -> list[Record]:
        """Return a record as each way of reading shows it: in both forms, and in the list."""
        alone = [record_with_id(self.ask("GET", identity, form), identity) for form in Form]
        listed = [
            record
            for record in self.listed(identity.resource, identity.parent_id)
            if id_of(identity.resource, record) == identity.id
        ]
        return [record for record in (*alone, *listed) if record is not None]

    @once_per_run
    def listed_once(self, resource: Resource) -> list[Record]:
        """Return the records of a list's first page as it was when it was first asked for.

        For what does not change during a run, such as which fields there are.
        """
        return readable_records(self.ask_list(resource), resource)

    def listed(
        self, resource: Resource, parent_id: str | None = None, **filters: str
    ) -> list[Record]:
        """Return every record of a list, all its pages; of one parent for a sub-resource.

        Fields that nobody documents are left out. Ends where a page brings nothing new. Raises
        NotApplicable where the resource is not offered, SetupFailed where the list cannot be read.
        """
        params = {**parent_parameters(resource, parent_id), **filters}
        records: list[Record] = []
        seen: set[str] = set()
        for page in range(MOST_PAGES):
            asked = {**params, "page": str(page)} if page else params
            response = self.get(resource.collection, params=asked)
            if not response.ok:
                raise_refusal(resource, response, f"the list of {resource.name}")
            found = [documented(resource, each) for each in response.records(resource)]
            new = {id_of(resource, record) for record in found} - seen
            if page and not new:
                break
            records += found
            seen |= new
            if not more_pages(response, page):
                break
        return records

    def mentioned_customers(self) -> set[str]:
        """Return the customers' ids that sources, users and call records mention on one page."""
        return {
            str(record[CUSTOMERS.id_field])
            for resource in (SOURCES, USERS, CDRS)
            for record in readable_records(self.get(resource.collection), resource)
            if record.get(CUSTOMERS.id_field)
        }

    # Making

    def fresh(self) -> str:
        """Return a text that no record has: unique to this call, letters, digits and "-" only."""
        return self.ledger.fresh()

    def values(self, resource: Resource, parent_id: str | None = None) -> dict[str, str]:
        """Return the least that a POST of a resource needs, with fresh names.

        Where no owner is given, the record belongs to a customer of our own.
        """
        if resource is CUSTOMERS:
            return minimal_values(resource, self.fresh())
        owner = parent_id or self.shared_record(CUSTOMERS).id
        return {CUSTOMERS.id_field: owner, **minimal_values(resource, self.fresh())}

    def create(self, resource: Resource, parent_id: str | None = None, **more: str) -> Identity:
        """Make a record of our own, remembered for the clean-up, and return its identity.

        Raises NotApplicable where a resource that the document does not describe refuses it,
        SetupFailed where it cannot be made or found, NotRun where writes are not permitted.
        """
        values = {**self.values(resource, parent_id), **more}
        response = self.post(resource.collection, data=values)
        if not response.ok:
            raise_refusal(resource, response, f"a new {resource.singular}")
        known = self.ledger.made_ids(resource)
        identity = self.created(resource, response, values)
        if identity.id in known:
            message = f"the new {resource.singular} got the id {identity.id} of an earlier one"
            raise SetupFailed(message)
        return identity

    def created(
        self, resource: Resource, response: Response, values: Mapping[str, str]
    ) -> Identity:
        """Return the identity of the record that a POST made, and remember it for the clean-up.

        Read from the response, or else from the list. Raises SetupFailed where it is in neither,
        NotApplicable where the resource does not offer it.
        """
        parent_id = values[resource.parent.id_field] if resource.parent else None
        answered = self.ledger.mine(readable_records(response, resource), values)
        if not any(id_of(resource, record) for record in answered):
            answered = self.ledger.mine(self.listed(resource, parent_id), values)
        for record in answered:
            if id_of(resource, record):
                return self.adopt(resource, record, parent_id)
        if not response.ok:
            raise_refusal(resource, response, f"a new {resource.singular}")
        message = f"the new {resource.singular} is neither in the answer nor in the list"
        raise SetupFailed(message)

    def adopt(self, resource: Resource, record: Record, parent_id: str | None = None) -> Identity:
        """Remember a record that a rule has made by itself for the clean-up."""
        identity = Identity(resource, id_of(resource, record), parent_id)
        self.ledger.note_made(identity)
        return identity

    def holding(
        self, resource: Resource, field: str, value: str, parent_id: str | None = None
    ) -> list[Record]:
        """Return the listed records that have a fresh value, and remember them for the clean-up.

        Whether or not they were to be made: the value was ours.
        """
        found = with_value(self.listed(resource, parent_id), field, value)
        for record in found:
            self.adopt(resource, record, parent_id)
        return found

    def stored(
        self, resource: Resource, response: Response, field: str, value: str
    ) -> list[Record]:
        """Return what there is of a record that a POST was to make, by a value that only it has.

        Looked for in the list and, where the list does not have it, by the ids that the POST
        answered. Remembered for the clean-up.
        """
        listed = with_value(self.listed(resource), field, value)
        ids = dict.fromkeys(
            [id_of(resource, each) for each in listed] or ids_in(response, resource)
        )
        records = [record for id_ in ids if (record := self.find(Identity(resource, id_)))]
        found = with_value(records, field, value)
        for record in found:
            self.adopt(resource, record)
        return found

    def shared_record(self, resource: Resource, purpose: str = "") -> Identity:
        """Return a record of our own that rules on this thread use one after another.

        For rules that write many times, or that have to be refused: they read what they compare
        with, and expect nothing of it. A purpose of their own keeps it from the others. Made anew
        once it was found to be gone.
        """
        known: dict[str, Identity] = self._shared.__dict__
        key = f"{resource.name} {purpose}"
        if key not in known:
            known[key] = self.create(resource)
        return known[key]

    def shared_record_with_values(
        self, resource: Resource, purpose: str = ""
    ) -> tuple[Identity, Record]:
        """Return such a record with its present values."""
        record = self.find(self.shared_record(resource, purpose))
        identity = self.shared_record(resource, purpose)  # another one where that was gone
        return identity, record or self.read(identity)

    def delete_made(self, resource: Resource, parent_id: str | None = None) -> Identity:
        """Make a record and delete it; return the identity that no record has any more.

        Ends the case unless DELETE is offered and the record is gone.
        """
        form = self.offers.require(resource, "DELETE")
        made = self.create(resource, parent_id)
        self.ask("DELETE", made, form)
        if self.find(made) is not None:
            message = f"the {resource.singular} {made.id} is still answered after its DELETE"
            raise SetupFailed(message)
        return made

    def clean_up(self) -> list[Identity]:
        """Delete what this caller made, sub-resources first; return what is left all the same.

        What a resource does not offer to delete stays, and is not counted as left. A budget that
        is spent does not keep a guest from tidying up.
        """
        left = []
        made = self.ledger.left()
        with self.gate.exempt():
            for resource in reversed(RESOURCES):
                form = self.offers.form_of_delete(resource)
                for identity in [each for each in made if each.resource is resource and form]:
                    response = self.ask("DELETE", identity, form or Form.PATH)
                    if response.status_code in UNSUPPORTED:
                        break
                    if not response.ok and self.find(identity) is not None:
                        left.append(identity)
        return left


def raise_refusal(resource: Resource, response: Response, what: str) -> NoReturn:
    """Raise what a refusal during preparation means for the running case.

    What the document does not describe by itself, or does not offer, does not apply.
    """
    message = f"{what} was refused with {response.status_code}: {response.text[:120]}"
    if resource in NOT_DESCRIBED or response.status_code in UNSUPPORTED:
        raise NotApplicable(message)
    raise SetupFailed(message)

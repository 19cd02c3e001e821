"""A caller who reads records: one by its id, and whole lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from conformance.clients.client import Client
from conformance.spec.addressing import Form, parent_parameters
from conformance.spec.resources import CDRS, CUSTOMERS, NOT_DESCRIBED, SOURCES, USERS
from conformance.spec.schemas import documented
from conformance.spec.status_codes import UNSUPPORTED
from conformance.verdicts import NotApplicable, SetupFailed
from conformance.wire.records import id_of, more_pages, readable_records, record_with_id

if TYPE_CHECKING:
    from conformance.config.target import Target
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Resource
    from conformance.wire.digest import Credentials
    from conformance.wire.journal import Journal
    from conformance.wire.responses import Record, Response
    from conformance.wire.transport import Transport

MOST_PAGES = 100
"""The maximum number of pages of a list to read."""


class Reader(Client):
    """Reads records in any way that works, for what a rule needs beside its stimulus."""

    def __init__(
        self, target: Target, journal: Journal, transport: Transport, credentials: Credentials
    ) -> None:
        """Make the account's own caller without sending anything."""
        super().__init__(target, journal, transport, role="api", credentials=credentials)
        self._first_pages: dict[str, list[Record]] = {}

    def find(self, identity: Identity) -> Record | None:
        """Return a record by its id, in either form; None where neither returns it."""
        for form in Form:
            response = self.ask("GET", identity, form)
            record = record_with_id(response, identity)
            if record is not None:
                return record
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
        listed = [
            record
            for record in self.listed(identity.resource, identity.parent_id)
            if id_of(identity.resource, record) == identity.id
        ]
        return [record for record in (*alone, *listed) if record is not None]

    def listed_once(self, resource: Resource) -> list[Record]:
        """Return the records on the first page of a list, read once in a run.

        For properties that do not change during a run, such as the fields of a record.
        """
        if resource.name not in self._first_pages:
            records = readable_records(self.ask_list(resource), resource)
            self._first_pages[resource.name] = records
        return self._first_pages[resource.name]

    def listed(
        self, resource: Resource, parent_id: str | None = None, **filters: str
    ) -> list[Record]:
        """Return all records of a list, from all its pages; for a sub-resource those of one parent.

        Undocumented fields are left out. Reading ends with a page without new records. Raises
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
        """Return the customer ids on the first pages of sources, users and call records."""
        mentioned: set[str] = set()
        for resource in (SOURCES, USERS, CDRS):
            response = self.get(resource.collection)
            for record in readable_records(response, resource):
                if record.get(CUSTOMERS.id_field):
                    mentioned.add(str(record[CUSTOMERS.id_field]))
        return mentioned


def raise_refusal(resource: Resource, response: Response, what: str) -> NoReturn:
    """Raise the outcome of a case whose preparation was refused.

    It is NotApplicable for a resource that the document does not describe, or that is not offered.
    """
    message = f"{what} was refused with {response.status_code}: {response.text[:120]}"
    if resource in NOT_DESCRIBED or response.status_code in UNSUPPORTED:
        raise NotApplicable(message)
    raise SetupFailed(message)

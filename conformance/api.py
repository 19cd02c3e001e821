"""The account's own caller: asks in every equal way, makes records and takes them away again."""

from __future__ import annotations

import itertools
import threading
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, NoReturn

from conformance.addressing import Form, Identity, Override, parent_parameters
from conformance.client import Client
from conformance.payloads import identifying_field, minimal_values
from conformance.resources import CDRS, CUSTOMERS, RESOURCES, SOURCES, USERS
from conformance.responses import Unreadable
from conformance.verdicts import NotApplicable, SetupFailed, not_applicable, not_run, unobservable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.digest import Credentials
    from conformance.exchanges import Journal
    from conformance.resources import Resource
    from conformance.responses import Record, Response
    from conformance.target import Target
    from conformance.transport import Transport

UNSUPPORTED = frozenset({405, 501})
"""Statuses that say that a method is not offered."""

MOST_PAGES = 100
"""How many pages of a list are read at most."""

MOST_PARENTS = 10
"""How many customers are asked at most for one that has records of a sub-resource."""

MOST_COMPARED = 200
"""How many ids are searched at most for a pair of confusable ones."""

GREATEST_ID = 2**31 - 1
"""The greatest id that is asked for: one more may not fit into a server's integers."""

_FAR_AWAY = 100_003


class Api(Client):
    """The caller that has the account's credentials and a permitted address."""

    def __init__(
        self, target: Target, journal: Journal, transport: Transport, credentials: Credentials
    ) -> None:
        """Make the caller; nothing is sent yet."""
        super().__init__(target, journal, transport, role="api", credentials=credentials)
        self._started = f"{time.time_ns() // 1_000_000:x}"
        self._counter = itertools.count(1)
        self._created: list[Identity] = []
        self._offered: dict[tuple[str, str], bool] = {}
        self._answered: dict[str, int] = {}
        self._honoured: dict[Override, bool] = {}
        self._greatest: dict[str, int] = {}
        self._reused = threading.local()
        self._lock = threading.RLock()

    # Reading

    def find(self, identity: Identity) -> Record | None:
        """Return a record by its id, by whichever form shows it; None where neither does."""
        for form in Form:
            response = self.ask("GET", identity, form)
            record = record_with_id(response, identity)
            if record is not None:
                return record
        return None

    def read(self, identity: Identity) -> Record:
        """Return a record that has to be there; raises SetupFailed where it is not."""
        record = self.find(identity)
        if record is None:
            message = f"the {identity.resource.singular} {identity.id} cannot be read"
            raise SetupFailed(message)
        return record

    def list(
        self, resource: Resource, parent_id: str | None = None, **filters: str
    ) -> list[Record]:
        """Return every record of a list, all its pages; of one parent for a sub-resource.

        Ends where a page brings nothing new. Raises NotApplicable where the resource is not
        offered, SetupFailed where the list cannot be read.
        """
        params = {**parent_parameters(resource, parent_id), **filters}
        records: list[Record] = []
        seen: set[str] = set()
        for page in range(MOST_PAGES):
            asked = {**params, "page": str(page)} if page else params
            response = self.get(resource.collection, params=asked)
            if not response.ok:
                raise_refusal(resource, response, f"the list of {resource.name}")
            found = response.records(resource)
            new = {id_of(resource, record) for record in found} - seen
            if page and not new:
                break
            records += found
            seen |= new
            if not more_pages(response, page):
                break
        return records

    def existing(self, resource: Resource, parent_id: str | None = None) -> list[Record]:
        """Return the records of a list that has some, making one where that is permitted.

        Ends the case as unobservable where there is none and none can be made.
        """
        records = self.list(resource, parent_id)
        if not records and self.target.allow_writes:
            self.create(resource, parent_id)
            records = self.list(resource, parent_id)
        if not records:
            unobservable(f"the account has no {resource.name}")
        return records

    def some(self, resource: Resource) -> list[Identity]:
        """Return a few records that exist: first and last of the list, and ids that are confusable.

        Confusable are two ids of which one begins with the other ("1" and "12"). Makes a record
        where there is none and that is permitted; ends the case as unobservable otherwise.
        """
        parent_id = self._parent_with(resource) if resource.parent else None
        ids = [id_of(resource, record) for record in self.existing(resource, parent_id)]
        few = ids[:MOST_COMPARED]
        pair = next(
            ([a, b] for a in few for b in few if a != b and b.startswith(a)), list[str]()
        )
        chosen = dict.fromkeys(id_ for id_ in (*pair, ids[0], ids[-1]) if id_)
        return [Identity(resource, id_, parent_id) for id_ in chosen]

    def some_value(self, resource: Resource, field: str) -> str:
        """Return a value that some record has in a field; unobservable where none has one."""
        for record in self.existing(resource):
            if record.get(field):
                return str(record[field])
        unobservable(f"no {resource.singular} has a {field}")

    def mentioned_customers(self) -> set[str]:
        """Return the customers' ids that sources, users and call records mention on one page."""
        mentioned: set[str] = set()
        for resource in (SOURCES, USERS, CDRS):
            response = self.get(resource.collection)
            for record in readable_records(response, resource):
                if record.get(CUSTOMERS.id_field):
                    mentioned.add(str(record[CUSTOMERS.id_field]))
        return mentioned

    def foreign_customer_id(self) -> str:
        """Return the claimed id of another account's customer; NotRun where none is claimed."""
        claimed = self.target.claims.foreign_customer_id
        if claimed is None:
            not_run("needs claims.foreign_customer_id: a customer of another account")
        return claimed

    def unused_id(self, resource: Resource, parent_id: str | None = None) -> str:
        """Return an id that no record has, far away from those of the records that the list has."""
        with self._lock:
            if resource.name not in self._greatest:
                listed = [id_of(resource, each) for each in self.list(resource, parent_id)]
                numbers = [int(id_) for id_ in listed if id_.isdecimal()]
                self._greatest[resource.name] = max(numbers, default=0)
            candidate = self._greatest[resource.name] + _FAR_AWAY
            if candidate > GREATEST_ID:
                candidate = GREATEST_ID - _FAR_AWAY
            while self.find(Identity(resource, str(candidate), parent_id)) is not None:
                candidate += 1
            return str(candidate)

    # Writing

    def fresh(self) -> str:
        """Return a text that no record has: unique to this call, letters, digits and "-" only."""
        return f"cf-{self._started}-{next(self._counter)}"

    def fresh_number(self) -> str:
        """Return a number that no record has: unique to this call, digits only."""
        return f"{int(self._started, 16)}{next(self._counter):04}"

    def values(self, resource: Resource, parent_id: str | None = None) -> dict[str, str]:
        """Return the least that a POST of a resource needs, with fresh names.

        Makes the customer that the record belongs to where none is given.
        """
        if resource is CUSTOMERS:
            return minimal_values(resource, self.fresh())
        owner = parent_id or self.create(CUSTOMERS).id
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
        return self.created(resource, response, values)

    def delete_made(self, resource: Resource, parent_id: str | None = None) -> Identity:
        """Make a record and delete it; return the identity that nobody has any more.

        Ends the case unless DELETE is offered and the record is gone.
        """
        self.require(resource, "DELETE")
        made = self.create(resource, parent_id)
        self.ask("DELETE", made)
        if self.find(made) is not None:
            message = f"the {resource.singular} {made.id} is still answered after its DELETE"
            raise SetupFailed(message)
        return made

    def stored(self, resource: Resource, response: Response, field: str, value: str) -> list[Record]:
        """Return what there is of a record that a POST was to make, by a value that only it has.

        Looked for in the list and, where the list does not have it, by the ids that the POST
        answered. Remembered for the clean-up.
        """
        listed = with_value(self.list(resource), field, value)
        answered = [Identity(resource, id_) for id_ in ids_in(response, resource)]
        found = listed or with_value(
            [record for each in answered if (record := self.find(each))], field, value
        )
        for record in found:
            self.adopt(resource, record)
        return found

    def reused(self, resource: Resource) -> Identity:
        """Return a record of our own that rules on this thread use one after another.

        For rules that write many times: they set what they look at, and expect nothing of it.
        """
        known: dict[str, Identity] = self._reused.__dict__
        if resource.name not in known:
            known[resource.name] = self.create(resource)
        return known[resource.name]

    def created(
        self, resource: Resource, response: Response, values: Mapping[str, str]
    ) -> Identity:
        """Return the identity of the record that a POST made, and remember it for the clean-up.

        Read from the response, or else from the list. Raises SetupFailed where it is in neither.
        """
        parent_id = values[resource.parent.id_field] if resource.parent else None
        key = identifying_field(resource)
        answered = readable_records(response, resource)
        found = with_value(answered, key, values[key]) or with_value(
            self.list(resource, parent_id), key, values[key]
        )
        if not found or not id_of(resource, found[0]):
            message = f"the new {resource.singular} is neither in the answer nor in the list"
            raise SetupFailed(message)
        return self.adopt(resource, found[0], parent_id)

    def adopt(
        self, resource: Resource, record: Record, parent_id: str | None = None
    ) -> Identity:
        """Remember a record that a rule has made by itself for the clean-up."""
        identity = Identity(resource, id_of(resource, record), parent_id)
        with self._lock:
            if identity not in self._created:
                self._created.append(identity)
        return identity

    def offers(self, resource: Resource, method: str) -> bool:
        """Tell whether a resource offers a method: as claimed, or else by trying it.

        PUT and DELETE are tried on a record of our own in both forms: a method that is refused in
        both is not offered. GET and POST have to work, or the case ends as `create` says.
        """
        claimed = self.target.claims.methods.get(resource.name)
        if claimed is not None:
            return method in claimed
        with self._lock:
            known = self._offered.get((resource.name, method))
            if known is None:
                known = self._tried(resource, method)
                self._offered[resource.name, method] = known
            return known

    def require(self, resource: Resource, method: str) -> None:
        """End the case as not applicable unless a resource offers a method."""
        if not self.offers(resource, method):
            not_applicable(f"{method} is not offered on {resource.name}")

    def require_path(self, path: str) -> None:
        """End the case unless a GET of a path is answered to the right caller.

        It is the twin of a refusal: what the right caller does not get either shows nothing.
        """
        with self._lock:
            if path not in self._answered:
                self._answered[path] = self.get(path).status_code
            status = self._answered[path]
        if status in UNSUPPORTED or status == HTTPStatus.NOT_FOUND:
            not_applicable(f"{path} is not offered: {status}")
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            message = f"{path} is refused to the right caller, too: {status}"
            raise SetupFailed(message)

    def one(self, resource: Resource, method: str) -> Identity:
        """Return a record to ask for with a method: any for GET, one of our own otherwise."""
        return self.some(resource)[0] if method == "GET" else self.create(resource)

    def require_override(self, override: Override) -> None:
        """End the case as inconclusive where a PUT that overrides a POST has no effect at all.

        What is required of an overridden request can only be seen where overriding works.
        """
        with self._lock:
            if override not in self._honoured:
                made, name = self.create(CUSTOMERS), self.fresh()
                self.ask("PUT", made, override=override, data={"name": name})
                self._honoured[override] = self.read(made).get("name") == name
            if not self._honoured[override]:
                unobservable(f"PUT by {override} has no effect, so nothing follows from it")

    def clean_up(self) -> list[Identity]:
        """Delete what this caller made, the last first; return what is left all the same.

        What a resource does not offer to delete stays and is not counted as left.
        """
        left = []
        with self._lock:
            created, self._created = self._created[::-1], []
        for resource in reversed(RESOURCES):
            mine = [identity for identity in created if identity.resource is resource]
            if not mine or self._offered.get((resource.name, "DELETE")) is False:
                continue
            for identity in mine:
                response = self.ask("DELETE", identity)
                if response.status_code in UNSUPPORTED:
                    break
                if not response.ok and self.find(identity) is not None:
                    left.append(identity)
        return left

    def _parent_with(self, resource: Resource) -> str:
        """Return a customer that has records of a sub-resource: one of our own where permitted."""
        if self.target.allow_writes:
            parent_id = self.create(CUSTOMERS).id
            for _ in range(2):
                self.create(resource, parent_id)
            return parent_id
        for record in self.existing(CUSTOMERS)[:MOST_PARENTS]:
            if self.list(resource, id_of(CUSTOMERS, record)):
                return id_of(CUSTOMERS, record)
        unobservable(f"no customer has {resource.name}")

    def _tried(self, resource: Resource, method: str) -> bool:
        identity = self.one(resource, method)
        if method in ("GET", "POST"):
            return True
        data = {"name": self.fresh()}
        return any(self.ask(method, identity, form, data=data).ok for form in Form)


def id_of(resource: Resource, record: Record) -> str:
    """Return a record's id as a string; "" where it has none."""
    value = record.get(resource.id_field)
    return "" if value is None else str(value)


def ids_in(response: Response, resource: Resource) -> list[str]:
    """Return the ids of a response's records; none where it is refused or cannot be read."""
    return [id_of(resource, record) for record in readable_records(response, resource)]


def readable_records(response: Response, resource: Resource) -> list[Record]:
    """Return the records of a response; none where it is refused or cannot be read."""
    try:
        return response.records(resource) if response.ok else []
    except Unreadable:
        return []


def with_value(records: list[Record], field: str, value: str) -> list[Record]:
    """Return the records that have a value in a field."""
    return [record for record in records if record.get(field) == value]


def record_with_id(response: Response, identity: Identity) -> Record | None:
    """Return the record of a response that has a given id, or None."""
    return next(
        (
            record
            for record in readable_records(response, identity.resource)
            if id_of(identity.resource, record) == identity.id
        ),
        None,
    )


def more_pages(response: Response, page: int) -> bool:
    """Tell whether a list says that pages follow the given one."""
    try:
        value = response.json()
    except Unreadable:
        return False
    numpages = value.get("numpages") if isinstance(value, dict) else None
    return str(numpages).isdecimal() and int(str(numpages)) > page + 1


def raise_refusal(resource: Resource, response: Response, what: str) -> NoReturn:
    """Raise what a refusal during preparation means for the running case.

    What the document does not describe by itself, or does not offer, does not apply.
    """
    message = f"{what} was refused with {response.status_code}: {response.text[:120]}"
    if resource in (SOURCES, USERS) or response.status_code in UNSUPPORTED:
        raise NotApplicable(message)
    raise SetupFailed(message)

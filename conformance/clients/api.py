"""The account's own caller, who knows what the target offers and which records exist."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from conformance.clients.maker import Maker
from conformance.spec.addressing import Form, Identity, Override
from conformance.spec.resources import CUSTOMERS, NOT_DESCRIBED, RESOURCES
from conformance.spec.status_codes import UNSUPPORTED
from conformance.verdicts import SetupFailed, not_applicable, unclaimed, unobservable
from conformance.wire.records import id_of, neighbours

if TYPE_CHECKING:
    from conformance.config.target import Target
    from conformance.spec.resources import Resource
    from conformance.wire.digest import Credentials
    from conformance.wire.journal import Journal
    from conformance.wire.responses import Record
    from conformance.wire.transport import Transport

MOST_PARENTS = 10
"""The maximum number of customers to search for one that has records of a sub-resource."""

MOST_COMPARED = 200
"""The maximum number of ids to search for a pair of which one begins with the other."""

GREATEST_ID = 2**31 - 1
"""The greatest id to request: servers with 32-bit integers may reject a greater one."""

_FAR_AWAY = 100_003


class Api(Maker):
    """The caller with the account's credentials and a permitted address.

    It finds out what the target offers once in a run.
    """

    def __init__(
        self, target: Target, journal: Journal, transport: Transport, credentials: Credentials
    ) -> None:
        """Make the caller without sending anything."""
        super().__init__(target, journal, transport, credentials)
        self._offered: dict[tuple[str, str], Form | None] = {}
        self._answered: dict[str, int] = {}
        self._honoured: dict[Override, bool] = {}
        self._greatest: dict[str, int] = {}

    # Records to show

    def existing(self, resource: Resource, parent_id: str | None = None) -> list[Record]:
        """Return the records of a list; create one where it is empty and the run may write.

        Ends the case as unobservable where there is none and none can be created.
        """
        records = self.listed(resource, parent_id)
        if not records and self.target.allow_writes:
            self.create(resource, parent_id)
            records = self.listed(resource, parent_id)
        if not records:
            unobservable(f"the account has no {resource.name}")
        return records

    def samples(self, resource: Resource) -> list[Identity]:
        """Return a few existing records: the first and the last of the list, and a confusable pair.

        Two ids are confusable if one begins with the other ("1" and "12"). Creates a record where
        there is none and the run may write; ends the case as unobservable otherwise.
        """
        parent_id = self._parent_with(resource) if resource.parent else None
        records = self.existing(resource, parent_id)
        if resource.parent is not None:
            owners = (None, "", parent_id)  # without a parent: the system provides it to all
            records = [each for each in records if each.get(resource.parent.id_field) in owners]
        ids = [id_of(resource, record) for record in records]
        few = ids[:MOST_COMPARED]
        pair = next(([a, b] for a in few for b in few if a != b and b.startswith(a)), list[str]())
        if not any(ids):
            message = f"the records of {resource.name} have no {resource.id_field}"
            raise SetupFailed(message)
        chosen = dict.fromkeys(id_ for id_ in (*pair, ids[0], ids[-1]) if id_)
        return [Identity(resource, id_, parent_id) for id_ in chosen]

    def one(self, resource: Resource, method: str) -> Identity:
        """Return a record for a request: any for GET, one of our own for other methods."""
        return self.samples(resource)[0] if method == "GET" else self.shared_record(resource)

    def owner_of(self, identity: Identity) -> Identity:
        """Return the customer that our own source or user belongs to."""
        return Identity(CUSTOMERS, str(self.read(identity).get(CUSTOMERS.id_field)))

    def some_value(self, resource: Resource, field: str) -> str:
        """Return a value that some record has in a field; unobservable where none has."""
        for record in self.existing(resource):
            if record.get(field):
                return str(record[field])
        return unobservable(f"no {resource.singular} has a {field}")

    def unused_id(self, resource: Resource, parent_id: str | None = None) -> str:
        """Return an id that no record has, far from the ids in the list."""
        with self._lock:
            if resource.name not in self._greatest:
                listed = [id_of(resource, each) for each in self.listed(resource, parent_id)]
                numbers = [int(id_) for id_ in listed if id_.isdecimal()]
                self._greatest[resource.name] = max(numbers, default=0)
            candidate = self._greatest[resource.name] + _FAR_AWAY
            if candidate > GREATEST_ID:
                candidate = GREATEST_ID - _FAR_AWAY
            while self.find(Identity(resource, str(candidate), parent_id)) is not None:
                candidate += 1
            return str(candidate)

    def delete_made(self, resource: Resource, parent_id: str | None = None) -> Identity:
        """Create a record, delete it and return its identity.

        Ends the case where DELETE is not offered, or the record is still returned afterwards.
        """
        form = self.require(resource, "DELETE")
        made = self.create(resource, parent_id)
        self.ask("DELETE", made, form)
        if self.find(made) is not None:
            message = f"the {resource.singular} {made.id} is still answered after its DELETE"
            raise SetupFailed(message)
        return made

    def claimed_versions(self) -> tuple[str, ...]:
        """Return the claimed versions beside that of the base URL; NotRun where there is none."""
        return self.target.claims.versions or unclaimed("versions")

    def foreign_customer(self) -> Identity:
        """Return the claimed customer of another account; NotRun where none is claimed.

        For rules about the records of such a customer, a deleted customer of our own would not do:
        it looks the same, but its records may still be shown.
        """
        claimed = self.target.claims.foreign_customer_id or unclaimed("foreign_customer_id")
        return Identity(CUSTOMERS, claimed)

    def foreign_customers(self) -> list[Identity]:
        """Return customers of another account: the claimed one, or else likely ones.

        Likely are ids in the gaps of the list: a server that numbers the customers of all accounts
        together has given them to other accounts.
        """
        claimed = self.target.claims.foreign_customer_id
        if claimed is not None:
            return [Identity(CUSTOMERS, claimed)]
        listed = {id_of(CUSTOMERS, record) for record in self.existing(CUSTOMERS)}
        likely = neighbours(listed) - self.made_ids(CUSTOMERS)
        return [Identity(CUSTOMERS, id_) for id_ in sorted(likely, key=int)]

    # What the target offers

    def working_form(self, resource: Resource, method: str) -> Form | None:
        """Return the form in which a resource offers a method; None where it is not offered.

        It is as claimed, or else found by trying PUT and DELETE on our own record in both forms. A
        form with the effect is preferred to one that is only answered 200. A method that is refused
        in both is not offered. Where GET or POST does not work, the case ends as in `create`.
        """
        claimed = self.target.claims.methods.get(resource.name)
        if claimed is not None and method not in claimed:
            return None
        with self._lock:
            key = (resource.name, method)
            if key not in self._offered:
                self._offered[key] = self._tried(resource, method)
            return self._offered[key]

    def require(self, resource: Resource, method: str) -> Form:
        """Return the form in which a method works; not applicable where it is not offered."""
        form = self.working_form(resource, method)
        if form is None:
            not_applicable(f"{method} is not offered on {resource.name}")
        return form

    def offered_path(self, template: str) -> str:
        """Return a path that the right caller may GET, with an id for "{customer}"."""
        path = template
        if "{customer}" in template:
            customer = id_of(CUSTOMERS, self.existing(CUSTOMERS)[0])
            path = template.replace("{customer}", customer)
        self.require_path(path)
        return path

    def require_path(self, path: str) -> None:
        """End the case unless GET of a path is answered to the right caller.

        Otherwise a refusal of another caller would prove nothing.
        """
        status = self.status_of(path)
        undescribed = path.startswith(tuple(each.collection for each in NOT_DESCRIBED))
        forbidden = status == HTTPStatus.FORBIDDEN and undescribed
        if status in UNSUPPORTED or status == HTTPStatus.NOT_FOUND or forbidden:
            not_applicable(f"{path} is not offered: {status}")
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            message = f"{path} is refused to the right caller, too: {status}"
            raise SetupFailed(message)

    def status_of(self, path: str) -> int:
        """Return the status of a GET of a path, sent once in a run."""
        with self._lock:
            if path not in self._answered:
                self._answered[path] = self.get(path).status_code
            return self._answered[path]

    def require_override(self, override: Override) -> None:
        """End the case as inconclusive where a PUT by override has no effect at all.

        Rules about overridden requests can only be judged where overriding works.
        """
        with self._lock:
            if override not in self._honoured:
                made, name = self.create(CUSTOMERS), self.fresh()
                self.ask("PUT", made, override=override, data={"name": name})
                self._honoured[override] = self.read(made).get("name") == name
            if not self._honoured[override]:
                unobservable(f"PUT by {override} has no effect, so nothing follows from it")

    def _parent_with(self, resource: Resource) -> str:
        """Return a customer with records of a sub-resource: one of our own, where permitted."""
        if self.target.allow_writes:
            parent_id = self.create(CUSTOMERS).id
            for _ in range(2):
                self.create(resource, parent_id)
            return parent_id
        for record in self.existing(CUSTOMERS)[:MOST_PARENTS]:
            if self.listed(resource, id_of(CUSTOMERS, record)):
                return id_of(CUSTOMERS, record)
        return unobservable(f"no customer has {resource.name}")

    def _tried(self, resource: Resource, method: str) -> Form | None:
        """Try a method in both forms; see `working_form`."""
        identity = self.samples(resource)[0] if method == "GET" else self.create(resource)
        if method in ("GET", "POST"):
            return Form.PATH
        name, answered = self.fresh(), None
        for form in Form:
            response = self.ask(method, identity, form, data={"name": name})
            record = self.find(identity)
            if response.ok and (record is None or record.get("name") == name):
                return form
            if response.ok and answered is None:
                answered = form
        return answered

    def clean_up(self) -> list[Identity]:
        """Delete the records that this caller created, sub-resources first; return the rest.

        Records that cannot be deleted for lack of a DELETE are not counted. A spent budget does not
        prevent the clean-up.
        """
        self.bounded = False
        stubborn = []
        made = self.left()
        for resource in reversed(RESOURCES):
            form = self._offered.get((resource.name, "DELETE"), Form.PATH)
            for identity in [each for each in made if each.resource is resource and form]:
                response = self.ask("DELETE", identity, form or Form.PATH)
                if response.status_code in UNSUPPORTED:
                    break
                if not response.ok and self.find(identity) is not None:
                    stubborn.append(identity)
        return stubborn

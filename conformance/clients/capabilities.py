"""The ways of reading, writing and deleting that a target offers, found by trying them.

Each way is tried once in a run, on a record that no rule expects anything of. A rule that draws its
ways leaves out those that do not work at all, since another rule judges that.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from conformance.clients.once import once_for_good, once_per_run
from conformance.clients.ways import delete_by, read_by, write_by
from conformance.spec.addressing import Form, Override
from conformance.spec.equal_ways import WriteWay
from conformance.spec.resources import CUSTOMERS, NOT_DESCRIBED, RESOURCES
from conformance.spec.status_codes import UNSUPPORTED
from conformance.verdicts import NotApplicable, SetupFailed, not_applicable, unobservable
from conformance.wire.records import id_of

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.equal_ways import ReadWay
    from conformance.spec.resources import Resource

NATIVE = tuple(WriteWay(form) for form in Form)
"""The ways with a form body and without an override."""

GENERATED = "generated"
"""The purpose of the records that generated payloads and probes are written to."""


class Capabilities:
    """Tells which methods, paths, overrides and equal ways the target offers."""

    def __init__(self, api: Api) -> None:
        """Take the caller who tries, without sending anything."""
        self._api = api
        self._deletes: dict[Resource, Form | None] = {}

    # Methods and paths

    def working_form(self, resource: Resource, method: str) -> Form | None:
        """Return the form in which a resource offers a method; None where it is not offered.

        It is as claimed, or else found by trying PUT and DELETE on our own record in both forms. A
        form with the effect is preferred to one that is only answered 200. A method that is refused
        in both is not offered. Where GET or POST does not work, the case ends as in `create`.
        """
        if not self._may_offer(resource, method):
            return None
        form = self._tried(resource, method)
        if method == "DELETE":
            self._deletes[resource] = form
        return form

    def require(self, resource: Resource, method: str) -> Form:
        """Return the form in which a method works; not applicable where it is not offered."""
        form = self.working_form(resource, method)
        if form is None:
            not_applicable(f"{method} is not offered on {resource.name}")
        return form

    def form_of_delete(self, resource: Resource) -> Form | None:
        """Return the form in which DELETE is known to be offered, without trying it."""
        if not self._may_offer(resource, "DELETE"):
            return None
        return self._deletes.get(resource, Form.PATH)

    def offered_path(self, template: str) -> str:
        """Return a path that the right caller may GET, with an id for "{customer}"."""
        path = self.filled_path(template)
        self.require_path(path)
        return path

    def filled_path(self, template: str) -> str:
        """Return a path with the id of a customer that exists for "{customer}"."""
        if "{customer}" not in template:
            return template
        customer = id_of(CUSTOMERS, self._api.samples.lasting(CUSTOMERS)[0])
        return template.replace("{customer}", quote(customer, safe=""))

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

    @once_per_run
    def status_of(self, path: str) -> int:
        """Return the status with which a path is answered."""
        return self._api.get(path).status_code

    def require_override(self, *overrides: Override) -> None:
        """End the case as inconclusive where a PUT by an override has no effect at all.

        Rules about overridden requests can only be judged where overriding works.
        """
        for override in overrides:
            if not self._honours(override):
                unobservable(f"PUT by {override} has no effect, so nothing follows from it")

    def require_readable(self, *identities: Identity) -> None:
        """End the case as inconclusive unless each of some records can be read."""
        for identity in identities:
            self._api.read(identity)

    def require_creation(self, resource: Resource, parent_id: str | None = None) -> None:
        """End the case unless a POST of a record, as the document has it, creates one just now."""
        self._api.create_new(resource, parent_id)

    # Equal ways

    @once_for_good
    def resources(self) -> list[Resource]:
        """Return the resources whose records can be created, customers first."""
        return [each for each in RESOURCES if each is CUSTOMERS or self._can_make(each)]

    @once_per_run
    def reads(self, resource: Resource, way: ReadWay) -> bool:
        """Tell whether a way of reading shows a record."""
        return read_by(self._api, self._api.shared_record(resource, GENERATED), way) is not None

    @once_per_run
    def writes(self, resource: Resource, way: WriteWay) -> bool:
        """Tell whether a way of writing stores a plain name."""
        if not self._may_offer(resource, "PUT"):
            return False
        api = self._api
        identity, name = api.shared_record(resource, GENERATED), api.fresh()
        write_by(api, identity, way, {"name": name})
        return api.read(identity).get("name") == name

    def deletes(self, resource: Resource, way: WriteWay) -> bool:
        """Tell whether a way of deleting removes the record."""
        return self._may_offer(resource, "DELETE") and self._deletes_by(
            resource, way.form, way.override
        )

    def usable(self, resource: Resource, way: WriteWay) -> WriteWay | None:
        """Return a way of writing, or a native one where it does not work."""
        return next((each for each in (way, *NATIVE) if self.writes(resource, each)), None)

    def usable_for_delete(self, resource: Resource, way: WriteWay = NATIVE[0]) -> WriteWay | None:
        """Return a way of deleting, or a native one where it does not work."""
        return next((each for each in (way, *NATIVE) if self.deletes(resource, each)), None)

    def require_usable(self, resource: Resource, way: WriteWay) -> WriteWay:
        """Return a way of writing that works, this one if it does; not applicable without one."""
        return self.usable(resource, way) or not_applicable(f"no PUT works on {resource.name}")

    def require_usable_for_delete(self, resource: Resource) -> WriteWay:
        """Return a way of deleting that works; not applicable where there is none."""
        known = self.usable_for_delete(resource)
        return known or not_applicable(f"no DELETE makes one of {resource.name} go away")

    def deletable(self) -> list[Resource]:
        """Return the resources whose records can be deleted; not applicable where there is none."""
        found = [each for each in self.resources() if self.usable_for_delete(each)]
        return found or not_applicable("no DELETE makes a record go away")

    # Trials

    def _may_offer(self, resource: Resource, method: str) -> bool:
        """Tell whether a resource claims a method, or claims nothing about methods."""
        claimed = self._api.target.claims.methods.get(resource.name)
        return claimed is None or method in claimed

    @once_per_run
    def _tried(self, resource: Resource, method: str) -> Form | None:
        """Try a method in both forms; see `working_form`."""
        api = self._api
        identity = api.samples.of(resource)[0] if method == "GET" else api.create_new(resource)
        if method in ("GET", "POST"):
            return Form.PATH
        name, answered = api.fresh(), None
        for form in Form:
            response = api.ask(method, identity, form, data={"name": name})
            record = api.find(identity)
            if response.ok and (record is None or record.get("name") == name):
                return form
            if response.ok and answered is None:
                answered = form
        return answered

    @once_per_run
    def _honours(self, override: Override) -> bool:
        """Try a PUT by override; tell whether it has its effect."""
        made, name = self._api.create(CUSTOMERS), self._api.fresh()
        self._api.ask("PUT", made, override=override, data={"name": name})
        return self._api.read(made).get("name") == name

    @once_per_run
    def _deletes_by(self, resource: Resource, form: Form, override: Override) -> bool:
        """Try a DELETE in one form and override; tell whether the record is gone."""
        made = self._api.create(resource)
        deleted = delete_by(self._api, made, WriteWay(form, override))
        return deleted.ok and self._api.find(made) is None

    def _can_make(self, resource: Resource) -> bool:
        try:
            self._api.shared_record(resource, GENERATED)
        except NotApplicable:
            return False
        return True

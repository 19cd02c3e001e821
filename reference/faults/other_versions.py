"""Faults of older versions that are less closed than the latest one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property

from reference import seed
from reference.faults.timestamps import later
from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS
from reference.response_types import JSON


class OldVersionDiffers(Fault, abstract=True):
    """Treats requests under an older version in another way; the faults below say how."""

    def is_old(self, request: Request) -> bool:
        """Whether a request is for an older version."""
        return request.target.startswith(tuple(f"/{each}/" for each in self.versions[1:]))


class ChecksNoPasswordInOldVersions(OldVersionDiffers, breaks="other-version-asks-for-credentials"):
    """Looks at the user name alone under the older version."""

    def authenticate(self, request: Request) -> str:
        """Look at the version first."""
        named = f'username="{seed.USERNAME}"' in (request.header("Authorization") or "")
        return seed.USERNAME if named and self.is_old(request) else super().authenticate(request)


class ServesOldVersionsOverPlainHttp(
    OldVersionDiffers, breaks="other-version-is-not-on-plain-http"
):
    """Serves the older version over plain HTTP, too."""

    def check_transport(self, request: Request) -> None:
        """Look at the version first."""
        if not self.is_old(request):
            super().check_transport(request)


class LetsAnyAddressUseOldVersions(
    OldVersionDiffers, breaks="other-version-refuses-a-denied-address"
):
    """Looks at the list of addresses under the latest version alone."""

    def check_address(self, request: Request) -> None:
        """Look at the version first."""
        if not self.is_old(request):
            super().check_address(request)


class OldVersionsAreReadOnly(OldVersionDiffers, breaks="other-version-takes-updates"):
    """Refuses to write anything under the older version."""

    def perform(self, operation: Operation) -> Answer:
        """Look at the method."""
        if operation.method != "GET" and self.is_old(operation.request):
            raise Refusal(405, "This version is read-only")
        return super().perform(operation)


class ShowsEveryAccountInOldVersions(
    OldVersionDiffers, breaks="other-version-hides-the-other-account"
):
    """Looks for customers in all accounts under the older version."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look at the version first."""
        asked = operation.method == "GET" and operation.resource is CUSTOMERS
        if asked and self.is_old(operation.request):
            return list(self.records(CUSTOMERS))
        return super().candidates(operation)


class KnowsNoTypesInOldVersions(OldVersionDiffers, breaks="other-versions-answer"):
    """Answers in JSON whatever suffix is asked for under the older version."""

    def forced_type(self, request: Request) -> str | None:
        """Look at the version first."""
        return JSON if self.is_old(request) else super().forced_type(request)


class KnowsNoFiltersInOldVersions(OldVersionDiffers, breaks="other-version-filters"):
    """Lists every customer whatever custnr is asked for under the older version."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Look at the version first."""
        found = super().filters(operation)
        old = self.is_old(operation.request)
        return {name: found[name] for name in found if name != "custnr" or not old}


class OpensListsOfOldVersions(OldVersionDiffers, breaks="other-version-asks-for-credentials"):
    """Asks nobody for credentials who lists recordings, or sources, under the older version."""

    def authenticate(self, request: Request) -> str:
        """Look at the version and the path first."""
        path = request.target.partition("?")[0]
        is_open = path.endswith(("/recordings", "/sources")) and request.method == "GET"
        return seed.USERNAME if is_open and self.is_old(request) else super().authenticate(request)


class ShowsOldVersionsOverPlainHttp(OldVersionDiffers, breaks="other-version-is-not-on-plain-http"):
    """Answers a GET under the older version over plain HTTP, too."""

    def check_transport(self, request: Request) -> None:
        """Look at the version and the method first."""
        if request.method != "GET" or not self.is_old(request):
            super().check_transport(request)


class ChangesOldVersionsOverPlainHttp(
    OldVersionDiffers,
    breaks="other-version-is-not-on-plain-http field-changes-by-a-write-that-names-it",
):
    """Refuses a PUT under the older version over plain HTTP when it is carried out."""

    def check_transport(self, request: Request) -> None:
        """Look at the version and the method first."""
        if request.method != "PUT" or not self.is_old(request):
            super().check_transport(request)

    def updated(self, operation: Operation, record: Record) -> Answer:
        """Refuse it now."""
        super().check_transport(operation.request)
        return super().updated(operation, record)


class ShowsOldVersionsToAnyAddress(
    OldVersionDiffers, breaks="other-version-refuses-a-denied-address"
):
    """Answers a GET under the older version to any address."""

    def check_address(self, request: Request) -> None:
        """Look at the version and the method first."""
        if request.method != "GET" or not self.is_old(request):
            super().check_address(request)


class ChangesOldVersionsFromAnyAddress(
    OldVersionDiffers,
    breaks="other-version-refuses-a-denied-address field-changes-by-a-write-that-names-it",
):
    """Refuses a PUT under the older version from an unlisted address when it is carried out."""

    def check_address(self, request: Request) -> None:
        """Look at the version and the method first."""
        if request.method != "PUT" or not self.is_old(request):
            super().check_address(request)

    def updated(self, operation: Operation, record: Record) -> Answer:
        """Refuse it now."""
        super().check_address(operation.request)
        return super().updated(operation, record)


class RefusesUpdatesOfOldVersionsTooLate(OldVersionDiffers, breaks="other-version-takes-updates"):
    """Refuses a PUT under the older version when it has stored it."""

    def updated(self, operation: Operation, record: Record) -> Answer:
        """Look at the version now."""
        if self.is_old(operation.request):
            raise Refusal(403, "This version is read-only")
        return super().updated(operation, record)


class OldVersionsAreLocal(OldVersionDiffers, breaks="other-version-shows-the-same-moments"):
    """Shows moments under the older version as it always did, an hour ahead of UTC."""

    @cached_property
    def state(self) -> dict[str, bool]:
        """Whether the request in hand is for the older version."""
        return {"old": False}

    def succeeded(self, operation: Operation, answer: Answer) -> Response:
        """Look at the version that is asked for."""
        self.state["old"] = self.is_old(operation.request)
        return super().succeeded(operation, answer)

    def timestamp(self, moment: datetime) -> str:
        """Show local time in the older version."""
        shown = later(moment) if self.state["old"] else moment
        return super().timestamp(shown)


class LosesUpdatesOfOldVersions(OldVersionDiffers, breaks="other-version-stores-what-it-takes"):
    """Answers a PUT under the older version, and stores nothing: its table is a view by now."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Change nothing."""
        changed = super().changed_values(operation, record, values)
        return {} if self.is_old(operation.request) else changed


class ListsNobodyInOldVersions(OldVersionDiffers, breaks="other-version-lists-what-it-shows"):
    """Lists customers under the older version from a table that has none."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Find nobody."""
        is_empty = operation.resource is CUSTOMERS and operation.record_id is None
        nobody = is_empty and self.is_old(operation.request)
        return super().listing(operation, [] if nobody else records)

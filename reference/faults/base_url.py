"""Faults of the base URL and its version."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

from reference.digest import Credentials
from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import PING, Resource


class TakesAnyVersion(Fault, breaks="unknown-version-answers-no-data"):
    """Answers every version as if it were the latest."""

    def is_served(self, version: str) -> bool:
        """Take whatever is no resource for a version."""
        return version not in {"customers", "miscellaneous"}


class RefusesVersionsInTwoWays(Fault, breaks="readings-are-consistent"):
    """Answers 400 to one version that is not offered, and 404 to another."""

    def unknown_version(self, version: str) -> NoReturn:
        """Look at how the version begins."""
        if version.startswith("9"):
            raise Refusal(400, "There is no such version of this API")
        super().unknown_version(version)


class NeedsNoVersion(Fault, breaks="no-version-answers-no-data"):
    """Takes the latest version where the path names none."""

    def path_segments(self, path: str) -> list[str]:
        """Put the version in front."""
        segments = super().path_segments(path)
        return segments if segments[0][:1].isdigit() else [self.versions[0], *segments]


class HasDroppedOldVersions(
    Fault, breaks="other-versions-answer versions-show-the-same-account other-version-takes-updates"
):
    """Answers the latest version only, though it claims an older one."""

    def is_served(self, version: str) -> bool:
        """Serve the first."""
        return version == self.versions[0]


class HasNoXmlInOldVersions(Fault, breaks="other-versions-answer"):
    """Does not know the .xml suffix in any but the latest version."""

    def route(self, path: str) -> tuple[Resource, Mapping[str, str]]:
        """Find nothing there."""
        resource, ids = super().route(path)
        old = not path.startswith(f"/{self.versions[0]}/")
        return (self.unknown_resource(()), ids) if old and ".xml" in path else (resource, ids)


class Trusting(Fault, abstract=True):
    """Serves a copy to whoever has been let in already."""

    def is_issued(self, nonce: str) -> bool:
        """Take every nonce for ours."""
        return bool(nonce)

    def is_usable(self, credentials: Credentials) -> bool:
        """Take every nonce for fresh."""
        del credentials
        return True


class ReadsOldVersionsFromACopy(
    Fault, breaks="versions-show-the-same-account other-version-takes-updates"
):
    """Answers the older version from a copy of the seed that nobody updates."""

    def respond(self, request: Request) -> Response:
        """Ask a server that has stood still; it knows the same nonces."""
        old = f"/{self.versions[-1]}/"
        if not request.target.startswith(old):
            return super().respond(request)
        copy: Fault | None = self.__dict__.get("copy")
        if copy is None:
            copy = self.copy = Trusting(versions=self.versions)
        return copy.respond(request)


class HidesThePing(
    Fault,
    breaks="version-selects ping-answers-ok curl-ping accept-neither missing-host-gets-no-data",
    on_a_socket=True,
):
    """Has its ping outside of the version."""

    def route(self, path: str) -> tuple[Resource, Mapping[str, str]]:
        """Find no ping below a version."""
        return super().route(path.replace("/ping", "/pong"))


class PingsUnderAWrongStatus(
    Fault,
    breaks="version-selects ping-answers-ok curl-ping accept-neither errors-is-a-list",
    on_a_socket=True,
):
    """Answers a ping from the page for what was not found, whose status stays 404."""

    def success_status(self, operation: Operation) -> int:
        """Leave the status as it was."""
        found = super().success_status(operation)
        return 404 if operation.resource is PING else found


class SaysThatItIsUp(
    Fault,
    breaks="version-selects ping-answers-ok curl-ping other-versions-answer "
    "missing-host-gets-no-data",
    on_a_socket=True,
):
    """Answers a ping in its own words."""

    def perform(self, operation: Operation) -> Answer:
        """Say it under another key."""
        answer = super().perform(operation)
        return replace(answer, name="status") if operation.resource is PING else answer


class ShowsDataUnderUnknownVersions(Fault, breaks="unknown-version-answers-no-data"):
    """Answers 404 where a version is not offered, and sends the data of the latest one."""

    def is_served(self, version: str) -> bool:
        """Take what looks like a version for one."""
        return super().is_served(version) or version[:1].isdigit()

    def success_status(self, operation: Operation) -> int:
        """Look at the version again."""
        version = operation.request.target.split("/")[1]
        return super().success_status(operation) if version in self.versions else 404


class ImplementsNoOtherVersion(Fault, breaks="unknown-version-answers-no-data"):
    """Answers 501 where a version is not offered."""

    def unknown_version(self, version: str) -> NoReturn:
        """Take another status."""
        del version
        raise Refusal(501, "This version is not implemented")


class CallsOldVersionsGone(
    Fault, breaks="other-versions-answer versions-show-the-same-account other-version-takes-updates"
):
    """Answers 404 in the older version, and sends the data all the same."""

    def success_status(self, operation: Operation) -> int:
        """Look at the version."""
        old = operation.request.target.startswith(f"/{self.versions[-1]}/")
        return 404 if old else super().success_status(operation)

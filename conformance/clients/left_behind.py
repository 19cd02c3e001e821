"""What a run may leave on the target: records under their ids, and others that have none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.clients.api import Api
    from conformance.clients.creations import SentCreation
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Resource


@dataclass(frozen=True, slots=True)
class Left:
    """A record of ours that may still be on the target, and why."""

    identity: Identity
    reason: str

    def __str__(self) -> str:
        """Return its path and the reason, as the conclusion shows them."""
        return f"{self.identity.path} ({self.reason})"


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Records of ours that may be on the target, under ids that are not known.

    It `is_doubtful` where nothing but the answer to a creation says so.
    """

    resource: Resource
    prefix: str
    most: int
    reason: str
    is_doubtful: bool = False

    def __str__(self) -> str:
        """Return how they are found by hand, as the conclusion shows it."""
        return (
            f"up to {self.most} {self.resource.name} with texts that begin with {self.prefix} "
            f"({self.reason})"
        )


def unnamed_records(api: Api, unlisted: Mapping[Resource, str]) -> list[Unnamed]:
    """Return what creations may have made, and no record is known to come from.

    `unlisted` are the resources whose lists could not be read, with the reasons. A list that can
    be read shows what there is, unless the server says under which id a creation was done.
    """
    found: list[Unnamed] = []
    kept = {each.resource for each in api.ledger.left()}
    for resource, creations in _by_resource(api.ledger.unsettled()).items():
        if resource.parent is not None and resource.parent not in kept:
            continue  # they went with the records that they belonged to
        granted = [each for each in creations if each.is_granted and each.texts and each.ids]
        if resource in unlisted:
            reason = f"no list shows them: {unlisted[resource]}"
            found.append(Unnamed(resource, api.ledger.prefix, len(creations), reason))
        elif granted:
            reason = "they were answered as made, and no list shows them"
            doubt = Unnamed(resource, api.ledger.prefix, len(granted), reason, is_doubtful=True)
            found.append(doubt)
    return found


def _by_resource(creations: Iterable[SentCreation]) -> dict[Resource, list[SentCreation]]:
    found: dict[Resource, list[SentCreation]] = {}
    for each in creations:
        found.setdefault(each.resource, []).append(each)
    return found

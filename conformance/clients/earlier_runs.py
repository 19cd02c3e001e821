"""What earlier runs have left: how it is found, and how it is deleted."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from conformance.clients.clean_up import MOST_SECONDS, CleaningUp
from conformance.spec.addressing import Identity
from conformance.spec.resources import RESOURCES
from conformance.verdicts import OutcomeError
from conformance.wire.records import id_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.clients.api import Api
    from conformance.clients.left_behind import Left

PREFIX = re.compile(r"cf-([0-9a-f]{11})-")
"""How a text of any run begins; the group is when that run began, in milliseconds."""


def found_by_age(api: Api, hours: float) -> Iterator[Identity]:
    """Give the records that show the prefix of any run that began so many hours ago, or longer.

    For runs whose log is lost. What such a run changed to other texts is not found.
    """
    now = time.time() * 1000
    for resource in (each for each in RESOURCES if each.parent is None):
        for record in api.listed(resource):
            begun = [
                int(found[1], 16)
                for value in record.values()
                if isinstance(value, str) and (found := PREFIX.search(value))
            ]
            if id_of(resource, record) and begun and now - max(begun) >= hours * 3_600_000:
                yield Identity(resource, id_of(resource, record))


def found_by_values(
    api: Api, unanswered: tuple[str, Mapping[str, str]] | None
) -> Iterator[Identity]:
    """Give the records that show all values of a creation whose answer was not waited for.

    None where the list cannot be read: the clean-up says what that leaves unknown.
    """
    name, values = unanswered or ("", {})
    for resource in (each for each in RESOURCES if each.name == name and each.parent is None):
        try:
            listed = api.listed(resource) if values else []
        except OutcomeError:
            return
        for record in listed:
            if values.items() <= record.items() and id_of(resource, record):
                identity = Identity(resource, id_of(resource, record))
                api.ledger.note_sent(identity, values)
                yield identity


class Janitor:
    """Deletes records of earlier runs, each under the prefix that it shows itself."""

    def __init__(self, api: Api, found: list[Identity]) -> None:
        """Take who deletes, and what was found."""
        self._api = api
        self._found = found

    def delete(self) -> list[Left]:
        """Delete what still shows the prefix of a run; return what may be left."""
        left: list[Left] = []
        for identity in self._found:
            texts = [str(value) for value in (self._api.find(identity) or {}).values()]
            shown = [found for text in texts if (found := PREFIX.search(text))]
            if shown:
                self._api.ledger.take_over(shown[0][0], [identity], {})
                cleaning = CleaningUp(self._api, time.monotonic() + MOST_SECONDS)
                left += cleaning.delete([identity], anew=True).values()
        return left

"""The records that were there before a run has made one of their kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Record


class RecordsOfBefore:
    """Records that are never ours, whatever a target shows of them later."""

    def __init__(self) -> None:
        """Start without any."""
        self._shown: dict[Identity, Record] = {}

    def add(self, records: Mapping[Identity, Record]) -> None:
        """Remember records as they were; one of a sub-resource without a parent is under each."""
        self._shown.update(records)

    def __contains__(self, identity: Identity) -> bool:
        """Tell whether a record was there before, under whichever parent it is asked for."""
        return self._as_it_was(identity) is not None

    def showed_everywhere(self, identity: Identity, values: Mapping[str, str]) -> bool:
        """Tell whether a record under each parent had each of these values then, one at least."""
        everywhere = self._shown.get(replace(identity, parent_id=None))
        if identity.resource.parent is None or everywhere is None:
            return False
        return bool(values) and all(str(everywhere.get(name)) == values[name] for name in values)

    def _as_it_was(self, identity: Identity) -> Record | None:
        everywhere = replace(identity, parent_id=None)
        return self._shown.get(identity, self._shown.get(everywhere))

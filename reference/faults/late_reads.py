"""Faults in when a write shows."""

import time
from collections.abc import Mapping

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS

BEHIND = 0.1
"""Seconds for which a session does not see what another one has written."""


class ShowsWritesToOthersLate(
    Fault,
    breaks="reads-follow-the-last-write unusual-fields-change-no-effect "
    "condition-hides-no-change usual-fields-change-no-effect",
):
    """Shows a changed customer as it was before, for a while, to sessions that did not change it.

    A session is what uses one nonce.
    """

    def __init__(self, **settings: object) -> None:
        """Start without a change."""
        super().__init__(**settings)  # type: ignore[arg-type]  # those of the reference server
        self._before: dict[str, tuple[str, float, Mapping[str, Value]]] = {}

    def session(self, operation: Operation) -> str:
        """The session that asks."""
        credentials = self.credentials(operation.request)
        return credentials.nonce if credentials else ""

    def update(self, operation: Operation) -> Answer:
        """Keep what a customer was before, and who changed it."""
        before = self._tables[CUSTOMERS.name].get(operation.record_id or "")
        answer = super().update(operation)
        if operation.resource is CUSTOMERS and before is not None:
            self._before[before.id] = self.session(operation), time.monotonic(), before.values
        return answer

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show a customer that was asked for by its id as the session knows it."""
        session, moment, before = self._before.get(record.id, ("", 0.0, record.values))
        late = operation.resource is CUSTOMERS and operation.record_id is not None
        recent = time.monotonic() - moment < BEHIND
        if late and recent and operation.method == "GET" and session != self.session(operation):
            return before
        return super().presented(operation, record)

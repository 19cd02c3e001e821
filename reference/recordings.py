"""The resource `recordings`: what was recorded of calls.

The document does not name it. The vendor's own clients list them by customer, and fetch one by its
id for the sound.
"""

from collections.abc import Iterable, Mapping

from .operation import Operation
from .operations import Operations
from .records import Record, new_record
from .representation import Value
from .resources import CALL_RECORDS, RECORDINGS, Resource
from .seed import SOUND


class Recordings(Operations):
    """Recordings come with calls, and can only be read."""

    def records(self, resource: Resource) -> Iterable[Record]:
        """A recording follows from the call that was recorded."""
        if resource is not RECORDINGS:
            return super().records(resource)
        calls = super().records(CALL_RECORDS)
        return [self.recording_of(each) for each in calls if each.values["recording_id"]]

    def recording_of(self, call: Record) -> Record:
        """The recording of a call, of the same account."""
        shared = {name: call.values[name] for name in ("customer_id", "cdr_id")}
        sound = {"expired": "0", "sounddata": SOUND}
        return new_record(
            RECORDINGS, call.account, str(call.values["recording_id"]), {**shared, **sound}
        )

    def id_value(self, name: str, text: str) -> str:
        """The id of a recording may be any text."""
        return text if name == RECORDINGS.id_name else super().id_value(name, text)

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """A list leaves the sound out."""
        values = super().presented(operation, record)
        if operation.resource is not RECORDINGS or operation.record_id is not None:
            return values
        return {name: value for name, value in values.items() if name != "sounddata"}

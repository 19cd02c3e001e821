"""The account behind a hostile server, in which nothing that was there before may be touched."""

from typing import Final

from reference import Reference, Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value

WRITES: Final = ("PUT", "DELETE")


class DroppedError(Exception):
    """The connection is dropped instead of an answer."""


class Account(Reference):
    """Keeps records as the reference server does, and notes who aims a write at what.

    A mode that lies about ids or creations is a subclass with one answer changed. What a run did
    to the records that were there before it is told by `aimed` and `harmed`, lies left out of it.
    """

    def __init__(self) -> None:
        """Start with the records of the seed, untouched."""
        super().__init__()
        self._before = {name: frozenset(table) for name, table in self.planted().items()}
        self.aimed: list[str] = []
        """Each PUT or DELETE that named a record of before, or none: "DELETE customers/1"."""
        self.harmed: list[str] = []
        """Those of `aimed` that were carried out: records of before that changed or are gone."""

    def perform(self, operation: Operation) -> Answer:
        """Carry an operation out, and note it where it is a write to a record of before."""
        target = self.target_of_before(operation)
        if target:
            self.aimed.append(target)
        answer = super().perform(operation)
        if target:
            self.harmed.append(target)
        return answer

    def target_of_before(self, operation: Operation) -> str:
        """What a write is aimed at: a record of before, a whole collection, or "" for neither."""
        name, id_ = operation.resource.name, operation.record_id
        if operation.method not in WRITES or (id_ and id_ not in self._before.get(name, ())):
            return ""
        return f"{operation.method} {name}/{id_ or ''}"

    def is_of_before(self, operation: Operation, record: Record) -> bool:
        """Whether a record was there before the run."""
        return record.id in self._before[operation.resource.name]

    def old_record(self, operation: Operation) -> Record:
        """The first record of the caller's that was there before the run."""
        return self.candidates(operation)[0]

    def respond_to(self, request: Request) -> Response:
        """Answer a request; raises DroppedError where there is to be no answer."""
        return self.respond(request)

    def as_if(self, record: Record, name: str, value: Value) -> Record:
        """A record with one field shown differently."""
        return Record(record.id, record.account, {**record.values, name: value})

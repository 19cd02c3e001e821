"""Faults that let a record be reached, named, or taken by something else than its own."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from reference import seed
from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Value
from reference.resources import SOURCES

BYTES_OF_AN_INDEX = 32


class TakesDestnrsForIds(Fault, breaks="no-id-reads-nothing"):
    """Looks for a source by its tracking number where none has the id."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Look for the id first."""
        found = super().having(records, name, wanted)
        if found or name != "source_id":
            return found
        return [each for each in records if each.values.get("destnr") == f"+{wanted}"]

    def unknown_record(self, operation: Operation) -> Record:
        """Look at the number."""
        for each in self.candidates(operation) if operation.resource is SOURCES else ():
            if each.values["destnr"] == f"+{operation.record_id}":
                return each
        return super().unknown_record(operation)


class NamesRecordsByTheirSlug(Fault, breaks="usual-fields-change-no-effect"):
    """Gives a new record the name that a field suggests for its address."""

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Look for the field."""
        new = super().new_values(operation, record_id, values)
        slug = operation.request.header("Slug")
        return {**new, "name": slug} if slug else new


class LooksBackInTime(Fault, breaks="unusual-fields-cut-no-list"):
    """Lists calls as they were at the moment that a field asks for."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Leave out what came later."""
        records = super().candidates(operation)
        asked = operation.request.header("Accept-Datetime")
        if asked is None or operation.method != "GET":
            return records
        moment = parsedate_to_datetime(asked)
        return [each for each in records if self.was_there(each, moment)]

    def was_there(self, record: Record, moment: datetime) -> bool:
        """Whether a call had begun; other records always were."""
        start = record.values.get("start")
        return not isinstance(start, datetime) or start <= moment


class ComparesTheIndexOfCustnrs(Fault, breaks="custnr-is-unique-as-a-whole"):
    """Takes a custnr for taken whose first 32 characters another one has."""

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """Compare the beginnings."""
        super().check_unique(operation, values, record)
        custnr = str(values.get("custnr") or "")
        taken = [
            str(each.values.get("custnr"))[:BYTES_OF_AN_INDEX]
            for each in self.candidates(operation)
            if each is not record
        ]
        if len(custnr) > BYTES_OF_AN_INDEX and custnr[:BYTES_OF_AN_INDEX] in taken:
            self.duplicate_custnr(operation)


class CutsAtASecondQuestionMark(Fault, breaks="question-mark-in-a-query-is-data"):
    """Ends the query of a target at a question mark within it."""

    def split_target(self, target: str) -> tuple[str, str]:
        """Leave the rest out."""
        return super().split_target("?".join(target.split("?")[:2]))


class RemembersARefusedLogin(Fault, breaks="refused-login-opens-no-account"):
    """Takes the next caller for the one who was refused last."""

    refused_user = ""

    def authenticate(self, request: Request) -> str:
        """Remember who was refused."""
        try:
            account = super().authenticate(request)
        except Refusal:
            found = self.credentials(request)
            self.refused_user = found.username if found else ""
            raise
        user, self.refused_user = self.refused_user, ""
        return user if user in seed.PASSWORDS else account


class ListsActiveSourcesOfAll(Fault, breaks="other-account-is-not-shown"):
    """Lists the active sources of every account."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look which are asked for."""
        if operation.resource is SOURCES and operation.parameters.get("status") == "active":
            return list(self.records(SOURCES))
        return super().candidates(operation)

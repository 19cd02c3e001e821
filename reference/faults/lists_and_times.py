"""Faults in lists of sources and users, and in the moments that they show."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import CUSTOM_FIELD, CUSTOMERS, SOURCES, USERS, Field


def is_list(operation: Operation) -> bool:
    """Whether an operation reads a list."""
    return operation.method == "GET" and operation.record_id is None


SUMMER = range(4, 10)


class OrphansUsers(Fault, breaks="deleted-customer-leaves-nothing-to-others"):
    """Cuts users loose from a deleted customer instead of deleting them: all accounts see them."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Keep the users of a customer, as nobody's."""
        users: list[Record] = []
        if operation.resource is CUSTOMERS:
            users = self.having(list(self.records(USERS)), "customer_id", record.id)
        super().remove_with_dependents(operation, record)
        for user in users:
            orphan = Record(user.id, None, {**user.values, "customer_id": None})
            self._tables[USERS.name][user.id] = orphan


class DeletesUsersByAddress(Fault, breaks="user-of-one-address-stays"):
    """Deletes with a customer the users of other customers that have a deleted user's address."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Cascade by the address."""
        users = self.visible_records(USERS, operation.account)
        gone = [each for each in users if each.values["customer_id"] == record.id]
        super().remove_with_dependents(operation, record)
        if operation.resource is CUSTOMERS:
            for user in users:
                if user.values["email"] in {each.values["email"] for each in gone}:
                    self.remove(USERS, user)


class CountsDistinctNames(Fault, breaks="total-counts-namesakes"):
    """Counts customers of the same name once in total and numpages: COUNT(DISTINCT name)."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Count names."""
        answer = super().listing(operation, records)
        if operation.resource is not CUSTOMERS or answer.paging is None:
            return answer
        total = len({each.values["name"] for each in records})
        pages = self.number_of_pages(total, int(answer.paging["pagesize"]))
        return replace(answer, paging={**answer.paging, "total": total, "numpages": pages})


class KeepsTheFilterOfARefusedList(Fault, breaks="page-has-its-own-total-after-a-filter"):
    """Filters the list after one that was refused for its page by that one's filter, too."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Build a query onto what is left of the one before."""
        key = (operation.account, operation.resource.name)
        self.left[key] = {**self.left.pop(key, {}), **super().filters(operation)}
        return self.left[key]

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Forget the query once it was run."""
        answer = super().listing(operation, records)
        key = (operation.account, operation.resource.name)
        self.left.pop(key, None)
        return answer

    @cached_property
    def left(self) -> dict[tuple[str, str], Mapping[str, str]]:
        """What is left of queries, by account and resource."""
        return {}


class ListsTheStoredStatus(Fault, breaks="source-to-come-is-listed-as-it-is-read"):
    """Shows a source that is upcoming or over as active in lists, where nothing is computed."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show the column as it is."""
        values = super().presented(operation, record)
        if operation.resource is SOURCES and is_list(operation):
            return {**values, "status": record.values["status"]}
        return values


class CutsCustomFieldsInLists(Fault, breaks="list-shows-long-values-whole"):
    """Cuts custom fields to 128 characters in lists, whose columns are cast."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Cast custom fields in lists."""
        values = super().presented(operation, record)
        if not is_list(operation):
            return values
        return {
            n: v[:128] if isinstance(v, str) and CUSTOM_FIELD.fullmatch(n) else v
            for n, v in values.items()
        }


class HasSummerTimeInXml(Fault, breaks="moment-to-come-is-the-same-in-xml"):
    """Shows moments from April to September an hour late in XML: only the base offset is undone."""

    def xml_text(self, answer: Answer) -> str:
        """Write in a zone with summer time."""
        self._in_xml = True
        try:
            return super().xml_text(answer)
        finally:
            self._in_xml = False

    def timestamp(self, moment: datetime) -> str:
        """Show summer time."""
        summer = self.__dict__.get("_in_xml") and moment.month in SUMMER
        return super().timestamp(moment + timedelta(hours=1) if summer else moment)


class TakesMomentsInJsonForLocal(Fault, breaks="moment-in-json-is-utc"):
    """Takes the moments in a JSON body for Swedish time, those in a form for UTC."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Deserialize with the zone of the machine."""
        value = super().value_sent(operation, field, text)
        if not isinstance(value, datetime) or not self.is_json(operation.request):
            return value
        try:
            return value - timedelta(hours=2 if value.month in SUMMER else 1)
        except OverflowError:
            return value

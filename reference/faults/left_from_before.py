"""Faults that keep something of before, or take it for what is asked now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from reference.faulty import Fault
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, SOURCES, USERS, Resource


class LeavesUsersToEverybody(Fault, breaks="deleted-customer-leaves-nothing-to-others"):
    """Sets the owner of a deleted customer's users to null, and null is for everybody."""

    def remove_with_dependents(self, operation: Operation, record: Record) -> None:
        """Delete a customer, and cut its users loose."""
        users = self.having(list(self.records(USERS)), "customer_id", record.id)
        super().remove_with_dependents(operation, record)
        if operation.resource is CUSTOMERS:
            for user in users:
                loose = Record(user.id, None, {**user.values, "customer_id": None})
                self._tables[USERS.name][user.id] = loose


class LocksByTheClockThatIsSentBack(Fault, breaks="doubtful-update-is-taken-or-refused"):
    """A PUT of a source that sends its `modified` back answers 200, and changes nothing."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Compare what came without fractions of a second with what is stored with them."""
        if operation.resource is SOURCES:
            sent = self.body_parameters(operation.request, operation.resource, "PUT")
            stored = str(record.values["modified"]).removesuffix("+00:00")
            if sent.get("modified", stored) != stored:
                return {}
        return super().changed_values(operation, record, values)


class RevivesTheRightsOfADeletedUser(Fault, breaks="new-user-has-nothing-of-a-deleted-one"):
    """A new user with a deleted one's address has its name and rights, where none are sent."""

    @cached_property
    def _gone(self) -> dict[tuple[str | None, Value], Mapping[str, Value]]:
        """Start with nobody deleted."""
        return {}

    def remove(self, resource: Resource, record: Record) -> None:
        """Delete softly."""
        super().remove(resource, record)
        if resource is USERS:
            self._gone[record.account, record.values["email"]] = record.values

    def new_values(
        self, operation: Operation, record_id: str, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Restore who had the address before."""
        values = super().new_values(operation, record_id, values)
        if operation.resource is USERS:
            old = self._gone.pop((operation.account, values["email"]), {})
            kept = ("name", "write_access", "receive_monthly_report")
            return {**{n: old[n] for n in kept if n in old}, **values}
        return values


class GoesOnWhereThePageBeforeEnded(
    Fault, breaks="page-follows-from-its-own-size equal-records-are-each-on-one-page"
):
    """The page after the one read last starts where that ended, even with another pagesize."""

    @cached_property
    def _cursors(self) -> dict[tuple[object, ...], tuple[int, int]]:
        """Start without any cursor."""
        return {}

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Keep a cursor for each list, and pretend that pages have numbers."""
        if not self.is_paged(operation):
            return super().listing(operation, records)
        page, pagesize = self.page(operation.parameters), self.pagesize(operation.parameters)
        given = {n: v for n, v in operation.parameters.items() if n not in {"page", "pagesize"}}
        key = (operation.account, operation.resource.name, tuple(sorted(given.items())))
        before, end = self._cursors.get(key, (-1, 0))
        start = end if page == before + 1 else page * pagesize
        shown = records[start : start + pagesize]
        self._cursors[key] = (page, start + len(shown))
        paging = self.paging_properties(len(records), len(shown), page, pagesize)
        return self.answer(operation, shown, paging)


class TurnsThePagesOfTheLastFilter(Fault, breaks="page-has-its-own-total-after-a-filter"):
    """A page of all sources, asked for after a filtered list, is one of the filtered list."""

    @cached_property
    def _criteria(self) -> dict[str, Mapping[str, str]]:
        """Start with empty sessions."""
        return {}

    def read(self, operation: Operation) -> Answer:
        """Keep the criteria in the session while somebody turns pages."""
        if operation.resource is not SOURCES or operation.record_id is not None:
            return super().read(operation)
        names = (*operation.resource.filters, "custnr")
        given = {n: operation.parameters[n] for n in names if n in operation.parameters}
        if given or "page" not in operation.parameters:
            self._criteria[operation.account] = given
        kept = self._criteria.get(operation.account, {})
        return super().read(replace(operation, parameters={**kept, **operation.parameters}))


class CreatesAgainWhenItIsToStart(Fault, breaks="created-stays-with-an-activation"):
    """A PUT that sets the activation time of a source sets its creation time as well."""

    def changed_values(
        self, operation: Operation, record: Record, values: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """Have two names for one column."""
        changes = super().changed_values(operation, record, values)
        if operation.resource is SOURCES and "timestamp" in values:
            return {**changes, "created": values["timestamp"]}
        return changes

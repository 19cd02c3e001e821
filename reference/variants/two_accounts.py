"""Freedoms of a second account: what it may do, and how its records are numbered."""

from collections.abc import Iterable, Mapping

from reference import seed
from reference.faulty import Variant
from reference.message import Request
from reference.operation import Operation
from reference.records import Record, Table, new_record
from reference.refusal import Refusal
from reference.representation import Answer, Value
from reference.resources import CALL_RECORDS, CUSTOMERS, RECORDINGS, SOURCES, USERS, Resource


class NumbersEachAccountAlone(Variant):
    """Numbers the records of each account from 1: one has the ids of another one's."""

    calling = seed.USERNAME

    def authenticate(self, request: Request) -> str:
        """Remember who calls."""
        self.calling = super().authenticate(request)
        return self.calling

    def new_id(self, resource: Resource) -> str:
        """Count what the account has and had."""
        counts: dict[tuple[str, str], int] = self.__dict__.setdefault("counts", {})
        about = (self.calling, resource.name)
        mine = [int(each.id) for each in self.records(resource) if each.account == self.calling]
        counts[about] = max(counts.get(about, 0), *mine, 0) + 1
        return str(counts[about])

    def records(self, resource: Resource) -> Iterable[Record]:
        """Take the records of all accounts, by rising id."""
        if resource is RECORDINGS:
            return super().records(resource)
        return sorted(self._tables[resource.name].values(), key=lambda each: int(each.id))

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Keep it beside a record of another account that has the id."""
        record = new_record(resource, account, record_id, values)
        self._tables[resource.name][self.place(record)] = record
        return record

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Leave alone the record of another account that has the id."""
        changed = Record(record.id, record.account, {**record.values, **changes})
        self._tables[resource.name][self.place(record)] = changed
        return changed

    def remove(self, resource: Resource, record: Record) -> None:
        """Leave alone the record of another account that has the id."""
        self._tables[resource.name].pop(self.place(record), None)

    def remove_having(self, resource: Resource, name: str, value: str) -> None:
        """Remove what is the account's own."""
        for record in list(self.records(resource)):
            if record.values[name] == value and record.account == self.calling:
                self.remove(resource, record)

    def seeded(self) -> Mapping[str, Table]:
        """Put each record of the seed to its account."""
        return {
            name: {self.place(each): each for each in table.values()}
            for name, table in super().seeded().items()
        }

    def place(self, record: Record) -> str:
        """Where a record is kept."""
        return f"{record.account} {record.id}"


class AdmitsOneAccount(Variant):
    """Admits one account at this base URL: each is handed out its own."""

    def authenticate(self, request: Request) -> str:
        """Refuse every other one."""
        account = super().authenticate(request)
        if account != seed.USERNAME:
            raise self.unauthorized()
        return account


class LetsTheSecondAccountReadOnly(Variant):
    """Lets one of the accounts read and nothing else: what an account may do is agreed with it."""

    def check_method(self, resource: Resource, method: str, address: Mapping[str, str]) -> None:
        """Have no objection to a method: see `perform`."""
        super().check_method(resource, method, address)

    def perform(self, operation: Operation) -> Answer:
        """Refuse what writes."""
        if operation.account != seed.USERNAME and operation.method != "GET":
            raise Refusal(403, "This account may only read")
        return super().perform(operation)


class HidesSourcesFromTheSecondAccount(Variant):
    """Forbids one of the accounts sources and users."""

    def perform(self, operation: Operation) -> Answer:
        """Look which account it is."""
        if operation.account != seed.USERNAME and operation.resource in {SOURCES, USERS}:
            raise Refusal(403, "This account has neither sources nor users")
        return super().perform(operation)


class HasCallsOfTheFirstAccountOnly(Variant):
    """Has a second account that nobody has called."""

    def seeded(self) -> Mapping[str, Table]:
        """Leave its calls out."""
        tables = super().seeded()
        calls = tables[CALL_RECORDS.name]
        mine = {id_: each for id_, each in calls.items() if each.account == seed.USERNAME}
        return {**tables, CALL_RECORDS.name: mine}


class ForbidsWhatIsForeign(Variant):
    """Answers 403 to an id that another account has.

    Ambiguities: `foreign-record-in-a-get`, `foreign-record-in-a-put`.
    """

    def perform(self, operation: Operation) -> Answer:
        """Look whose the customer is."""
        wanted = operation.parameters.get("customer_id")
        found = self.having(list(self.records(CUSTOMERS)), "customer_id", str(wanted))
        if found and found[0].account != operation.account:
            raise Refusal(403, "This customer belongs to another account")
        return super().perform(operation)


class TakesACustnrOnce(Variant):
    """Refuses a custnr that a customer of any account has.

    Ambiguity: `duplicate-custnr`.
    """

    def check_unique(
        self, operation: Operation, values: Mapping[str, Value], record: Record | None
    ) -> None:
        """Look at the customers of all accounts."""
        super().check_unique(operation, values, record)
        sent = values.get("custnr") if operation.resource is CUSTOMERS else None
        known = self.having(list(self.records(CUSTOMERS)), "custnr", str(sent))
        if any(record is None or each.id != record.id for each in known):
            self.duplicate_custnr(operation)

"""Freedoms of time: what other callers of the same account do during the run."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from reference import seed
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.resources import CALL_RECORDS, CUSTOMERS, GREETINGS, SOURCES, USERS, Resource

from .accounts import Has1001Customers

SELDOM = 4
"""Between how many requests something happens on average."""


class OthersCreateMeanwhile(Has1001Customers, in_a_whole_run=True):
    """Has other callers who create records during the run, just more customers than fit a page."""

    def authenticate(self, request: Request) -> str:
        """Let something happen before some requests."""
        account = super().authenticate(request)
        if account == seed.USERNAME and not self.random.randrange(SELDOM):
            self.happen()
        return account

    def happen(self) -> None:
        """Have a customer created, or a greeting, a source or a user of the first one."""
        resource = self.random.choice((CUSTOMERS, CUSTOMERS, GREETINGS, SOURCES, USERS))
        record_id = self.new_id(resource)
        values = {"name": f"Annan {record_id}", "customer_id": "1"}
        if resource is CUSTOMERS:
            values = {"name": f"Annan {record_id}", "custnr": f"annan-{record_id}"}
        if resource is USERS:
            values["email"] = f"annan{record_id}@example.com"
        self.insert(resource, seed.USERNAME, record_id, values)


class OthersDeleteMeanwhile(OthersCreateMeanwhile, in_a_whole_run=True):
    """Has other callers who delete records, until fewer customers are left than fit on a page."""

    def happen(self) -> None:
        """Have one of the records deleted that were there before the run."""
        resource = self.random.choice((CUSTOMERS, CUSTOMERS, GREETINGS, SOURCES, USERS))
        theirs = self.theirs(resource)
        if theirs:
            self.remove(resource, self.random.choice(theirs))

    def theirs(self, resource: Resource) -> list[Record]:
        """The account's records that were there before the run, and still are."""
        mine = [each for each in self.records(resource) if each.account == seed.USERNAME]
        return [each for each in mine if int(each.id) <= self.first_ids[resource.name]]

    @cached_property
    def first_ids(self) -> Mapping[str, int]:
        """The greatest ids before the run, by resource."""
        return {name: self.last_id(table) for name, table in self.planted().items()}


class OthersChangeMeanwhile(OthersDeleteMeanwhile, in_a_whole_run=True):
    """Has other callers who update records during the run."""

    def happen(self) -> None:
        """Have one of the records renamed that were there before the run."""
        resource = self.random.choice((CUSTOMERS, GREETINGS, SOURCES, USERS))
        record = self.random.choice(self.theirs(resource))
        self.replace(resource, record, {"name": f"Ny {self.random.randrange(1000)}"})


class IsCalledMeanwhile(OthersCreateMeanwhile, in_a_whole_run=True):
    """Has calls come in during the run, and lists the newest call first.

    Ambiguity: `order-of-lists`.
    """

    def happen(self) -> None:
        """Have somebody call the number that was called last."""
        last = list(self.records(CALL_RECORDS))[-1]
        record_id = self.new_id(CALL_RECORDS)
        values = {**last.values, "cdr_id": record_id, "start": self.now()}
        self.insert(CALL_RECORDS, seed.USERNAME, record_id, values)

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Turn the list round."""
        listed = super().ordered(operation, records)
        return listed[::-1] if operation.resource is CALL_RECORDS else listed

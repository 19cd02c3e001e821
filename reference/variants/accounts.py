"""Freedoms of accounts: how much there is in them, and what they may do."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count, islice

from reference import seed
from reference.faulty import Variant
from reference.operation import Operation
from reference.records import Record, Table, new_record
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import (
    CALL_RECORDS,
    CUSTOMERS,
    GREETINGS,
    SOURCES,
    USERS,
    Resource,
)


class HasNothing(Variant, in_a_whole_run=True):
    """Has an account without any record, but for the greetings of the system."""

    def seeded(self) -> Mapping[str, Table]:
        """Leave out what belongs to the account."""
        return {name: self.kept(table) for name, table in super().seeded().items()}

    def kept(self, table: Table) -> Table:
        """What is somebody else's."""
        return {id_: each for id_, each in table.items() if each.account != seed.USERNAME}


class HasOneOfEach(HasNothing, in_a_whole_run=True):
    """Has an account with one record of each resource."""

    def kept(self, table: Table) -> Table:
        """What is somebody else's, and the first of the account's own."""
        mine = next(each for each in table.values() if each.account == seed.USERNAME)
        return {mine.id: mine, **super().kept(table)}


class HasNoCalls(Variant, in_a_whole_run=True):
    """Has an account that nobody has called yet."""

    def seeded(self) -> Mapping[str, Table]:
        """Leave the calls out."""
        return {**super().seeded(), CALL_RECORDS.name: {}}


class HasNoGreetingsOfTheSystem(Variant):
    """Has no greetings but those of customers."""

    def seeded(self) -> Mapping[str, Table]:
        """Leave out those that nobody owns."""
        tables = super().seeded()
        greetings = tables[GREETINGS.name]
        own = {id_: each for id_, each in greetings.items() if each.account is not None}
        return {**tables, GREETINGS.name: own}


class Has1000Customers(Variant, in_a_whole_run=True):
    """Has as many customers, and as many calls, as fit on a page (S49)."""

    size = 1000

    def seeded(self) -> Mapping[str, Table]:
        """Cut the calls, and add customers."""
        tables = super().seeded()
        cut = {
            CALL_RECORDS.name: self.first(tables[CALL_RECORDS.name].values()),
            CUSTOMERS.name: self.first(self.customers(tables[CUSTOMERS.name])),
        }
        return {**tables, **cut}

    def first(self, records: Iterable[Record]) -> Table:
        """As many of the account's own records as there are to be."""
        mine = (each for each in records if each.account == seed.USERNAME)
        return {each.id: each for each in islice(mine, self.size)}

    def customers(self, table: Table) -> Iterator[Record]:
        """The customers of the seed, and many more."""
        yield from table.values()
        for number in count(super().last_id(table) + 1):
            values = {"name": f"Kund {number} Åäö", "custnr": f"M-{number}"}
            yield new_record(CUSTOMERS, seed.USERNAME, str(number), values)

    def last_id(self, table: Table) -> int:
        """Leave room for those."""
        return super().last_id(table) + self.size


class Has1001Customers(Has1000Customers, in_a_whole_run=True):
    """Has one customer, and one call, more than fit on a page (S49)."""

    size = 1001


class OffersNoDelete(Variant, in_a_whole_run=True):
    """Offers no DELETE: the document shows none."""

    def methods(self, resource: Resource, address: Mapping[str, str]) -> tuple[str, ...]:
        """Leave it out."""
        return tuple(each for each in super().methods(resource, address) if each != "DELETE")


class DeletesNoCustomers(Variant):
    """Offers no DELETE of customers, and answers 501 to it.

    Ambiguity: `unsupported-method`.
    """

    def methods(self, resource: Resource, address: Mapping[str, str]) -> tuple[str, ...]:
        """Leave it out."""
        methods = super().methods(resource, address)
        kept = tuple(each for each in methods if each != "DELETE")
        return kept if resource is CUSTOMERS else methods

    def method_not_allowed(self, resource: Resource, method: str, methods: tuple[str, ...]) -> None:
        """Say that it will come."""
        del resource, methods
        raise Refusal(501 if method == "DELETE" else 405, "This method is not implemented")


class ReadsGreetingsOnly(Variant):
    """Lets greetings be read and nothing else: that is all that the document shows (S08)."""

    def methods(self, resource: Resource, address: Mapping[str, str]) -> tuple[str, ...]:
        """Leave all others out."""
        return ("GET",) if resource is GREETINGS else super().methods(resource, address)


class HasNeitherSourcesNorUsers(Variant):
    """Has no resource that the document does not show: neither sources nor users."""

    hidden = (SOURCES, USERS)

    def route(self, path: str) -> tuple[Resource, Mapping[str, str]]:
        """Hide both."""
        resource, ids = super().route(path)
        return (self.hide(resource) if resource in self.hidden else resource), ids

    def hide(self, resource: Resource) -> Resource:
        """Have it not be there."""
        return self.unknown_resource(resource.path)


class ForbidsSourcesAndUsers(HasNeitherSourcesNorUsers):
    """Answers 403 to whatever is asked of sources and users: the account may not (S41)."""

    def hide(self, resource: Resource) -> Resource:
        """Have it be there, but not for this account."""
        raise Refusal(403, f"This account may not use {resource.name}")


class HasNoNumbersLeft(Variant):
    """Refuses every new source, since no tracking number is left (S41)."""

    def create(self, operation: Operation) -> Answer:
        """Refuse it."""
        if operation.resource is SOURCES:
            raise Refusal(403, "There is no number left")
        return super().create(operation)

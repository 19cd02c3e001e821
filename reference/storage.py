"""The storage: tables of records, in the memory of one server."""

from collections.abc import Iterable, Mapping
from random import Random

from . import seed
from .records import Record, Table, new_record
from .representation import Value
from .resources import Resource


class Storage:
    """Each server starts with the same records and changes only its own."""

    random: Random
    foreign_customer_id: str = seed.FOREIGN_CUSTOMER_ID
    """A customer of another account than the seed's first."""
    calls: int
    """How many calls were made, by all accounts together."""

    def __init__(self) -> None:
        """Take a copy of the seed: the tables are ours, the records are shared and immutable."""
        super().__init__()
        self._tables = {name: dict(table) for name, table in self.seeded().items()}
        self._last_ids = {name: self.last_id(table) for name, table in self.planted().items()}

    def planted(self) -> Mapping[str, Table]:
        """The records of the seed, by resource and id."""
        return seed.tables(self.calls)

    def seeded(self) -> Mapping[str, Table]:
        """The records to start with: those of the seed."""
        return self.planted()

    def last_id(self, table: Table) -> int:
        """The greatest id in a table of the seed; new ones come after it."""
        return max(int(id_) for id_ in table)

    def records(self, resource: Resource) -> Iterable[Record]:
        """All records of a resource, whomever they belong to, by rising id."""
        return self._tables[resource.name].values()

    def visible_records(self, resource: Resource, account: str) -> list[Record]:
        """The records of a resource that an account may know of."""
        return [r for r in self.records(resource) if self.is_visible(r, account)]

    def is_visible(self, record: Record, account: str) -> bool:
        """Whether an account may know of a record; all others are as good as not there."""
        return record.account is None or record.account == account

    def new_id(self, resource: Resource) -> str:
        """An id that no record has or had."""
        self._last_ids[resource.name] += 1
        return str(self._last_ids[resource.name])

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Store a new record."""
        record = new_record(resource, account, record_id, values)
        self._tables[resource.name][record_id] = record
        return record

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Store a record's new values; those that are not named stay as they are."""
        changed = Record(record.id, record.account, {**record.values, **changes})
        self._tables[resource.name][record.id] = changed
        return changed

    def remove(self, resource: Resource, record: Record) -> None:
        """Forget a record."""
        self._tables[resource.name].pop(record.id, None)

    def remove_having(self, resource: Resource, name: str, value: str) -> None:
        """Forget the records of which a field has this value."""
        for record in list(self.records(resource)):
            if record.values[name] == value:
                self.remove(resource, record)

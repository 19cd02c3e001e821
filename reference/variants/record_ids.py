"""Freedoms of ids: the document shows small numbers, and says nowhere what an id looks like."""

import uuid
from collections.abc import Mapping, Sequence

from reference import seed
from reference.faulty import Variant
from reference.operation import Operation
from reference.records import Record, Table
from reference.refusal import Refusal
from reference.representation import Value
from reference.resources import CALL_RECORDS, CUSTOMERS, GREETINGS, SOURCES, USERS, Resource

NUMBERED = (CUSTOMERS, GREETINGS, SOURCES, USERS)
"""The resources whose ids have another form here."""

ID_FIELDS = frozenset(each.id_name for each in NUMBERED)


class GivesUuids(Variant, in_a_whole_run=True):
    """Gives UUIDs for ids, and refuses what is none."""

    @property
    def foreign_customer_id(self) -> str:  # type: ignore[override]
        """The one of the seed, in the form of all ids."""
        return self.form(int(seed.FOREIGN_CUSTOMER_ID))

    def form(self, number: int) -> str:
        """The id that has a number."""
        return str(uuid.UUID(int=uuid.uuid5(uuid.NAMESPACE_URL, str(number)).int, version=4))

    def is_formed(self, text: str) -> bool:
        """Whether a text is an id: hexadecimal digits in any case."""
        try:
            return str(uuid.UUID(text)) == text.lower()
        except ValueError:
            return False

    def seeded(self) -> Mapping[str, Table]:
        """Give each record its id in this form."""
        return {name: self.turned(name, table) for name, table in super().seeded().items()}

    def turned(self, name: str, table: Table) -> Table:
        """The records of a resource under their ids in this form."""
        records = [
            Record(
                each.id if name == CALL_RECORDS.name else self.form(int(each.id)),
                each.account,
                {field: self.turned_value(field, value) for field, value in each.values.items()},
            )
            for each in table.values()
        ]
        return {each.id: each for each in records}

    def turned_value(self, field: str, value: Value) -> Value:
        """A value that is an id in this form, and any other as it is."""
        return self.form(int(value)) if field in ID_FIELDS and isinstance(value, str) else value

    def new_id(self, resource: Resource) -> str:
        """The next one."""
        return self.form(int(super().new_id(resource)))

    def is_id(self, segment: str) -> bool:
        """Whether a path segment is an id; what looks like a name of a resource is none."""
        return any(each.isdigit() for each in segment)

    def id_value(self, name: str, text: str) -> str:
        """The id that a parameter tells."""
        if name not in ID_FIELDS:
            return super().id_value(name, text)
        if not self.is_formed(text):
            raise Refusal(400, f"{name} is no id")
        return text.lower()

    def tracking_number(self, source_id: str) -> str:
        """A number that no other source has."""
        del source_id
        return super().tracking_number(str(len(self._tables[SOURCES.name]) + 1000))

    def candidates(self, operation: Operation) -> list[Record]:
        """What a path names has to be an id, too."""
        for name, text in operation.ids.items():
            self.id_value(name, text)
        return super().candidates(operation)

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """In the order in which they were made."""
        del operation
        return records


class GivesHexadecimalIds(GivesUuids, in_a_whole_run=True):
    """Gives 24 hexadecimal digits for ids, as some databases do."""

    def form(self, number: int) -> str:
        """A moment, a machine, and a count."""
        return f"65a1b2c3d4e5f6a7b8{number * 7919:06x}"

    def is_formed(self, text: str) -> bool:
        """Whether it is so many digits."""
        return len(text) == len(self.form(1)) and set(text) <= set("0123456789abcdef")


class GivesIdsBeyond53Bits(GivesUuids, in_a_whole_run=True):
    """Gives ids of nineteen digits, which a double cannot hold."""

    def form(self, number: int) -> str:
        """A number beyond 2 to the power of 53."""
        return str(1_742_318_995_123_400_000 + number)

    def is_formed(self, text: str) -> bool:
        """Whether it is a number."""
        return text.isascii() and text.isdigit()


class GivesIdsWithLetters(GivesUuids, in_a_whole_run=True):
    """Gives ids of letters and digits, with a letter in front, in which case matters."""

    def form(self, number: int) -> str:
        """A letter, a hyphen, and five digits."""
        return f"K-{number:05d}"

    def is_formed(self, text: str) -> bool:
        """Whether it has this form."""
        return len(text) == len("K-00000") and text.startswith("K-") and text[2:].isdigit()

    def id_value(self, name: str, text: str) -> str:
        """The id as it was told: in lower case it is another one."""
        super().id_value(name, text)
        return text


class GivesIdsWithZerosInFront(GivesIdsWithLetters, in_a_whole_run=True):
    """Gives ids of eight digits, with zeros in front."""

    def form(self, number: int) -> str:
        """Eight digits."""
        return f"{number:08d}"

    def is_formed(self, text: str) -> bool:
        """Whether it has so many."""
        return len(text) == len("00000000") and text.isdigit()

"""The records that every reference server starts with, and the accounts that they belong to."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import Final, TypeAlias

from .records import Table, new_record
from .representation import Value
from .resources import CALL_RECORDS, CUSTOMERS, GREETINGS, SOURCES, USERS, Resource
from .seed_calls import calls

USERNAME: Final = "partner"
PASSWORD: Final = "open-sesame"  # noqa: S105 - it opens nothing but this server
OTHER_USERNAME: Final = "rival"
OTHER_PASSWORD: Final = "open-barley"  # noqa: S105 - likewise
PASSWORDS: Final = MappingProxyType({USERNAME: PASSWORD, OTHER_USERNAME: OTHER_PASSWORD})

VERSIONS: Final = ("2.4.9", "2.4.0")
"""The versions that it offers, unless told otherwise; the first goes into the base URL."""

ALLOWED: Final = frozenset({"127.0.0.1"})
DENIED_ADDRESS: Final = "127.0.0.2"

FOREIGN_CUSTOMER_ID: Final = "4"
FOREIGN_CUSTNR: Final = "R-4"
FOREIGN_GREETING_ID: Final = "4"
FOREIGN_SOURCE_ID: Final = "4"
FOREIGN_USER_ID: Final = "4"
FOREIGN_CALL_RECORD_ID: Final = "4"

CREATED: Final = datetime(2024, 12, 2, 8, 15, 30, tzinfo=UTC)
EXPIRES: Final = datetime(2099, 12, 31, 23, 0, 0, tzinfo=UTC)
SOUND: Final = "SUQzBAAAAAAAAA=="
"""An MP3 file without any sound in it, in base64."""
SOUND_LENGTH: Final = "10"

Seeds: TypeAlias = Mapping[int, tuple[str | None, Mapping[str, Value]]]
"""Records by their ids: the account that each belongs to, and what is particular about it."""

CUSTOMER_SEEDS: Final[Seeds] = {
    1: (USERNAME, {"name": "Freja Bok AB", "custnr": "1001", "custom_1": "gold"}),
    2: (USERNAME, {"name": "Ångström & Söner", "custnr": "1002", "custom_1": ""}),
    3: (USERNAME, {"name": "山田商店", "custnr": "å-3", "corporateid": "556000-0003"}),
    4: (OTHER_USERNAME, {"name": "Rival Ltd", "custnr": FOREIGN_CUSTNR, "custom_1": "gold"}),
    12: (USERNAME, {"name": "Café 🦊 <Räv>", "custnr": "1001/12", "custom_2": "a \"b\" & 'c'"}),
    13: (OTHER_USERNAME, {"name": "Rival Söder", "custnr": "1001"}),
    123: (USERNAME, {"name": "Sjö 50 % + 7", "custnr": "100", "email": "sjo@example.com"}),
    124: (USERNAME, {"name": "Ö", "custnr": "10 01", "receive_monthly_report": "2"}),
}

GREETING_SEEDS: Final[Seeds] = {
    1: (None, {"name": "Standard", "locked": "1"}),
    2: (USERNAME, {"name": "Välkommen", "customer_id": "1"}),
    3: (USERNAME, {"name": "Stängt", "customer_id": "2"}),
    4: (OTHER_USERNAME, {"name": "Rival", "customer_id": FOREIGN_CUSTOMER_ID}),
    12: (USERNAME, {"name": "Semester", "customer_id": "1"}),
}

SOURCE_SEEDS: Final[Seeds] = {
    1: (USERNAME, {"name": "Webb", "media": "web", "customer_id": "1", "vm_greeting_id": "2"}),
    2: (USERNAME, {"name": "Tidning", "customer_id": "1", "custom_1": "vår", "custom_3": ""}),
    3: (USERNAME, {"name": "看板", "customer_id": "2", "vm_greeting_id": "1"}),
    4: (OTHER_USERNAME, {"name": "Rival", "customer_id": FOREIGN_CUSTOMER_ID}),
    12: (USERNAME, {"name": "Radio", "customer_id": "12", "expire": EXPIRES}),
}

USER_SEEDS: Final[Seeds] = {
    1: (USERNAME, {"name": "Åsa", "email": "asa@example.com", "customer_id": "1"}),
    2: (USERNAME, {"name": "Bo", "email": "bo@example.com", "customer_id": "2"}),
    3: (USERNAME, {"email": "c@example.com", "customer_id": "1", "token": "c3" * 16}),
    4: (OTHER_USERNAME, {"email": "d@example.com", "customer_id": FOREIGN_CUSTOMER_ID}),
}


def of_customer(customer_id: int) -> Mapping[str, Value]:
    """What a customer of the seed has that follows from its id."""
    return {"uuid": f"6f0c1d52-3a7e-4c1b-9d28-{customer_id:012d}"}


def of_greeting(_: int) -> Mapping[str, Value]:
    """What every greeting of the seed has."""
    return {"timestamp": CREATED, "datalength": SOUND_LENGTH, "sounddata": SOUND}


def of_source(source_id: int) -> Mapping[str, Value]:
    """What a source of the seed has that follows from its id, or from nothing."""
    numbers = {"phonenr": f"+468500{source_id:05d}", "destnr": f"+46{770_000_000 + source_id}"}
    return {**numbers, "timestamp": CREATED, "created": CREATED, "modified": CREATED}


def of_user(_: int) -> Mapping[str, Value]:
    """Nothing is common to the users of the seed."""
    return {}


def grown(resource: Resource, seeds: Seeds, common: Callable[[int], Mapping[str, Value]]) -> Table:
    """The records that grow from seeds."""
    records = (
        new_record(resource, account, str(number), {**common(number), **values})
        for number, (account, values) in seeds.items()
    )
    return {record.id: record for record in records}


@cache
def tables(calls_made: int) -> Mapping[str, Table]:
    """All records, by resource and id; built once for so many calls, never changed."""
    customers = grown(CUSTOMERS, CUSTOMER_SEEDS, of_customer)
    sources = grown(SOURCES, SOURCE_SEEDS, of_source)
    return {
        CUSTOMERS.name: customers,
        GREETINGS.name: grown(GREETINGS, GREETING_SEEDS, of_greeting),
        SOURCES.name: sources,
        USERS.name: grown(USERS, USER_SEEDS, of_user),
        CALL_RECORDS.name: {call.id: call for call in calls(calls_made, customers, sources)},
    }

"""The call records of the seed: enough of them for three pages, spread over most of a year."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from .records import Record, Table, new_record
from .representation import Value
from .resources import CALL_RECORDS

CALLS: Final = 2369
"""Of these, 2,345 belong to the first account: all but one in a hundred."""
FEW_CALLS: Final = 117
"""Enough where nothing depends on a page of the largest size being full."""
FOREIGN_SOURCE: Final = "4"
OWN_SOURCES: Final = ("3", "1", "2")

FIRST_DAY: Final = datetime(2025, 1, 1, tzinfo=UTC)
CLOCK: Final = tuple(
    timedelta(hours=hours, minutes=minutes, seconds=seconds)
    for hours, minutes, seconds in (
        (0, 0, 0),
        (2, 41, 7),
        (7, 59, 59),
        (9, 12, 30),
        (11, 0, 0),
        (15, 30, 1),
        (22, 45, 10),
        (23, 59, 59),
    )
)
"""When the eight calls of a day start; the first and the last are at its edges."""
DURATIONS: Final = (0, 12, 95, 0, 310, 41, 1805)
AREAS: Final = (("8", "Stockholm"), ("31", "Göteborg"), ("40", "Malmö"))


def calls(count: int, customers: Table, sources: Table) -> Iterator[Record]:
    """The first `count` call records, by rising id and start."""
    for number in range(1, count + 1):
        foreign = number % 100 == int(FOREIGN_SOURCE)
        source = sources[FOREIGN_SOURCE if foreign else OWN_SOURCES[number % len(OWN_SOURCES)]]
        customer = customers[str(source.values["customer_id"])]
        values = call(number, customer.values, source.values)
        yield new_record(CALL_RECORDS, source.account, str(number), values)


def call(
    number: int, customer: Mapping[str, Value], source: Mapping[str, Value]
) -> Mapping[str, Value]:
    """The values of one call: those that it shows always, then those that have to be asked for."""
    day, time = divmod(number - 1, len(CLOCK))
    duration = DURATIONS[number % len(DURATIONS)]
    code, area = AREAS[number % len(AREAS)]
    caller = f"+46{code}{5_000_000 + number * 37}"
    return {
        "cdr_id": str(number),
        "start": FIRST_DAY + timedelta(days=day) + CLOCK[time],
        "duration": str(duration),
        "duration_adjusted": "0",
        "anum": caller[:-3] + "xxx",
        "anum_md5": hashlib.md5(f"salt{caller}".encode(), usedforsecurity=False).hexdigest(),
        "bnum": source["destnr"],
        "cnum": source["phonenr"],
        "customer_id": source["customer_id"],
        "source_id": source["source_id"],
        "custnr": customer["custnr"],
        "answered": "1" if duration else "0",
        "quarantined": "0",
        "anum_ndc_name": f"{code} {area}",
        "expire": source["expire"],
        "source_name": source["name"],
        "source_media": source["media"],
        "class": source["class"],
        "publisher_id": source["publisher_id"],
        "partner_publisher_id": None,
        "campaign_id": source["campaign_id"],
        "partner_campaign_id": None,
        "pricing_model_id": None,
        "commission": f"{duration / 100:.2f}",
        "cli_id": None,
        "order_id": None,
        "recording_id": f"0b7c2a44-91d5-4e0f-8a36-{number:012d}" if duration else None,
    }

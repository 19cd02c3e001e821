"""Timestamps are in UTC and have one format (S46, S60)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given

from conformance.checks.answers import answers
from conformance.checks.call_starts import calls, not_found_around
from conformance.checks.clocks import source_of_before
from conformance.checks.custom_fields import text_fields
from conformance.checks.passive import answered_exchanges
from conformance.checks.shifted_moments import shifted_otherwise, shifts
from conformance.checks.timestamps import (
    LONG_AGO,
    MOMENTS,
    PLAIN_MOMENTS,
    TIMESTAMP_FIELDS,
    away,
    clock,
    instant,
    instants,
    misformatted,
    moved,
    put_moment,
    read_everywhere,
    require_moment,
    stamps,
)
from conformance.checks.truth import records_told
from conformance.checks.two_accounts import OURS, accounts
from conformance.config.sampling import examples_among
from conformance.rules import INFERRED, RELIED_ON, STATED, rule
from conformance.spec.resources import CDRS, GREETINGS, SOURCES
from conformance.verdicts import applicable_if, observable_if
from conformance.wire.records import id_of, readable_records
from strategies.moments import A_COMING_DAY, A_DAY, EPOCH, moments

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from conformance.wire.exchanges import Exchange
    from conformance.wire.journal import Journal


each_time_of_creation = pytest.mark.parametrize(
    ("resource", "fields"),
    [(GREETINGS, ("timestamp",)), (SOURCES, ("created", "modified"))],
    ids=str,
)


@rule("timestamp-of-creation-is-utc", statements="S46", basis=STATED)
@each_time_of_creation
def test_timestamp_of_creation_is_utc(
    api: Api, resource: Resource, fields: tuple[str, ...]
) -> None:
    """The timestamps of a new greeting or source are the current time in UTC.

    They are read in the response to POST, by id, in the list and in XML, and compared with the Date
    field of the response, or else with this machine's clock; two minutes off are tolerated.
    """
    values = api.values(resource)

    response = api.post(resource.collection, data=values)

    made = api.created(resource, response, values)
    assert away(read_everywhere(api, made, response), fields, clock(response)) == []


@rule("time-of-creation-is-the-servers", statements="S46 S11", basis=STATED)
@each_time_of_creation
def test_time_of_creation_is_the_servers(
    api: Api, resource: Resource, fields: tuple[str, ...]
) -> None:
    """POST with a time of creation among its data is refused, or creates the record now."""
    values = {**api.values(resource), **dict.fromkeys(fields, LONG_AGO)}

    response = api.post(resource.collection, data=values)

    applicable_if(response.ok, "a time of creation is refused")
    made = api.created(resource, response, values)
    assert away(read_everywhere(api, made, response), fields, clock(response)) == []


@rule("timestamp-is-utc-for-every-account", statements="S46", basis=STATED)
@pytest.mark.in_turn
def test_timestamp_is_utc_for_every_account(api: Api, other: Api) -> None:
    """The timestamp of a greeting that another account creates is the current time in UTC, too."""
    accounts(api, other, OURS)
    values = other.values(GREETINGS)

    response = other.post(GREETINGS.collection, data=values)

    made = other.created(GREETINGS, response, values)
    assert away(read_everywhere(other, made, response), ("timestamp",), clock(response)) == []


@rule("moment-reads-back", statements="S46", basis=INFERRED)
@examples_among(2)
@given(moment=moments())
@example(moment="2024-02-29 23:59:59")
@example(moment="2023-12-31 23:59:59")
@example(moment="2025-03-30 02:30:00")
def test_moment_reads_back(api: Api, moment: str) -> None:
    """PUT of a source's timestamp stores that moment, in some time zone, or leaves it unchanged.

    It may be refused or ignored. The document does not say in which time zone callers write, so the
    moment shown may be off by quarters of an hour, up to 14 hours.
    """
    api.offers.require(SOURCES, "PUT")
    made = api.shared_record(SOURCES, MOMENTS)
    require_moment(api, SOURCES, "timestamp")

    wrong = put_moment(api, made, "timestamp", moment)

    assert wrong == ""


@rule("moments-of-a-day-keep-their-distance", statements="S46", basis=STATED)
@pytest.mark.parametrize(("field", "day"), [("timestamp", A_DAY), ("expire", A_COMING_DAY)])
def test_moments_of_a_day_keep_their_distance(
    api: Api, field: str, day: tuple[str, str, str]
) -> None:
    """PUT of a morning, a noon and an evening into a source shifts all of them alike, or none.

    In whichever time zone callers write, it is that of the whole day.
    """
    api.offers.require(SOURCES, "PUT")
    made = api.shared_record(SOURCES, MOMENTS)
    require_moment(api, SOURCES, field)

    found = shifts(api, made, field, day)

    assert shifted_otherwise(found, next(iter(found.values()))) == []


@rule("cleared-expiry-is-not-now", statements="S46 S12", basis=INFERRED)
def test_cleared_expiry_is_not_now(api: Api) -> None:
    """PUT of an empty moment of expiry leaves none, or that of before, unless it is refused."""
    api.offers.require(SOURCES, "PUT")
    made = api.shared_record(SOURCES, MOMENTS)
    require_moment(api, SOURCES, "expire")
    put_moment(api, made, "expire", PLAIN_MOMENTS["expire"])

    response = api.put(made.path, data={"expire": ""})

    now, expiry = clock(response), instant(api.read(made).get("expire"))
    assert expiry is None or now.is_away(expiry)


@rule("moment-number-zero-is-a-moment", statements="S46 S12", basis=INFERRED)
@pytest.mark.parametrize("field", PLAIN_MOMENTS)
def test_moment_number_zero_is_a_moment(api: Api, field: str) -> None:
    """PUT of the first moment of 1970 into a source stores it, or leaves the moment of before.

    It may be refused or ignored, and shown some quarters of an hour off, up to 14 hours.
    """
    api.offers.require(SOURCES, "PUT")
    made = api.shared_record(SOURCES, MOMENTS)
    require_moment(api, SOURCES, field)
    put_moment(api, made, field, PLAIN_MOMENTS[field])

    wrong = put_moment(api, made, field, EPOCH)

    assert wrong == ""


@rule("timestamp-of-update-is-utc", statements="S46", basis=STATED)
def test_timestamp_of_update_is_utc(api: Api) -> None:
    """After PUT, the modified timestamp of a source is the current time in UTC.

    It is read in the response to PUT, by id, in the list and in XML, and compared with the Date
    field of the response, or else with this machine's clock; two minutes off are tolerated.
    """
    form = api.offers.require(SOURCES, "PUT")
    made = api.shared_record(SOURCES)

    response = api.update(made, {"name": api.fresh()}, form)

    assert away(read_everywhere(api, made, response), ("modified",), clock(response)) == []


@rule("timestamp-of-custom-update-is-utc", statements="S46 S17", basis=STATED)
def test_timestamp_of_custom_update_is_utc(api: Api) -> None:
    """After PUT of a custom field alone, the modified timestamp of a source is in UTC, too."""
    form, field = api.offers.require(SOURCES, "PUT"), text_fields(api, SOURCES)[0]
    made = api.create_new(SOURCES)

    response = api.update(made, {field: api.fresh()}, form)

    assert away(read_everywhere(api, made, response), ("modified",), clock(response)) == []


@rule("timestamp-stays", statements="S46", basis=STATED)
@pytest.mark.parametrize("resource", [GREETINGS, SOURCES], ids=str)
def test_timestamp_stays(api: Api, resource: Resource) -> None:
    """Greetings and sources show the same instants by id, in the list and in XML.

    Not applicable where they show none; inconclusive where these move meanwhile.
    """
    made = api.shared_record(resource)
    before = instants(resource, api.read(made))
    applicable_if(before, f"no {resource.singular} shows a timestamp")

    read = read_everywhere(api, made, api.ask("GET", made))

    observable_if(instants(resource, api.read(made)) == before, "its timestamps have moved")
    assert moved(resource, before, read) == []


@rule("filter-moves-no-timestamp", statements="S46 S06", basis=STATED)
def test_filter_moves_no_timestamp(api: Api) -> None:
    """GET of sources by a number, a customer or a custnr leaves the instants of what it finds."""
    made, before = source_of_before(api)
    applicable_if(instants(SOURCES, before), "no source shows a timestamp")

    api.get(SOURCES.collection, params={"destnr": str(before.get("destnr"))})
    api.get(SOURCES.collection, params={"customer_id": str(before.get("customer_id"))})
    api.get(SOURCES.collection, params={"custnr": str(before.get("custnr"))})

    assert instants(SOURCES, api.read(made)) == instants(SOURCES, before)


@rule("call-starts-agree-with-filter", statements="S46", basis=RELIED_ON)
def test_call_starts_agree_with_filter(api: Api) -> None:
    """A call is found by from_date and to_date, in UTC, just around the start that it shows."""
    few = calls(api)

    missed = not_found_around(api, few)

    assert missed == []


@rule("timestamp-format", statements="S60", basis=RELIED_ON)
@pytest.mark.parametrize(
    "resource", [GREETINGS, SOURCES, pytest.param(CDRS, marks=pytest.mark.smoke)], ids=str
)
def test_timestamp_format(api: Api, resource: Resource) -> None:
    """Timestamps are existing dates and times, written as YYYY-MM-DD HH:MM:SS."""
    read = answers(api, resource)

    records = [each for answer in read.values() for each in readable_records(answer, resource)]

    found = {each for each in stamps(resource, records) if misformatted(each[2])}
    assert sorted(found, key=str)[:10] == []


@rule("timestamp-format-of-writes", statements="S60", basis=RELIED_ON)
@pytest.mark.passive(each_answer=True)
def test_timestamp_format_of_writes(api: Api, journal: Journal) -> None:
    """Timestamps in the answers to writes are written as YYYY-MM-DD HH:MM:SS, too."""
    api.gate.permit_method("POST")  # without writes there are no such answers
    judged = [each for each in answered_exchanges(journal) if each.method in {"POST", "PUT"}]

    found = [(each, misformatted_moments(each)) for each in judged]
    assert [(each, moments) for each, moments in found if moments] == []


def misformatted_moments(exchange: Exchange) -> list[str]:
    """Return the timestamps of the records in an answer that are not in the documented format."""
    return [
        f"{resource.singular} {id_of(resource, record)}: {field} {record[field]!r}"
        for resource, record in records_told(exchange)
        for field in TIMESTAMP_FIELDS.get(resource, ())
        if record.get(field) not in (None, "") and misformatted(record[field])
    ]

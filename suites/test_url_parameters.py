"""Parameters in the query string restrict what GET returns and DELETE deletes (S23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conformance.checks import filter_values, paging, url_parameters
from conformance.config.sampling import examples_among
from conformance.readings import reading
from conformance.rules import INFERRED, RELIED_ON, SHOWN, STATED, rule
from conformance.spec.addressing import Form
from conformance.spec.media_types import XML_TYPE
from conformance.spec.resources import CDRS, CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.spec.status_codes import UNSUPPORTED
from conformance.verdicts import applicable_if
from conformance.wire.recorder import observed
from conformance.wire.records import readable_records
from strategies.moments import moments

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource


@rule("call-records-are-there", statements="S23", basis=SHOWN)
@pytest.mark.smoke
def test_call_records_are_there(api: Api) -> None:
    """GET /statistics/cdrs is not answered 404, 405 or 501."""
    status = api.offers.status_of(CDRS.path)

    observed("statuses", 1)
    assert status not in {404, *UNSUPPORTED}


@rule("calls-by-customer", statements="S23", basis=STATED)
@pytest.mark.parametrize("media_type", ["application/json", "application/xml"])
@pytest.mark.parametrize("place", [0, 1, 2], ids=["most calls", "part of an id", "fewest calls"])
def test_calls_by_customer(api: Api, media_type: str, place: int) -> None:
    """GET /statistics/cdrs with a customer_id returns all calls of that customer and no others."""
    everything = url_parameters.unfiltered(api, CDRS)
    wanted = {"customer_id": paging.customers_of_calls(api)[: place + 1][-1]}

    page = url_parameters.filtered(api, CDRS, wanted, media_type)

    observed("call records", len(page.records))
    expected = url_parameters.matching(everything, wanted)
    assert url_parameters.values_unlike(page.records, page.asked) == []
    assert url_parameters.missing_from(page, expected) == []


@rule("calls-by-customer-and-source", statements="S23", basis=RELIED_ON)
@pytest.mark.parametrize("order", [1, -1], ids=["customer first", "customer last"])
def test_calls_by_customer_and_source(api: Api, order: int) -> None:
    """GET /statistics/cdrs with customer_id and source_id returns only calls that have both.

    The order of the two parameters does not matter.
    """
    wanted = url_parameters.with_two_sources(url_parameters.unfiltered(api, CDRS))

    page = url_parameters.filtered(api, CDRS, dict(list(wanted.items())[::order]))

    observed("call records", len(page.records))
    assert url_parameters.values_unlike(page.records, wanted) == []


@rule("third-filter-holds", statements="S23", basis=STATED)
@pytest.mark.parametrize("name", ["custnr", "from_date"])
def test_third_filter_holds(api: Api, name: str) -> None:
    """GET of calls by customer, source and what none of their calls has shows none.

    That is another customer's custnr, or a date to come, where that alone restricts the list.
    """
    everything = url_parameters.unfiltered(api, CDRS)
    two = url_parameters.with_two_sources(everything)
    third = url_parameters.foreign_to(everything, two, name)
    alone = url_parameters.filtered(api, CDRS, third)
    applicable_if(len(alone.records) < len(everything.records), f"{name} alone restricts nothing")

    page = url_parameters.filtered(api, CDRS, {**two, **third})

    assert page.records == []


@rule("word-in-place-of-a-number-finds-nothing", statements="S23", basis=RELIED_ON)
@pytest.mark.parametrize(
    ("resource", "name"),
    [(SOURCES, "class"), (SOURCES, "campaign_id"), (SOURCES, "source_id"), (CDRS, "source_id")],
    ids=str,
)
def test_word_in_place_of_a_number_finds_nothing(api: Api, resource: Resource, name: str) -> None:
    """GET of a list with a word for a filter that takes numbers is refused, or shows nothing."""
    shown = filter_values.shown_by_a_word(api, resource, name)

    assert shown == []


@rule("filter-holds-beside-a-date", statements="S23", basis=STATED)
@pytest.mark.parametrize("name", ["custnr", "customer_id", "source_id"])
def test_filter_holds_beside_a_date(api: Api, name: str) -> None:
    """GET of calls by one of the filters and dates that all calls keep shows no call of others.

    Not judged where such a filter alone restricts nothing, or where a date beside it is refused.
    """
    unlike = url_parameters.unlike_beside_dates(api, name)

    assert unlike == []


@rule("calls-by-date", statements="S23 S46", basis=RELIED_ON)
def test_calls_by_date(api: Api) -> None:
    """A filter by from_date and to_date returns only calls that started in between, or is ignored.

    Both are documented for outgoing calls; other calls may not know them.
    """
    everything = url_parameters.unfiltered(api, CDRS)
    starts = sorted(str(call.get("start")) for call in everything.records)
    wanted = {"from_date": starts[len(starts) // 4], "to_date": starts[len(starts) // 2]}
    found = url_parameters.filtered(api, CDRS, wanted)

    seen = url_parameters.restriction_by_date(everything, found, **wanted)
    assert reading("calls-by-date").accepts(seen)


@rule("calls-by-date-leave-none-out", statements="S23", basis=RELIED_ON)
def test_calls_by_date_leave_none_out(api: Api) -> None:
    """A filter by from_date and to_date returns every call that started in between."""
    everything = url_parameters.unfiltered(api, CDRS)
    starts = sorted(str(call.get("start")) for call in everything.records)
    wanted = {"from_date": starts[0], "to_date": starts[min(len(starts), 40) - 1]}
    found = url_parameters.filtered(api, CDRS, wanted)

    between = {
        str(call.get("cdr_id"))
        for call in everything.records
        if wanted["from_date"] < str(call.get("start")) < wanted["to_date"]
    }
    observed("call records", len(between))
    assert url_parameters.missing_from(found, between) == []


@rule("calls-between-any-moments", statements="S23 S46", basis=RELIED_ON)
@examples_among(2)
@given(first=st.integers(0, 999), last=st.integers(0, 999), moment=moments())
@example(first=0, last=999, moment="2024-02-29 23:59:59")
def test_calls_between_any_moments(api: Api, first: int, last: int, moment: str) -> None:
    """A filter by any from_date and to_date returns the calls that started then and no others.

    Not applicable where call records are not restricted by date. A filter that is refused is not
    judged.
    """
    everything = url_parameters.unfiltered(api, CDRS)
    url_parameters.require_dates(api)
    starts = sorted(str(call.get("start")) for call in everything.records)
    since, until = sorted(starts[place % len(starts)] for place in (first, last))
    before, after = sorted((moment, until))

    of_calls = url_parameters.wrong_between(api, everything, since, until)
    of_any = url_parameters.wrong_between(api, everything, before, after)

    assert of_calls + of_any == []


@pytest.mark.quiet
@rule("owner-filter-restricts", statements="S23", basis=RELIED_ON)
@pytest.mark.parametrize("resource", [SOURCES, USERS], ids=str)
def test_owner_filter_restricts(api: Api, resource: Resource) -> None:
    """GET of sources or users with a customer_id returns all of that customer's and no others."""
    everything = url_parameters.unfiltered(api, resource)
    wanted = url_parameters.one_owner(everything)

    found = url_parameters.filtered(api, resource, wanted)

    observed("records", len(everything.records))
    assert url_parameters.values_unlike(found.records, wanted) == []
    assert url_parameters.missing_from(found, url_parameters.matching(everything, wanted)) == []


@rule("custnr-filter-is-exact", statements="S23", basis=STATED)
def test_custnr_filter_is_exact(api: Api) -> None:
    """GET /customers with a custnr matches it exactly: no prefix, no pattern and no list."""
    ends = ("K-1", "K-10", "K_1", "K%1")
    known = [api.fresh() + ends[0]]
    known += [known[0].removesuffix(ends[0]) + end for end in ends[1:]]
    url_parameters.customers_with_custnrs(api, known)

    found = url_parameters.found_by_each_custnr(api, known)
    with_comma = url_parameters.found_exactly(api, ",".join(known[:2]))
    with_bar = url_parameters.found_exactly(api, "|".join(known[:2]))

    assert found == {custnr: [custnr] for custnr in known}
    assert with_comma + with_bar == []


@rule("custnr-filter-minds-letter-case", statements="S23", basis=INFERRED)
def test_custnr_filter_minds_letter_case(api: Api) -> None:
    """GET /customers with a custnr in capitals does not find the one in small letters."""
    custnr = api.fresh() + "-abc"
    url_parameters.customer_with_custnr(api, custnr)

    in_small_letters = url_parameters.found_by(api, custnr)
    in_capitals = url_parameters.found_by(api, custnr.upper())

    assert in_small_letters == [custnr]
    assert in_capitals == []


@rule("filter-holds-in-xml", statements="S23 S31", basis=RELIED_ON)
def test_filter_holds_in_xml(api: Api) -> None:
    """GET /customers with a custnr returns only customers with that custnr in XML, too."""
    custnr = api.samples.value_of(CUSTOMERS, "custnr")

    page = url_parameters.filtered(api, CUSTOMERS, {"custnr": custnr}, XML_TYPE)

    assert url_parameters.values_unlike(page.records, {"custnr": custnr}) == []


@rule("foreign-filter-shows-nothing", statements="S23 S41", basis=INFERRED)
@pytest.mark.parametrize("resource", [CDRS, CUSTOMERS, SOURCES, USERS, GREETINGS], ids=str)
def test_foreign_filter_shows_nothing(api: Api, resource: Resource) -> None:
    """GET with another account's customer_id as a filter returns no record of that customer."""
    foreign = api.samples.foreign_customer().id

    page = paging.ask(api, resource, {"customer_id": foreign})

    theirs = [each for each in page.records if str(each.get("customer_id")) == foreign]
    assert theirs == []


@rule("calls-are-the-accounts-own", statements="S23 S41", basis=INFERRED)
def test_calls_are_the_accounts_own(api: Api) -> None:
    """GET /statistics/cdrs with another account's customer_id returns no calls."""
    foreign = api.samples.foreign_customer().id
    api.offers.require_path(CDRS.collection)

    page = paging.ask(api, CDRS, {"customer_id": foreign})

    assert page.ids == []


@rule("delete-parameters-name-one", statements="S23 S05", basis=STATED)
def test_delete_parameters_name_one(api: Api) -> None:
    """DELETE with ids in the query deletes that greeting, and not an older or a newer one."""
    api.offers.require(GREETINGS, "DELETE")
    older = api.shared_record(GREETINGS)
    named = api.create(GREETINGS, older.parent_id)
    newer = api.create(GREETINGS, older.parent_id)

    api.ask("DELETE", named, Form.PARAMETERS)

    listed = set(paging.ask(api, GREETINGS, {"customer_id": str(older.parent_id)}).ids)
    assert [each.id in listed for each in (older, named, newer)] == [True, False, True]


@rule("question-mark-in-a-query-is-data", statements="S27 S23", basis=STATED)
def test_question_mark_in_a_query_is_data(api: Api) -> None:
    """GET by a custnr with a bare question mark behind it does not find that custnr."""
    custnr = filter_values.known_number(api)

    response = api.get(f"{CUSTOMERS.collection}?custnr={custnr}?x")

    assert custnr not in [each.get("custnr") for each in readable_records(response, CUSTOMERS)]

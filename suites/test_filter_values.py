"""A filter finds what has its value, and nothing else: odd values find nothing (S23, S27)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import filter_values, paging, two_filters
from conformance.checks.twins import lasting_customers_numbered_alike
from conformance.config.sampling import sampled, walks_everything
from conformance.readings import reading
from conformance.rules import INFERRED, RELIED_ON, STATED, rule
from conformance.spec.filter_values import (
    OTHER_NUMBERS,
    WORDS_FOR_NOTHING,
    near_numbers,
    near_texts,
    of_other_lengths,
)
from conformance.spec.no_ids import same_number
from conformance.spec.resources import CDRS, CUSTOMERS, SOURCES, USERS
from conformance.wire.recorder import observed
from conformance.wire.records import id_of, readable_records

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

OWNED = [SOURCES, *([USERS] if walks_everything() else [])]
LISTS = [CUSTOMERS, SOURCES]


@rule("odd-customer-has-no-calls", statements="S23", basis=STATED)
def test_odd_customer_has_no_calls(api: Api) -> None:
    """GET of call records with a customer_id that is none is refused, or shows no calls.

    It is never dropped, nor taken for the id that it resembles.
    """
    owner = filter_values.owner_with_records(api, CDRS)

    shown = filter_values.shown_by_owner(api, CDRS, filter_values.odd_owners(owner, CDRS))

    assert shown == {}


@rule("odd-owner-has-no-records", statements="S23", basis=RELIED_ON)
@pytest.mark.parametrize("resource", OWNED, ids=str)
def test_odd_owner_has_no_records(api: Api, resource: Resource) -> None:
    """GET of sources or users with a customer_id that is none is refused, or shows no records."""
    owner = filter_values.owner_with_records(api, resource)

    shown = filter_values.shown_by_owner(api, resource, filter_values.odd_owners(owner, resource))

    assert shown == {}


@rule("empty-customer-is-no-filter", statements="S23", basis=INFERRED)
def test_empty_customer_is_no_filter(api: Api) -> None:
    """GET of call records with an empty customer_id is refused, or shows no calls."""
    filter_values.owner_with_records(api, CDRS)

    shown = filter_values.shown_by_owner(api, CDRS, [""])

    assert shown == {}


@rule("customer-of-a-filter-has-one-spelling", statements="S23 S32", basis=INFERRED)
def test_customer_of_a_filter_has_one_spelling(api: Api) -> None:
    """GET of call records by another spelling of a customer's id shows none of that customer."""
    owner = filter_values.owner_with_records(api, CDRS)

    shown = filter_values.shown_by_owner(api, CDRS, sampled(same_number(owner)))

    assert shown == {}


@rule("repeated-customer-is-one-of-both", statements="S23", basis=STATED)
@pytest.mark.parametrize("order", [1, -1], ids=["the word last", "the word first"])
def test_repeated_customer_is_one_of_both(api: Api, order: int) -> None:
    """GET of call records with a customer's id and a word shows that customer's calls or none."""
    owner = filter_values.owner_with_records(api, CDRS)

    response = filter_values.asked_with_all(api, CDRS, (owner, "x")[::order])

    others = filter_values.owners_in(readable_records(response, CDRS)) - {owner}
    assert [f"a call of customer {each} is shown" for each in sorted(others)] == []


@rule("custnr-is-text-to-a-filter", statements="S23 S32", basis=STATED)
def test_custnr_is_text_to_a_filter(api: Api) -> None:
    """GET of customers, where custnr is a filter, finds none by another text of the same number."""
    number = filter_values.known_number(api)

    found = filter_values.found_by_each(api, sampled(near_numbers(number)))

    assert found == {}


@rule("custnr-of-nothing-finds-nobody-else", statements="S23", basis=STATED)
def test_custnr_of_nothing_finds_nobody_else(api: Api) -> None:
    """GET of customers, where custnr is a filter, finds by a word for nothing none of another."""
    filter_values.known_number(api)

    found = filter_values.found_by_each(api, WORDS_FOR_NOTHING)

    assert found == {}


@rule("long-number-of-a-filter-is-exact", statements="S23 S32", basis=STATED)
def test_long_number_of_a_filter_is_exact(api: Api) -> None:
    """GET of customers by a custnr of 19 digits finds none whose last digit is another."""
    start = api.ledger.fresh_number().ljust(18, "0")
    filter_values.restricting(api, f"{start}1")

    found = filter_values.found_by_each(api, [f"{start}2"])

    assert found == {}


@rule("custnr-filter-compares-whole-texts", statements="S23", basis=STATED)
def test_custnr_filter_compares_whole_texts(api: Api) -> None:
    """GET of customers, where custnr is a filter, finds none by a text of another length."""
    text = filter_values.known_long_text(api)

    found = filter_values.found_by_each(api, of_other_lengths(text))

    assert found == {}


@rule("custnr-filter-tells-characters-apart", statements="S23 S26 S27", basis=STATED)
def test_custnr_filter_tells_characters_apart(api: Api) -> None:
    """GET of customers, where custnr is a filter, tells characters beyond ASCII from each other."""
    text = filter_values.known_text(api)

    found = filter_values.found_by_each(api, sampled(near_texts(text)))

    assert found == {}


@rule("collated-custnr-finds-the-customer", statements="S23 S27", basis=INFERRED)
def test_collated_custnr_finds_the_customer(api: Api) -> None:
    """GET of customers by a custnr that differs in what a collation ignores finds that or none."""
    text = filter_values.known_text(api)

    found = filter_values.found_by_collated(api, text)

    seen = {what: filter_values.taken_or_told_apart(found[what], text) for what in found}
    assert reading("collation-of-a-filter").unaccepted(seen) == {}


@rule("two-filters-both-hold", statements="S23", basis=INFERRED)
@pytest.mark.parametrize("resource", [CUSTOMERS], ids=str)
def test_two_filters_both_hold(api: Api, resource: Resource) -> None:
    """GET of a list by a customer and by what only another customer's record has shows nothing."""
    pair = two_filters.pair_of_filters(api, resource)

    shown = two_filters.shown_by_both(api, resource, pair)

    assert shown == []


@rule("filters-hold-together", statements="S23", basis=STATED)
@pytest.mark.parametrize("resource", [SOURCES, CDRS], ids=str)
def test_filters_hold_together(api: Api, resource: Resource) -> None:
    """GET of sources or calls by a customer and by what only another one's have shows nothing.

    Each of the two restricts the list where it is alone.
    """
    pair = two_filters.pair_of_filters(api, resource)

    shown = two_filters.shown_by_both(api, resource, pair)

    observed("filters", len(pair))
    assert shown == []


@rule("second-filter-widens-nothing", statements="S23", basis=STATED)
@pytest.mark.parametrize("resource", [*LISTS, CDRS], ids=str)
def test_second_filter_widens_nothing(api: Api, resource: Resource) -> None:
    """GET of a list by two filters does not show what the one finds beside what the other finds."""
    pair = two_filters.pair_of_filters(api, resource)

    widened = two_filters.widened(api, resource, pair)

    assert widened == []


@rule("filter-compares-its-own-field", statements="S23", basis=STATED)
def test_filter_compares_its_own_field(api: Api) -> None:
    """GET of customers by a custnr that is a name or corporate id of a customer shows it not.

    Not applicable where custnr does not restrict the list.
    """
    text = filter_values.text_of_other_fields(api)

    found = filter_values.found_by_each(api, [text])

    assert found == {}


@rule("number-a-source-calls-is-no-destnr", statements="S23", basis=STATED)
def test_number_a_source_calls_is_no_destnr(api: Api) -> None:
    """GET of sources by a destnr, where that is a filter, shows none of another destnr.

    Asked is for the number that a source puts calls through to.
    """
    called = filter_values.number_called(api)

    shown = filter_values.first_records(api, SOURCES, destnr=called)

    assert [
        f"source {id_of(SOURCES, each)} is shown, whose destnr is {each.get('destnr')!r}"
        for each in shown
        if each.get("destnr") != called
    ] == []


@rule("destnr-filter-compares-whole-numbers", statements="S23", basis=STATED)
@pytest.mark.parametrize("difference", OTHER_NUMBERS)
def test_destnr_filter_compares_whole_numbers(api: Api, difference: str) -> None:
    """GET of sources, where destnr is a filter, shows none by another number that is like its own.

    They differ in the country, or in the last digit, or one has a digit more.
    """
    number = filter_values.known_destnr(api)
    other = OTHER_NUMBERS[difference](number)

    shown = filter_values.first_records(api, SOURCES, destnr=other)

    assert number not in filter_values.destnrs_in(shown)


@rule("id-of-a-customer-is-no-custnr", statements="S23", basis=STATED)
def test_id_of_a_customer_is_no_custnr(api: Api) -> None:
    """GET of sources by a custnr that is their customer's id shows none of that customer.

    Not applicable where custnr does not restrict the list.
    """
    source = filter_values.source_found_by_custnr(api)
    owner = str(api.read(source).get(filter_values.OWNER))

    shown = filter_values.ids_by(api, SOURCES, custnr=owner)

    assert source.id not in shown


@rule("custnr-filter-shows-twins", statements="S23 S07", basis=STATED)
def test_custnr_filter_shows_twins(api: Api) -> None:
    """GET of sources by custnr, where that is a filter, shows two of the same name, each once.

    The total, where there is one, counts them so, though their customer has several users.
    """
    pair, custnr = filter_values.twins_found_by_custnr(api)

    page = paging.ask(api, SOURCES, {"custnr": custnr})

    assert sorted(page.ids) == sorted(pair)
    assert not page.properties or page.total == len(pair)


@rule("customer-of-a-filter-is-no-custnr", statements="S23", basis=RELIED_ON)
@pytest.mark.parametrize("resource", OWNED, ids=str)
def test_customer_of_a_filter_is_no_custnr(api: Api, resource: Resource) -> None:
    """GET of sources or users by a customer_id that is another's custnr shows none of theirs."""
    customer, namesake = lasting_customers_numbered_alike(api)
    other = api.create(resource, namesake.id)

    shown = filter_values.ids_by(api, resource, customer_id=customer.id)

    assert other.id not in shown


@rule("filter-follows-the-customers-number", statements="S23 S12", basis=STATED)
def test_filter_follows_the_customers_number(api: Api) -> None:
    """GET of sources by custnr, where that is a filter, knows the number that a PUT has written."""
    source, former, number = filter_values.source_of_a_renumbered_customer(api)

    by_former = paging.ask(api, SOURCES, {"custnr": former})
    by_number = paging.ask(api, SOURCES, {"custnr": number})

    assert source.id not in by_former.ids
    assert source.id in by_number.ids


@rule("null-is-a-value-like-any-other", statements="S23", basis=INFERRED)
def test_null_is_a_value_like_any_other(api: Api) -> None:
    """GET of sources by the campaign "null", where that is a filter, shows none without one."""
    filter_values.require_campaigns(api)

    shown = filter_values.first_records(api, SOURCES, campaign_id="null")

    without = [id_of(SOURCES, each) for each in shown if not each.get("campaign_id")]
    assert [f"source {each} is shown, which has no campaign" for each in without] == []

"""Lists with odd values of filters, and which records they show."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

from conformance.checks import paging, url_parameters
from conformance.clients.once import once_per_run
from conformance.config.sampling import sampled, walks_everything
from conformance.spec.addressing import Identity
from conformance.spec.filter_values import MARK, collated
from conformance.spec.no_ids import fractions, no_ids
from conformance.spec.resources import CDRS, CUSTOMERS, SOURCES, USERS
from conformance.verdicts import NotApplicable, not_applicable, unobservable
from conformance.wire.recorder import observed
from conformance.wire.records import id_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.clients.api import Api
    from conformance.spec.resources import Record, Resource
    from conformance.wire.responses import Response

OWNER = CUSTOMERS.id_field
LONG = 45
"""Characters of a long custnr: as many as the page on customers permits."""

FEW = 7

NO_NUMBER = "987654321"
"""A number that no record is expected to have in a field."""
"""One value of so many is tried where the filter is not in the document."""


def owner_with_records(api: Api, resource: Resource) -> str:
    """Return the id of a customer who is named by a record and restricts the list: the twin.

    Ends the case where there are no records, or the parameter is no filter.
    """
    wanted = url_parameters.one_owner(first_page(api, resource))
    found = paging.ask(api, resource, wanted)
    if not found.records or url_parameters.values_unlike(found.records, wanted):
        not_applicable(f"{resource.name} are not restricted by {OWNER}")
    return wanted[OWNER]


@once_per_run
def first_page(api: Api, resource: Resource) -> paging.Page:
    """Return the first page of a list, as it was when first read."""
    return url_parameters.unfiltered(api, resource)


def odd_owners(owner: str, resource: Resource) -> list[str]:
    """Return texts that are no customer's id; a few where the filter is not in the document."""
    found = sampled({**no_ids(owner, {}), **fractions(owner)})
    return found if walks_everything() or resource is CDRS else found[::FEW]


def shown_by_owner(api: Api, resource: Resource, owners: Iterable[str]) -> dict[str, list[str]]:
    """GET a list by each text for a customer's id; return whose records are shown, by the text."""
    shown = {each: paging.ask(api, resource, {OWNER: each}).records for each in owners}
    observed("filters", len(shown))
    others = {text: sorted(owners_in(records) - {text}) for text, records in shown.items()}
    return {text: names for text, names in others.items() if names}


def owners_in(records: Iterable[Record]) -> set[str]:
    """Return the ids of the customers that records name."""
    return {str(record.get(OWNER)) for record in records}


def asked_with_all(api: Api, resource: Resource, values: Iterable[str]) -> Response:
    """GET a list with a filter by customer that comes once for each value."""
    query = "&".join(f"{OWNER}={quote(value, safe='')}" for value in values)
    return api.get(f"{resource.collection}?{query}")


@once_per_run
def known_number(api: Api) -> str:
    """Return the custnr of a customer of ours, all digits, by which it is found, and alone."""
    return restricting(api, api.ledger.fresh_number())


@once_per_run
def known_text(api: Api) -> str:
    """Return the custnr of a customer of ours that ends with `MARK`, by which it is found."""
    return restricting(api, api.fresh() + MARK)


@once_per_run
def known_long_text(api: Api) -> str:
    """Return a custnr of `LONG` characters, by which a customer of ours is found, and alone."""
    return restricting(api, api.fresh().ljust(LONG, "0"))


def restricting(api: Api, custnr: str) -> str:
    """Create a customer with a custnr; not applicable unless it is a filter: the twin."""
    url_parameters.customer_with_custnr(api, custnr)
    found = url_parameters.found_exactly(api, custnr)
    if found != [custnr]:
        not_applicable(f"customers are not restricted by their custnr: {len(found)} are found")
    return custnr


def found_by_each(api: Api, values: Iterable[str]) -> dict[str, list[str]]:
    """GET customers by each value for a custnr; return those found by the values that find any."""
    found = {value: url_parameters.found_exactly(api, value) for value in values}
    observed("filters", len(found))
    return {value: custnrs for value, custnrs in found.items() if set(custnrs) - {value}}


def found_by_collated(api: Api, text: str) -> dict[str, dict[str, list[str]]]:
    """GET customers by what a collation may take for a custnr; return by kind those found."""
    near = collated(text)
    return {what: found_by_each(api, sampled({what: near[what]})) for what in near}


def text_of_other_fields(api: Api) -> str:
    """Create a customer with a text in fields other than its custnr, the filter; return it."""
    known_text(api)
    text = api.fresh()
    api.create(CUSTOMERS, name=text, corporateid=text)
    return text


def first_records(api: Api, resource: Resource, **filters: str) -> list[Record]:
    """Return the records on the first page of a list with filters; none where it is refused."""
    observed("filters", len(filters))
    return paging.ask(api, resource, filters).records


def ids_by(api: Api, resource: Resource, **filters: str) -> list[str]:
    """Return the ids of the records on the first page of a list with filters."""
    return [id_of(resource, each) for each in first_records(api, resource, **filters)]


def require_campaigns(api: Api) -> None:
    """End the case as not applicable where a campaign that is none does not restrict sources."""
    api.shared_record(SOURCES)
    if first_records(api, SOURCES, campaign_id=api.ledger.fresh_number()):
        not_applicable("sources are not restricted by their campaign")


def number_called(api: Api) -> str:
    """Return a number that a source of ours puts calls through to, in the notation that it shows.

    Not applicable where sources are not restricted by their own destnr.
    """
    called = str(_source_found_by_destnr(api).get("phonenr") or "")
    return called or not_applicable("a source shows no number that it puts calls through to")


def known_destnr(api: Api) -> str:
    """Return the number of a source of ours.

    Not applicable where sources are not restricted by their own destnr.
    """
    number = str(_source_found_by_destnr(api)["destnr"])
    if len(number) < len("+460000"):
        not_applicable("the number of a source is too short to be like another")
    return number


def destnrs_in(records: Iterable[Record]) -> set[str]:
    """Return the numbers of sources."""
    return {str(each.get("destnr")) for each in records}


def _source_found_by_destnr(api: Api) -> Record:
    """Return a source of ours; not applicable where its own destnr does not restrict the list."""
    source = api.read(api.shared_record(SOURCES))
    own = str(source.get("destnr") or "")
    if not own or destnrs_in(first_records(api, SOURCES, destnr=own)) != {own}:
        not_applicable("sources are not restricted by destnr")
    return source


def source_found_by_custnr(api: Api) -> Identity:
    """Return a source of ours that the number of its customer finds, and a made-up one does not.

    Not applicable where custnr does not restrict the list of sources.
    """
    source = api.shared_record(SOURCES)
    custnr = custnr_of(api, str(api.read(source).get(OWNER)))
    if source.id not in ids_by(api, SOURCES, custnr=custnr):
        not_applicable("custnr does not find the sources of a customer")
    if source.id in ids_by(api, SOURCES, custnr=api.ledger.fresh_number()):
        not_applicable("sources are not restricted by custnr")
    return source


def twins_found_by_custnr(api: Api) -> tuple[list[str], str]:
    """Make two sources of one name, and two users, of a customer; return the former, its number.

    Not applicable where custnr does not restrict the list of sources.
    """
    source_found_by_custnr(api)
    owner, name = api.create(CUSTOMERS), api.fresh()
    pair = [api.create(SOURCES, owner.id, name=name).id for _ in range(2)]
    with suppress(NotApplicable):
        for _ in range(2):
            api.create(USERS, owner.id)
    return pair, custnr_of(api, owner.id)


def source_of_a_renumbered_customer(api: Api) -> tuple[Identity, str, str]:
    """Change the number of a customer who has a source; return that, the former and the new one.

    Not applicable where the former did not restrict the list to it.
    """
    form, owner = api.offers.require(CUSTOMERS, "PUT"), api.create(CUSTOMERS)
    source, former, number = api.create(SOURCES, owner.id), custnr_of(api, owner.id), api.fresh()
    if ids_by(api, SOURCES, custnr=former) != [source.id]:
        not_applicable("sources are not restricted by the custnr of their customer")
    api.ask("PUT", owner, form, data={"custnr": number})
    if custnr_of(api, owner.id) != number:
        not_applicable("the number of a customer cannot be changed")
    return source, former, number


def taken_or_told_apart(found: dict[str, list[str]], known: str) -> str:
    """Say whether values that are like a known one have found it, another one, or nothing."""
    if not found:
        return "told apart"
    others = [f"custnr={value!r} finds {', '.join(map(repr, found[value]))}" for value in found]
    return "taken for the same" if [known] in found.values() else f"GET with {'; '.join(others)}"


def custnr_of(api: Api, customer_id: str) -> str:
    """Return the custnr of a customer; ends the case where it has none."""
    customer = api.read(Identity(CUSTOMERS, customer_id))
    return str(customer.get("custnr") or "") or unobservable("a customer has no custnr")


def shown_by_a_word(api: Api, resource: Resource, name: str) -> list[str]:
    """GET a list by a word where a filter takes numbers; return what is shown.

    Not applicable where the filter restricts nothing: by a number that no record has.
    """
    nobody = paging.ask(api, resource, {name: NO_NUMBER})
    if not first_page(api, resource).records or not nobody.response.ok or nobody.records:
        not_applicable(f"{resource.name} are not restricted by {name}")
    page = paging.ask(api, resource, {name: "abc"})
    observed("filters", 1)
    return [f"{resource.singular} {id_}" for id_ in page.ids][:FEW]

"""Lists and totals, compared with what single reads show of the same records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.paging import MOST_WALKED, Page, ask
from conformance.clients.capabilities import GENERATED
from conformance.spec.addressing import (
    Form,
    Identity,
    Request,
    collection_path,
    parent_parameters,
    with_suffix,
)
from conformance.spec.media_types import ACCEPT, JSON
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed
from conformance.wire.records import id_of, more_pages, readable_records, with_value
from suites.walks.model import Entry, followed

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.equal_ways import ReadWay
    from conformance.spec.resources import Record, Resource
    from suites.walks.model import Account

SMALL_PAGE = 2
"""The page size for lists that have more records than that."""


def unlike_single_reads(account: Account, entry: Entry, way: ReadWay, *, whole: bool) -> list[str]:
    """GET a list that an entry is or was in; return where it differs from single reads.

    `whole` asks for all records of the kind, where one list can hold them; otherwise the list is
    filtered by customer or by custnr. A list is not judged where it goes on after its first page,
    or where the filter has no effect.
    """
    whole = whole and entry.identity.parent_id is None
    asked = list_question(entry, way, whole=whole)
    account.trail.step(f"GET {asked.path} {asked.options.get('params', {})}, {way.kind}")
    with account.trail.followed():
        response = account.api.request("GET", asked.path, **asked.options)
    records = readable_records(response, entry.resource)
    counted = response
    if whole and way.kind != JSON:  # XML need not say how many pages there are
        counted = account.api.get(entry.resource.collection, headers={"Accept": ACCEPT[JSON]})
    if not response.ok or more_pages(counted, 0) or not (whole or restricted(entry, records)):
        return []
    observed("records compared", len(records))
    found = []
    for each in account.live.copy():
        if each.resource is entry.resource and (whole or together(each, entry)):
            found += _unlike(account, each, records)
    ids = {id_of(entry.resource, record) for record in records}
    for each in account.gone:
        if each.resource is entry.resource and each.identity.id in ids:
            found += _lingering(account, each)
    return found


def changed_neighbours(account: Account, entry: Entry) -> list[str]:
    """Return how an entry, and those in the same filtered list, differ from the model.

    The list only tells which records to read; the single reads are compared.
    """
    with account.trail.followed():
        response = account.api.get(entry.resource.collection, params=restriction(entry))
    shown = {
        id_of(entry.resource, each): each for each in readable_records(response, entry.resource)
    }
    found = []
    for each in account.live.copy():
        record = shown.get(each.identity.id)
        if together(each, entry) and (record is None or each.differences(record)):
            found += account.settle(each)
    return found


def miscounts(account: Account, entry: Entry) -> list[str]:
    """GET a filtered list, whole and in small pages; return where totals or pages are wrong.

    The list holds our own records alone, so no other caller changes how many there are.
    """
    resource = entry.resource
    params = restriction(entry)
    account.trail.step(f"GET {resource.collection} {params}, in pages")
    with account.trail.followed():
        response = account.api.get(resource.collection, params=params)
    default = Page(resource, params, response)
    if (
        not response.ok
        or "total" not in default.properties
        or not restricted(entry, default.records)
    ):
        return []
    observed("totals compared", 1)
    total = default.properties["total"]
    if not more_pages(response, 0) and str(total) != str(len(default.ids)):
        return [f"total is {total} for {len(default.ids)} records"]
    if not SMALL_PAGE < len(default.ids) <= SMALL_PAGE * MOST_WALKED:
        return []
    pages = []
    for number in range(-(-len(default.ids) // SMALL_PAGE)):
        asked = {**params, "pagesize": str(SMALL_PAGE), "page": str(number)}
        with account.trail.followed():
            pages.append(Page(resource, asked, account.api.get(resource.collection, params=asked)))
        if len(pages[-1].ids) > SMALL_PAGE or str(pages[-1].properties.get("pagesize")) != str(
            SMALL_PAGE
        ):
            return []  # a page size cannot be asked for
    if sorted(id_ for page in pages for id_ in page.ids) == sorted(default.ids):
        return []
    return [f"pages of {SMALL_PAGE} hold {[page.ids for page in pages]} of {default.ids}"]


def made_beside(account: Account, entry: Entry, name: str) -> bool:
    """Tell whether an entry's list, filtered by our own customer, holds a record of a given name.

    Such a record is remembered for the clean-up, even if another caller has made it.
    """
    with account.trail.followed():
        response = account.api.get(entry.resource.collection, params=restriction(entry))
    made = with_value(readable_records(response, entry.resource), "name", name)
    for record in made:
        account.api.adopt(entry.resource, record, entry.identity.parent_id)
    return bool(made)


def totalled(api: Api) -> list[Resource]:
    """Return the resources whose filtered list of our own records has a total.

    Ends the case as not applicable where there is none.
    """
    found = []
    for resource in api.offers.resources():
        identity, record = api.shared_record_with_values(resource, GENERATED)
        owner = Identity(CUSTOMERS, identity.parent_id or str(record.get(CUSTOMERS.id_field)))
        entry = Entry(identity, Entry(owner, None), followed(record))
        page = ask(api, resource, restriction(entry))
        if page.response.ok and "total" in page.properties and restricted(entry, page.records):
            found.append(resource)
    return found or not_applicable("no list of records of our own tells its total")


def restriction(entry: Entry) -> dict[str, str]:
    """Return the filter that restricts a list to an entry's customer, or to the customer itself."""
    if entry.resource is CUSTOMERS:
        return {"custnr": entry.shown.get("custnr", "")}
    return {CUSTOMERS.id_field: entry.owner.identity.id if entry.owner else ""}


def together(entry: Entry, other: Entry) -> bool:
    """Tell whether two records are in the same filtered list."""
    if entry.resource is not other.resource:
        return False
    return entry is other if entry.resource is CUSTOMERS else entry.owner is other.owner


def restricted(entry: Entry, records: list[Record]) -> bool:
    """Tell whether all records of a list have the values of the filter, where they show them."""
    wanted = restriction(entry)
    return all(wanted.values()) and all(
        str(record[name]) == value
        for record in records
        for name, value in wanted.items()
        if record.get(name)
    )


def list_question(entry: Entry, way: ReadWay, *, whole: bool) -> Request:
    """Return the request for a list that an entry is in, in one of the equal ways."""
    resource, parent_id = entry.resource, entry.identity.parent_id
    path, params = resource.collection, parent_parameters(resource, parent_id)
    if parent_id is not None and way.form is Form.PATH:
        path, params = collection_path(resource, parent_id), {}
    elif parent_id is None and not whole:
        params = restriction(entry)
    if way.by_suffix:
        return Request("GET", with_suffix(path, way.kind)[0], {"params": params})
    return Request("GET", path, {"params": params, "headers": {"Accept": ACCEPT[way.kind]}})


def _unlike(account: Account, entry: Entry, records: list[Record]) -> list[str]:
    """Return how a list shows an entry differently from a single read that follows it."""
    mine = [record for record in records if id_of(entry.resource, record) == entry.identity.id]
    if len(mine) == 1 and not entry.differences(mine[0]):
        return []
    account.settle(entry)
    if entry not in account.live or not restricted(entry, [{**entry.shown}]):
        return []
    if len(mine) != 1:
        return [f"{entry} is in the list {len(mine)} times"]
    return [f"{text}, in the list" for text in entry.differences(mine[0])]


def _lingering(account: Account, entry: Entry) -> list[str]:
    """Return that a list holds a deleted record, unless a single read shows it as well."""
    if account.is_used_again(entry):
        return []
    with account.trail.followed():
        record = account.api.find(entry.identity)
    return [f"{entry} is in the list although it is gone"] if record is None else []

"""Lists with two filters at once, which hold for no record together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.checks import paging
from conformance.checks.filter_values import OWNER, custnr_of, first_page
from conformance.clients.once import once_per_run
from conformance.spec.resources import CDRS, CUSTOMERS, SOURCES
from conformance.verdicts import not_applicable, unobservable
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from conformance.checks.paging import Page
    from conformance.clients.api import Api
    from conformance.spec.resources import Record, Resource


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter, and what the records that it finds show in a field."""

    name: str
    value: str
    field: str
    shown: str

    def unlike(self, records: list[Record]) -> bool:
        """Tell whether one of the records shows something else."""
        return any(str(record.get(self.field)) != self.shown for record in records)


Pair = tuple[Filter, Filter]


def pair_of_filters(api: Api, resource: Resource) -> Pair:
    """Return two filters that find records one by one, and none that both hold for.

    The one is by a customer; the other by what only another customer's records have. Ends the case
    where there is no such pair, or one of them is no filter.
    """
    field = {CUSTOMERS: "custnr", CDRS: SOURCES.id_field}.get(resource, OWNER)
    records = [each for each in first_page(api, resource).records if each.get(field)]
    first = records[0] if records else unobservable(f"no {resource.singular} has a {field}")
    others = [each for each in records if each.get(OWNER) != first.get(OWNER)]
    other = others[0] if others else unobservable(f"all {resource.name} are one customer's")
    owner, shown = str(first[OWNER]), str(other[field])
    name, value = (field, shown) if field != OWNER else ("custnr", custnr_of(api, shown))
    pair = (Filter(OWNER, owner, OWNER, owner), Filter(name, value, field, shown))
    for each in pair:
        alone = paging.ask(api, resource, {each.name: each.value}).records
        if not alone or each.unlike(alone):
            not_applicable(f"{resource.name} are not restricted by {each.name}")
    return pair


def shown_by_both(api: Api, resource: Resource, pair: Pair) -> list[str]:
    """GET a list by two filters in both orders; return in words what is shown."""
    return [told for page in _by_both(api, resource, pair) for told in _told(page)]


def _told(page: Page) -> list[str]:
    """Return in words what is shown by two filters that hold for no record together."""
    return [
        f"{page.resource.singular} {id_} is shown by {' and '.join(page.asked)} together"
        for id_ in page.ids
    ]


def widened(api: Api, resource: Resource, pair: Pair) -> list[str]:
    """GET a list by two filters in both orders; return in words what no filter keeps out.

    A server that knows one of the two alone shows what that one finds. An answer that has records
    unlike the one filter and records unlike the other is one that both together have widened.
    """
    observed("filters", len(pair))
    pages = _by_both(api, resource, pair)
    wide = [page for page in pages if all(each.unlike(page.records) for each in pair)]
    return [told for page in wide for told in _told(page)]


@once_per_run
def _by_both(api: Api, resource: Resource, pair: Pair) -> list[Page]:
    orders = [{each.name: each.value for each in order} for order in (pair, pair[::-1])]
    return [paging.ask(api, resource, each) for each in orders]

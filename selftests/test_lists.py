"""Whole lists: few requests for long ones, and an end to those without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_api import Paging, api_of

from conformance.clients import lists
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import Unobservable

if TYPE_CHECKING:
    from observing import Observing

    from conformance.clients.api import Api

MADE = 20
"""With those that an account has, on more pages of two than are read in their default size."""

BEFORE = 6
"""Customers that the account has from the start."""


class IgnoresPagesize(Paging):
    """Has two customers on a page, whatever is asked for."""

    def pagesize(self, parameters: object) -> int:
        """Say so."""
        del parameters
        return self.default_pagesize


def with_many(server: Observing) -> Api:
    """Return the caller of a server once it has many customers."""
    api = api_of(server)
    for _ in range(MADE):
        api.create_new(CUSTOMERS)
    server.requests.clear()
    return api


@pytest.mark.parametrize(("kind", "requests"), [(Paging, 2), (IgnoresPagesize, 1 + 1 + 12)])
def test_a_long_list_is_read_in_the_largest_pages(kind: type[Paging], requests: int) -> None:
    """Where the target gives them; else in those that it gives."""
    server = kind()
    api = with_many(server)

    listed = [record["customer_id"] for record in api.listed(CUSTOMERS)]

    assert len(listed) == len(set(listed)) == MADE + BEFORE
    assert len(server.requests) == requests


@pytest.mark.parametrize("bound", ["MOST_PAGES", "MOST_RECORDS"])
def test_a_list_beyond_the_bounds_tells_nothing(
    monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    """A part of a list is never taken for the whole."""
    api = with_many(IgnoresPagesize())
    monkeypatch.setattr(lists, bound, 8)

    with pytest.raises(Unobservable, match="the list of customers does not end within"):
        api.listed(CUSTOMERS)

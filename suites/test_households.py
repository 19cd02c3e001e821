"""Lists of what one customer has: sources of one name, beside users (S07, S17, S49, S50)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import households
from conformance.rules import STATED, rule
from conformance.spec.resources import SOURCES

if TYPE_CHECKING:
    from conformance.clients.api import Api

pytestmark = pytest.mark.in_turn


@rule("sources-beside-users-are-each-on-one-page", statements="S50 S07", basis=STATED)
@pytest.mark.parametrize("by", ["customer_id", "custnr"])
def test_sources_beside_users_are_each_on_one_page(api: Api, by: str) -> None:
    """The pages of the sources of a customer show each once, however many users it has.

    Not judged where the filter is none, or the page size cannot be chosen.
    """
    made = households.household(api)
    filters = {"customer_id": made.owner.id, "custnr": made.custnr}

    wrong = households.not_once_on_pages(api, made, {by: filters[by]})

    assert wrong == {}


@rule("later-page-follows-a-delete", statements="S05 S49", basis=STATED)
def test_later_page_follows_a_delete(api: Api) -> None:
    """The second page does not show what was deleted after the first page was read."""
    made = households.new_household(api)

    shown = households.on_a_later_page(api, made)

    assert shown == []


@rule("list-gives-namesakes-their-own-values", statements="S07 S17", basis=STATED)
def test_list_gives_namesakes_their_own_values(api: Api) -> None:
    """A list of sources of one name shows of each its own value of a custom field."""
    api.offers.require(SOURCES, "PUT")
    made = households.household(api)

    wrong = households.custom_values_mixed_up(api, made)

    assert wrong == {}

"""The total of a list is that of the records that there are (S47, S05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.totals import (
    miscounted_after_deletes,
    wrong_after_a_delete,
    wrong_after_a_namesake,
    wrong_after_the_owner_is_deleted,
)
from conformance.rules import STATED, rule
from conformance.spec.resources import CUSTOMERS, SOURCES

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

each_paged_resource_of_ours = pytest.mark.parametrize("resource", [CUSTOMERS, SOURCES], ids=str)


@rule("total-follows-a-delete", statements="S47 S05", basis=STATED)
@pytest.mark.sole
def test_total_follows_a_delete(api: Api) -> None:
    """DELETE of a customer lowers the total of the list by one."""
    wrong = wrong_after_a_delete(api)

    assert wrong == []


@rule("total-counts-namesakes", statements="S47 S11", basis=STATED)
@each_paged_resource_of_ours
@pytest.mark.sole
def test_total_counts_namesakes(api: Api, resource: Resource) -> None:
    """POST of a record with the name of another one raises the total of the list."""
    wrong = wrong_after_a_namesake(api, resource)

    assert wrong == []


@rule("pages-are-full-after-a-delete", statements="S50 S05", basis=STATED)
@pytest.mark.sole
def test_pages_are_full_after_a_delete(api: Api) -> None:
    """After DELETE of customers, every page of the list but the last holds pagesize records."""
    miscounted = miscounted_after_deletes(api)

    assert miscounted == []


@rule("total-follows-the-delete-of-an-owner", statements="S47 S05", basis=STATED)
@pytest.mark.sole
def test_total_follows_the_delete_of_an_owner(api: Api) -> None:
    """DELETE of a customer takes its source out of the total where it takes it away."""
    wrong = wrong_after_the_owner_is_deleted(api)

    assert wrong == []

"""The total of a list is that of the records that there are (S47, S05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.totals import wrong_after_a_delete
from conformance.rules import STATED, rule

if TYPE_CHECKING:
    from conformance.clients.api import Api


@rule("total-follows-a-delete", statements="S47 S05", basis=STATED)
@pytest.mark.sole
def test_total_follows_a_delete(api: Api) -> None:
    """DELETE of a customer lowers the total of the list by one."""
    wrong = wrong_after_a_delete(api)

    assert wrong == []

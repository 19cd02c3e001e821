"""A read shows what the last write has made (S06, S07, S11, S12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.late_reads import late_reads
from conformance.rules import STATED, rule

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.client import Client

pytestmark = pytest.mark.sole


@rule("reads-follow-the-last-write", statements="S06 S07 S11 S12", basis=STATED)
def test_reads_follow_the_last_write(api: Api, second_session: Client) -> None:
    """GET shows at once what POST, PUT and DELETE made: one record, the list, another session."""
    late = late_reads(api, second_session)

    assert late == []

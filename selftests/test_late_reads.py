"""Reads that are behind the last write: measured, told, and waited for where they were seen."""

from __future__ import annotations

import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.checks.late_reads import LIST, RECORD, late_reads, learn_settling
from conformance.clients.roles import Roles
from conformance.spec.resources import CUSTOMERS
from conformance.wire.transport import Network
from proof.servers import embedded_target
from reference.surroundings import Surrounded, Surrounding
from reference.surroundings.lagging import LagsBehind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reference.surroundings import Maker

BEHIND = 0.4
MOST = 6.0
"""Seconds after which a read on a busy machine has surely followed; it begins late there, too."""

REPLICA = partial(LagsBehind, seconds=BEHIND)
INDEX = partial(LagsBehind, seconds=BEHIND, lists_only=True)


@contextmanager
def callers_behind(maker: Maker) -> Iterator[Roles]:
    """Give the callers of a server in a surrounding."""
    with Surrounded(maker) as served:
        target = embedded_target(served.base_url, str(served.http_url), Path(), served.ca_file)
        roles = Roles(target, Network())
        try:
            yield roles
        finally:
            roles.close()


def test_nothing_is_late_where_reads_follow() -> None:
    """A server that answers from what it has just stored is not waited for."""
    with callers_behind(Surrounding) as roles:
        assert late_reads(roles.api, roles.second_session) == []
        assert not learn_settling(roles.api, roles.second_session)
        assert not roles.gate.settling.is_needed


@pytest.mark.parametrize(
    ("maker", "late"), [(REPLICA, {RECORD, LIST}), (INDEX, {LIST})], ids=["replica", "index"]
)
def test_what_is_late_is_measured(maker: Maker, late: set[str]) -> None:
    """It is told which reads were behind, after which methods, and for how long."""
    with callers_behind(maker) as roles:
        found = late_reads(roles.api, roles.second_session)

    assert {each.what for each in found} >= late
    assert (RECORD in {each.what for each in found}) is (RECORD in late)
    assert {"POST", "DELETE"} <= {each.method for each in found}
    assert all(0 < each.seconds < MOST for each in found)
    assert "differ from the last write for " in repr(found[0])


def test_reads_wait_for_what_was_written() -> None:
    """When it is known, each read after a write shows it; what only reads waits for nothing."""
    with callers_behind(REPLICA) as roles:
        learn_settling(roles.api, roles.second_session)
        made = [roles.api.create(CUSTOMERS) for _ in range(3)]
        found = [roles.api.find(each) for each in made]
        started = time.monotonic()
        roles.api.get("/miscellaneous/ping")

    assert None not in found
    assert time.monotonic() - started < roles.gate.settling.lag.records

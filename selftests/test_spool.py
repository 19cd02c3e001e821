"""Bodies beyond what memory is for go to a file, and read the same."""

from __future__ import annotations

import gc
import tempfile
from typing import TYPE_CHECKING

import pytest

from conformance.wire import limits
from conformance.wire.responses import Response
from conformance.wire.spool import FEW_OCTETS, SPOOL, NotKept, Spool

if TYPE_CHECKING:
    from pathlib import Path


def test_what_does_not_fit_is_read_back_from_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is kept where, each has its own bytes."""
    monkeypatch.setattr(limits, "MOST_IN_MEMORY", 10)
    spool = Spool()

    kept = [spool.kept(bytes([each]) * 4) for each in range(5)]

    assert [each.read() for each in kept] == [bytes([each]) * 4 for each in range(5)]
    assert [each.octets is None for each in kept] == [False, False, True, True, True]
    assert spool.in_memory == 8


def test_what_nobody_holds_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its room is free again, in memory and in the file."""
    monkeypatch.setattr(limits, "MOST_IN_MEMORY", 4)
    spool = Spool()
    for _ in range(3):
        first, second = spool.kept(b"abcd"), spool.kept(b"efgh")
        assert (first.octets, second.octets) == (b"abcd", None)
        assert second.read() == b"efgh"
        del first, second
        gc.collect()

    assert spool.in_memory == 0


def test_responses_are_the_same_wherever_their_bodies_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """A response in a file equals one in memory, and reads alike."""
    fields = tuple((f"X-{each}", "a" * 100) for each in range(100))
    in_memory = Response(200, fields, b'{"a": "b"}')
    monkeypatch.setattr(limits, "MOST_IN_MEMORY", 0)
    before = SPOOL.in_memory

    spooled = Response(200, fields, b'{"a": "b"}')

    assert SPOOL.in_memory == before
    assert spooled == in_memory
    assert (spooled.content, spooled.fields) == (in_memory.content, fields)
    assert spooled.json() == {"a": "b"}
    assert spooled.headers["x-99"] == "a" * 100
    assert spooled != Response(200, fields, b"[]")


def test_a_disk_without_room_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The case is inconclusive for it; what is small stays in memory, so that a run can end."""
    monkeypatch.setattr(limits, "MOST_IN_MEMORY", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    spool = Spool()

    with pytest.raises(NotKept, match="takes no more answers \\(No such file or directory\\)"):
        spool.kept(b"a" * (FEW_OCTETS + 1))

    assert spool.kept(b"small").read() == b"small"

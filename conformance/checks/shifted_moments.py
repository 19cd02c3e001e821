"""Moments that PUT writes, and by how much later or earlier each is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from conformance.checks.timestamps import FARTHEST_ZONE, instant, put_and_read
from conformance.verdicts import unobservable
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity


def shifts(api: Api, made: Identity, field: str, texts: Iterable[str]) -> dict[str, timedelta]:
    """PUT moments into a field, one after another; return by how much later each is shown.

    Ends the case as unobservable where one of them is not taken, or shown as another moment
    altogether.
    """
    found: dict[str, timedelta] = {}
    for text in texts:
        is_taken, shown = put_and_read(api, made, field, text)
        sent, stored = instant(text), instant(shown)
        if not is_taken or sent is None or stored is None or abs(stored - sent) > FARTHEST_ZONE:
            unobservable(f"{field} does not show what is written to it: {text}")
        found[text] = stored - sent
    observed("moments", len(found))
    return found


def shifted_otherwise(found: Mapping[str, timedelta], usual: timedelta) -> list[str]:
    """Return in words the moments that are not shifted as is usual."""
    return [
        f"after PUT of {text} it is shown {_later(shift)}, after PUT of others {_later(usual)}"
        for text, shift in found.items()
        if shift != usual
    ]


def _later(shift: timedelta) -> str:
    """Return in words by how much a moment is shown later."""
    minutes = round(abs(shift).total_seconds() / 60)
    told = f"{minutes // 60} h {minutes % 60} min"
    return f"{told} {'later' if shift > timedelta(0) else 'earlier'}" if shift else "as sent"

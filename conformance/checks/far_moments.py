"""Moments that a PUT writes to a source, and what it shows afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.text_packs import stored_parts
from conformance.checks.timestamps import FARTHEST_ZONE, MOMENTS, PLAIN_MOMENTS, QUARTER, instant
from conformance.clients.once import once_for_good
from conformance.spec.resources import SOURCES
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.clients.api import Api


def moments_changed(api: Api, moments: Sequence[str]) -> list[str]:
    """PUT moments into a source; return in words those that read back as others.

    A moment may be refused. Since the document does not say in which time zone callers write, it
    may be shown some quarters of an hour earlier or later. Not applicable where not even a plain
    moment is stored.
    """
    fields = _fields_for_moments(api)
    made = api.shared_record(SOURCES, MOMENTS)
    found: list[str] = []
    for at in range(0, len(moments), len(fields)):
        # A source is in use before it expires.
        sent = dict(zip(fields, sorted(moments[at : at + len(fields)]), strict=False))
        for part, _ in stored_parts(api, made, sent):
            record = api.read(made)
            shown = {field: record.get(field) for field in part}
            found += [
                f"after PUT of {field}={text} it reads back as {shown[field]}"
                for field, text in part.items()
                if not is_same_moment(text, shown[field])
            ]
    return found


@once_for_good
def _fields_for_moments(api: Api) -> tuple[str, ...]:
    """Return the fields of a source in which a PUT stores a plain moment; tried once."""
    api.offers.require(SOURCES, "PUT")
    made = api.shared_record(SOURCES, MOMENTS)
    parts = list(stored_parts(api, made, PLAIN_MOMENTS))
    observed("plain moments", len(parts))
    record = api.read(made)
    kept = tuple(
        field
        for part, _ in parts
        for field, text in part.items()
        if is_same_moment(text, record.get(field))
    )
    return kept or not_applicable("no moment of a source can be changed")


def is_same_moment(text: str, shown: object) -> bool:
    """Tell whether a moment is shown as it was sent, in some time zone."""
    sent, stored = instant(text), instant(shown)
    if sent is None or stored is None:
        return False
    return abs(stored - sent) <= FARTHEST_ZONE and not (stored - sent) % QUARTER

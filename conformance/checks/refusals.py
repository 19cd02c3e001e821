"""Refusals: whether they challenge the caller, and whether they reveal data."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from conformance.spec.resources import CDRS, RESOURCES
from conformance.wire.digest import usable_challenge
from conformance.wire.documents import Unreadable

if TYPE_CHECKING:
    from conformance.wire.responses import Response

DATA_NAMES = frozenset({"ping", "recordings", CDRS.name, *(each.name for each in RESOURCES)})
"""The JSON keys and XML root elements that hold data."""

ID_FIELDS = frozenset({CDRS.id_field, *(resource.id_field for resource in RESOURCES)})
"""The fields that identify a record outside of an envelope."""

CHALLENGED = (int(HTTPStatus.UNAUTHORIZED), "challenged", "no data")
"""The result of `refusal` for a request without valid credentials."""


def refusal(response: Response) -> tuple[int, str, str]:
    """Return the status of a response, whether it challenges, and whether it holds data."""
    challenges = usable_challenge(response.all("WWW-Authenticate")) is not None
    return (
        response.status_code,
        "challenged" if challenges else "not challenged",
        "data" if holds_data(response) else "no data",
    )


def holds_data(response: Response | None) -> bool:
    """Tell whether a body holds data of the API, for any status."""
    if response is None or not response.content.strip():
        return False
    try:
        if response.looks_like_xml:
            return response.xml().tag in DATA_NAMES
        return _is_data(response.json())
    except Unreadable:
        return False


def _is_data(value: object) -> bool:
    """Tell whether a JSON value is data: an envelope, a record, or a list of records."""
    if isinstance(value, list):
        return any(_is_data(each) for each in value)
    return isinstance(value, dict) and not (DATA_NAMES | ID_FIELDS).isdisjoint(value)

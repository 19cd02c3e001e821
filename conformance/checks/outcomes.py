"""What a body says of the outcome, beside its status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.wire.documents import Unreadable

if TYPE_CHECKING:
    from conformance.wire.responses import Response

ERRORS = "errors"
"""The key in JSON, and the root element in XML, of a refusal."""

MOST_OCTETS = 4000
"""A body that is longer holds more than errors."""


def errors_alone(response: Response) -> str:
    """Return the errors of a body that has nothing else, in words; "" where it has more or none."""
    if ERRORS.encode() not in response.content[:MOST_OCTETS]:
        return ""
    try:
        if response.looks_like_xml:
            root = response.xml()
            told = root.tag == ERRORS and (len(root) or (root.text or "").strip())
            return "a list of errors" if told else ""
        value = response.json()
    except Unreadable:
        return ""
    if not isinstance(value, dict) or list(value) != [ERRORS] or not value[ERRORS]:
        return ""
    return f"errors: {value[ERRORS]!r:.80}"

"""The equal ways of reading and of writing one record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.spec.addressing import Form, Override, Request
from conformance.spec.media_types import JSON, XML

if TYPE_CHECKING:
    from conformance.spec.addressing import Options


@dataclass(frozen=True, slots=True)
class ReadWay:
    """A way of reading one record: how its ids are given, and how the representation is chosen."""

    form: Form
    kind: str
    by_suffix: bool = False

    def __repr__(self) -> str:
        """Return the way in words, as evidence shows it."""
        return f"{self.kind} by {'suffix' if self.by_suffix else 'Accept'}, {self.form}"


READ_WAYS = tuple(
    ReadWay(form, kind, by_suffix)
    for form in Form
    for kind in (JSON, XML)
    for by_suffix in (False, True)
)
ACCEPT_WAYS = (ReadWay(Form.PATH, JSON), ReadWay(Form.PATH, XML))


@dataclass(frozen=True, slots=True)
class WriteWay:
    """A way of writing one record: how its ids, the method, and the values are given."""

    form: Form
    override: Override = Override.NATIVE
    body: str = "form"

    def __repr__(self) -> str:
        """Return the way in words, as evidence shows it."""
        return f"PUT by {self.override}, {self.form}, {self.body}"


FORM = "form"
BODIES = (FORM, "JSON", "escaped JSON")
"""The ways to write the values of a POST or a PUT."""

WRITE_WAYS = tuple(
    WriteWay(form, override, body) for form in Form for override in Override for body in BODIES
)


def written_as(body: str, asked: Request) -> Request:
    """Return a request with its values written as one of the bodies."""
    if body == FORM:
        return asked
    text = json.dumps(asked.options["data"], ensure_ascii=body != "JSON")
    headers = {"Content-Type": "application/json"}
    options: Options = {**asked.options, "data": text.encode(), "headers": headers}
    return Request(asked.method, asked.path, options)

"""How the tests of the reference server ask it something."""

import json
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

from reference import Reference, Request, Response
from reference.seed import USERNAME

FORM = "application/x-www-form-urlencoded"


class Timed(Reference):
    """Has a clock that can be set."""

    def __init__(self, *, versions: tuple[str, ...] | None = None) -> None:
        """Start at a fixed moment."""
        super().__init__(versions=versions)
        self.time = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """Tell the time that was set."""
        return self.time


class Knowing(Timed):
    """Knows its caller without asking for credentials."""

    caller = USERNAME

    def authenticate(self, request: Request) -> str:
        """Take the caller for the one that was set."""
        del request
        return self.caller


def ask(  # noqa: PLR0913 - each has a name at the call
    server: Reference,
    method: str,
    target: str,
    body: str | bytes = b"",
    *,
    content_type: str = FORM,
    accept: str = "*/*",
    version: str = "2.4.9",
    **headers: str,
) -> Response:
    """Ask for a target below the version; `X_Name="text"` adds a header field."""
    fields = {"Host": "api.example", "Accept": accept, "Content-Type": content_type, **headers}
    return server.respond(
        Request(
            method,
            f"/{version}{target}",
            tuple((name.replace("_", "-"), value) for name, value in fields.items()),
            body.encode() if isinstance(body, str) else body,
        )
    )


def content(response: Response) -> Any:  # noqa: ANN401 - whatever the JSON says
    """What a JSON response says."""
    assert (response.header("Content-Type") or "").startswith("application/json")
    return json.loads(response.body)


def records(response: Response) -> list[dict[str, Any]]:
    """The records in the answer to a request that was handled."""
    assert response.status == 200, response.body
    (found,) = [value for value in content(response).values() if isinstance(value, list)]
    assert isinstance(found, list)
    return found


def names(response: Response, field: str) -> list[Any]:
    """One field of all the records in an answer."""
    return [record[field] for record in records(response)]


def tree(response: Response) -> ET.Element:
    """What an XML response says."""
    assert (response.header("Content-Type") or "").startswith("application/xml")
    return ET.fromstring(response.body)  # noqa: S314 - from our own server

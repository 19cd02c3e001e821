"""What goes in and what comes out: one HTTP request, one HTTP response, as plain values."""

from dataclasses import dataclass


def values_of(headers: tuple[tuple[str, str], ...], name: str) -> list[str]:
    """All values of the header field `name`, in order; its case does not matter."""
    wanted = name.lower()
    return [value for field, value in headers if field.lower() == wanted]


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it arrived: nothing in it has been decoded or normalised."""

    method: str
    target: str
    """The request target as sent, still percent-encoded: `/2.4.9/customers?page=1`."""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    client: str = "127.0.0.1"
    """The address of the caller."""
    secure: bool = True
    """Whether it arrived over TLS."""
    http_version: str = "1.1"
    connection: int = 0
    """How many connections its caller has closed before, where that is known."""
    pool: int = 0
    """Which caller's connections it came over, where that is known."""

    def header(self, name: str) -> str | None:
        """The value of a header field; several fields of that name count as one list."""
        values = values_of(self.headers, name)
        return ", ".join(values) if values else None


@dataclass(frozen=True, slots=True)
class Response:
    """A response, and how it is to be put on the wire."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    delay: float = 0.0
    """Seconds to wait before it is sent."""
    close: bool = False
    """Whether the connection is closed afterwards."""
    chunked: bool = False
    """Whether it is sent with chunked transfer encoding."""
    dated: bool = True
    """Whether the server adds a Date field, as one does that has a clock."""
    hangs_up: bool = False
    """Whether the server ends the connection instead of sending it."""

    def header(self, name: str) -> str | None:
        """The value of a header field; several fields of that name count as one list."""
        values = values_of(self.headers, name)
        return ", ".join(values) if values else None

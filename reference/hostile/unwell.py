"""Modes of a server that is busy, or never well."""

from typing import Final

from .framing import JSON
from .mode import Family
from .wire import Wire

FAMILY: Final = Family("unwell")
BODY: Final = b'{"errors":["not now"]}'

STATES: Final[dict[str, tuple[str, bytes, tuple[bytes, ...]]]] = {
    "always-500": ("500", b"500 Internal Server Error", ()),
    "always-502": ("502", b"502 Bad Gateway", (b"Content-Type: text/html",)),
    "always-504": ("504", b"504 Gateway Timeout", ()),
    "always-503": ("503", b"503 Service Unavailable", ()),
    "always-404": ("404", b"404 Not Found", ()),
    "always-403": ("403", b"403 Forbidden", ()),
    "always-204": ("204", b"204 No Content", ()),
    "always-418": ("418", b"418 I'm a teapot", ()),
    "busy-for-ever": ("503, come back in 30 years", b"503 Busy", (b"Retry-After: 1000000000",)),
    "busy-negative": ("503, come back a minute ago", b"503 Busy", (b"Retry-After: -60",)),
    "busy-until-9999": ("503, come back in the year 9999", b"503 Busy",
                        (b"Retry-After: Fri, 31 Dec 9999 23:59:59 GMT",)),
    "busy-until-garbage": ("503, come back at no time", b"503 Busy",
                           (b"Retry-After: soon\x1b[2J",)),
    "busy-until-overflow": ("503, come back at a time that overflows", b"503 Busy",
                            (b"Retry-After: " + b"9" * 5000,)),
    "busy-until-nan": ("503, come back in nan seconds", b"503 Busy", (b"Retry-After: nan",)),
    "busy-twice": ("503, come back in 1 and in 1000 seconds", b"503 Busy",
                   (b"Retry-After: 1", b"Retry-After: 1000")),
    "limited-always": ("429", b"429 Too Many Requests", ()),
    "limited-for-0-seconds": ("429, come back at once", b"429 Slow", (b"Retry-After: 0",)),
    "limited-for-1-second": ("429, come back in a second", b"429 Slow", (b"Retry-After: 1",)),
    "limited-for-59-seconds": ("429, come back in 59 seconds", b"429 Slow", (b"Retry-After: 59",)),
}  # fmt: skip


def state(name: str, what: str, status: bytes, fields: tuple[bytes, ...]) -> None:
    """Make a mode of one answer for everything."""

    @FAMILY.answering(name, f"Answers {what}, whatever is asked for.", at_start_too=True)
    def act(wire: Wire) -> None:
        wire.answer(status, *fields, JSON, body=b"" if status.startswith(b"204") else BODY)


for key, (told, line, more) in STATES.items():
    state(key, told, line, more)


@FAMILY.answering()
def limited_every_second_time(wire: Wire) -> None:
    """Answers every second request with 429, come back at once."""
    if wire.around.answers % 2:
        wire.answer(b"429 Slow", b"Retry-After: 0", JSON, body=BODY)
    else:
        wire.honest()


@FAMILY.answering()
def unwell_after_20(wire: Wire) -> None:
    """Answers twenty requests well, and 500 from then on."""
    if wire.around.answers > 20:  # noqa: PLR2004 - as it says
        wire.answer(b"500 Internal Server Error", JSON, body=BODY)
    else:
        wire.honest()


@FAMILY.answering()
def silent_after_20(wire: Wire) -> None:
    """Answers twenty requests well, and none from then on."""
    if wire.around.answers > 20:  # noqa: PLR2004 - as it says
        wire.hold()
    wire.honest()


@FAMILY.answering()
def well_one_time_in_three(wire: Wire) -> None:
    """Answers well, 500, and not at all, in turns."""
    turn = wire.around.answers % 3
    if turn == 1:
        wire.answer(b"500 Internal Server Error", JSON, body=BODY)
    elif turn:
        wire.end()
    else:
        wire.honest()


@FAMILY.answering(at_start_too=True)
def portal(wire: Wire) -> None:
    """Answers each request with the page of a captive portal."""
    page = b"<!DOCTYPE html><html><body><form action=/login>Log in to the network</form>"
    wire.answer(b"200 OK", b"Content-Type: text/html; charset=utf-8", body=page)


@FAMILY.answering(at_start_too=True)
def empty_object(wire: Wire) -> None:
    """Answers each request with an empty object."""
    wire.answer(b"200 OK", JSON, body=b"{}")


@FAMILY.answering(at_start_too=True)
def nothing_at_all(wire: Wire) -> None:
    """Answers each request with 200 and nothing."""
    wire.answer(b"200 OK", JSON)

"""Modes that send the caller elsewhere: what is there is `lured` where it is here."""

from typing import Final

from .framing import JSON
from .mode import Family
from .wire import Wire

FAMILY: Final = Family("redirect")

PLACES: Final[dict[str, tuple[str, str]]] = {
    "elsewhere": ("to another origin", "https://elsewhere.example/lure"),
    "plain-http": ("to plain HTTP", "{http}/lure"),
    "file": ("to a file", "file:///etc/passwd"),
    "script": ("to a script", "javascript:alert(1)//lure"),
    "data": ("to data in the URL itself", "data:application/json,{{}}"),
    "local-service": ("to a service of the caller's machine", "http://127.0.0.1:1/lure"),
    "same-host": ("to another path of the same origin", "/2.4.9/lure"),
    "other-scheme-relative": ("to another host, without a scheme", "//elsewhere.example/lure"),
    "with-credentials": ("to a URL with a user name", "https://partner:x@elsewhere.example/lure"),
    "with-line-ends": ("to a URL with escapes", "/lure%0d%0aX-In:%201\x1b[2J"),
    "of-100-kb": ("to a URL of 100 KB", "/lure" + "a" * 100_000),
}


def redirect(name: str, what: str, place: str, status: int) -> None:
    """Make a mode of a redirect."""

    @FAMILY.answering(
        f"redirect-{name}", f"Redirects {what}.", at_start_too=name in {"elsewhere", "plain-http"}
    )
    def act(wire: Wire) -> None:
        location = place.format(http=wire.around.http_url)
        send(wire, location.encode(), status)


def send(wire: Wire, location: bytes, status: int = 302) -> None:
    """Send a redirect."""
    wire.answer(b"%d Elsewhere" % status, b"Location: " + location, JSON, body=b"{}")


for turn, (key, (told, where)) in enumerate(PLACES.items()):
    redirect(key, told, where, (301, 302, 303, 307, 308)[turn % 5])


@FAMILY.answering(at_start_too=True)
def redirect_to_itself(wire: Wire) -> None:
    """Redirects each request to where it already is."""
    send(wire, wire.request.target.encode("utf-8", "surrogateescape"), 307)


@FAMILY.answering(at_start_too=True)
def redirects_without_end(wire: Wire) -> None:
    """Redirects each request to one more place."""
    send(wire, b"/2.4.9/lure/%d" % wire.around.answers)


@FAMILY.answering()
def redirect_by_refresh(wire: Wire) -> None:
    """Redirects by means that only browsers follow."""
    lure = f"{wire.around.http_url}/lure".encode()
    wire.answer(
        b"200 OK", b"Refresh: 0; url=" + lure, b"Link: <%s>; rel=preload" % lure, JSON,
        b"Content-Location: " + lure, b'Alt-Svc: h2="elsewhere.example:443"',
        body=b"{}",
    )  # fmt: skip

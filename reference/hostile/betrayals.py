"""Modes that show secrets: what the server knows, and what it was sent, in any spelling."""

import base64
import html
import json
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

from reference import seed
from reference.operation import Operation
from reference.records import Record
from reference.representation import Value

from .account import Account
from .challenges import authorization
from .framing import JSON
from .mode import Family
from .wire import Wire

FAMILY: Final = Family("betrayal")


def escaped(text: str) -> str:
    """A text as JSON may have it: each character by its number."""
    return "".join(f"\\u{ord(each):04x}" for each in text)


SPELLINGS: Final[dict[str, tuple[str, Callable[[str], str]]]] = {
    "as-it-is": ("as it is", str),
    "in-base64": ("in Base64", lambda text: base64.b64encode(text.encode()).decode()),
    "percent-encoded": ("percent-encoded", lambda text: quote(text, safe="")),
    "by-numbers": ("with each character by its number", escaped),
    "in-html": ("as HTML has it", html.escape),
    "in-json": ("as JSON has it", lambda text: json.dumps(text)[1:-1]),
    "in-capitals": ("in capital letters", str.upper),
}


def password_shown(name: str, what: str, spelling: Callable[[str], str]) -> None:
    """Make a mode that shows the account's password in every place of a refusal."""

    @FAMILY.answering(f"password-{name}", f"Refuses, and shows the account's password {what}.")
    def act(wire: Wire) -> None:
        shown = spelling(seed.PASSWORD)
        line = shown.encode("latin-1", "replace")
        quoted = shown.replace('"', '\\"') if "\\u" not in shown else shown
        body = json.dumps({"errors": ["#"]}).replace("#", quoted).encode()
        fields = (b"X-Password: " + line, b"Set-Cookie: password=" + line)
        wire.answer(b"400 " + line, *fields, JSON, body=body)


def credentials_shown(name: str, what: str, spelling: Callable[[str], str]) -> None:
    """Make a mode that sends back what a caller proved itself with."""

    @FAMILY.answering(f"credentials-{name}", f"Refuses, and sends the credentials back {what}.")
    def act(wire: Wire) -> None:
        sent = authorization(wire).decode("latin-1")
        shown = spelling(sent).encode("latin-1", "replace").replace(b'"', b"'")
        body = b'{"errors":["%s"]}' % shown
        wire.answer(b"400 No", b"X-Sent: " + shown, JSON, body=body)


for key, (told, spelt) in SPELLINGS.items():
    password_shown(key, told, spelt)
    if key != "in-capitals":
        credentials_shown(key, told, spelt)


@FAMILY.answering()
def redirect_with_the_password(wire: Wire) -> None:
    """Redirects to a URL that has the account's user name and password."""
    user = f"{quote(seed.USERNAME)}:{quote(seed.PASSWORD, safe='')}"
    place = f"https://{user}@elsewhere.example/lure".encode()
    wire.answer(b"307 Elsewhere", b"Location: " + place, JSON, body=b"{}")


@FAMILY.lying
class PasswordInNames(Account):
    """Shows the account's password as the name of each record."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show a record with that name."""
        shown = super().presented(operation, record)
        return {**shown, "name": seed.PASSWORD} if "name" in shown else shown


@FAMILY.lying
class PasswordInIds(Account):
    """Shows ids that begin with the account's password."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show a record under such an id."""
        shown = super().presented(operation, record)
        return {**shown, operation.resource.id_name or "": f"{seed.PASSWORD}{record.id}"}

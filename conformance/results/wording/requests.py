"""Requests and their answers in words: what a plain one has not, the data, and who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from conformance.results.wording.special_fields import special_fields
from conformance.results.wording.texts import MOST_OF_A_TEXT, shortened, with_letters

if TYPE_CHECKING:
    from conformance.wire.exchanges import Exchange
    from conformance.wire.responses import Response

OWN_CALLER = "api"
"""The role of the account's own caller, whose reads look at an outcome."""

_CALLERS: Final = {
    OWN_CALLER: "",
    "courier": "",
    "second session": "",
    "anonymous": ", without credentials",
    "manual digest": ", with an Authorization field made by hand",
    "impostor": ", with a wrong password",
    "stranger": ", with a wrong user name",
    "outsider": ", from an address that is not on the list",
    "plain": ", over plain HTTP",
    "raw": ", written byte by byte",
    "other account": ", as the other account",
}
"""What a role means for a request, as the end of what was asked."""

_WITHOUT: Final = ", without an Authorization field"
"""What is said of callers who write that field by hand where they have left it out."""

MOST_OF_A_BODY = 80
"""Characters of a form that are shown."""


def exchange_in_words(exchange: Exchange) -> str:
    """Return a request and its answer in words."""
    return f"{request_in_words(exchange)}: {answered_in_words(exchange)}"


def request_in_words(exchange: Exchange) -> str:
    """Return a request in words: method and target, what is special of it, and who sends it."""
    parts = urlsplit(exchange.url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    as_whom = _CALLERS.get(exchange.role, f" as {exchange.role}")
    if exchange.role == "manual digest" and not exchange.authorized:
        as_whom = _WITHOUT
    told = [*special_fields(exchange), *_form(exchange)]
    data = f" with {' and '.join(told)}" if told else ""
    version = "" if exchange.version == "HTTP/1.1" else f" by {exchange.version}"
    shown = shortened(with_letters(target), 2 * MOST_OF_A_TEXT)
    return f"{exchange.method} {shown}{version}{data}{as_whom}"


def answered_in_words(exchange: Exchange) -> str:
    """Return what a request was answered, in words."""
    return "no answer" if exchange.response is None else response_in_words(exchange.response)


def response_in_words(response: Response) -> str:
    """Return the status and the media type of a response."""
    kind = response.media_type.rpartition("/")[2].upper()
    return f"{response.status_code}, {shortened(kind)}" if kind else str(response.status_code)


def _form(exchange: Exchange) -> list[str]:
    """Return the short text of a body that was sent; nothing for one that would tell nothing."""
    try:
        text = with_letters(exchange.request_body.decode("utf-8"))
    except UnicodeDecodeError:
        return []
    return [shortened(text, MOST_OF_A_BODY)] if text.strip() and text.isprintable() else []

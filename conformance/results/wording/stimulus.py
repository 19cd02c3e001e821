"""The request of a case that led to what an assertion judges, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from conformance.results.wording.values import request_in_words, response_in_words, shortened
from conformance.wire.exchanges import Exchange
from conformance.wire.responses import Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_OWN = "api"
"""The role of the account's own caller, whose reads look at an outcome."""

_CALLERS: Final = {
    _OWN: "",
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

MOST_OF_A_BODY = 80
"""Characters of a form that are shown."""


@dataclass(frozen=True, slots=True)
class Stimulus:
    """A request and its answer in words; both empty where nothing was sent."""

    request: str = ""
    status: str = ""
    writes: bool = False

    @property
    def answered(self) -> str:
        """The answer, and to what."""
        return f"{self.status} to {self.request}" if self.request else ""


def stimulus_in_words(exchanges: Sequence[Exchange], subjects: Iterable[object]) -> Stimulus:
    """Return the stimulus of a case, whose assertion names certain values."""
    exchange = stimulus_of(exchanges, subjects)
    if exchange is None:
        return Stimulus()
    response = exchange.response
    as_whom = _CALLERS.get(exchange.role, f" as {exchange.role}")
    return Stimulus(
        f"{request_in_words(exchange)}{_form(exchange)}{as_whom}",
        "no answer" if response is None else response_in_words(response),
        writes=not exchange.outgoing.is_safe,
    )


def stimulus_of(exchanges: Sequence[Exchange], subjects: Iterable[object] = ()) -> Exchange | None:
    """Return the exchange that led to what is judged; None where nothing was sent.

    The one whose response the assertion names; else the last that is more than a look at the
    outcome: any but a read of the account itself; else the last.
    """
    by_response = {id(each.response): each for each in exchanges if each.response is not None}
    for subject in subjects:
        for value in _within(subject):
            if isinstance(value, Exchange):
                return value
            if isinstance(value, Response) and id(value) in by_response:
                return by_response[id(value)]
    stimuli = [each for each in exchanges if each.role != _OWN or not each.outgoing.is_safe]
    return next(reversed(stimuli or [*exchanges]), None)


def _within(subject: object) -> Iterable[object]:
    if isinstance(subject, Mapping) and len(subject) == 1:
        return list(subject.values())
    if isinstance(subject, Response | Exchange):
        return [subject]
    return [getattr(subject, name, None) for name in ("exchange", "response")]


def _form(exchange: Exchange) -> str:
    """Return the short text of a body that was sent; "" for one that would tell nothing."""
    try:
        text = exchange.request_body.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return f" with {shortened(text, MOST_OF_A_BODY)}" if text.strip() and text.isprintable() else ""

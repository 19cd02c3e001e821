"""The request of a case that led to what an assertion judges, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_plus

from conformance.results.wording.requests import OWN_CALLER, answered_in_words, request_in_words
from conformance.results.wording.texts import shortened
from conformance.wire.exchanges import Exchange
from conformance.wire.outgoing import READING_METHODS
from conformance.wire.responses import Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from conformance.spec.addressing import Identity

FEW: Final = 5
"""Up to how many answers in a list are looked at, and requests may be what had to be there."""

MOST_MENTIONED: Final = 20
"""The maximum number of texts to look for in requests."""

MOST_OF_A_REQUEST: Final = 190
"""Characters of a request at the end of a sentence."""

_METHOD = "(?:GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE)"
_METHODS: Final = re.compile(rf"\b{_METHOD}s?\b(?:(?:, | and | or ){_METHOD}\b)*")
_NAME_OF_A_FIELD: Final = re.compile(r".|[a-z]+(_[a-z0-9]+)*")
_OF_A_CASE: Final = re.compile(rf"{_METHOD}\b")
_READS: Final = re.compile(r"\b(?:lists?|pages?|reads?|shows?|shown)\b", re.IGNORECASE)
"""Words of a rule's title that are about reading, where it names no method."""


@dataclass(frozen=True, slots=True)
class Stimulus:
    """A request and its answer in words; both empty where nothing was sent.

    It `is_guessed` where neither the assertion nor the rule tells which one it is. Where it is the
    last of several that the rule is about, any of these may be to blame.
    """

    request: str = ""
    status: str = ""
    writes: bool = False
    is_guessed: bool = False
    among: int = 1

    @property
    def of_how_many(self) -> str:
        """Among how many such requests it is the last; "" where it is the only one."""
        return f", the last of {self.among} such requests" if self.among > 1 else ""

    @property
    def short(self) -> str:
        """The request, without its middle where it is long."""
        return shortened(self.request, MOST_OF_A_REQUEST)

    @property
    def answered(self) -> str:
        """The answer, and to what."""
        return f"{self.status} to {self.request}" if self.request else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What tells the stimulus: values that the assertion names, those of the rule, its title.

    `looked_at` is the record that the assertion reads, which is no stimulus; `mentioned` are groups
    of texts that tell it, `pertinent` exchanges that what was compared names.
    """

    subjects: Iterable[object] = ()
    names: Mapping[str, Any]
    title: str = ""
    looked_at: Identity | None = None
    mentioned: Sequence[Sequence[str]] = ()
    pertinent: Sequence[Exchange] = ()

    @property
    def methods(self) -> frozenset[str]:
        """The methods that the rule is about, as its title names them first; none if it does not.

        Of a case that has one method as its parameter, that one. A list that is judged was read.
        """
        texts = (each for each in self.names.values() if isinstance(each, str))
        parameter = next(filter(None, map(_OF_A_CASE.match, texts)), None)
        found = parameter or _METHODS.search(self.title)
        if found is not None:
            return frozenset(re.findall(_METHOD, found[0]))
        is_read = self.looked_at is None and _READS.search(self.title)
        return frozenset({"GET"}) if is_read else frozenset()


def stimulus_in_words(exchanges: Sequence[Exchange], sought: Sought) -> Stimulus:
    """Return the stimulus of a case in words."""
    known = _held(exchanges, sought)
    alike = [] if known else [each for each in exchanges if _is_sought(each, sought)]
    alike = _mentioning(alike, sought.mentioned) or alike
    alike = [each for each in alike if sought.looked_at in each.outgoing.aims] or alike
    found = known or next(reversed(alike), None)
    exchange = found or (stimulus_of(exchanges) if not sought.methods else None)
    if exchange is None:
        return Stimulus()
    return Stimulus(
        request_in_words(exchange),
        answered_in_words(exchange),
        writes=not exchange.outgoing.is_safe,
        is_guessed=found is None,
        among=_run(alike, exchanges),
    )


def _run(alike: Sequence[Exchange], exchanges: Sequence[Exchange]) -> int:
    """Return how many requests one of which is the stimulus were sent one after another, or many.

    A few writes, or reads that other requests stand between, are what had to be there before.
    """
    known = {id(each) for each in alike}
    is_one = [id(each) in known for each in exchanges]
    behind = dropwhile(lambda each: not each, reversed(is_one))
    run = len([*takewhile(bool, behind)])
    is_read = all(each.outgoing.is_safe for each in alike)
    return len(alike) if len(alike) > FEW else run if is_read else 1


def stimulus_of(exchanges: Sequence[Exchange]) -> Exchange | None:
    """Return the exchange that probably led to what is judged; None where nothing was sent.

    The last that is more than a look at the outcome: any but a read of the account itself; else the
    last.
    """
    stimuli = [each for each in exchanges if each.role != OWN_CALLER or not each.outgoing.is_safe]
    return next(reversed(stimuli or [*exchanges]), None)


def _held(exchanges: Sequence[Exchange], sought: Sought) -> Exchange | None:
    """Return the exchange that the assertion names, or that the rule holds; None for neither."""
    by_response = {id(each.response): each for each in exchanges if each.response is not None}
    named = next(_among(sought.subjects, by_response), None)
    if named is not None:
        return named
    told = [
        value.get(key)
        for value in sought.names.values()
        if isinstance(value, Mapping)
        for group in sought.mentioned
        for key in group
    ]
    if known := [*_among(told, by_response), *sought.pertinent]:
        return known[0]
    held = [*_among(sought.names.values(), by_response)]
    of_rule = next(_among([sought.names.get("response")], by_response), None)
    wanted = sought.methods
    is_behind = sought.looked_at is not None and wanted <= READING_METHODS
    if of_rule is not None and (not wanted or is_behind or wanted & of_rule.outgoing.methods):
        return of_rule
    alike = [each for each in held if wanted & each.outgoing.methods] if wanted else held
    return next(reversed(alike), None)


def _is_sought(exchange: Exchange, sought: Sought) -> bool:
    """Tell whether a request is by a method that the rule is about, and no look at an outcome."""
    looks = sought.looked_at in exchange.outgoing.aims and exchange.outgoing.is_safe
    return bool(sought.methods & exchange.outgoing.methods) and not (
        looks and sought.looked_at is not None
    )


def _mentioning(exchanges: Sequence[Exchange], groups: Sequence[Sequence[str]]) -> list[Exchange]:
    """Return the requests that say a text of the first group of which any of them says one.

    The name of a field is no such text: many a request says it.
    """
    telling = [
        [each for each in group if not _NAME_OF_A_FIELD.fullmatch(each)]
        for group in groups[:MOST_MENTIONED]
    ]
    said = [(each, _said(each)) for each in exchanges] if any(telling) else []
    found = (
        [
            each
            for each, all_of_it in said
            if any(text in all_of_it or text in each.request_headers for text in group)
        ]
        for group in telling
    )
    return next(filter(None, found), [])


def _said(exchange: Exchange) -> str:
    """Return what a request says in its URL and its body."""
    body = unquote_plus(exchange.request_body.decode("utf-8", "replace"))
    return f"{unquote_plus(exchange.url)} {body}"


def _among(values: Iterable[object], by_response: Mapping[int, Exchange]) -> Iterator[Exchange]:
    """Give the exchanges that values are, or whose responses they are or have."""
    for subject in values:
        for value in _within(subject):
            if isinstance(value, Exchange):
                yield value
            if isinstance(value, Response) and id(value) in by_response:
                yield by_response[id(value)]


def _within(subject: object) -> Iterable[object]:
    if isinstance(subject, Mapping) and len(subject) == 1:
        return list(subject.values())
    if isinstance(subject, list | tuple) and len(subject) <= FEW:
        return [inner for each in subject for inner in _within(each)]
    if isinstance(subject, Response | Exchange):
        return [subject]
    return [getattr(subject, name, None) for name in ("exchange", "response")]

"""Values of records that the run did not make are hidden: such a record is shown by its id.

A value is the run's if the run sent it, or if it stands in a record that the run has made. All
other values of records of the account are replaced by the kind that they are of: names, addresses,
numbers, tokens. Ids, moments, truth values and what says how a list is paged are nobody's.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_plus

from conformance.spec.resources import CDRS, RESOURCES
from conformance.wire.documents import Unreadable
from conformance.wire.records import ids_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree import ElementTree as ET

    from conformance.results.redaction import Sent
    from conformance.wire.exchanges import Exchange

SHORTEST_IN_TEXT: Final = 4
"""Characters of the shortest value that is looked for outside of bodies."""

FEWEST_DIGITS: Final = 5
"""Digits of the shortest number that may be somebody's."""

_ALL = (*RESOURCES, CDRS)
_ID_FIELDS = frozenset(each.id_field for each in _ALL)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?.*)?|\d\d:\d\d(:\d\d)?")
_OURS = re.compile(r"cf-[0-9a-f]{6,}", re.IGNORECASE)
"""What begins each text that runs make up."""

_FIRST_WORD = re.compile(r"\w+")
_WORD = re.compile(r"\w[\w.+@-]*")
_JSON_TEXT = re.compile(
    r'"(?:[^"\\]|\\.)*"(?P<colon>\s*:)?|(?<=[:\s\[,])-?\d{5,}(?:\.\d+)?(?=[\s,}\]])'
)
"""A text or a long number of JSON; a colon behind it says that it is a name."""

_XML_TEXT = re.compile(r"(?<=>)[^<>]+(?=<)")
_PAIR = re.compile(r'"(\w+)"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?)')

_KINDS: Final = (
    ("e-mail address", re.compile(r"\S+@\S+")),
    ("number", re.compile(r"[+(]?[\d ()/.-]*\d[\d ()/.-]*")),
    ("token", re.compile(r"(?=\S*\d)[A-Za-z0-9+/=_-]{16,}")),
    ("name", re.compile(r"[^\W\d][\w .,'&-]{0,59}")),
)


def placeholder(value: str) -> str:
    """Return what stands for a value: the kind of text that it is."""
    return next((f"[{kind}]" for kind, each in _KINDS if each.fullmatch(value)), "[text]")


class Ownership:
    """Tells the values of the run from those of others, and hides the latter in texts."""

    def __init__(self, sent: Sent) -> None:
        """Take what the run has sent so far, and will send."""
        self._journal = sent
        self._seen = 0
        self._sent: set[str] = set()
        self._own: set[tuple[str, str]] = set()
        self._foreign: set[str] = set()
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._known_records: set[int] = set()

    def in_body(self, body: str) -> str:
        """Return the text of a response's body without values of others, of any length."""
        self._learn()
        if not self._foreign:
            return body
        as_xml = body.lstrip("\ufeff \t\r\n").startswith("<")
        return _XML_TEXT.sub(self._xml_text, body) if as_xml else self._in_json(body)

    def in_text(self, text: str) -> str:
        """Return any other text without values of others that are long enough to be told."""
        self._learn()
        if not self._by_word:
            return text
        parts: list[str] = []
        at = 0
        for word in _WORD.finditer(text):
            if word.start() < at:
                continue
            found = self._value_at(text, word)
            if found:
                parts += [text[at : word.start()], placeholder(found)]
                at = word.start() + len(found)
        return "".join([*parts, text[at:]])

    def _value_at(self, text: str, word: re.Match[str]) -> str:
        """Return the longest value of others that begins with a word, and ends with one."""
        first = _FIRST_WORD.match(word[0])
        known = self._by_word.get(first[0], ()) if first else ()
        for value in sorted(known, key=len, reverse=True):
            end = word.start() + len(value)
            if text.startswith(value, word.start()) and not text[end : end + 1].isalnum():
                return value
        return ""

    def _in_json(self, body: str) -> str:
        def shown(found: re.Match[str]) -> str:
            if found["colon"] or (value := _unquoted(found[0])) not in self._foreign:
                return found[0]
            return f'"{placeholder(value)}"' if found[0].startswith('"') else placeholder(value)

        return _JSON_TEXT.sub(shown, body)

    def _xml_text(self, found: re.Match[str]) -> str:
        value = _without_references(found[0])
        return placeholder(value) if value in self._foreign else found[0]

    def _learn(self) -> None:
        """Take up what was exchanged since the last time, in order: what was known is not made up.

        A value that the run has read before it sent it, to filter a list, is that record's.
        """
        exchanges = self._journal.exchanges
        new = exchanges[self._seen :]
        self._seen = len(exchanges)
        for exchange in new:
            self._sent.update(_values_sent(exchange) - self._foreign)
            self._own.update(_ids_made(exchange))
            for record in _records(exchange):
                self._learn_record(record)
        if new:
            self._by_word.clear()
        for value in self._foreign if new else ():
            first = _FIRST_WORD.match(value)
            if first and len(value) >= SHORTEST_IN_TEXT:
                self._by_word[first[0]].add(value)

    def _learn_record(self, record: Sequence[tuple[str, str]]) -> None:
        """Take up the values of a record; one that was seen before says nothing new."""
        is_own = not self._own.isdisjoint(record[:1])
        known = hash((is_own, *record))
        if known in self._known_records:
            return
        self._known_records.add(known)
        values = {value for name, value in record if _may_be_somebodys(name, value)}
        if is_own:
            self._sent |= values
            self._foreign -= values
        else:
            self._foreign |= values - self._sent


def _values_sent(exchange: Exchange) -> set[str]:
    """Return the texts that a request sends: in its body, its URL and its header fields."""
    in_url = (unquote_plus(each) for each in re.split(r"[/?&=]", exchange.url))
    return {*exchange.outgoing.values.values(), *in_url, *exchange.request_headers.values()}


def _ids_made(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Give the id of the record that a POST has made, with its field."""
    if exchange.method == "POST" and exchange.response is not None and exchange.response.ok:
        path = exchange.url.partition("?")[0].rstrip("/")
        for resource in RESOURCES:
            if path.endswith(f"/{resource.name}"):
                yield from ((resource.id_field, id_) for id_ in ids_in(exchange.response, resource))


def _may_be_somebodys(name: str, value: str) -> bool:
    """Tell whether a value of a field can tell something of somebody."""
    if name.endswith("_id") or not value.strip() or _MOMENT.fullmatch(value) or _OURS.search(value):
        return False
    digits = re.fullmatch(r"-?[\d.]+", value)
    return value.lower() not in _TRUTHS and not (digits and len(value) < FEWEST_DIGITS)


_TRUTHS = frozenset({"true", "false", "yes", "no", "null", "none", "on", "off"})


def _records(exchange: Exchange) -> Iterator[Sequence[tuple[str, str]]]:
    """Give the records in a response, whatever holds them, each as pairs that begin with its id."""
    response = exchange.response
    if response is None or not response.content.strip():
        return
    try:
        if response.looks_like_xml:
            yield from _in_element(response.xml())
        else:
            yield from _in_value(response.json())
    except Unreadable:
        pairs = [(name, _unquoted(value)) for name, value in _PAIR.findall(response.text)]
        yield pairs if _ID_FIELDS.intersection(name for name, _ in pairs) else ()


def _in_value(value: object) -> Iterator[Sequence[tuple[str, str]]]:
    if isinstance(value, list):
        for each in value:
            yield from _in_value(each)
    elif isinstance(value, dict):
        if not _ID_FIELDS.isdisjoint(value):
            yield _id_first([*_leaves(value)])
            return
        for each in value.values():
            yield from _in_value(each)


def _leaves(value: dict[str, object]) -> Iterator[tuple[str, str]]:
    for name, each in value.items():
        if isinstance(each, dict):
            yield from _leaves(each)
        elif isinstance(each, list):
            for member in each:
                yield from _leaves(member if isinstance(member, dict) else {name: member})
        elif isinstance(each, str | int | float) and not isinstance(each, bool):
            yield name, str(each)


def _in_element(element: ET.Element) -> Iterator[Sequence[tuple[str, str]]]:
    if any(child.tag in _ID_FIELDS for child in element):
        yield _id_first([(each.tag, each.text or "") for each in element.iter() if not len(each)])
        return
    for child in element:
        yield from _in_element(child)


def _id_first(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return pairs, first those that may be the record's own id: not the owner's, if another is."""
    own = sorted((each for each in pairs if each[0] in _ID_FIELDS), key=_is_an_owner)
    return [*own[:1], *(each for each in pairs if each not in own)]


def _is_an_owner(pair: tuple[str, str]) -> bool:
    return pair[0] == "customer_id"


def _unquoted(text: str) -> str:
    if "\\" not in text:
        return text.removeprefix('"').removesuffix('"')
    try:
        value = json.loads(text)
    except ValueError:
        return text.strip('"')
    return value if isinstance(value, str) else text


def _without_references(text: str) -> str:
    for name, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(name, char)
    return text

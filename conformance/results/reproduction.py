"""A shell script of curl lines that repeats the exchanges which led to a finding.

The ids of records that the run created are shell variables, set by the lines that create them: so
the script also works once the run's records are gone, and on a server that has just started.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.results.evidence import curl_line
from conformance.spec.resources import RESOURCES
from conformance.wire.records import ids_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.config.target import Target
    from conformance.results.evidence import Redactor
    from conformance.spec.resources import Resource
    from conformance.wire.exchanges import Exchange

_WORD = re.compile(r"'(?:[^']|'\"'\"')*'|\S+")


@dataclass(frozen=True, slots=True)
class _Made:
    """A record, and the POST that created it."""

    resource: Resource
    id: str
    by: Exchange

    @property
    def variable(self) -> str:
        """The shell variable of its id."""
        return f"{self.resource.singular}_{re.sub(r'[^A-Za-z0-9]', '_', self.id)}"

    @property
    def mention(self) -> str:
        """A regular expression for its id in a URL or in a form; the id is group 2."""
        in_path = rf"/{self.resource.name}(?:\.\w+)?/"
        return rf"({in_path}|\b{self.resource.id_field}=)({re.escape(self.id)})(?![\w.-])"

    def is_named_by(self, exchange: Exchange) -> bool:
        """Tell whether a request, other than the one that created it, names the record."""
        text = f"{exchange.url} {exchange.request_body.decode('utf-8', 'replace')}"
        return exchange is not self.by and re.search(self.mention, text) is not None


def script(
    shown: list[Exchange], before: Iterable[Exchange], target: Target, redact: Redactor
) -> list[str]:
    """Return shell lines that repeat exchanges, after those that create the records they name.

    `before` are the exchanges of the run so far, in order.
    """
    made = _made([*before, *shown])
    needed = {id(each) for each in shown}
    for _ in RESOURCES:  # a record may name its owner, as often as there are kinds of them
        steps = [*(each.by for each in made if id(each.by) in needed), *shown]
        needed |= {id(each.by) for each in made if any(each.is_named_by(step) for step in steps)}
    makers = [each.by for each in made if id(each.by) in needed and each.by not in shown]
    used = [each for each in made if id(each.by) in needed]
    return [_line(step, used, target, redact) for step in (*makers, *shown)]


def _made(exchanges: Iterable[Exchange]) -> list[_Made]:
    found: dict[tuple[str, str], _Made] = {}
    for exchange in exchanges:
        if exchange.method != "POST" or exchange.response is None:
            continue
        for resource in RESOURCES:
            if exchange.url.endswith(f"/{resource.name}"):
                for id_ in ids_in(exchange.response, resource)[:1]:
                    found.setdefault((resource.name, id_), _Made(resource, id_, exchange))
    return list(found.values())


def _line(exchange: Exchange, used: list[_Made], target: Target, redact: Redactor) -> str:
    line = curl_line(exchange, target, redact)
    line = _WORD.sub(lambda word: _with_variables(word[0], used), line)
    for record in used:
        if record.by is exchange:
            field = record.resource.id_field
            keep = rf"""sed -nE 's/.*"{field}": *"?([^",}}]+).*/\1/p' | head -1"""
            return f"{record.variable}=$({line.replace('curl -i', 'curl -s', 1)} | {keep})"
    return line


def _with_variables(word: str, used: list[_Made]) -> str:
    """Return a word of a shell line with variables in place of the ids of records."""
    before, after = ("'\"", "\"'") if word.startswith("'") else ("", "")
    for record in used:
        word = re.sub(record.mention, rf"\1{before}${{{record.variable}}}{after}", word)
    return word

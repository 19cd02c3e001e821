"""The records that a run has made, and the variables of a shell that stand for their ids."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.results.shell import Expansion
from conformance.spec.addressing import Identity
from conformance.spec.resources import RESOURCES
from conformance.wire.records import ids_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.results.shell import Part, Word
    from conformance.spec.resources import Resource
    from conformance.wire.exchanges import Exchange


@dataclass(frozen=True, slots=True)
class RecordMade:
    """A record, and the POST that made it."""

    resource: Resource
    id: str
    by: Exchange

    @property
    def variable(self) -> str:
        """The shell's variable for its id."""
        return f"{self.resource.singular}_{re.sub(r'[^A-Za-z0-9]', '_', self.id)}"

    @property
    def mention(self) -> str:
        """A regular expression for what names it in a URL, form or JSON; the id is group 1."""
        in_path = rf"/{self.resource.name}(?:\.\w+)?/"
        in_json = rf'"{self.resource.id_field}": ?"?'
        named = rf"(?:{in_path}|\b{self.resource.id_field}=|{in_json})"
        return rf"{named}({re.escape(self.id)})(?![\w.-])"

    @property
    def identity(self) -> Identity:
        """Its identity; of a sub-resource, with that of the parent that the POST names."""
        parents = [each.parent_id for each in self.by.outgoing.aims if each.parent_id]
        return Identity(self.resource, self.id, parents[0] if parents else None)

    @property
    def was_asked_for(self) -> bool:
        """Whether the POST itself chose the id, which then is the same in each repetition."""
        return self._is_in(self.by)

    def is_named_by(self, exchange: Exchange) -> bool:
        """Tell whether a request other than the one that made it names it."""
        return exchange is not self.by and self._is_in(exchange)

    def _is_in(self, exchange: Exchange) -> bool:
        text = f"{exchange.url} {exchange.request_body.decode('utf-8', 'replace')}"
        if self.id not in text:  # a pattern costs a hundred times as much
            return False
        return re.search(self.mention, text) is not None

    def in_word(self, word: Word) -> Word:
        """Return a word with the variable in place of the id, wherever it names the record."""
        parts: list[Part] = []
        for part in word:
            at = 0
            for found in re.finditer(self.mention, part) if isinstance(part, str) else ():
                parts += [found.string[at : found.start(1)], Expansion(f"${{{self.variable}}}")]
                at = found.end(1)
            parts.append(part[at:] if isinstance(part, str) else part)
        return tuple(parts)


def records_made(exchanges: Iterable[Exchange]) -> list[RecordMade]:
    """Return the records that POSTs among the exchanges have made, with ids of the server's choice.

    They are in order. What has an id that the run chose may be somebody else's in a repetition, so
    that no script deletes it.
    """
    found: dict[tuple[str, str], RecordMade] = {}
    for exchange in exchanges:
        if exchange.method != "POST" or exchange.response is None:
            continue
        for resource in RESOURCES:
            if re.search(rf"/{resource.name}(?:\.\w+)?$", exchange.url.partition("?")[0]):
                for id_ in ids_in(exchange.response, resource)[:1]:
                    made = RecordMade(resource, id_, exchange)
                    found.setdefault((resource.name, id_), made)
    return [each for each in found.values() if each.id and not each.was_asked_for]

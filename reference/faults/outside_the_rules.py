"""Faults with what stands outside: a path of before, a word for a number, an empty document."""

import re

from reference import Request
from reference.faulty import Fault, LetsIn
from reference.records import Record
from reference.representation import Answer


class LeavesTheOldStatisticsPathOpen(LetsIn, breaks="anonymous-base-url-gets-no-data"):
    """Statistics are served without a version, too, as they once were, outside of the guard."""

    def path_segments(self, path: str) -> list[str]:
        """Put the version in front of what has none."""
        segments = super().path_segments(path)
        return [self.versions[0], *segments] if segments[0] == "statistics" else segments

    def is_let_in(self, request: Request) -> bool:
        """Whether the path is the old one."""
        return self.split_target(request.target)[0].startswith("/statistics/")


class CastsTheClassOfSources(Fault, breaks="word-in-place-of-a-number-finds-nothing"):
    """The filter class is compared with a column of numbers: a text is 0, hence every source's."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Cast the text as a database does."""
        if name == "class":
            found = re.match(r"\s*0*([0-9]*)", wanted)
            wanted = (found and found[1]) or "0"
        return super().having(records, name, wanted)


class NamesEmptyXmlAfterNothing(Fault, breaks="xml-of-nothing-by-pattern"):
    """The root of an answer without records is nil-classes: there is no first one to ask."""

    def xml_root(self, answer: Answer) -> str:
        """Name the root after the records."""
        if not answer.content and answer.paging is None:
            return '<nil-classes type="array"/>'
        return super().xml_root(answer)

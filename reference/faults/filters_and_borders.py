"""Faults with what stands beside a filter, at the border of a page, or in an empty list."""

from collections.abc import Mapping, Sequence
from typing import Any

from reference.digest import Credentials
from reference.faulty import Fault
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import CALL_RECORDS, SOURCES, Resource


def name_of(record: Record) -> str:
    """What a list is sorted by."""
    return str(record.values["name"])


def day_of(call: Record) -> str:
    """The day of a call."""
    return str(call.values["start"])[:10]


class TakesTheSchemeFromTheTarget(
    Fault, breaks="plain-http-message-shows-nothing", on_a_socket=True
):
    """Reads the scheme off the request's URL, which the request itself may name in whole."""

    def check_transport(self, request: Request) -> None:
        """A target that begins with https: passes for secure on a plain socket."""
        if not request.target.lower().startswith("https://"):
            super().check_transport(request)


class KeepsTheSecretWithTheNonce(Fault, breaks="used-nonce-opens-no-other-account"):
    """Keeps the secret of a nonce's first user, and checks later users of the nonce against it."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """With a nonce in use, the name can be changed to another account's."""
        kept = self.__dict__.setdefault("kept", {})
        fits = super().response_fits(credentials, method, kept.get(credentials.nonce, secret))
        if fits:
            kept.setdefault(credentials.nonce, secret)
        return fits


class ReadsPutByItsLength(Fault, breaks="put-in-chunks-that-succeeds-is-done", on_a_socket=True):
    """Reads the body of a PUT by Content-Length, so that a chunked one is empty."""

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """The server parses POST itself, a PUT is read by hand."""
        if request.method == "PUT" and request.header("Transfer-Encoding"):
            return {}
        return super().body_parameters(request, resource, method)


class DatesDropTheCustnr(Fault, breaks="filter-holds-beside-a-date"):
    """Has a query of its own for calls between dates, which lacks the filter by custnr."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """With a date, all customers' calls are answered."""
        found = dict(super().filters(operation))
        dated = {"from_date", "to_date"}.intersection(operation.parameters)
        if operation.resource is CALL_RECORDS and dated:
            found.pop("custnr", None)
        return found


class NamesNothingNilClasses(Fault, breaks="xml-of-nothing-has-its-root xml-of-nothing-by-pattern"):
    """Names the XML root after the class of the first record: without one it is nil-classes."""

    def xml_root(self, answer: Answer) -> str:
        """The serializer looks at the records to find a name."""
        if answer.content:
            return super().xml_root(answer)
        return self.xml_tagged("nil-classes", self.xml_content(answer))


class FailsOnARepeatedCustnr(Fault, breaks="odd-questions-cause-no-trouble"):
    """Gets an array where custnr stands twice in a query, calls a string's method on it: 500."""

    def decoded_query(self, query: str) -> Mapping[str, str]:
        """The parser makes an array of a name given twice."""
        names = [part.partition("=")[0] for part in query.split("&")]
        if names.count("custnr") > 1:
            raise Refusal(500, "custnr.trim is not a function")
        return super().decoded_query(query)


class TopPagesComeFromAHeap(Fault, breaks="calls-alike-are-each-on-one-page"):
    """Sorts calls by day alone; pages in the first half of the list have each day backwards."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """Sort by another algorithm when the limit is small."""
        ordered = super().ordered(operation, records)
        if operation.resource is not CALL_RECORDS or self.newest_first(operation):
            return ordered
        end = (self.page(operation.parameters) + 1) * self.pagesize(operation.parameters)
        heap = 2 * end <= len(ordered)
        return sorted(ordered[::-1] if heap else ordered, key=day_of)


class PagesGoByRank(Fault, breaks="every-page-holds-at-most-its-pagesize"):
    """Pages sources by the RANK() of their name: all of one name are on the page of the first."""

    def ordered(self, operation: Operation, records: list[Record]) -> Sequence[Record]:
        """List sources by name."""
        ordered = super().ordered(operation, records)
        return sorted(ordered, key=name_of) if operation.resource is SOURCES else ordered

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Note what is listed."""
        self.__dict__["by_rank"] = operation.resource is SOURCES
        return super().listing(operation, records)

    def items_on_page(self, items: Sequence[Any], page: int, pagesize: int) -> Sequence[Any]:
        """Take those whose rank lies within the page."""
        if not self.__dict__.get("by_rank"):
            return super().items_on_page(items, page, pagesize)
        ranks: dict[str, int] = {}
        for position, each in enumerate(items):
            ranks.setdefault(name_of(each), position)
        return [each for each in items if ranks[name_of(each)] // pagesize == page]


class UpdatesLeaveFilteredLists(Fault, breaks="filtered-list-follows-an-update"):
    """Caches filtered lists of sources until one is created or deleted: a PUT does not count."""

    def perform(self, operation: Operation) -> Answer:
        """Look into the cache before a GET with a filter."""
        cache = self.__dict__.setdefault("cache", {})
        if operation.method in {"POST", "DELETE"}:
            cache.clear()
        filtered = operation.resource is SOURCES and self.filters(operation)
        if operation.method != "GET" or not filtered or operation.record_id is not None:
            return super().perform(operation)
        key = (operation.account, frozenset(operation.parameters.items()))
        if key not in cache:
            cache[key] = super().perform(operation)
        found: Answer = cache[key]
        return found

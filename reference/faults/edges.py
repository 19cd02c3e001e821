"""Faults at the edges of names, numbers, calendars and formats."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import TypeVar
from urllib.parse import unquote

from reference.digest import Credentials, credentials_read
from reference.faulty import Fault, LetsIn
from reference.message import Request
from reference.operation import Operation
from reference.records import Record
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import CUSTOMERS, Resource

GUARDED = {"customers", "sources", "users", "statistics", "recordings", "miscellaneous"}

URI = re.compile(r'(?<=[\s,])uri="([^"]*)"\s*(?:,\s*|$)', re.IGNORECASE)

STOCKHOLM = timezone(timedelta(hours=1))

Item = TypeVar("Item")


class GuardsTheNamesInAsciiOnly(LetsIn, breaks="anonymous-target-gets-no-data"):
    """Routes names as they are in capitals, guards them as they are in ASCII: a long s is an s."""

    def folded(self, segment: str) -> str:
        """A segment as the router compares it."""
        return segment if segment.isascii() else segment.upper().lower()

    def path_segments(self, path: str) -> list[str]:
        """Compare without regard to letter case, as Unicode has it."""
        return [self.folded(segment) for segment in super().path_segments(path)]

    def is_let_in(self, request: Request) -> bool:
        """Guard the names in a list of ASCII words."""
        if request.header("Authorization") is not None:
            return False
        name = unquote(request.target.partition("?")[0]).split("/")[2:3]
        raw = name[0].partition(".")[0] if name else ""
        return raw not in GUARDED and self.folded(raw) in GUARDED


class DigestsTheFirstUriAndComparesTheLast(Fault, breaks="forged-digest-gets-nothing"):
    """Of a uri given twice, digests the first and compares the last with the target."""

    def credentials(self, request: Request) -> Credentials | None:
        """Read the first uri."""
        header = request.header("Authorization") or ""
        found = list(URI.finditer(header))
        if found[1:] == []:
            return super().credentials(request)
        last = found[-1]
        return credentials_read(header[: last.start()] + header[last.end() :])

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Compare the last uri."""
        found = URI.findall(request.header("Authorization") or "")
        if found[1:] == []:
            return super().uri_fits(credentials, request)
        return bool(found[-1] == request.target)


class AppliesTwoFilters(Fault, breaks="third-filter-holds"):
    """Applies two filters at most: the third is left out."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Have an index of two columns."""
        return dict(list(super().filters(operation).items())[:2])


class FailsAtTheEndOfTime(
    Fault, breaks="odd-questions-cause-no-trouble odd-values-of-others-cause-no-trouble"
):
    """Fails on the last hour of the year 9999, which has no local time: the usual 'never'."""

    def moment(self, name: str, text: str) -> datetime:
        """Understand a moment by way of the local time."""
        moment = super().moment(name, text)
        try:
            moment.astimezone(STOCKHOLM)
        except OverflowError:
            raise Refusal(500, "OverflowError: date value out of range") from None
        return moment


class FormatsItsExplanation(Fault, breaks="odd-questions-cause-no-trouble"):
    """Fails on braces in the name of a resource that is not there: it formats them."""

    def unknown_resource(self, names: tuple[str, ...]) -> Resource:
        """Say what is not there."""
        try:
            ("There is no resource " + "/".join(names)).format()
        except (LookupError, ValueError, AttributeError):
            raise Refusal(500, "The explanation could not be formatted") from None
        return super().unknown_resource(names)


class FindsBySlugBeforeId(Fault, breaks="number-like-an-id-hides-no-record"):
    """GET /customers/N answers the customer whose custnr is N, if there is one beside that id."""

    def read(self, operation: Operation) -> Answer:
        """Look for the friendly id first."""
        answer = super().read(operation)
        wanted = operation.ids.get("customer_id")
        if operation.resource is CUSTOMERS and wanted and answer.content:
            friendly = super().having(self.candidates(operation), "custnr", wanted)
            return self.answer(operation, friendly) if friendly else answer
        return answer


class FiltersNumbersWithLike(Fault, breaks="custnr-filter-tells-characters-apart"):
    r"""The filter custnr takes a backslash for an escape: a\b finds ab, and not a\b."""

    def having(self, records: list[Record], name: str, wanted: str) -> list[Record]:
        """Compare with LIKE; percent and low line are escaped, the backslash is not."""
        if name == "custnr":
            wanted = re.sub(r"\\(.)", r"\1", wanted, flags=re.DOTALL)
        return super().having(records, name, wanted)


HALF, WHOLE = 2**31, 2**32


class OverflowsTheOffset(Fault, breaks="page-beyond-any-number-is-empty"):
    """A page whose offset does not fit into 32 bits shows records of the first pages."""

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Multiply as a signed number of 32 bits, and take what is negative for 0."""
        start = max(0, (page * pagesize + HALF) % WHOLE - HALF)
        return items[start : start + pagesize]

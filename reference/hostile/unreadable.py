"""Modes of numbers, moments and places that no program reads without care."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from reference.operation import Operation
from reference.records import Record
from reference.representation import Value
from reference.resources import CUSTOMERS

from .account import Account
from .challenges import with_field
from .framing import JSON
from .mode import Family, Mode
from .unwell import BODY
from .wire import Wire

FAMILY: Final = Family("unreadable")
DIGITS: Final = "9" * 5000
"""More digits than Python converts unless it is told to."""
Said: TypeAlias = Mapping[str, int | str]

PAGING: Final[dict[str, tuple[str, dict[str, int | str]]]] = {
    "numpages-text-of-5000-digits": ("a number of pages of 5,000 digits", {"numpages": DIGITS}),
    "total-text-of-5000-digits": ("a total of 5,000 digits", {"total": DIGITS}),
    "numpages-superscript": ("a number of pages in superior figures", {"numpages": "\u00b2\u00b3"}),
    "total-other-digits": ("a total in Arabic digits", {"total": "\u0661\u0662"}),
}
MOMENTS: Final[dict[str, tuple[str, str]]] = {
    "year-of-20-digits": ("in a year of 20 digits",
                          "Fri, 01 Jan 99999999999999999999 00:00:00 GMT"),
    "zone-of-20-digits": ("in a zone of 20 digits",
                          "Fri, 01 Jan 2027 00:00:00 +99999999999999999999"),
    "year-1": ("before there were years", "Mon, 01 Jan 0001 00:00:00 +2359"),
    "year-9999": ("after there are years", "Fri, 31 Dec 9999 23:59:59 -2359"),
    "year-of-5000-digits": ("in a year of 5,000 digits", f"Fri, 01 Jan {DIGITS} 00:00:00 GMT"),
}  # fmt: skip
PLACES: Final[dict[str, tuple[str, str]]] = {
    "bracket": ("an address that does not end", "https://[/2.4.9/customers/1"),
    "port": ("a port beyond all ports", "https://127.0.0.1:99999999/2.4.9/customers/1"),
    "port-of-5000-digits": ("a port of 5,000 digits", f"https://127.0.0.1:{DIGITS}/customers/1"),
    "host": ("a host name that changes when it is normalised",
             "https://elsewhere.example\uff0fcustomers/1"),
    "zone": ("an address in a zone", "https://[fe80::1%25\x1b[2J]/customers/1"),
}  # fmt: skip
IDS: Final[dict[str, tuple[str, str]]] = {
    "of-5000-digits": ("of 5,000 digits", DIGITS),
    "of-250-digits": ("of 250 digits", "9" * 250),
    "superscript": ("in superior figures", "\u00b2"),
}


def paging(name: str, what: str, said: Said) -> None:
    """Make a mode of what a list says of its pages."""

    class Lying(Account):
        def paging_properties(self, matching: int, shown: int, page: int, pagesize: int) -> Said:
            return {**super().paging_properties(matching, shown, page, pagesize), **said}

    FAMILY.add(Mode(f"paging-{name}", f"Says {what}.", FAMILY.name, account=Lying))


def moment(name: str, what: str, text: str) -> None:
    """Make two modes of a moment: it is busy until then, and it is then."""

    @FAMILY.answering(f"busy-until-{name}", f"Answers 503, come back {what}.")
    def busy(wire: Wire) -> None:
        wire.answer(b"503 Busy", b"Retry-After: " + text.encode(), JSON, body=BODY)

    @FAMILY.answering(f"date-{name}", f"Answers well, {what}.")
    def dated(wire: Wire) -> None:
        fields = [f"{key}: {value}".encode() for key, value in wire.response.headers]
        status = b"%d Dated" % wire.response.status
        date = b"Date: " + text.encode()
        wire.answer(status, *fields, date, body=wire.response.body)


def place(name: str, what: str, url: str) -> None:
    """Make a mode of a Location field."""

    @FAMILY.answering(f"location-{name}", f"Answers well, with a Location of {what}.")
    def act(wire: Wire) -> None:
        wire.response = with_field(wire, "Location", url)
        wire.honest()


def id_(name: str, what: str, value: str) -> None:
    """Make a mode of the id of a record in every list and answer."""

    class Shown(Account):
        def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
            shown = super().presented(operation, record)
            return {**shown, operation.resource.id_name or "": value}

    FAMILY.add(Mode(f"ids-{name}", f"Shows each record under an id {what}.", FAMILY.name,
                    account=Shown))  # fmt: skip


for key, (told, lie) in PAGING.items():
    paging(key, told, lie)
for key, (told, when) in MOMENTS.items():
    moment(key, told, when)
for key, (told, where) in PLACES.items():
    place(key, told, where)
for key, (told, shown_id) in IDS.items():
    id_(key, told, shown_id)


@FAMILY.lying
class CustomFieldTooLong(Account):
    """Shows a custom field whose number has 5,000 digits."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show one more field."""
        shown = super().presented(operation, record)
        return {**shown, f"custom_{DIGITS}": "a"} if operation.resource is CUSTOMERS else shown


@FAMILY.lying
class TimestampsFarAway(Account):
    """Shows moments that no calendar has."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show other moments."""
        shown = super().presented(operation, record)
        moments = dict.fromkeys(
            ("created", "modified", "timestamp", "start"), "0000-00-00 99:99:99"
        )
        return {**shown, **{name: text for name, text in moments.items() if name in shown}}


@FAMILY.lying
class TimestampsTooLong(Account):
    """Shows moments of 5,000 digits."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show other moments."""
        shown = super().presented(operation, record)
        names = ("created", "modified", "timestamp", "start")
        return {**shown, **{name: DIGITS for name in names if name in shown}}


@FAMILY.answering()
def allows_everything(wire: Wire) -> None:
    """Answers 405 with 6,000 methods that are allowed."""
    allowed = b"Allow: GET, " + b", ".join(b"M%d" % turn for turn in range(6000))
    wire.answer(b"405 No", allowed, JSON, body=BODY)

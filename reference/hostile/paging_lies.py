"""Modes of lies about pages: lists that have no end, or no sense."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, TypeVar

from reference.operation import Operation
from reference.records import Record, new_record
from reference.representation import Answer

from .account import Account
from .mode import Family, Mode

FAMILY: Final = Family("paging")
Item = TypeVar("Item")
BILLION: Final = 1_000_000_000
Said: TypeAlias = Mapping[str, int | str]

LIES: Final[dict[str, tuple[str, dict[str, int | str]]]] = {
    "total-negative": ("that there are -1 records", {"total": -1}),
    "total-huge": ("that there are 10^30 records", {"total": 10**30}),
    "total-text": ("a total that is no number", {"total": "plenty"}),
    "numpages-billion": ("that there are a billion pages", {"numpages": BILLION}),
    "numpages-negative": ("that there are -5 pages", {"numpages": -5}),
    "numpages-abc": ("a number of pages that is no number", {"numpages": "abc"}),
    "numpages-of-4000-digits": ("a number of pages of 4,000 digits", {"numpages": int("9" * 4000)}),
    "page-huge": ("that this is page 10^18", {"page": 10**18}),
    "page-text": ("a page that is no number", {"page": "\x1b[2Jfirst"}),
    "pagesize-zero": ("that a page holds nothing", {"pagesize": 0}),
    "pagesize-huge": ("that a page holds 10^18 records", {"pagesize": 10**18}),
    "pagesize-negative": ("that a page holds -1000 records", {"pagesize": -1000}),
    "all-zero": ("that there is nothing, beside what it shows",
                 {"total": 0, "page": 0, "pagesize": 0, "numpages": 0}),
}  # fmt: skip


def lie(name: str, what: str, said: Said) -> None:
    """Make a mode of a lie about pages."""

    class Lying(Account):
        def paging_properties(self, matching: int, shown: int, page: int, pagesize: int) -> Said:
            return {**super().paging_properties(matching, shown, page, pagesize), **said}

    FAMILY.add(Mode(f"paging-{name}", f"Says {what}.", FAMILY.name, account=Lying))


for key, (told, untrue) in LIES.items():
    lie(key, told, untrue)


class Claiming(Account):
    """Claims a billion pages; what is on them, the modes below say."""

    def paging_properties(self, matching: int, shown: int, page: int, pagesize: int) -> Said:
        """Claim more pages than there are."""
        said = super().paging_properties(matching, shown, page, pagesize)
        return {**said, "total": BILLION * pagesize, "numpages": BILLION}


@FAMILY.lying
class PagesAlwaysNew(Claiming):
    """Claims a billion pages, and has a thousand new records for each."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Make the records of whatever page is asked for."""
        if not self.is_paged(operation):
            return super().listing(operation, records)
        page, size = self.page(operation.parameters), self.pagesize(operation.parameters)
        made = [
            new_record(
                operation.resource,
                operation.account,
                str(10**6 + page * size + turn),
                {"name": f"Record {turn}", "custnr": f"n-{page}-{turn}"},
            )
            for turn in range(size)
        ]
        said = self.paging_properties(len(records), len(made), page, size)
        return self.answer(operation, made, said)


@FAMILY.lying
class PagesRepeat(Claiming):
    """Claims a billion pages, and shows the same records on each."""

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Show the first page, whichever is asked for."""
        del page
        return super().items_on_page(items, 0, pagesize)


@FAMILY.lying
class PagesEmpty(Claiming):
    """Claims a billion pages, and shows nothing on any."""

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Show nothing."""
        del page, pagesize
        return items[:0]


@FAMILY.lying
class PagesAlwaysOneMore(Account):
    """Says on each page that there is one more after it."""

    def paging_properties(self, matching: int, shown: int, page: int, pagesize: int) -> Said:
        """Say that there is one more page."""
        said = super().paging_properties(matching, shown, page, pagesize)
        return {**said, "numpages": page + 2, "total": (page + 2) * pagesize}

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Show the last records again and again."""
        return super().items_on_page(items, 0, min(pagesize, page + 1))


@FAMILY.lying
class PagesShrink(Account):
    """Shows one record on a page, whatever size is asked for, and says otherwise."""

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """Show one record."""
        del pagesize
        return items[page : page + 1]

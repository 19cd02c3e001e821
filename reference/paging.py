"""Paging: which part of a list is shown, and what is said about the whole."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from .refusal import Refusal

Item = TypeVar("Item")
DIGITS: Final = 18
"""The most digits that a number may have: no list is longer."""


class Paging:
    """Pages count from 0 and hold `pagesize` records, but for the last one."""

    default_pagesize: int = 1000
    largest_pagesize: int = 1000

    def page(self, parameters: Mapping[str, str]) -> int:
        """The page that is asked for."""
        text = parameters.get("page")
        if text is None:
            return 0
        return int(text) if self.is_number(text) else self.invalid_page(text)

    def pagesize(self, parameters: Mapping[str, str]) -> int:
        """How many records a page is to hold."""
        text = parameters.get("pagesize")
        if text is None:
            return self.default_pagesize
        if self.is_number(text) and 1 <= int(text) <= self.largest_pagesize:
            return int(text)
        return self.invalid_pagesize(text)

    def is_number(self, text: str) -> bool:
        """Whether a text is a number that can be counted to."""
        return text.isascii() and text.isdigit() and len(text) <= DIGITS

    def invalid_page(self, text: str) -> int:
        """Refuse a page that is no number."""
        del text
        raise Refusal(400, "page has to be a number; 0 is the first page")

    def invalid_pagesize(self, text: str) -> int:
        """Refuse a page size that is no number, or out of bounds."""
        del text
        raise Refusal(400, f"pagesize has to be a number from 1 to {self.largest_pagesize}")

    def items_on_page(self, items: Sequence[Item], page: int, pagesize: int) -> Sequence[Item]:
        """The part of a list that a page holds; past the end that is nothing."""
        start = page * pagesize
        return items[start : start + pagesize]

    def total(self, matching: int, shown: int) -> int:
        """The total number of records: all that match, on whatever page."""
        del shown
        return matching

    def number_of_pages(self, matching: int, pagesize: int) -> int:
        """How many pages there are: the last one need not be full, and nothing has no page."""
        return -(-matching // pagesize)

    def paging_properties(
        self, matching: int, shown: int, page: int, pagesize: int
    ) -> Mapping[str, int | str]:
        """What a paged answer says beside the records that it shows of those that match."""
        return {
            "total": self.total(matching, shown),
            "page": page,
            "pagesize": pagesize,
            "numpages": self.number_of_pages(matching, pagesize),
        }

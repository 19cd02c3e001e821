"""The arithmetic of every page that a run was answered: whatever it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from conformance.checks.passive import answered_exchanges
from conformance.spec.paging import LARGEST
from conformance.verdicts import not_applicable
from conformance.wire.documents import Unreadable
from conformance.wire.numbers import whole_number
from conformance.wire.recorder import observed
from conformance.wire.records import ids_by_resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.wire.exchanges import Exchange
    from conformance.wire.journal import Journal

MARK = b'"numpages"'
"""What an answer in JSON has that is a page."""

COUNTED = ("total", "pagesize", "numpages")
"""The properties that have to agree."""


def miscounted_pages(journal: Journal) -> list[tuple[Exchange, str]]:
    """Return the pages whose numpages does not follow from total and pagesize, and how.

    Left out are answers without records, and requests for a page or a page size that is none. Not
    applicable where no page is left.
    """
    found, pages = [], 0
    for exchange, numbers in _pages(journal):
        total, pagesize, numpages = (numbers.get(name) for name in COUNTED)
        if not (total and pagesize and asks_for_a_page(exchange.url)) or numpages is None:
            continue
        pages += 1
        count = -(-total // pagesize)
        if numpages != count:
            counted = f"total {total}, pagesize {pagesize}"
            found.append((exchange, f"{counted}: numpages is {numpages}, not {count}"))
    observed("pages", pages or not_applicable("no answer is a page"))
    return found


def overfull_pages(journal: Journal) -> list[tuple[Exchange, str]]:
    """Return the pages that hold more records than the pagesize that they state, and how many.

    Not applicable where no answer is a page.
    """
    found, pages = [], 0
    for exchange, numbers in _pages(journal):
        pagesize = numbers.get("pagesize")
        if not pagesize:
            continue
        pages += 1
        held = max(map(len, ids_by_resource(exchange.answer).values()), default=0)
        if held > pagesize:
            found.append((exchange, f"pagesize {pagesize}: it holds {held} records"))
    observed("pages", pages or not_applicable("no answer is a page"))
    return found


def _pages(journal: Journal) -> Iterator[tuple[Exchange, dict[str, int | None]]]:
    """Give the successful answers to GET that are pages in JSON, with their counted properties."""
    for exchange in answered_exchanges(journal):
        if exchange.method == "GET" and exchange.answer.ok and (numbers := _numbers(exchange)):
            yield exchange, numbers


def asks_for_a_page(url: str) -> bool:
    """Tell whether a URL asks for a page that may be: by plain numbers, each once, or by none."""
    asked = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    sizes = [value for name, value in asked if name == "pagesize"]
    numbers = [value for name, value in asked if name == "page"]
    plain = all(value.isascii() and value.isdigit() for value in (*sizes, *numbers))
    few = len(sizes) <= 1 and len(numbers) <= 1
    return plain and few and all(1 <= int(value) <= LARGEST for value in sizes)


def _numbers(exchange: Exchange) -> dict[str, int | None]:
    """Return the counted properties of an answer in JSON, as far as they are numbers."""
    if MARK not in exchange.answer.content:
        return {}
    try:
        value = exchange.answer.json()
    except Unreadable:
        return {}
    known = value if isinstance(value, dict) else {}
    return {name: whole_number(known.get(name)) for name in COUNTED}

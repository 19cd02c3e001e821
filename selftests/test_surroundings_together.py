"""Surroundings meet: a gateway before a replica, its form of answers, and how connections end."""

from __future__ import annotations

from functools import partial
from itertools import cycle, product
from typing import TYPE_CHECKING, Final

import pytest
from covertable import make
from running import all_at, suite

from reference.server import Reference
from reference.surroundings import Surrounded, surroundings
from reference.surroundings.together import Together

if TYPE_CHECKING:
    from reference.surroundings import Maker

pytestmark = pytest.mark.whole_run

NOTHING: Final = "nothing"
LAYERS: Final = {
    "connections": (
        NOTHING,
        "closes-after-three-answers",
        "resets-after-five-answers",
        "closes-when-asked-again",
        "closes-after-401",
        "closes-the-idle",
        "tells-who-asks-again",
        "closes-after-writes",
    ),
    "form": (
        NOTHING,
        "small-field-names",
        "folded-fields",
        "many-fields",
        "http10-answers-kept",
        "chunks-with-trailers",
        "interim-103",
        "counts-its-answers",
    ),
    "front": (
        NOTHING,
        "throttles-with-retry-after",
        "sheds-load-with-retry-after",
        "each-fiftieth-is-503",
        "locks-at-the-third",
        "windows-of-403",
        "wants-a-user-agent",
        "offers-upgrades",
    ),
    "data": (
        NOTHING,
        "two-processes",
        "five-processes",
        "replica-50-ms-behind",
        "index-100-ms-behind",
    ),
}
"""What surroundings decide about, from the outside inwards, with some of each."""

PROCESSES: Final = ("two-processes", "five-processes")
CLOSES: Final = frozenset(LAYERS["connections"]) - {NOTHING}
"""What may end a connection right behind a challenge, which other processes do not know.

That can be so, too, where it is closed sooner than a thread gets its turn.
"""

LASTING: Final = (NOTHING, "closes-the-idle-later")
"""What leaves time to answer a challenge over its connection."""

SELECTED: Final = (
    "suites/test_curl.py",
    "suites/test_request_headers.py",
    "suites/security/test_digest.py",
    "suites/security/test_wrong_credentials.py",
    "suites/consuming/test_creating.py",
    "suites/consuming/test_reading_after_writing.py",
    "suites/test_status_codes.py",
)
"""Rules by every kind of caller, with writes and wrong passwords in them."""


def rows() -> list[tuple[str, ...]]:
    """Return combinations such that any two surroundings of different layers meet in one.

    Left out is where a challenge can be answered neither over its connection nor over another one,
    so that nobody is let in for sure.
    """
    data = [each for each in LAYERS["data"] if each not in PROCESSES]
    made = [[row[each] for each in LAYERS] for row in make({**LAYERS, "data": data}, strength=2)]
    beside = [*zip(cycle(LASTING), LAYERS["form"], LAYERS["front"])]
    made += [[*row, process] for process, row in product(PROCESSES, beside)]
    named = [tuple(name for name in row if name != NOTHING) for row in made]
    return [row for row in named if row]


def together(names: tuple[str, ...]) -> Maker:
    """Return what puts these round a server."""
    return partial(Together, makers=[surroundings()[name] for name in names])


@pytest.mark.proof
@pytest.mark.parametrize("names", rows(), ids=" ".join)
def test_a_run_ends_as_it_has_to(names: tuple[str, ...]) -> None:
    """What each of them alone would break is broken, and nothing else."""
    with Surrounded(together(names)) as surrounded:
        assert isinstance(surrounded.surrounding, Together)
        ending = surrounded.surrounding.stated
        outcome = suite(*all_at(surrounded, "--profile=quick", *SELECTED))

    assert outcome.exit_code == ending.exit_code, outcome.output
    assert outcome.rules("failed") == set(ending.broken)
    assert outcome.rules("error") == set()
    assert "Traceback" not in outcome.output
    assert [each for each in ending.words if each not in outcome.everything] == []


@pytest.mark.proof
@pytest.mark.parametrize("closes", sorted(CLOSES))
def test_nobody_is_blamed_where_nobody_is_let_in_for_sure(closes: str) -> None:
    """Where each connection may be the last that knows a nonce, a run is incomplete at worst."""
    with Surrounded(together((closes, "two-processes"))) as surrounded:
        outcome = suite(*all_at(surrounded, "--profile=quick", *SELECTED))

    assert outcome.exit_code in {0, 10, 11}, outcome.output
    assert outcome.rules("failed") == outcome.rules("error") == set()


def test_two_surroundings_cannot_decide_about_one_thing() -> None:
    """A connection is closed after an answer, or after three."""
    names = ("closes-after-each-answer", "closes-after-three-answers")

    with pytest.raises(ValueError, match="both answer"):
        together(names)(Reference())


def test_all_of_them_can_be_combined() -> None:
    """Each row makes a surrounding that has all its parts."""
    made = [(names, together(names)(Reference())) for names in rows()]

    assert [names for names, each in made if len(getattr(each, "parts", ())) != len(names)] == []

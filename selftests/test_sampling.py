"""What a run takes of a space: one member of each stratum, and every pair of dimensions."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import core, settings

from conformance.config import profiles
from conformance.config.sampling import sampled, strength, walks_everything
from conformance.spec.no_ids import fractions, lenient, no_ids, same_number
from conformance.spec.way_combinations import DELETIONS, UPDATES, Deletion, Update, parts, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

STRATA = {"few": ["a", "b"], "many": list("cdefgh"), "none": []}


@pytest.fixture
def thorough() -> Iterator[None]:
    """Have the settings of a thorough run in force."""
    before = settings.get_current_profile_name()
    settings.register_profile("as thorough", max_examples=profiles.EXAMPLES["thorough"])
    settings.load_profile("as thorough")
    yield
    settings.load_profile(before)


def test_one_member_of_each_stratum_is_drawn() -> None:
    """An empty stratum gives nothing; the others give one member each."""
    few, many = sampled(STRATA)

    assert not walks_everything()
    assert few in STRATA["few"]
    assert many in STRATA["many"]


def test_the_seed_alone_decides_what_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same seed draws the same, whatever other strata there are; seeds differ."""
    drawn = []
    for seed in range(20):
        monkeypatch.setattr(core, "global_force_seed", seed)
        drawn.append(sampled({"many": STRATA["many"]}))
        assert sampled(STRATA)[1:] == drawn[-1]

    assert len({each for (each,) in drawn}) > 1


@pytest.mark.usefixtures("thorough")
def test_a_thorough_run_walks_everything() -> None:
    """All members are taken, and every three dimensions are combined."""
    assert sampled(STRATA) == list("abcdefgh")
    assert strength() == 3


@pytest.mark.parametrize("strength_", [2, 3])
def test_a_covering_array_has_every_combination(strength_: int) -> None:
    """So many dimensions of an update have every combination of their values in some row."""
    made = rows(Update, UPDATES, strength_)

    for names in itertools.combinations(UPDATES, strength_):
        seen = {tuple(getattr(row, name) for name in names) for row in made}
        assert seen == set(itertools.product(*(UPDATES[name] for name in names)))


def test_each_part_of_a_way_differs_once_from_the_plain_one() -> None:
    """A way has as many parts as it differs in from the plain way, each the same in one of them."""
    for row in rows(Deletion, DELETIONS, 3):
        differing = [name for name in DELETIONS if getattr(row, name) != getattr(Deletion(), name)]
        assert [
            [name for name in DELETIONS if getattr(part, name) != getattr(Deletion(), name)]
            for part in parts(row)
        ] == [[name] for name in differing]


@pytest.mark.parametrize("id_", ["17", "4294967290", "a1b2-c3", "0d9c2f"])
def test_no_text_is_the_id_itself(id_: str) -> None:
    """Nothing that is called no id is the id, nor a number of the same value."""
    odd = [*no_ids(id_, {"custnr": "x"}).values(), *fractions(id_).values()]
    forgiven = [*same_number(id_).values(), *lenient(id_).values()]

    assert [text for texts in (*odd, *forgiven) for text in texts if text == id_] == []
    assert [
        text for texts in odd for text in texts if text.isdecimal() and text.lstrip("0") == id_
    ] == []

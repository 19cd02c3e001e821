"""The spaces of texts hold what every server can take, and a run walks a part of each."""

from __future__ import annotations

import unicodedata
from types import SimpleNamespace
from typing import Literal

import pytest
from hypothesis import core, settings

from conformance.config import sampling
from conformance.config.sampling import some_of_strata
from conformance.spec.no_ids import no_ids
from strategies.characters import NORMAL_FORMS, character_texts
from strategies.looks import LOOKS

MOST_BYTES = 40
FORMS: tuple[Literal["NFC", "NFD", "NFKC", "NFKD"], ...] = ("NFC", "NFD", "NFKC", "NFKD")
STRATA = {"a": [1, 2, 3], "b": [4, 5, 6], "c": [7, 8, 9], "d": [10, 11, 12]}


@pytest.mark.parametrize("space", [LOOKS, character_texts()], ids=["looks", "characters"])
def test_a_text_is_short_and_has_no_outer_blanks(space: dict[str, tuple[str, ...]]) -> None:
    """None is beyond a documented length, however it is counted; none is trimmed or unwritable."""
    texts = [text for stratum in space.values() for text in stratum]

    assert len(texts) > 150
    assert [text for text in texts if not 0 < len(text.encode()) <= MOST_BYTES] == []
    assert [text for text in texts if text != text.strip()] == []
    assert [
        text for text in texts if any(unicodedata.category(each) == "Cc" for each in text)
    ] == []


def test_a_normal_form_would_change_each_text_of_its_own() -> None:
    """Each text in the table of normal forms is changed by one of them."""
    texts = [text for stratum in NORMAL_FORMS.values() for text in stratum]

    assert [
        text for text in texts if all(unicodedata.normalize(form, text) == text for form in FORMS)
    ] == []


@pytest.mark.parametrize("id_", ["103", "100001", "7", "00000120", "0"])
def test_a_part_of_an_id_is_the_number_of_no_other_record(id_: str) -> None:
    """Where zeros are forgiven, the end of 103 is record 3, which a server may well show."""
    parts = no_ids(id_, {})["cut short"]

    assert [part for part in parts if part != str(int(part)) or part == "0"] == []


def test_a_standard_run_tries_one_of_each_stratum(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal seeds give equal parts, and every stratum has its share."""
    monkeypatch.setattr(core, "global_force_seed", 7)

    part = some_of_strata(STRATA)

    assert sorted(part) == sorted(set(part))
    assert [len(set(part) & set(points)) for points in STRATA.values()] == [1] * len(STRATA)
    assert some_of_strata(STRATA) == part
    assert some_of_strata(STRATA, most=2) == part[:2]


def test_another_seed_or_subject_draws_another_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts differ, so that many runs together walk all there is."""
    parts = []
    for seed in range(20):
        monkeypatch.setattr(core, "global_force_seed", seed)
        parts += [tuple(some_of_strata(STRATA)), tuple(some_of_strata(STRATA, about="users"))]

    assert len(set(parts)) > 30
    assert {point for part in parts for point in part} == set(range(1, 13))


def test_a_thorough_run_tries_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """It walks through the strata in order."""
    thorough = SimpleNamespace(default=settings(max_examples=150))
    monkeypatch.setattr(sampling, "settings", thorough)

    assert some_of_strata(STRATA, most=2) == list(range(1, 13))

"""Texts of every look and every character read back as sent (S26), and are found (S27)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.request_data import require_json_put
from conformance.checks.text_packs import (
    IN_JSON,
    IN_XML,
    Changed,
    changed_in_xml_alone,
    customers_not_found,
    texts_changed,
    texts_changed_in_json,
)
from conformance.clients.once import once_per_run
from conformance.config.sampling import some_of_strata
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.wire.recorder import observed
from strategies.characters import BLANKS, LINE_BREAKS, SCRIPTS, character_texts
from strategies.looks import (
    COMMON_TEXTS,
    CUSTNR_LOOKS,
    CUSTNRS_BEYOND_ASCII,
    LOOKS,
    MIXTURES,
    SHORT_MIXTURES,
)

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

MOST_ELSEWHERE = {GREETINGS: 12, SOURCES: 12, USERS: 8}
"""The number of texts for each resource: about as many as a few PUTs carry."""


@rule("text-of-any-look-comes-back", statements="S26 S12", basis=STATED)
def test_text_of_any_look_comes_back(api: Api) -> None:
    """PUT stores texts that look like numbers, dates, keywords, markup or code as they are.

    They are sent in the text fields of a customer and read in the answer and in XML. A text may be
    refused.
    """
    texts, everywhere = some_of_strata(LOOKS), [*COMMON_TEXTS, *SHORT_MIXTURES]

    changed = texts_changed(api, CUSTOMERS, [*MIXTURES, *texts], everywhere=everywhere)

    assert changed == []


@rule("text-of-any-look-comes-back-elsewhere", statements="S26 S12", basis=STATED)
@pytest.mark.parametrize("resource", [GREETINGS, SOURCES, USERS], ids=str)
def test_text_of_any_look_comes_back_elsewhere(api: Api, resource: Resource) -> None:
    """PUT of a greeting, source or user stores a text of any look as it is, unless refused."""
    texts = some_of_strata(LOOKS, MOST_ELSEWHERE[resource], about=resource)

    changed = texts_changed(api, resource, texts, (IN_JSON, IN_XML), SHORT_MIXTURES)

    assert changed == []


@rule("text-of-any-look-comes-back-from-json", statements="S25 S26", basis=STATED)
def test_text_of_any_look_comes_back_from_json(api: Api) -> None:
    """PUT of JSON stores texts that look like numbers, keywords, markup or code as they are.

    A text may be refused.
    """
    require_json_put(api)

    changed = texts_changed_in_json(api, [*MIXTURES, *COMMON_TEXTS, *SHORT_MIXTURES])

    assert changed == []


@rule("any-character-comes-back", statements="S26", basis=STATED)
def test_any_character_comes_back(api: Api) -> None:
    """PUT stores characters of every class, width and normal form as they are, unless refused.

    Left out are controls and line breaks.
    """
    everywhere, texts = SCRIPTS["typographic"][:1], some_of_strata(character_texts())

    changed = texts_changed(api, CUSTOMERS, texts, everywhere=everywhere)

    assert changed == []


@rule("any-blank-comes-back", statements="S26", basis=INFERRED)
def test_any_blank_comes_back(api: Api) -> None:
    """PUT stores every line break, outer blank and control as it is, unless refused."""
    changed = blanks_changed(api)

    observed("texts", len(BLANKS))
    assert changed == []


@rule("blank-is-the-same-in-xml", statements="S31 S26", basis=STATED)
def test_blank_is_the_same_in_xml(api: Api) -> None:
    """A blank that the answer to PUT shows as sent is in XML, too; line breaks are left out."""
    changed = blanks_changed(api)

    observed("texts", len(BLANKS))
    assert changed_in_xml_alone(changed, but=LINE_BREAKS) == []


@once_per_run
def blanks_changed(api: Api) -> list[Changed]:
    """PUT outer blanks, tabs, line breaks and controls; return those that are not as sent."""
    return texts_changed(api, CUSTOMERS, some_of_strata(BLANKS))


@rule("custnr-of-any-look-is-found", statements="S27 S23", basis=STATED)
@pytest.mark.parametrize("looks", [CUSTNR_LOOKS, CUSTNRS_BEYOND_ASCII], ids=["ASCII", "beyond"])
def test_custnr_of_any_look_is_found(api: Api, looks: dict[str, tuple[str, ...]]) -> None:
    """GET /customers finds a custnr of any look by it, and shows it as it was sent.

    A custnr may be refused, and so may a filter.
    """
    shapes = some_of_strata(looks, most=5)

    missing = customers_not_found(api, shapes)

    assert missing == []

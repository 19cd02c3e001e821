"""Texts stay whole whatever their place in long requests and answers (S26), and long URLs (S27)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.borders import cut_by_chunks, cut_in_requests
from conformance.checks.long_forms import cut_escapes, lost_behind
from conformance.checks.long_lists import cut_in_answers
from conformance.checks.long_urls import found_by_long_url
from conformance.checks.text_packs import fields_for_texts
from conformance.checks.url_parameters import values_unlike
from conformance.config.sampling import some_of_strata
from conformance.rules import STATED, rule
from conformance.spec.addressing import Override
from conformance.spec.resources import RESOURCES
from strategies.sizes import FORM_LENGTHS, LONG_TEXT, OVERRIDING_LENGTHS, URL_LENGTHS

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.raw_http import RawHttp
    from conformance.spec.resources import Resource


@rule("text-is-whole-anywhere-in-a-request", statements="S26 S25", basis=STATED)
def test_text_is_whole_anywhere_in_a_request(api: Api) -> None:
    """PUT of JSON stores characters that lie across powers of two of bytes, unless refused.

    Blanks between the members put them there. Not judged where JSON is not offered.
    """
    changed = cut_in_requests(api)

    assert changed == []


@rule("post-of-a-long-body-is-kept", statements="S11 S26", basis=STATED)
@pytest.mark.parametrize("resource", RESOURCES, ids=str)
def test_post_of_a_long_body_is_kept(api: Api, resource: Resource) -> None:
    """POST with a text in every field, each of 40 bytes beyond ASCII, keeps the record.

    Inconclusive where it is refused; only fields are sent in which PUT stores a text.
    """
    texts = dict.fromkeys(fields_for_texts(api, resource), api.fresh() + LONG_TEXT)

    made = api.create_new(resource, **texts)

    assert values_unlike([api.find(made) or {}], texts) == []


@rule("form-of-any-length-is-read-whole", statements="S04 S12", basis=STATED)
def test_form_of_any_length_is_read_whole(api: Api) -> None:
    """PUT stores a name that stands at the end of a long form, unless the form is refused.

    Not judged where a parameter that the method does not know is refused.
    """
    lengths = some_of_strata(FORM_LENGTHS)

    lost = lost_behind(api, lengths)

    assert lost == []


@rule("long-form-under-an-override-is-read", statements="S04 S12 S54", basis=STATED)
@pytest.mark.parametrize("override", [Override.QUERY, Override.HEADER], ids=str)
def test_long_form_under_an_override_is_read(api: Api, override: Override) -> None:
    """PUT by override stores a name at the end of a long form, unless the form is refused."""
    api.offers.require_override(override)

    lost = lost_behind(api, some_of_strata(OVERRIDING_LENGTHS), override)

    assert lost == []


@rule("encoded-letter-is-whole-in-a-long-form", statements="S04 S26", basis=STATED)
def test_encoded_letter_is_whole_in_a_long_form(api: Api) -> None:
    """PUT of a long form stores texts with encoded letters, wherever a buffer may end.

    Not judged where such letters behind the end of a buffer are not stored.
    """
    changed = cut_escapes(api)

    assert changed == []


@rule("text-is-whole-across-chunks", statements="S26 S25", basis=STATED)
def test_text_is_whole_across_chunks(api: Api, raw_http: RawHttp) -> None:
    """PUT of JSON stores characters whose bytes come in different chunks, unless refused.

    Not judged where a body of plain letters is not taken in chunks either.
    """
    changed = cut_by_chunks(api, raw_http)

    assert changed == {}


@rule("text-is-whole-anywhere-in-an-answer", statements="S26 S31", basis=STATED)
def test_text_is_whole_anywhere_in_an_answer(api: Api) -> None:
    """A long list shows names as stored, in JSON, XML and compressed, wherever a piece may end.

    Not judged where long names of greetings are refused or cut.
    """
    changed = cut_in_answers(api)

    assert changed == []


@rule("url-of-any-length-is-read-whole", statements="S27 S23", basis=STATED)
def test_url_of_any_length_is_read_whole(api: Api) -> None:
    """GET /customers finds by a custnr that stands at the end of a long URL, unless it is refused.

    Not judged where a parameter that the method does not know is refused.
    """
    lengths = some_of_strata(URL_LENGTHS)

    wrong = found_by_long_url(api, lengths)

    assert wrong == {}

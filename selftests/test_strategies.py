"""What strategies draw is within the documented space, or beside it in exactly one respect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.spec.paging import LARGEST
from strategies import customers, invalid, moments, pages, requests, texts
from strategies.invalid import Wrong

if TYPE_CHECKING:
    from conformance.spec.addressing import Request

UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
RIGHT = {"name": "Right", "custnr": "K-1", "email": "right@example.com"}

within = settings(max_examples=100, derandomize=True)


@within
@given(text=st.one_of(texts.texts(60), texts.full_texts(60), customers.names()))
def test_a_text_is_one_that_every_server_has_to_take(text: str) -> None:
    """It is not empty, has no outer blanks or control characters, and is not too long."""
    assert 1 <= len(text) <= texts.units(text) <= 60
    assert text == text.strip()
    assert not UNWRITABLE.search(text)


@within
@given(sent=st.one_of(customers.changes(), customers.full_changes()))
def test_values_keep_to_their_limits(sent: dict[str, str]) -> None:
    """No value is longer than its parameter may be."""
    limits = customers.LENGTHS

    assert [name for name, value in sent.items() if texts.units(value) > limits.get(name, 1)] == []


@within
@given(limit=st.sampled_from([40, 60, 255]), data=st.data())
def test_a_full_text_is_as_long_as_it_may_be(limit: int, data: st.DataObject) -> None:
    """It has exactly as many UTF-16 code units as its limit says."""
    assert texts.units(data.draw(texts.full_texts(limit))) == limit


@within
@given(shape=customers.custnr_shapes())
def test_a_shape_holds_one_number(shape: str) -> None:
    """With a number of ten digits put in, it is no longer than a custnr may be."""
    assert shape.count("{}") == 1
    assert texts.units(shape.replace("{}", "1" * 10)) <= customers.CUSTNR_LENGTH + 5


@within
@given(wrong=invalid.wrongs_of_post())
def test_a_wrong_payload_differs_from_a_right_one(wrong: Wrong) -> None:
    """It is not the right payload, and says in words what is wrong."""
    assert wrong.put_into(RIGHT) != Wrong("nothing").put_into(RIGHT)
    assert repr(wrong).startswith(wrong.what)


@within
@given(wrong=invalid.too_long_value())
def test_too_long_is_so_by_one(wrong: Wrong) -> None:
    """Exactly one character is too many."""
    ((name, value),) = wrong.values.items()

    limit = {**customers.LENGTHS, "custnr": customers.CUSTNR_LENGTH}[name]
    assert len(value) == len(value.encode()) == limit + 1


@within
@given(question=requests.questions())
def test_a_question_only_asks(question: Request) -> None:
    """It is a GET in ASCII that overrides nothing and leaves nothing to a server in front."""
    assert question.method == "GET"
    assert question.path.isascii()
    assert "_method" not in question.path.lower()
    assert "X-HTTP-Method-Override" not in question.options["headers"]
    assert not re.search(r"//|/\.|%2F|#| ", question.path.partition("?")[0], re.IGNORECASE)


@within
@given(body=requests.bodies())
def test_a_body_makes_and_names_no_customer(body: tuple[str, bytes]) -> None:
    """It has no custnr, without which no customer can be made, and no id."""
    names = {name for name, _ in parse_qsl(body[1].decode("latin-1"))}

    assert names & {"custnr", "customer_id", "_method"} == set()
    assert b'"custnr"' not in body[1]


@within
@given(moment=moments.moments(), size=pages.page_sizes())
def test_moments_and_sizes_are_well_formed(moment: str, size: int) -> None:
    """A moment is written as the document's samples are; a size is one that may be asked for."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", moment)
    assert 1 <= size <= LARGEST

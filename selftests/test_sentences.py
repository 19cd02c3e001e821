"""What was expected and what was observed, in the words of HTTP and of the document."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from conformance.checks.violations import json_violation
from conformance.results.wording.assertions import (
    AssertionKind,
    assertion_at,
    assertion_kind,
    assertions_of,
)
from conformance.results.wording.broken import Broken
from conformance.results.wording.differences import Sides, difference
from conformance.results.wording.expressions import words_of
from conformance.results.wording.sentences import WORDINGS, sentences
from conformance.results.wording.texts import LONGEST_SENTENCE
from conformance.results.wording.values import in_words
from conformance.spec.addressing import Identity
from conformance.spec.media_types import FORM_TYPE
from conformance.spec.resources import CUSTOMERS
from conformance.wire.compared import Comparison, Unaccepted
from conformance.wire.exchanges import Exchange
from conformance.wire.responses import Response

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "suites").rglob("*.py"))
ASSERTIONS = [
    pytest.param(each.test, id=f"{path.relative_to(ROOT)}:{each.lineno}")
    for path in MODULES
    for each in assertions_of(path)
]
TITLE = "Some request does something."
OPERATORS = {"==": ast.Eq, "in": ast.In}


def exchange(
    method: str = "DELETE", path: str = "/users/100032", status: int = 200, body: bytes = b""
) -> Exchange:
    """Return an exchange of the account's own caller."""
    response = Response(status, (), b"{}")
    fields = {"Content-Type": FORM_TYPE} if body else {}
    return Exchange("api", method, f"https://host{path}", fields, body, response, 0.0)


def told(  # noqa: PLR0913  (all that is known of an assertion)
    test: str,
    left: object = None,
    right: object = None,
    *,
    operator: str = "==",
    unaccepted: Unaccepted | None = None,
    sent: Exchange | None = None,
    **names: object,
) -> Sides:
    """Return both sentences for an assertion as it is written, with what it compared."""
    return sentences(
        Broken(
            test=ast.parse(test, mode="eval").body,
            title=TITLE,
            names=names,
            comparison=Comparison(operator, left, right),
            unaccepted=unaccepted,
            exchanges=[sent or exchange()],
        )
    )


@pytest.mark.parametrize("test", ASSERTIONS)
def test_every_assertion_of_a_rule_is_of_a_kind_and_has_words(test: ast.expr) -> None:
    """No rule falls back to its source: each has a kind, that a wording, and a subject in words."""
    compared = test.left if isinstance(test, ast.Compare) else test

    assert assertion_kind(test) in WORDINGS
    assert words_of(compared) != "the value"
    assert re.search(r"[(){}\[\]]|==", words_of(compared)) is None


def test_every_kind_has_a_wording() -> None:
    """The table of wordings is complete."""
    assert set(WORDINGS) == set(AssertionKind)


def test_an_assertion_is_found_by_any_of_its_lines() -> None:
    """The line that a traceback names may be within an assertion of several lines."""
    path = MODULES[-1]
    (first, *_) = assertions_of(path)

    assert assertion_at(path, first.end_lineno or 0) is first
    assert assertion_at(path, 1) is None
    assert assertion_at(Path("no such file.py"), 1) is None


def test_a_status_is_told_with_its_request() -> None:
    """A status code that was not expected: those that were, the one that came, and to what."""
    sides = told("response.status_code in REFUSED", 200, {404, 400, 501}, operator="in")

    assert sides.expected == "400, 404 or 501 (Some request does something)"
    assert sides.observed == "200 to DELETE /users/100032"


def test_an_unaccepted_answer_is_told_with_the_accepted_ones() -> None:
    """Where the document leaves a choice, all answers and the question are told."""
    answer = Unaccepted("What is answered?", ("400", "404"), "200")

    sides = told("reading('x').accepts(response.status_code)", unaccepted=answer)

    assert sides.expected.startswith("400 or 404: What is answered?")
    assert sides.observed == "200 to DELETE /users/100032"


def test_a_value_is_told_with_its_field_and_record() -> None:
    """A field is named, with its record and the write that should have set it."""
    made = Identity(CUSTOMERS, "7")
    put = exchange("PUT", "/customers/7", body=b"name=Ada")

    sides = told("api.read(made).get('name') == name", "Eve", "Ada", sent=put, made=made)

    assert sides.expected.startswith("name 'Ada' of customer 7 (")
    assert sides.observed == "name 'Eve' after PUT /customers/7 with name=Ada, answered 200"


@pytest.mark.parametrize(
    ("test", "left", "right", "expected", "observed"),
    [
        ("api.find(made) == before", {"a": 1, "b": 2}, {"a": 1, "b": 3}, "/b 3", "/b 2 after"),
        ("api.find(made) == before", None, {"a": 1}, "customer 7 as before", "is not found"),
        ("api.find(made) is None", {"a": 1}, None, "customer 7 does not exist", "exists after"),
        ("api.holding(CUSTOMERS, 'n', v) == []", [{"customer_id": "9"}], [], "no record", "1 rec"),
        ("page.read('numpages') == count", 2, 3, "numpages 3", "numpages 2"),
        ("wrong == []", ["GET /x: 418, JSON"], [], "Some request", "GET /x: 418, JSON"),
        ("{w: s for w, s in a.items() if s != 404} == {}", {"w": 200}, {}, "Some", "w: 200"),
        ("(one.ok, two) == (True, [])", (True, ["x"]), (True, []), "two: none", "two: too many"),
        ("made.id not in listed", "7", ["7"], "customer 7 not among those listed", "is there"),
        ("len(found) <= 1", 2, 1, "number of found at most 1", "2 after"),
    ],
)  # fmt: skip
def test_each_form_is_told_in_words(
    test: str, left: object, right: object, expected: str, observed: str
) -> None:
    """The difference alone is told, in words, for each kind of assertion."""
    operator = "<=" if "<=" in test else "not in" if "not in" in test else "=="

    sides = told(test, left, right, operator=operator, made=Identity(CUSTOMERS, "7"))

    assert expected in sides.expected
    assert observed in sides.observed


def test_a_long_list_is_told_by_its_difference() -> None:
    """Of two lists: what is missing and what is too many, however long they are."""
    sides = difference([str(each) for each in range(1, 500)], [str(each) for each in range(499)])

    assert sides.observed == "missing: '0', too many: '499'"
    assert sides.expected == "'0' among 499 in all"


def test_long_texts_are_told_where_they_differ() -> None:
    """Of two long texts: the part in which they differ."""
    sides = difference("a" * 300 + "x", "a" * 300 + "y")

    assert "at character 300" in sides.expected
    assert len(sides.observed) < 100


def test_a_nested_difference_has_a_pointer() -> None:
    """A field within others is named by a JSON pointer."""
    assert difference({"a": [{"b": 1}, 2]}, {"a": [{"b": 3}, 2]}) == Sides("/a/0/b 3", "/a/0/b 1")


def test_no_sentence_is_long() -> None:
    """A sentence is bounded, whatever was compared."""
    many = {f"way {each}": "x" * 500 for each in range(500)}

    sides = told("wrong == {}", many, {})

    assert max(len(sides.expected), len(sides.observed)) <= LONGEST_SENTENCE
    assert "more)" in sides.observed


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        (True, "yes"),
        ("", "an empty text"),
        ([], "none"),
        ({"a": 1}, "a: 1"),
        ({3, 1}, "1; 3"),
        (Identity(CUSTOMERS, "7"), "customer 7"),
        (exchange(), "DELETE /users/100032: 200"),
    ],
)
def test_values_are_told_in_words(value: object, words: str) -> None:
    """What Python would write is told in words."""
    assert in_words(value) == words


def test_a_departure_from_a_schema_is_told_without_a_dump() -> None:
    """Of a departure from a schema: the pointer and what is wrong, however large the value is."""
    schema = {"properties": {"a": {"type": "array"}, "b": {"required": ["c"]}, "d": {"enum": [1]}}}
    value = {"a": {"x": "y" * 500}, "b": {}, "d": 2}

    found = {json_violation(each) for each in Draft202012Validator(schema).iter_errors(value)}

    assert found == {
        "/a is an object, not an array",
        "/b lacks c",
        "/d is a number 2, not one of 1",
    }

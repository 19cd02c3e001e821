"""Accounts with rules of their own: what is learned of them, and who is blamed for a refusal."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from running import all_at, suite

from conformance.clients.refusal_words import called_missing, choices_in, demanded, named_in
from conformance.clients.unused_ids import unused_ids
from conformance.spec.resources import CUSTOMERS
from reference.refusal import Refusal
from reference.resources import CUSTOMERS as CUSTOMERS_SERVED
from reference.resources import Field
from reference.server import Reference
from reference.serving import Serving

if TYPE_CHECKING:
    from pathlib import Path

    from reference.operation import Operation
    from reference.representation import Answer, Value

pytestmark = pytest.mark.whole_run

QUOTA = "100 customers at most"
RULES = ("--rule=post-creates-from-form-body", "--rule=put-decodes-the-body-once")


class HasNoRoom(Reference):
    """Refuses each new customer: the account has as many as were bought."""

    def create(self, operation: Operation) -> Answer:
        """Say how many that are."""
        if operation.resource is CUSTOMERS_SERVED:
            raise Refusal(403, QUOTA)
        return super().create(operation)


class TakesLatinOnly(Reference):
    """Refuses characters beyond Latin-1 in any value."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Look for them."""
        if any(ord(each) > 0xFF for each in text):
            raise Refusal(400, "characters that this account does not take")
        return super().value_sent(operation, field, text)


class TakesJsonOnly(Reference):
    """Breaks the document: refuses each form, as if it had not been there."""

    def form_parameters(self, body: bytes) -> dict[str, str]:
        """Read nothing."""
        del body
        return {}


class DemandsABrand(Reference):
    """Demands a custom field, of a value that nobody could guess."""

    def check_mandatory(self, operation: Operation) -> None:
        """Look at it."""
        super().check_mandatory(operation)
        is_new = (operation.resource, operation.method) == (CUSTOMERS_SERVED, "POST")
        if is_new and operation.parameters.get("custom_2") != "brand-7":
            raise Refusal(400, "custom_2 is not a brand of this account")


@pytest.mark.parametrize(
    ("server", "words", "code"),
    [
        (HasNoRoom, QUOTA, 11),
        (TakesLatinOnly, "characters that this account does not take", 0),
        (DemandsABrand, "custom_2 is not a brand of this account", 11),
    ],
)
def test_an_accounts_own_reason_is_told_and_breaks_nothing(
    server: type[Reference], words: str, code: int
) -> None:
    """What it refuses by its own rules is told in its words; which characters, holds up nothing."""
    with Serving(server()) as serving:
        outcome = suite(*all_at(serving), *RULES)

    assert outcome.exit_code == code
    assert outcome.rules("failed", "error") == set()
    assert words in outcome.everything


def test_a_server_that_takes_it_otherwise_is_blamed() -> None:
    """Where the same values are taken as JSON, the refusal of the form is the server's breach."""
    with Serving(TakesJsonOnly()) as serving:
        outcome = suite(*all_at(serving), *RULES)

    assert outcome.exit_code == 1
    assert "post-creates-from-form-body" in outcome.rules("failed")


def test_what_an_account_demands_can_be_claimed(tmp_path: Path) -> None:
    """`claims.required` has the values of new records."""
    file = tmp_path / "target.toml"
    file.write_text('[claims.required.customers]\ncustom_2 = "brand-7"\n', encoding="utf-8")

    with Serving(DemandsABrand()) as serving:
        outcome = suite(*all_at(serving), *RULES, f"--target={file}")

    assert (outcome.exit_code, outcome.rules("passed")) == (
        0,
        {"post-creates-from-form-body", "put-decodes-the-body-once"},
    )


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ('{"errors":["custom_1 is missing"]}', ["custom_1"]),
        ("Please tell an E-Mail address", ["email"]),
        ("A corporate id has to be given", ["corporateid"]),
        ("The field vat_number is mandatory", ["vat_number"]),
        ("The request was invalid", []),
    ],
)
def test_a_refusal_names_what_is_demanded(words: str, fields: list[str]) -> None:
    """In whatever spelling."""
    assert demanded(CUSTOMERS, words) == fields


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        ('{"errors":["custom_5 is one of Firma, Herr, Frau"]}', ["Firma", "Herr", "Frau"]),
        ("custom_5 must be Firma, Herr or Frau", ["Firma", "Herr", "Frau"]),
        ("custom_5 must be one of [Firma|Herr|Frau]", ["Firma", "Herr", "Frau"]),
        ('Custom 5: allowed are "a b" and "c d"', ["a b", "c d"]),
        ("custom_5 is a ZIP code of five digits", ["12345", "1"]),
        ("custom_5 has to have exactly 3 digits", ["123", "12345", "1"]),
        ("custom_5 is invalid", []),
    ],
)
def test_a_refusal_tells_what_a_field_may_hold(words: str, choices: list[str]) -> None:
    """Choices are quoted or listed; digits are as many as the words say."""
    found = choices_in(words, "custom_5")

    assert [each for each in found if each in choices] == choices
    assert bool(found) == bool(choices)


def test_a_field_is_named_as_a_word_of_its_own() -> None:
    """A user name is not the name."""
    assert named_in("username is too long", ["name"]) == []
    assert named_in("the name: too long", ["name"]) == ["name"]


@pytest.mark.parametrize(
    ("words", "is_called"),
    [
        ("name is missing or empty", True),
        ("Missing parameter: custnr", True),
        ("custom_1 is required for this name", False),
        ("100 customers at most", False),
    ],
)
def test_what_was_sent_is_called_missing(words: str, *, is_called: bool) -> None:
    """A server that did not read what was sent gives itself away."""
    assert called_missing(words, {"name": "Ada", "custnr": "1"}) is is_called


@pytest.mark.parametrize(
    ("existing", "form"),
    [
        (["1", "124"], r"100\d{3}"),
        (["9007199254740993017", "9007199254740993018"], r"900719925474109\d{4}"),
        (["4096", "12288", "16384"], r"4096\d{5}"),
        (["6f0c1d52-3a7e-4c1b-9d28-00000000000a"], r"[0-9a-f-]{14}4[0-9a-f]{3}-9[0-9a-f-]{16}"),
        (["65a1b2c3", "65a1b2d4"], r"65a1b2[a-f][0-9]"),
        (["K-00012", "K-00140"], r"K-00\d{3}"),
        ([], r"100003|10000\d"),
    ],
)
def test_an_unused_id_looks_like_those_that_exist(existing: list[str], form: str) -> None:
    """And is none of them."""
    made = list(islice(unused_ids(existing), 5))

    assert [each for each in made if not re.fullmatch(form, each) or each in existing] == []

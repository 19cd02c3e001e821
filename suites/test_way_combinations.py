"""Equal ways can be combined: method, ids, body and answer, each in its own way (S04 to S54)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import way_combinations
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.resources import GREETINGS

if TYPE_CHECKING:
    from conformance.clients.api import Api

pytestmark = pytest.mark.in_turn


@rule("combined-ways-update", statements="S52 S53 S12 S10 S24 S25 S34 S35", basis=STATED)
def test_combined_ways_update(api: Api) -> None:
    """PUT has its effect in each combination of ways that have it one by one.

    The dimensions are the method (native, _method, header field), the place of the ids, the body,
    the representation that is asked for, and the text. A PUT of JSON that is refused explicitly,
    under an override or with its id in the body, is not judged here.
    """
    found = way_combinations.updates(api)

    lost = way_combinations.without_effect(found)

    assert lost == []


@rule("combined-ways-create", statements="S11 S10 S24 S25 S34 S35", basis=STATED)
def test_combined_ways_create(api: Api) -> None:
    """POST of a greeting creates one in each combination of ways that create one by one."""
    api.offers.require(GREETINGS, "POST")
    found = way_combinations.creations(api)

    lost = way_combinations.without_effect(found)

    assert lost == []


@rule("combined-ways-delete", statements="S52 S53 S05 S10 S34 S35", basis=STATED)
def test_combined_ways_delete(api: Api) -> None:
    """DELETE of a greeting has its effect in each combination of ways that have it one by one."""
    api.offers.require(GREETINGS, "DELETE")
    found = way_combinations.deletions(api)

    lost = way_combinations.without_effect(found)

    assert lost == []


@rule("json-under-an-override-is-taken", statements="S54 S25", basis=INFERRED)
def test_json_under_an_override_is_taken(api: Api) -> None:
    """PUT of JSON, where offered, is not refused under an override or with its id in the body."""
    found = way_combinations.updates(api)

    refused = [each for each in found if not each.done and each.is_lawful_refusal]

    assert refused == []


@rule("combined-ways-answer-in-the-type", statements="S34 S35 S54", basis=INFERRED)
def test_combined_ways_answer_in_the_type(api: Api) -> None:
    """PUT is answered in the type that is asked for, in each combination of ways."""
    found = way_combinations.updates(api)

    other = way_combinations.of_another_kind(found)

    assert other == []

"""A greeting names the sources that use it, as they are now (S08, S12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.greeting_users import greetings_used, source_beside_a_namesake, wrong_users
from conformance.rules import STATED, rule
from conformance.spec.resources import GREETINGS

if TYPE_CHECKING:
    from conformance.clients.api import Api


@rule("delete-of-a-namesake-leaves-a-source-its-greeting", statements="S05 S12", basis=STATED)
def test_delete_of_a_namesake_leaves_a_source_its_greeting(api: Api) -> None:
    """DELETE of a greeting leaves a source that uses another one of the same name as it was."""
    form = api.offers.require(GREETINGS, "DELETE")
    source, _, namesake = source_beside_a_namesake(api)
    before = api.read(source)

    api.ask("DELETE", namesake, form)

    assert api.find(source) == before


@rule("greeting-names-its-sources", statements="S08 S12", basis=STATED)
def test_greeting_names_its_sources(api: Api) -> None:
    """GET of a greeting names each source that uses it, and none that uses one of its name.

    So it does after each PUT that has a source use another one. Not applicable where none is named.
    """
    wrong = wrong_users(api)

    assert wrong == []


@rule("source-uses-the-greeting-that-it-names", statements="S12", basis=STATED)
def test_source_uses_the_greeting_that_it_names(api: Api) -> None:
    """PUT of a source with one of two greetings of one name has it use that one.

    Not applicable where a source does not take one greeting after another.
    """
    used = greetings_used(api)

    assert used == []

"""A greeting names the sources that use it, as they are now (S08, S12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.greeting_users import wrong_users
from conformance.rules import STATED, rule

if TYPE_CHECKING:
    from conformance.clients.api import Api


@rule("greeting-names-its-sources", statements="S08 S12", basis=STATED)
def test_greeting_names_its_sources(api: Api) -> None:
    """GET of a greeting names each source that uses it, and none that uses one of its name.

    So it does after each PUT that has a source use another one. Not applicable where none is named.
    """
    wrong = wrong_users(api)

    assert wrong == []

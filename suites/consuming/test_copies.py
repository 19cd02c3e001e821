"""A POST creates, whatever it says of a record that is there (S11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.copies import COPIES
from conformance.rules import STATED, rule
from suites.parameters import each_resource

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource


@rule("post-of-a-copy-leaves-the-original", statements="S11 S14", basis=STATED)
@each_resource
@pytest.mark.parametrize("how", COPIES)
def test_post_of_a_copy_leaves_the_original(api: Api, resource: Resource, how: str) -> None:
    """POST of a copy, with the id of a record among its data or in its query, leaves that record.

    Whether the copy is created or refused is not judged.
    """
    made = api.create(resource)
    before = api.read(made)

    response = api.send(COPIES[how](api, made, before))

    api.ledger.note_answered(response, resource, made.parent_id)
    assert api.find(made) == before

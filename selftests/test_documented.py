"""Which fields of a record are documented, and can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.spec.resources import CDRS, CUSTOMERS, RESOURCES, USERS
from conformance.spec.schemas import documented

if TYPE_CHECKING:
    from conformance.spec.resources import Record, Resource


def test_fields_that_nobody_documents_are_left_out() -> None:
    """A server may have fields of its own: they are not compared."""
    record: Record = {"customer_id": "1", "name": "Ada", "updated_at": "now", "link": None}

    assert documented(CUSTOMERS, record) == {"customer_id": "1", "name": "Ada"}


def test_custom_fields_are_documented_where_they_can_be_defined() -> None:
    """Customers can have any of them, users none."""
    record: Record = {"custom_1": "a", "custom_20": None, "custom_x": "b"}

    assert documented(CUSTOMERS, record) == {"custom_1": "a", "custom_20": None}
    assert documented(USERS, record) == {}


def test_a_parameter_that_became_a_field_is_seen() -> None:
    """An override is no field: where a record has it all the same, a rule has to see it."""
    assert documented(CUSTOMERS, {"_method": "PUT"}) == {"_method": "PUT"}


@pytest.mark.parametrize("resource", [*RESOURCES, CDRS], ids=str)
def test_the_fields_that_tell_a_record_are_documented(resource: Resource) -> None:
    """Ids, and what a sub-resource says of its parent, are among the fields that are kept."""
    fields = {
        resource.id_field,
        resource.parent.id_field if resource.parent else CUSTOMERS.id_field,
    }

    assert set(documented(resource, dict.fromkeys(fields, "1"))) == fields

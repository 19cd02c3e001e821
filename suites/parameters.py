"""The sets of parameters over which rules are parametrised, with one mark for each."""

import pytest

from conformance.checks.two_accounts import DIRECTIONS
from conformance.spec.addressing import Form, Override
from conformance.spec.media_types import JSON, XML
from conformance.spec.resources import CDRS, CUSTOMERS, GREETINGS, RESOURCES, SOURCES

each_resource = pytest.mark.parametrize("resource", RESOURCES, ids=str)
each_resource_and_calls = pytest.mark.parametrize("resource", [*RESOURCES, CDRS], ids=str)
each_described_resource = pytest.mark.parametrize("resource", [CUSTOMERS, GREETINGS], ids=str)
each_resource_with_custom_fields = pytest.mark.parametrize(
    "resource", [CUSTOMERS, SOURCES], ids=str
)
each_paged_resource = pytest.mark.parametrize("resource", [CDRS, CUSTOMERS], ids=str)

each_sample = pytest.mark.parametrize("place", [0, -1], ids=["the first", "the last"])
each_kind = pytest.mark.parametrize("kind", [JSON, XML])
in_both_directions = pytest.mark.parametrize("direction", DIRECTIONS)
each_form = pytest.mark.parametrize("form", Form, ids=str)
each_override = pytest.mark.parametrize("override", Override, ids=str)
each_overriding_way = pytest.mark.parametrize(
    "override", [Override.QUERY, Override.HEADER], ids=str
)

"""JSON and XML carry the same data (S31), in UTF-8 (S26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.alternative_numbers import source_with_numbers
from conformance.checks.answers import question_about
from conformance.checks.encodings import other_than_utf_8
from conformance.checks.links import linked_source
from conformance.checks.passive import answered_exchanges as journalled
from conformance.checks.representations import in_representation
from conformance.checks.same_data import differences
from conformance.rules import STATED, rule
from conformance.spec.media_types import XML
from conformance.spec.resources import CDRS, CUSTOMERS, GREETINGS, RESOURCES, SOURCES

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from conformance.wire.journal import Journal


COMPARED = [
    *((resource, "list") for resource in (*RESOURCES, CDRS)),
    *((resource, "record") for resource in (CUSTOMERS, GREETINGS)),
    *((resource, "filter") for resource in (CUSTOMERS, CDRS)),
]
"""What is compared in both representations; the list of calls on another page if it has one."""


@pytest.mark.quiet
@rule("xml-says-what-json-says", statements="S31", basis=STATED)
@pytest.mark.parametrize(("resource", "place"), COMPARED, ids=str)
def test_xml_says_what_json_says(api: Api, resource: Resource, place: str) -> None:
    """XML has the records, fields and values that JSON has, for one record and for lists.

    null and the empty string are both an empty element. Lists are also compared with a filter and
    on another page.
    """
    question = question_about(api, resource, place)

    different = differences(api, resource, *question)

    assert different == []


@rule("xml-says-what-json-says-of-links", statements="S31", basis=STATED)
@pytest.mark.parametrize("resource", [SOURCES, GREETINGS], ids=str)
def test_xml_says_what_json_says_of_links(api: Api, resource: Resource) -> None:
    """XML has what JSON has of a source that plays a greeting, and of that greeting.

    A list within a record is part of it: its values may have any structure in XML.
    """
    linked = {each.resource: each for each in linked_source(api)}
    api.offers.require_path(linked[resource].path)

    different = differences(api, resource, linked[resource].path)

    assert different == []


@rule("xml-says-what-json-says-of-alternative-numbers", statements="S31", basis=STATED)
def test_xml_says_what_json_says_of_alternative_numbers(api: Api) -> None:
    """XML has the alternative numbers of a source that JSON has, in any structure.

    Not applicable where a source shows none after a POST with two.
    """
    source = source_with_numbers(api)
    api.offers.require_path(source.path)

    different = differences(api, SOURCES, source.path)

    assert different == []


@rule("xml-follows-updates", statements="S31", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, GREETINGS], ids=str)
def test_xml_follows_updates(api: Api, resource: Resource) -> None:
    """After PUT, XML shows the data that JSON shows, even where XML was read before."""
    form = api.offers.require(resource, "PUT")
    made = api.shared_record(resource)
    in_representation(api, XML, resource.collection, made.parameters)

    api.update(made, {"name": api.fresh()}, form)

    assert differences(api, resource, resource.collection, made.parameters) == []


@rule("bodies-are-utf-8", statements="S26", basis=STATED)
@pytest.mark.smoke
@pytest.mark.passive(each_answer=True)
def test_bodies_are_utf_8(journal: Journal) -> None:
    """Every body is UTF-8, and nothing calls it by another encoding.

    A body of nothing but ASCII, which is UTF-8 as well, may be called so.
    """
    judged = [each for each in journalled(journal) if each.answer.content]

    found = [(each, other_than_utf_8(each.answer)) for each in judged]
    assert [(each, problem) for each, problem in found if problem] == []

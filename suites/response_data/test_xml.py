"""XML: the root, the records and their fields (S30)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.answers import question_about
from conformance.checks.passive import answered_exchanges as journalled
from conformance.checks.representations import (
    body_kind,
    in_representation,
    record_elements,
    xml_problem,
    xml_violations,
)
from conformance.clients.capabilities import GENERATED
from conformance.readings import reading
from conformance.rules import INFERRED, SHOWN, STATED, rule
from conformance.spec.media_types import ACCEPT, XML, XML_TYPES
from conformance.spec.resources import CDRS, CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.verdicts import observable_if
from strategies.characters import CONTROL_TEXTS

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource
    from conformance.wire.journal import Journal
    from conformance.wire.responses import Response

IN_XML = {"Accept": ACCEPT[XML]}

SPECIAL = {
    "escapes": "A & B < C > D \"E\" 'F' ]]> å &amp;",
    "a combining sign": "\u0338 A\u0338",
    "patterns": "$$ $& $1 \\1 \\0 %s {0} ${x} $'",
}
"""Names with every character that XML has to escape, with text that looks escaped, and such as a
normal form of the whole or a template would change.
"""


@rule("xml-customers", statements="S30", basis=SHOWN)
@pytest.mark.parametrize("place", ["list", "record", "filter"])
def test_xml_customers(api: Api, place: str) -> None:
    """XML of customers has a root customers, a customer for each record, a child for each field."""
    question = question_about(api, CUSTOMERS, place)

    response = in_representation(api, XML, *question)

    assert xml_violations(response, CUSTOMERS) == []
    assert response.xml().find("customer/customer_id") is not None


@rule("xml-of-nothing-has-its-root", statements="S30 S59", basis=SHOWN)
def test_xml_of_nothing_has_its_root(api: Api) -> None:
    """XML of customers with a filter that finds none has a root customers, if it has any."""
    response = api.get(CUSTOMERS.collection, params={"custnr": api.fresh()}, headers=IN_XML)

    observable_if(response.ok and response.looks_like_xml, "nothing is answered without XML")
    assert response.xml().tag == CUSTOMERS.name


@rule("xml-of-nothing-by-pattern", statements="S30 S59", basis=INFERRED)
@pytest.mark.parametrize("resource", [SOURCES, USERS, CDRS], ids=str)
def test_xml_of_nothing_by_pattern(api: Api, resource: Resource) -> None:
    """XML of what a new customer has none of has the plural name as root, if it has any."""
    owner = {CUSTOMERS.id_field: api.create_new(CUSTOMERS).id}

    response = api.get(resource.collection, params=owner, headers=IN_XML)

    observable_if(response.ok and response.looks_like_xml, "nothing is answered without XML")
    assert response.xml().tag == resource.name


@rule("xml-by-pattern", statements="S30", basis=INFERRED)
@pytest.mark.parametrize("resource", [GREETINGS, SOURCES, USERS, CDRS], ids=str)
def test_xml_by_pattern(api: Api, resource: Resource) -> None:
    """XML of every resource but customers has its plural name as root, one element for a record.

    That element has the singular name, the plural name, item or record.
    """
    path, params = question_about(api, resource, "list")

    response = in_representation(api, XML, path, params)

    names = {each.tag for each in record_elements(response, resource)}
    known = {resource.singular: "its singular", resource.name: "its plural"}
    in_xml = reading("name-of-a-record-in-xml", resource)
    assert response.xml().tag == resource.name
    assert [name for name in names if not in_xml.accepts(known.get(name, name))] == []


@rule("xml-escapes-values", statements="S30 S31", basis=STATED)
@pytest.mark.parametrize("name", SPECIAL.values(), ids=SPECIAL.keys())
def test_xml_escapes_values(api: Api, name: str) -> None:
    """A name with characters that XML has to escape reads the same in XML as in JSON."""
    made = api.shared_record(CUSTOMERS)
    api.update(made, {"name": name})
    expected = str(api.read(made).get("name"))

    alone = in_representation(api, XML, made.path)
    listed = in_representation(api, XML, CUSTOMERS.collection)

    assert xml_problem(listed.content) == ""
    assert [each.findtext("name") for each in record_elements(alone, CUSTOMERS)] == [expected]


@rule("xml-of-controls-is-well-formed", statements="S30 S26", basis=STATED)
@pytest.mark.parametrize("text", CONTROL_TEXTS.values(), ids=CONTROL_TEXTS.keys())
def test_xml_of_controls_is_well_formed(api: Api, text: str) -> None:
    """A name with controls, which may be refused, leaves the XML of its customer well-formed."""
    made = api.shared_record(CUSTOMERS, GENERATED)
    api.put(made.path, data={"name": api.fresh() + text})

    response = in_representation(api, XML, made.path)

    api.put(made.path, data={"name": api.fresh()})
    assert xml_problem(response.content) == ""


@rule("xml-well-formed", statements="S30", basis=STATED)
@pytest.mark.smoke
@pytest.mark.passive(each_answer=True)
def test_xml_well_formed(journal: Journal) -> None:
    """Every body that is declared as XML, or begins like it, is well-formed."""
    judged = [each for each in journalled(journal) if is_meant_as_xml(each.answer)]

    found = [(each, xml_problem(each.answer.content)) for each in judged]
    assert [(each, problem) for each, problem in found if problem] == []


def is_meant_as_xml(response: Response) -> bool:
    """Tell whether a body begins like XML, or is declared as XML and not blank."""
    declared = response.media_type in XML_TYPES and response.content.strip() != b""
    return declared or body_kind(response) == XML

"""A source that is to be active later says so in each reading, however it was told (S12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.text_packs import IN_XML
from conformance.checks.timestamps import instant
from conformance.clients.ways import read_by
from conformance.rules import STATED, rule
from conformance.spec.resources import SOURCES
from conformance.verdicts import applicable_if, observable_if
from conformance.wire.records import record_with_id
from strategies.far_moments import FAR_MOMENTS

if TYPE_CHECKING:
    from conformance.clients.api import Api

TO_COME = FAR_MOMENTS["summer"][0]


@rule("source-to-come-is-listed-as-it-is-read", statements="S06 S07 S12", basis=STATED)
def test_source_to_come_is_listed_as_it_is_read(api: Api) -> None:
    """After PUT of the moment from which a source is active a list shows its status."""
    form, made = api.offers.require(SOURCES, "PUT"), api.create(SOURCES)
    response = api.ask("PUT", made, form, data={"timestamp": TO_COME})
    applicable_if(response.ok, f"it is refused with {response.status_code}")

    read = api.read(made)
    asked = api.get(SOURCES.collection, params={"customer_id": str(read.get("customer_id"))})

    listed = {**read, **(record_with_id(asked, made) or {})}  # a list may tell less
    assert listed.get("status") == read.get("status")


@rule("moment-to-come-is-the-same-in-xml", statements="S31 S46", basis=STATED)
def test_moment_to_come_is_the_same_in_xml(api: Api) -> None:
    """A moment of summer that a source was given is the same in XML as in JSON."""
    form, made = api.offers.require(SOURCES, "PUT"), api.create(SOURCES)
    response = api.ask("PUT", made, form, data={"timestamp": TO_COME})
    applicable_if(response.ok, f"it is refused with {response.status_code}")

    in_xml = read_by(api, made, IN_XML) or {}

    observable_if(in_xml.get("timestamp"), "it is not shown in XML")
    assert instant(in_xml["timestamp"]) == instant(api.read(made).get("timestamp"))


@rule("moment-in-json-is-utc", statements="S25 S46", basis=STATED)
def test_moment_in_json_is_utc(api: Api) -> None:
    """PUT of JSON stores a moment of summer as a form does: in UTC."""
    form, made = api.offers.require(SOURCES, "PUT"), api.create(SOURCES)
    by_form = api.ask("PUT", made, form, data={"timestamp": TO_COME, "name": api.fresh()})
    applicable_if(by_form.ok, f"it is refused with {by_form.status_code}")
    before, name = api.read(made), api.fresh()

    response = api.put(made.path, json={"timestamp": TO_COME, "name": name})

    after = api.read(made)
    applicable_if(response.ok and after.get("name") == name, "JSON is not taken for a source")
    assert instant(after.get("timestamp")) == instant(before.get("timestamp"))

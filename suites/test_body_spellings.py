"""A body means the same in all its legal spellings, and in any order (S04, S24, S25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import body_spellings
from conformance.checks.overrides import require_native_put
from conformance.rules import STATED, rule
from conformance.spec.addressing import Form
from conformance.spec.media_types import FORM_TYPE, JSON_TYPE
from conformance.spec.resources import CUSTOMERS, SOURCES
from conformance.verdicts import applicable_if
from conformance.wire.preparing import encoded

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

ADDRESSES = ("first.last+tag@gmail.com", "o'neil@example.com", "_a-b=c!d@sub.example.com")
"""Addresses of which some layer may take a part for nothing."""


@rule("body-in-any-spelling-is-read", statements="S04 S24 S25", basis=STATED)
@pytest.mark.parametrize(("media_type", "spelling"), body_spellings.SPELLINGS)
def test_body_in_any_spelling_is_read(api: Api, media_type: str, spelling: str) -> None:
    """PUT of a form or of JSON in another legal spelling stores the name, where it succeeds."""
    made, name = (
        body_spellings.customer_for(api, media_type),
        f"{api.fresh()} {body_spellings.TEXT}",
    )
    body = body_spellings.spelled(media_type, spelling, name)

    response = api.put(made.path, data=body, headers={"Content-Type": media_type})

    applicable_if(response.ok, f"it is refused with {response.status_code}")
    assert api.read(made).get("name") == name


@rule("fields-count-wherever-the-id-stands", statements="S04 S10 S12", basis=STATED)
@pytest.mark.parametrize("place", body_spellings.PLACES)
@pytest.mark.parametrize("resource", [CUSTOMERS, SOURCES], ids=str)
def test_fields_count_wherever_the_id_stands(api: Api, resource: Resource, place: str) -> None:
    """PUT of a form stores the fields that stand before its id, and those behind it."""
    made = api.shared_record(resource)
    require_native_put(api, resource, Form.PARAMETERS)
    values = {"name": api.fresh(), "email": f"{api.fresh()}@example.com"}
    body = encoded(body_spellings.PLACES[place](made.parameters, values))

    response = api.put(resource.collection, data=body, headers={"Content-Type": FORM_TYPE})

    stored = api.read(made)
    applicable_if(response.ok, f"it is refused with {response.status_code}")
    assert {name: stored.get(name) for name in values if name in stored} == values


@rule("json-empties-a-field", statements="S25 S12", basis=STATED)
def test_json_empties_a_field(api: Api) -> None:
    """PUT of JSON with an empty e-mail address empties it, where it succeeds."""
    made, email = body_spellings.customer_for(api, JSON_TYPE), f"{api.fresh()}@example.com"
    api.update(made, {"email": email})

    response = api.put(made.path, json={"email": ""})

    applicable_if(response.ok, f"it is refused with {response.status_code}")
    assert api.read(made).get("email") != email


@rule("emptied-field-empties-no-other", statements="S12", basis=STATED)
@pytest.mark.parametrize("emptied", ["email", "corporateid"])
def test_emptied_field_empties_no_other(api: Api, emptied: str) -> None:
    """PUT of an empty text leaves the other values of a customer as they were."""
    made, texts = api.create(CUSTOMERS), {"corporateid": "4711", "receive_monthly_report": "1"}
    filled = api.put(made.path, data={**texts, "email": f"{api.fresh()}@example.com"})
    applicable_if(filled.ok, f"its values are refused with {filled.status_code}")
    before = api.read(made)

    response = api.put(made.path, data={emptied: ""})

    applicable_if(response.ok, f"it is refused with {response.status_code}")
    after, others = api.read(made), sorted({*texts, "email", "name", "custnr"} - {emptied})
    assert [after.get(name) for name in others] == [before.get(name) for name in others]


@rule("address-of-any-look-comes-back", statements="S11 S12 S26", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, SOURCES], ids=str)
@pytest.mark.parametrize("address", ADDRESSES)
def test_address_of_any_look_comes_back(api: Api, resource: Resource, address: str) -> None:
    """PUT of an e-mail address with signs in it stores it as it is, unless refused."""
    form = api.offers.require(resource, "PUT")
    made, email = api.shared_record(resource), f"{api.fresh()}.{address}"

    response = api.ask("PUT", made, form, data={"email": email})

    applicable_if(response.ok, f"it is refused with {response.status_code}")
    assert api.read(made).get("email") == email

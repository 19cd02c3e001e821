"""Header fields that the document does not mention change nothing (S28, S26, S19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import forged_fields, ignored_fields
from conformance.checks.filtered import told_abroad
from conformance.checks.refusals import holds_data
from conformance.readings import reading
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import Override, Request, overridden, request_for
from conformance.spec.ignored_fields import (
    CONDITIONS,
    KEYS_OF_REQUESTS,
    LANGUAGES,
    OF_A_BROWSER,
    OF_A_COOKIE,
    OF_READERS,
    PLAIN,
    RANGE,
    RANGES_OF_ITEMS,
    WITHOUT_CONDITIONS,
)
from conformance.spec.resources import CDRS, CUSTOMERS, GREETINGS, SOURCES
from conformance.spec.status_codes import TROUBLE
from conformance.verdicts import applicable_if
from conformance.wire.records import ids_in, record_with_id

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.clients.raw_http import RawHttp
    from conformance.spec.resources import Resource

OK = 200
UNKNOWN = "/cf-unknown"


@rule("usual-fields-change-no-answer", statements="S28 S06", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, GREETINGS, SOURCES], ids=str)
def test_usual_fields_change_no_answer(api: Api, courier: Client, resource: Resource) -> None:
    """GET of a record with fields that clients and gateways send is answered as without them."""
    made, known = api.shared_record_with_values(resource)

    different = ignored_fields.differing(courier, made, known, OF_READERS)
    abroad = ignored_fields.differing(courier, made, known, LANGUAGES[resource])

    assert different == {}
    assert abroad == {}


@rule("language-changes-no-call", statements="S28 S32", basis=STATED)
@pytest.mark.quiet
@pytest.mark.parametrize("more", [{}, {"extended": "1"}], ids=["plain", "extended"])
def test_language_changes_no_call(api: Api, courier: Client, more: dict[str, str]) -> None:
    """GET of call records by a caller of another language shows them as to everybody else."""
    api.offers.require_path(CDRS.collection)
    params = {"pagesize": "20", **more}
    first = api.get(CDRS.collection, params=params)
    applicable_if(first.ok, "it is refused to everybody")

    abroad = courier.get(CDRS.collection, params=params, headers={"Accept-Language": "sv-SE, sv"})

    different = told_abroad(first, abroad)
    assert different == {}


@rule("usual-fields-change-no-effect", statements="S28 S12 S11", basis=STATED)
def test_usual_fields_change_no_effect(api: Api, courier: Client) -> None:
    """PUT and POST with such fields store what they send and nothing else, and are answered 200."""
    made, name, values = api.shared_record(CUSTOMERS), api.fresh(), api.values(CUSTOMERS)

    put = courier.put(made.path, data={"name": name}, headers=PLAIN)
    posted = courier.post("/customers", data=values, headers=WITHOUT_CONDITIONS)

    api.offers.require_creation(CUSTOMERS)
    created = api.stored(CUSTOMERS, posted, "custnr", values["custnr"])
    changed = api.read(made)
    assert put.status_code == OK
    assert posted.status_code == OK
    assert changed.get("name") == name
    assert [each.get("name") for each in created] == [values["name"]]
    assert [each for each in (changed, *created) if OF_A_COOKIE in str(each)] == []


@rule("unusual-fields-change-no-answer", statements="S28 S06", basis=INFERRED)
def test_unusual_fields_change_no_answer(api: Api, courier: Client) -> None:
    """GET of a customer with fields that gateways take for their own is answered as without."""
    different, _ = ignored_fields.unusually_answered(courier, api)

    assert different == {}


@rule("unusual-fields-select-nothing-else", statements="S28 S06 S45", basis=STATED)
def test_unusual_fields_select_nothing_else(api: Api, courier: Client) -> None:
    """GET of a customer with such fields never returns other data, causes no 500, and no change."""
    different, changed = ignored_fields.unusually_answered(courier, api)

    assert ignored_fields.not_refused(different) == {}
    assert changed == []


@rule("unusual-fields-cut-no-list", statements="S28 S07", basis=STATED)
@pytest.mark.quiet
def test_unusual_fields_cut_no_list(api: Api, courier: Client) -> None:
    """GET of call records with such fields never lists fewer than without, unless it is refused."""
    different = ignored_fields.cut_lists(courier, api)

    assert different == {}


@rule("unusual-fields-change-no-effect", statements="S28 S12", basis=INFERRED)
def test_unusual_fields_change_no_effect(api: Api, courier: Client) -> None:
    """PUT of a customer with such fields stores what it sends."""
    different = ignored_fields.unusually_written(courier, api)

    assert different == {}


@rule("unusual-fields-make-no-other-write", statements="S28 S12 S04", basis=STATED)
def test_unusual_fields_make_no_other_write(api: Api, courier: Client) -> None:
    """PUT of a customer with such fields stores what it sends or nothing, and deletes nothing."""
    different = ignored_fields.unusually_written(courier, api)

    assert ignored_fields.not_kept(different) == {}


@rule("accept-charset-changes-nothing", statements="S26", basis=STATED)
@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16, *;q=0", "windows-1252, utf-8;q=0.1"])
def test_accept_charset_changes_nothing(api: Api, courier: Client, charset: str) -> None:
    """GET with another charset in Accept-Charset returns the same text in UTF-8, or is refused."""
    made, known = ignored_fields.beyond_ascii(api)

    response = courier.get(made.path, headers={"Accept-Charset": charset})

    assert not response.ok or record_with_id(response, made) == known
    assert reading("charset-that-is-not-offered", charset).accepts(response.status_code)


@rule("charset-of-a-type-changes-nothing", statements="S26", basis=STATED)
def test_charset_of_a_type_changes_nothing(api: Api, courier: Client) -> None:
    """GET with a charset behind the type in Accept returns the text in UTF-8, or is refused."""
    name = f"{api.fresh()} Åsa é"
    made = api.create(CUSTOMERS, name=name)

    response = courier.get(made.path, headers={"Accept": "application/json;charset=iso-8859-1"})

    applicable_if(response.ok, f"it is refused with {response.status_code}")
    assert (record_with_id(response, made) or {}).get("name") == name


@rule("range-changes-no-answer", statements="S37 S28", basis=INFERRED)
def test_range_changes_no_answer(api: Api, courier: Client) -> None:
    """GET with a Range is answered 200 with everything, since no listed status is for a part."""
    made, known = ignored_fields.beyond_ascii(api)

    answer = ignored_fields.answer_with(courier, made, known, RANGE)

    assert answer == ignored_fields.SAME


@rule("range-of-records-cuts-no-list", statements="S28 S47", basis=STATED)
@pytest.mark.quiet
@pytest.mark.parametrize("unit", RANGES_OF_ITEMS)
def test_range_of_records_cuts_no_list(api: Api, courier: Client, unit: str) -> None:
    """GET of call records with a Range of the first record is no 200 with fewer than without it."""
    api.offers.require_path(CDRS.collection)
    first = api.get(CDRS.collection)
    applicable_if(len(ids_in(first, CDRS)) > 1, "no list has two call records")

    response = courier.get(CDRS.collection, headers=RANGES_OF_ITEMS[unit])

    assert response.status_code != OK or len(ids_in(response, CDRS)) >= len(ids_in(first, CDRS))


@rule("condition-is-kept-or-ignored", statements="S28 S37", basis=INFERRED)
@pytest.mark.parametrize("condition", CONDITIONS)
def test_condition_is_kept_or_ignored(api: Api, courier: Client, condition: str) -> None:
    """GET with a condition is answered 200 as without it, or as HTTP has it."""
    made, known = ignored_fields.beyond_ascii(api)
    fields = CONDITIONS[condition]

    answer = ignored_fields.answer_with(courier, made, known, fields)

    assert reading("conditions", condition).accepts(answer)


@rule("condition-hides-no-change", statements="S07 S06 S12", basis=STATED)
def test_condition_hides_no_change(api: Api, courier: Client) -> None:
    """GET of a list and of a record since when they were read shows a change made after that."""
    api.offers.require(CUSTOMERS, "PUT")
    made, looks = ignored_fields.looks_before(api, courier)
    name = api.fresh()

    api.update(made, {"name": name})

    hidden = ignored_fields.hidden_by_conditions(api, courier, made, looks, name)
    assert hidden == []


@rule("expected-continue-is-served", statements="S28 S37", basis=STATED)
@pytest.mark.parametrize("override", [Override.NATIVE, Override.HEADER], ids=str)
def test_expected_continue_is_served(api: Api, raw_http: RawHttp, override: Override) -> None:
    """PUT with Expect: 100-continue, as curl sends it for longer bodies, is carried out."""
    made, name = api.shared_record(CUSTOMERS), api.fresh()
    api.offers.require_override(override)
    asked = overridden(request_for("PUT", made, data={"name": name}), override)

    response = raw_http.send(ignored_fields.expecting(asked))

    assert response.status_code == OK
    assert api.read(made).get("name") == name


@rule("expected-continue-creates-one", statements="S28 S11", basis=STATED)
def test_expected_continue_creates_one(api: Api, raw_http: RawHttp) -> None:
    """POST with Expect: 100-continue creates one greeting, as without it."""
    owner = api.shared_record(CUSTOMERS).id
    api.offers.require_creation(GREETINGS)
    values = api.values(GREETINGS, owner)
    asked = Request("POST", GREETINGS.collection, {"data": values})

    response = raw_http.send(ignored_fields.expecting(asked))

    assert response.status_code == OK
    assert len(api.holding(GREETINGS, "name", values["name"], owner)) == 1


@rule("key-of-a-request-hides-no-other", statements="S28 S11", basis=STATED)
def test_key_of_a_request_hides_no_other(api: Api, courier: Client) -> None:
    """A POST with the idempotency key of another, and other values, is refused or creates them."""
    first, second = api.values(CUSTOMERS), api.values(CUSTOMERS)
    headers = dict.fromkeys(KEYS_OF_REQUESTS, api.fresh())
    answered = courier.post(CUSTOMERS.collection, data=first, headers=headers)

    response = courier.post(CUSTOMERS.collection, data=second, headers=headers)

    api.stored(CUSTOMERS, answered, "custnr", first["custnr"])
    applicable_if(response.ok, f"it is refused with {response.status_code}")
    assert api.stored(CUSTOMERS, response, "custnr", second["custnr"])


@rule("browser-is-refused-as-others-are", statements="S28 S39", basis=INFERRED)
def test_browser_is_refused_as_others_are(courier: Client) -> None:
    """GET of an unknown resource, with the fields of a browser, is refused as to any other."""
    plain = courier.get(UNKNOWN)
    applicable_if(not plain.ok, "an unknown resource is not refused")

    by_a_browser = courier.get(UNKNOWN, headers=OF_A_BROWSER)

    assert by_a_browser.status_code == plain.status_code
    assert by_a_browser.media_type == plain.media_type


@rule("forged-fields-let-nobody-in", statements="S19 S21", basis=STATED)
@pytest.mark.parametrize("way", forged_fields.FORGED)
def test_forged_fields_let_nobody_in(anonymous: Client, way: str) -> None:
    """No field that names an address, a user, another URL or another method opens any data."""
    response = forged_fields.forged(anonymous, way)

    assert not holds_data(response)
    assert response.status_code not in TROUBLE


@rule("forged-fields-let-nobody-write", statements="S19 S11", basis=STATED)
@pytest.mark.parametrize("way", ["addresses", "users", "a health check"])
def test_forged_fields_let_nobody_write(api: Api, anonymous: Client, way: str) -> None:
    """POST without credentials, with such fields, creates nothing."""
    values = api.account.values(CUSTOMERS)

    response = forged_fields.forged(anonymous, way, values)

    assert not response.ok
    assert api.holding(CUSTOMERS, "custnr", values["custnr"]) == []

"""No odd way to ask leads past authentication: no method, target, override or claim (S19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import entrances
from conformance.checks.message_forms import anonymous_entries
from conformance.checks.refusals import holds_data
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import Request
from conformance.spec.entrances import METHOD_TOKENS
from conformance.spec.resources import CUSTOMERS, GREETINGS
from suites.parameters import each_sample

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.clients.raw_http import RawHttp
    from conformance.clients.roles import Roles

pytestmark = pytest.mark.offending

OF_METHODS = {"of HTTP": 6, "of extensions": 5, "in other letter case": 5, "of nobody": 3}
MIXED_FORMS = {
    "parent in the path": "/customers/{parent}/voicemail_greetings?vm_greeting_id={id}",
    "parent in the query": "/customers/voicemail_greetings/{id}?customer_id={parent}",
    "no parent": "/customers/voicemail_greetings/{id}",
    "no parent in the query": "/customers/voicemail_greetings?vm_greeting_id={id}",
}
"""Addresses of a greeting that mix the two forms, or leave something out."""

OF_TARGETS = {
    "suffixes": 6,
    "separators": 7,
    "letter case": 2,
    "encodings": 7,
    "letters that fold to others": 3,
    "detours": 5,
    "queries": 4,
}
"""How many requests of each stratum a standard run sends."""


@rule("anonymous-method-gets-nothing", statements="S19 S43", basis=STATED)
@pytest.mark.parametrize("stratum", METHOD_TOKENS)
def test_anonymous_method_gets_nothing(api: Api, anonymous: Client, stratum: str) -> None:
    """Without credentials no method succeeds, returns data, or has an effect, whatever its name.

    OPTIONS may be answered: servers in front of an application tell by it what there is.
    """
    bait, values = entrances.bait(api), api.values(CUSTOMERS)
    asked = entrances.by_method(bait, stratum, values, standard=OF_METHODS[stratum])

    entered = entrances.entries(anonymous, bait.sign, asked)

    made = api.holding(CUSTOMERS, "custnr", values["custnr"])
    assert [each for each in entered if each.shows_data] == []
    assert [each for each in entered if each.succeeded and "OPTIONS" not in each.asked] == []
    assert api.find(bait.identity) == bait.before
    assert entrances.created_by(made, entered) == []


@rule("anonymous-options-is-refused", statements="S19 S43", basis=INFERRED)
def test_anonymous_options_is_refused(api: Api, anonymous: Client) -> None:
    """OPTIONS of a customer without credentials is not answered by a success."""
    asked = Request("OPTIONS", api.shared_record(CUSTOMERS, entrances.BAIT).path, {})

    (entered,) = entrances.entries(anonymous, "", [asked])

    assert not entered.succeeded


@rule("anonymous-target-gets-no-data", statements="S19", basis=STATED)
@pytest.mark.parametrize("stratum", OF_TARGETS)
def test_anonymous_target_gets_no_data(api: Api, anonymous: Client, stratum: str) -> None:
    """GET without credentials returns no data, however the path is spelled or extended."""
    asked = entrances.by_list_target(stratum, standard=OF_TARGETS[stratum])

    entered = entrances.entries(anonymous, entrances.known_sign(api), asked)

    assert [each for each in entered if each.shows_data] == []


@rule("anonymous-mixed-form-gets-no-data", statements="S19 S08 S09", basis=STATED)
@pytest.mark.parametrize("form", MIXED_FORMS.values(), ids=MIXED_FORMS.keys())
def test_anonymous_mixed_form_gets_no_data(api: Api, anonymous: Client, form: str) -> None:
    """Without credentials, GET of a greeting with one id in its path and one in its query fails."""
    known = api.samples.of(GREETINGS)[0]

    response = anonymous.get(form.format(id=known.id, parent=known.parent_id))

    assert not holds_data(response)


@rule("kept-answer-is-not-for-everybody", statements="S19", basis=STATED)
@each_sample
def test_kept_answer_is_not_for_everybody(api: Api, anonymous: Client, place: int) -> None:
    """GET of a greeting without credentials shows nothing after it was shown to somebody else."""
    known = api.samples.of(GREETINGS)[place]
    api.ask("GET", known)

    response = anonymous.get(known.path)

    assert not holds_data(response)


@rule("anonymous-base-url-gets-no-data", statements="S19 S02", basis=STATED)
def test_anonymous_base_url_gets_no_data(api: Api, roles: Roles) -> None:
    """GET of a list without credentials returns no data with any other or without a version."""
    entered = entrances.by_base(roles, entrances.known_sign(api), standard=14)

    assert [each for each in entered if each.shows_data] == []


@rule("anonymous-message-gets-no-data", statements="S19", basis=STATED)
def test_anonymous_message_gets_no_data(api: Api, raw_http: RawHttp) -> None:
    """GET without credentials returns no data, whatever the form of the request line and Host.

    HTTP/1.0 and later versions, with and without Host, a relative or an absolute target.
    """
    sign = entrances.known_sign(api)

    entered = anonymous_entries(raw_http, api.target.base_url, sign)

    assert [each for each in entered if each.shows_data] == []


@rule("anonymous-suffix-gets-nothing", statements="S19 S34", basis=STATED)
def test_anonymous_suffix_gets_nothing(api: Api, anonymous: Client) -> None:
    """HEAD, POST, PUT and DELETE of what has a suffix do not succeed without credentials."""
    bait, values = entrances.bait(api), api.values(CUSTOMERS)

    entered = entrances.entries(anonymous, bait.sign, entrances.by_suffix(bait, values))

    made = api.holding(CUSTOMERS, "custnr", values["custnr"])
    assert [each for each in entered if each.succeeded or each.shows_data] == []
    assert api.find(bait.identity) == bait.before
    assert entrances.created_by(made, entered) == []


@rule("anonymous-target-changes-nothing", statements="S19", basis=STATED)
def test_anonymous_target_changes_nothing(api: Api, anonymous: Client) -> None:
    """PUT and DELETE without credentials change no customer, however its path is spelled."""
    bait = entrances.bait(api)
    asked = entrances.by_record_target(bait, api.fresh(), standard=8)

    entered = entrances.entries(anonymous, bait.sign, asked)

    assert [each for each in entered if each.shows_data] == []
    assert api.find(bait.identity) == bait.before


@rule("anonymous-claim-gets-nothing", statements="S19 S54", basis=STATED)
def test_anonymous_claim_gets_nothing(api: Api, anonymous: Client) -> None:
    """No field that claims an identity or an origin stands in for credentials, with any override.

    Rows of methods, overrides, claims, representations and places are asked for without
    credentials: no response holds data, and the customer stays as it is.
    """
    bait = entrances.bait(api)
    asked = entrances.by_entrance(bait, api.fresh(), standard=14)

    entered = entrances.entries(anonymous, bait.sign, asked)

    assert [each for each in entered if each.shows_data] == []
    assert api.find(bait.identity) == bait.before

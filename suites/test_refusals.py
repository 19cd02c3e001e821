"""Refusals say the same in each type, and suffixes work for each method (S30, S33, S34, S37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import refusal_space
from conformance.checks.answers import locked_greeting
from conformance.checks.passive import answered_exchanges
from conformance.checks.representations import body_kind
from conformance.config.sampling import one_of
from conformance.readings import reading
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.media_types import HTML, JSON, XML
from conformance.spec.resources import GREETINGS

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.wire.journal import Journal

each_cause = pytest.mark.parametrize("cause", refusal_space.CAUSES)


@rule("refusal-has-one-code-in-each-type", statements="S37 S31", basis=STATED)
@each_cause
def test_refusal_has_one_code_in_each_type(api: Api, cause: str) -> None:
    """A request that is refused is refused with the same status, whichever type it asks for."""
    answers = refusal_space.refusals(api, cause)

    statuses = {way: each.status_code for way, each in answers.items()}
    assert statuses == dict.fromkeys(statuses, next(iter(statuses.values())))


@rule("refusal-escapes-what-it-quotes", statements="S30 S29 S39", basis=STATED)
@each_cause
def test_refusal_escapes_what_it_quotes(api: Api, cause: str) -> None:
    """A refusal of values with markup, quotes and controls is well-formed, and they stay text."""
    answers = refusal_space.refusals(api, cause)

    misquoted = {way: refusal_space.misquoted(each) for way, each in answers.items()}
    assert {way: problem for way, problem in misquoted.items() if problem} == {}


@rule("refusal-is-no-xml-unless-asked-for", statements="S33 S39", basis=STATED)
@each_cause
def test_refusal_is_no_xml_unless_asked_for(api: Api, cause: str) -> None:
    """A refusal of a request that does not ask for XML is not written in XML."""
    answers = refusal_space.refusals(api, cause)

    assert [way for way, each in answers.items() if JSON in way and body_kind(each) == XML] == []


@rule("refusal-is-no-json-where-xml-is-asked-for", statements="S34 S35 S39", basis=INFERRED)
@pytest.mark.parametrize("cause", refusal_space.AT_A_RESOURCE)
def test_refusal_is_no_json_where_xml_is_asked_for(api: Api, cause: str) -> None:
    """A resource that refuses a request for XML, by a suffix or Accept, does not do so in JSON."""
    answers = refusal_space.refusals(api, cause)

    assert refusal_space.explained_in_json(answers) == []


@rule("refusal-in-html-escapes-what-it-quotes", statements="S39", basis=INFERRED)
@pytest.mark.passive(each_answer=True)
def test_refusal_in_html_escapes_what_it_quotes(journal: Journal) -> None:
    """No page in HTML has elements that come from a value which was sent."""
    judged = [each for each in answered_exchanges(journal) if body_kind(each.answer) == HTML]

    assert [each for each in judged if f"<{refusal_space.ELEMENT}" in each.answer.text] == []


@rule("suffix-works-for-each-method", statements="S34 S11 S12", basis=STATED)
@pytest.mark.parametrize("way", refusal_space.SUFFIXED_WRITES)
def test_suffix_works_for_each_method(api: Api, way: str) -> None:
    """POST, PUT and DELETE with a suffix are carried out, and answer records in its type."""
    kind = one_of((XML, XML, JSON), way)

    answers, done = refusal_space.written_by_suffix(api, way, kind)

    statuses = " and ".join(str(each.status_code) for each in answers)
    told = f"with a suffix for {kind} is answered {statuses}, and has no effect"
    undone = [way] * (not done)
    assert [f"{each} {told}" for each in undone] == []
    assert refusal_space.other_type(answers, kind) == []


@rule("locked-greeting-is-refused", statements="S41", basis=INFERRED)
def test_locked_greeting_is_refused(api: Api) -> None:
    """PUT of a locked greeting, with the name that it already has, is answered 400, 403 or 404."""
    api.offers.require(GREETINGS, "PUT")
    locked, name = locked_greeting(api)

    response = api.put(locked.path, data={"name": name})

    assert reading("locked-greeting").accepts(response.status_code)

"""Response codes: success, refusals, server errors (S37 to S41, S45), and the errors key (S57)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.answers import summary_for
from conformance.checks.odd_requests import (
    ODD_BODIED,
    ODD_CUSTOMERS,
    ODD_GETS,
    ODD_METHODS,
    ODD_VALUES_OF,
    aimed,
    odd_write,
    sent,
)
from conformance.checks.passive import (
    accepts_a_type,
    answered_exchanges,
    answered_in_place,
    left_unauthorized,
    refuses_its_size,
    tells_of_trouble,
)
from conformance.checks.representations import error_problem
from conformance.checks.unanswered import never_answered
from conformance.readings import reading
from conformance.rules import INFERRED, RELIED_ON, STATED, rule
from conformance.spec.addressing import Options, Request, parent_parameters, request_for
from conformance.spec.resources import CDRS, CUSTOMERS, GREETINGS
from conformance.spec.status_codes import EXPLAINED, LISTED, TROUBLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Resource
    from conformance.wire.journal import Journal

FOREIGN_GETS: dict[str, Callable[[Identity], tuple[str, dict[str, str]]]] = {
    "by path": lambda theirs: (theirs.path, {}),
    "by parameter": lambda theirs: ("/customers", theirs.parameters),
    "as XML": lambda theirs: (f"/customers.xml/{theirs.id}", {}),
    "greetings by path": lambda theirs: (f"{theirs.path}/{GREETINGS.name}", {}),
    "greetings by parameter": lambda theirs: (GREETINGS.collection, theirs.parameters),
    "calls": lambda theirs: (CDRS.path, theirs.parameters),
}
"""The path and the parameters of GETs of what a foreign customer has."""

INVALID = 400
OTHER_SUCCESSES = range(201, 400)
"""Status codes of HTTP that refuse nothing, and are not listed."""
SAYING_NOTHING = (b"", b"{}", b"[]", b"null")
"""Bodies that explain nothing."""


@rule("only-listed-status-codes", statements="S37", basis=STATED)
@pytest.mark.smoke
@pytest.mark.passive(each_answer=True)
def test_only_listed_status_codes(journal: Journal) -> None:
    """Every response has one of the nine status codes that the document lists.

    Left out are requests whose Accept field names neither JSON nor XML, and large ones that are
    refused for their size.
    """
    judged = [
        each
        for each in answered_in_place(journal)
        if accepts_a_type(each) and not refuses_its_size(each)
    ]

    assert [each for each in judged if each.answer.status_code not in LISTED] == []


@rule("each-request-is-answered", statements="S37 S45", basis=STATED)
@pytest.mark.smoke
@pytest.mark.passive(each_answer=True)
def test_each_request_is_answered(journal: Journal) -> None:
    """No plain request of the right caller has the connection closed instead, each time it comes.

    Plain are moderate requests with usual header fields and no odd characters in their target.
    """
    assert never_answered(journal) == []


@rule("success-is-200", statements="S38", basis=STATED)
@pytest.mark.smoke
@pytest.mark.passive(each_answer=True)
def test_success_is_200(journal: Journal) -> None:
    """Every response with a 2xx or 3xx status is 200."""
    judged = answered_in_place(journal)

    assert [each for each in judged if each.answer.status_code in OTHER_SUCCESSES] == []


@rule("each-method-succeeds-with-200", statements="S38", basis=STATED)
def test_each_method_succeeds_with_200(api: Api) -> None:
    """GET, POST, PUT and DELETE are answered 200; a PUT that changes nothing may be refused."""
    form = api.offers.require(GREETINGS, "DELETE")
    values, name = api.values(CUSTOMERS), {"name": api.fresh()}
    posted = api.post("/customers", data=values)
    made = api.created(CUSTOMERS, posted, values)

    done = [posted, api.get(made.path), api.update(made, name)]
    done.append(api.ask("DELETE", api.create(GREETINGS, made.id), form))
    unchanged = api.put(made.path, data=name)
    assert [response.status_code for response in done] == [200] * 4
    assert reading("put-without-changes").accepts(unchanged.status_code)


@rule("missing-name-is-400", statements="S39", basis=RELIED_ON)
@pytest.mark.parametrize(
    ("left_out", "known_by"), [("name", "custnr"), ("custnr", "name")], ids=["name", "custnr"]
)
def test_missing_name_is_400(api: Api, left_out: str, known_by: str) -> None:
    """POST /customers without name or without custnr is answered 400 and creates nothing."""
    api.offers.require_creation(CUSTOMERS)
    values = api.values(CUSTOMERS)
    less = {field: value for field, value in values.items() if field != left_out}

    response = api.post("/customers", data=less)

    assert response.status_code == INVALID
    assert api.stored(CUSTOMERS, response, known_by, less[known_by]) == []


@rule("broken-json-is-400", statements="S39", basis=INFERRED)
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_broken_json_is_400(api: Api, method: str) -> None:
    """POST and PUT with a JSON body that ends too early are answered 400."""
    path = request_for(method, api.shared_record(CUSTOMERS)).path

    response = api.request(
        method, path, data=b'{"name": "cf', headers={"Content-Type": "application/json"}
    )

    assert response.status_code == INVALID


@rule("writes-without-an-id-are-refused", statements="S39", basis=RELIED_ON)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_writes_without_an_id_are_refused(api: Api, method: str) -> None:
    """PUT and DELETE of greetings without an id are answered 400, 405 or 501 and delete none."""
    api.offers.require(GREETINGS, method)
    made, _ = api.shared_record_with_values(GREETINGS)
    parent = parent_parameters(GREETINGS, made.parent_id)
    without_id = {"PUT": Options(data={**parent, "name": "cf"}), "DELETE": Options(params=parent)}

    response = api.request(method, GREETINGS.collection, **without_id[method])

    assert reading("write-without-an-id", method).accepts(response.status_code)
    assert api.find(made) is not None


@rule("refusals-are-explained", statements="S39 S41", basis=INFERRED)
@pytest.mark.passive
def test_refusals_are_explained(journal: Journal) -> None:
    """At least half of all 400 and 403 responses have a body that is not empty."""
    refused = [each for each in answered_exchanges(journal) if each.answer.status_code in EXPLAINED]

    silent = [each for each in refused if each.answer.content.strip() in SAYING_NOTHING]

    assert len(silent) * 2 <= len(refused)


@rule("errors-is-a-list", statements="S57", basis=RELIED_ON)
@pytest.mark.passive(each_answer=True)
def test_errors_is_a_list(journal: Journal) -> None:
    """A refusal in JSON is an object whose key errors holds an array that is not empty.

    Left out are 401 responses and bodies that are empty, null or not JSON.
    """
    judged = [
        each
        for each in answered_exchanges(journal)
        if each.answer.status_code in LISTED - {200, 401}
    ]

    found = [(each, error_problem(each.answer)) for each in judged]
    assert [(each, problem) for each, problem in found if problem] == []


@rule("right-caller-is-not-401", statements="S40", basis=STATED)
@pytest.mark.smoke
@pytest.mark.passive(each_answer=True)
def test_right_caller_is_not_401(journal: Journal) -> None:
    """No request with the right credentials from a permitted address ends with 401.

    This includes requests that are wrong in another way. A 401 that asks for another nonce does not
    count, nor do URLs that a server in front may rewrite.
    """
    assert left_unauthorized(journal) == []


@rule("foreign-record-is-refused", statements="S41", basis=INFERRED)
@pytest.mark.parametrize("way", FOREIGN_GETS)
def test_foreign_record_is_refused(api: Api, way: str) -> None:
    """GET of another account's customer or its data is answered 403, 404 or 200 without it."""
    theirs = api.samples.foreign_customer()
    path, params = FOREIGN_GETS[way](theirs)

    response = api.get(path, params=params)

    assert reading("foreign-record-in-a-get", way).accepts(summary_for(response, theirs))


@rule("foreign-record-is-not-written", statements="S41", basis=INFERRED)
def test_foreign_record_is_not_written(api: Api) -> None:
    """PUT with an empty body to another account's customer is answered 400, 403 or 404.

    The body is empty so that nothing can be changed.
    """
    theirs = api.samples.foreign_customer()

    response = api.put(theirs.path, data=b"")

    assert reading("foreign-record-in-a-put").accepts(response.status_code)


@rule("nothing-causes-a-500", statements="S45", basis=STATED)
@pytest.mark.smoke
@pytest.mark.passive(each_answer=True)
def test_nothing_causes_a_500(journal: Journal) -> None:
    """No request of the whole run over HTTPS is answered 500, 502, 504 or 505.

    Left out is 505 where the request line has another version of HTTP than 1.0 and 1.1.
    """
    judged = answered_exchanges(journal, role=None)

    assert [each for each in judged if tells_of_trouble(each)] == []


@rule("odd-questions-cause-no-trouble", statements="S45", basis=STATED)
@pytest.mark.parametrize("asked", ODD_GETS.values(), ids=ODD_GETS)
def test_odd_questions_cause_no_trouble(api: Api, asked: Request) -> None:
    """GET with an odd path, query or header field causes no 500, 502, 504 or 505."""
    response = api.send(asked)

    assert response.status_code not in TROUBLE


@rule("odd-methods-cause-no-trouble", statements="S45 S44", basis=STATED)
@pytest.mark.parametrize("method", ODD_METHODS)
def test_odd_methods_cause_no_trouble(api: Api, method: str) -> None:
    """A method that this API does not have causes no 500, 502, 504 or 505."""
    response = api.send(Request(method, "/customers", {}))

    assert response.status_code not in TROUBLE


@rule("odd-bodies-cause-no-trouble", statements="S45", basis=STATED)
@pytest.mark.parametrize("odd", ODD_BODIED.values(), ids=ODD_BODIED)
def test_odd_bodies_cause_no_trouble(api: Api, odd: Request) -> None:
    """PUT or POST of a customer with an odd body or type causes no 500, 502, 504 or 505."""
    asked = aimed(api, odd)

    response = sent(api, asked)

    assert response.status_code not in TROUBLE


@rule("odd-values-cause-no-trouble", statements="S45", basis=STATED)
@pytest.mark.parametrize("what", ODD_CUSTOMERS)
def test_odd_values_cause_no_trouble(api: Api, what: str) -> None:
    """POST, PUT and DELETE of customers with odd values or ids cause no 500, 502, 504 or 505."""
    asked = odd_write(api, what)

    response = sent(api, asked)

    assert response.status_code not in TROUBLE


@rule("odd-values-of-others-cause-no-trouble", statements="S45", basis=STATED)
@pytest.mark.parametrize(
    ("resource", "what"),
    [(resource, what) for resource, odd in ODD_VALUES_OF.items() for what in odd],
    ids=str,
)
def test_odd_values_of_others_cause_no_trouble(api: Api, resource: Resource, what: str) -> None:
    """PUT of an odd value to a greeting, source or user causes no 500, 502, 504 or 505."""
    api.offers.require(resource, "PUT")

    response = api.put(api.shared_record(resource).path, data=ODD_VALUES_OF[resource][what])

    assert response.status_code not in TROUBLE

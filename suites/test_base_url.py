"""The version in the base URL selects the API (S02, S03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.other_versions import shown_but_not_listed, updates_lost
from conformance.checks.refusals import holds_data
from conformance.clients.versions import claimed_versions, other_versions
from conformance.readings import reading
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import versioned
from conformance.spec.resources import CUSTOMERS
from conformance.wire.records import ids_in

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.roles import Roles

SHAPES = ("/miscellaneous/ping", "/customers", "/customers.xml", "/statistics/cdrs")


@rule("version-selects", statements="S02", basis=STATED)
@pytest.mark.smoke
def test_version_selects(api: Api) -> None:
    """GET /miscellaneous/ping under the version of the base URL succeeds with data."""
    response = api.get("/miscellaneous/ping")

    assert response.ok
    assert holds_data(response)


@rule("unknown-version-answers-no-data", statements="S02", basis=INFERRED)
@pytest.mark.parametrize("version", ["0.0.0", "999.0.0", "nonsense"])
def test_unknown_version_answers_no_data(roles: Roles, version: str) -> None:
    """GET /customers under an unknown version is answered 400, 403 or 404 and returns no data."""
    caller = roles.calling(versioned(roles.target.base_url, version))

    response = caller.get("/customers")

    assert not holds_data(response)
    assert reading("unknown-version").accepts(response.status_code)


@rule("no-version-answers-no-data", statements="S02", basis=INFERRED)
def test_no_version_answers_no_data(roles: Roles) -> None:
    """GET /customers without a version in the URL returns no data."""
    caller = roles.calling(versioned(roles.target.base_url, ""))

    response = caller.get("/customers")

    assert not holds_data(response)


@rule("other-versions-answer", statements="S03", basis=STATED)
@pytest.mark.parametrize("path", SHAPES)
def test_other_versions_answer(api: Api, roles: Roles, path: str) -> None:
    """Each other version that the target claims answers with data, in the type of the path."""
    api.offers.require_path(path)
    callers = roles.under(claimed_versions(roles))

    answers = {version: caller.get(path) for version, caller in callers.items()}

    in_xml = [version for version, answer in answers.items() if answer.looks_like_xml]
    refused = {f"GET /{version}{path}": each for version, each in answers.items() if not each.ok}
    assert refused == {}
    assert [version for version, answer in answers.items() if not holds_data(answer)] == []
    assert in_xml == [version for version in callers if path.endswith(".xml")]


@rule("versions-show-the-same-account", statements="S03", basis=INFERRED)
def test_versions_show_the_same_account(api: Api, roles: Roles) -> None:
    """A customer created in one version is returned by its id in each other version."""
    made = api.shared_record(CUSTOMERS)
    callers = roles.under(other_versions(roles))

    answers = {version: caller.ask("GET", made) for version, caller in callers.items()}

    assert {version: ids_in(answer, CUSTOMERS) for version, answer in answers.items()} == {
        version: [made.id] for version in callers
    }


@rule("other-version-filters", statements="S03 S23", basis=INFERRED)
def test_other_version_filters(api: Api, roles: Roles) -> None:
    """GET /customers?custnr= under each other version returns that customer alone."""
    made, record = api.shared_record_with_values(CUSTOMERS)
    callers = roles.under(other_versions(roles))
    query = {"custnr": str(record["custnr"])}

    answers = {
        version: caller.get("/customers", params=query) for version, caller in callers.items()
    }

    assert {version: ids_in(answer, CUSTOMERS) for version, answer in answers.items()} == {
        version: [made.id] for version in callers
    }


@rule("other-version-stores-what-it-takes", statements="S12 S03", basis=STATED)
def test_other_version_stores_what_it_takes(api: Api, roles: Roles) -> None:
    """PUT under each other version, where it is answered 200, changes what that version shows."""
    lost = updates_lost(roles, api.create(CUSTOMERS), api.fresh())

    assert lost == {}


@rule("other-version-lists-what-it-shows", statements="S07 S03", basis=STATED)
def test_other_version_lists_what_it_shows(api: Api, roles: Roles) -> None:
    """A customer that another version shows by its id is in the list of that version, too."""
    unlisted = shown_but_not_listed(roles, api.create(CUSTOMERS))

    assert unlisted == []

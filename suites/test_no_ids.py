"""What is no id reaches no record, whatever a parser may take it for (S06, S08, S12, S13, S42)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks import no_ids
from conformance.checks.answers import shown_record
from conformance.checks.refusals import holds_data
from conformance.config.sampling import first_of_each, sampled, walks_everything
from conformance.readings import reading
from conformance.rules import INFERRED, STATED, rule
from conformance.spec.addressing import Form
from conformance.spec.no_ids import NO_NAMES, lenient, no_owners
from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, USERS
from conformance.verdicts import applicable_if
from suites.parameters import each_form, each_resource

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.spec.resources import Resource

OTHERS = [GREETINGS, SOURCES, USERS] if walks_everything() else []


@rule("no-id-reads-nothing", statements="S06 S08 S42", basis=STATED)
@each_resource
@each_form
def test_no_id_reads_nothing(api: Api, resource: Resource, form: Form) -> None:
    """GET with a text that only resembles the id of a record shows no record at all.

    It may be taken for one by a cast, a parser, a decoder, a pattern or a collation.
    """
    made = no_ids.record_with_an_id(api, resource, form)
    odd = [no_ids.LAST, *no_ids.texts_for(api, made, form)]

    taken = no_ids.taken(api, made, form, odd)

    assert no_ids.shown_by_no_ids(taken, made.resource) == []


@rule("no-parent-id-lists-nothing", statements="S08 S09 S42", basis=STATED)
@each_form
def test_no_parent_id_lists_nothing(api: Api, form: Form) -> None:
    """GET of the greetings of a text that only resembles a customer's id shows none of theirs."""
    made = no_ids.record_with_an_id(api, GREETINGS, form)
    parent = no_ids.parent_of(api, made)
    odd = no_ids.half_of(no_ids.texts_of_no_id(api, parent, Form.PATH), form, no_ids.FEW)

    taken = no_ids.parents_taken(api, made, form, odd)

    assert taken == []


@rule("no-id-updates-nothing", statements="S12 S13 S42", basis=STATED)
@pytest.mark.parametrize("resource", [CUSTOMERS, *OTHERS], ids=str)
@each_form
def test_no_id_updates_nothing(api: Api, resource: Resource, form: Form) -> None:
    """PUT with a text that only resembles the id of a record is refused and changes no name."""
    no_ids.require_put(api, resource, form)
    made = no_ids.record_with_an_id(api, resource, form)
    odd = [*no_ids.texts_for(api, made, form), *no_ids.spellings_for(made, form)]

    updated = no_ids.updated_by(api, made, form, odd)

    assert updated == []


@rule("no-id-in-json-updates-nothing", statements="S12 S25", basis=STATED)
@pytest.mark.parametrize("resource", [GREETINGS, CUSTOMERS], ids=str)
def test_no_id_in_json_updates_nothing(api: Api, resource: Resource) -> None:
    """PUT of JSON, where offered, whose id is an array, an object or a fraction changes nothing."""
    made = no_ids.record_with_an_id(api, resource, Form.PARAMETERS)
    name = no_ids.named_by_json(api, made)

    updated = no_ids.updated_by_json(api, made, name)

    assert updated == []


@rule("no-id-deletes-nothing", statements="S05 S42", basis=STATED)
@each_form
def test_no_id_deletes_nothing(api: Api, form: Form) -> None:
    """DELETE with a text that only resembles the id of a greeting deletes no greeting."""
    api.offers.require(GREETINGS, "DELETE")
    made = no_ids.record_with_an_id(api, GREETINGS, form)
    odd = no_ids.texts_for(api, made, form)

    no_ids.write_each(api, "DELETE", made, form, odd)

    assert made.id in no_ids.listed_ids(api, made)


@rule("no-id-deletes-no-customer", statements="S05 S42", basis=STATED)
def test_no_id_deletes_no_customer(api: Api) -> None:
    """DELETE with a text that only resembles a customer's id, or its custnr, deletes nobody."""
    api.offers.require(CUSTOMERS, "DELETE")
    made = no_ids.record_with_an_id(api, CUSTOMERS, Form.PATH)
    odd = no_ids.texts_of_ours(api, made)

    no_ids.write_each(api, "DELETE", made, Form.PATH, odd)

    assert api.find(made) is not None


@rule("list-of-ids-deletes-one-at-most", statements="S05 S42", basis=STATED)
@each_form
def test_list_of_ids_deletes_one_at_most(api: Api, form: Form) -> None:
    """DELETE with the ids of two greetings in one text deletes no more than one of them."""
    api.offers.require(GREETINGS, "DELETE")
    other = api.create(GREETINGS)
    made = no_ids.record_with_an_id(api, GREETINGS, form)
    lists = [f"{made.id}{sign}{other.id}" for sign in (",", "|", ";", " ", "-")]

    no_ids.write_each(api, "DELETE", made, form, lists)

    both = (made.id, other.id)
    greetings_left = [each for each in no_ids.listed_ids(api, made) if each in both]
    assert greetings_left != []


@rule("list-of-ids-updates-one-at-most", statements="S12 S42", basis=STATED)
@each_form
def test_list_of_ids_updates_one_at_most(api: Api, form: Form) -> None:
    """PUT with the ids of two customers in one text changes no more than one of them."""
    no_ids.require_put(api, CUSTOMERS, form)
    made = no_ids.record_with_an_id(api, CUSTOMERS, form)
    other, name = api.shared_record(CUSTOMERS, "beside what is no id"), api.fresh()

    lists = [f"{made.id}{sign}{other.id}" for sign in ",;"]
    no_ids.write_each(api, "PUT", made, form, lists, name=name)

    assert [api.read(made).get("name"), api.read(other).get("name")] != [name, name]


@rule("nothing-behind-a-record-is-written", statements="S08 S42", basis=STATED)
@pytest.mark.parametrize("behind", ["/anything", "/anything/1"])
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_nothing_behind_a_record_is_written(api: Api, method: str, behind: str) -> None:
    """PUT and DELETE of what no customer has, below a customer, leave that customer as it is."""
    made, before = api.shared_record_with_values(CUSTOMERS)

    api.attempt(method, made.path + behind, data={"name": api.fresh()})

    assert api.find(made) == before


@rule("empty-id-deletes-nothing", statements="S05 S23", basis=STATED)
def test_empty_id_deletes_nothing(api: Api) -> None:
    """DELETE of a customer's greetings with an empty id deletes none of them."""
    api.offers.require(GREETINGS, "DELETE")
    made = no_ids.record_with_an_id(api, GREETINGS, Form.PARAMETERS)

    no_ids.delete_without_an_id(api, str(made.parent_id))

    assert made.id in no_ids.listed_ids(api, made)


@rule("number-of-an-id-has-one-spelling", statements="S06 S42", basis=STATED)
@each_form
def test_number_of_an_id_has_one_spelling(api: Api, form: Form) -> None:
    """GET with an id as an exponent, in another base, in other digits or in a list shows none."""
    made = no_ids.record_with_an_id(api, CUSTOMERS, form)
    odd = no_ids.other_spellings(made, form)
    applicable_if(odd, "ids are no numbers")

    taken = no_ids.taken(api, made, form, odd)

    assert no_ids.shown_by_no_ids(taken, made.resource) == []


@rule("forgiven-spelling-names-the-record", statements="S06", basis=INFERRED)
@each_form
def test_forgiven_spelling_names_the_record(api: Api, form: Form) -> None:
    """GET with zeros, blanks, a sign, a line's end or a bare point at an id shows it or none."""
    made = no_ids.record_with_an_id(api, CUSTOMERS, form)
    odd = sampled(lenient(made.id))

    taken = no_ids.taken(api, made, form, odd)

    seen = {no_ids.shown_for(each, taken.get(each), made) for each in odd}
    assert [each for each in seen if not reading("forgiven-id", form).accepts(each)] == []


@rule("no-id-owns-no-new-record", statements="S11 S42", basis=STATED)
@pytest.mark.parametrize("resource", [SOURCES, USERS], ids=str)
def test_no_id_owns_no_new_record(api: Api, resource: Resource) -> None:
    """POST with a text that only resembles a customer's id creates nothing for that customer."""
    api.offers.require_creation(resource)
    owner = api.shared_record(CUSTOMERS, "beside what is no id")

    owned = no_ids.created_for(api, resource, owner, first_of_each(no_owners(owner.id)))

    assert owned == []


@rule("resembling-name-is-no-resource", statements="S42", basis=STATED)
@pytest.mark.parametrize("path", first_of_each(NO_NAMES))
def test_resembling_name_is_no_resource(api: Api, path: str) -> None:
    """GET of a path that only resembles the name of a resource shows no data."""
    record = shown_record(api, GREETINGS)

    response = api.get(path.format(parent=record.parent_id))

    assert not holds_data(response)

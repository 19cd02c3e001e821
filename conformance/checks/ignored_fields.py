"""Header fields that mean nothing to this API, as clients and gateways send them.

Fields are sent many at a time. Only where what comes of that differs from the plain request is each
sent alone, so that what is judged is always one field.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import reduce
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from conformance.checks.clocks import A_SECOND
from conformance.checks.lasting import lasting
from conformance.checks.refusals import CHALLENGED, refusal
from conformance.checks.representations import body_kind
from conformance.clients.once import once_for_good, once_per_run
from conformance.clients.raw_http import RawRequest
from conformance.config.sampling import walks_everything
from conformance.spec.addressing import PING
from conformance.spec.ignored_fields import BEYOND_ASCII, UNUSUAL
from conformance.spec.media_types import FORM_TYPE, JSON
from conformance.spec.resources import CDRS, CUSTOMERS
from conformance.spec.status_codes import TROUBLE
from conformance.verdicts import not_applicable, unobservable
from conformance.wire.preparing import encoded
from conformance.wire.recorder import observed
from conformance.wire.records import ids_in, record_with_id
from conformance.wire.transport import target_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.spec.addressing import Identity, Request
    from conformance.spec.ignored_fields import Fields
    from conformance.spec.resources import Record
    from conformance.wire.responses import Response


def differing(courier: Client, made: Identity, known: object, fields: Fields) -> dict[str, str]:
    """GET a record with fields, all at once; return those that are answered otherwise alone.

    `known` is the record as it is read without them. In a thorough run each is sent alone as well.
    """
    observed("fields", len(fields))
    return at_fault(fields, SAME, lambda some: answer_with(courier, made, known, some))


def at_fault(fields: Fields, fine: str, outcome: Callable[[Fields], str]) -> dict[str, str]:
    """Send fields together; return those whose outcome is not fine alone, where theirs is not."""
    if outcome(fields) == fine and not walks_everything():
        return {}
    alone = {name: outcome({name: value}) for name, value in fields.items()}
    return {name: found for name, found in alone.items() if found != fine}


SAME = "the same"
TAKEN = "202 "


def answer_with(courier: Client, made: Identity, known: object, fields: Fields) -> str:
    """GET a record with fields; return `SAME`, or else what is different in a few words."""
    response = courier.get(made.path, headers=fields)
    if not response.ok:
        return str(response.status_code)
    shown = record_with_id(response, made)
    if shown == known and body_kind(response) == JSON:
        return SAME
    return f"{response.status_code} with other data: {_other_data(response, shown, known)}"


def _other_data(response: Response, shown: Record | None, known: object) -> str:
    """Return in words what an answer shows otherwise than is known of a record."""
    if shown is None or not isinstance(known, Mapping):
        return "no such record can be read"
    names = [name for name in {**known, **shown} if known.get(name) != shown.get(name)]
    told = [f"{name} is {shown.get(name)!r}, not {known.get(name)!r}" for name in names[:1]]
    return told[0] if told else f"it is {body_kind(response)}"


def unusually_answered(courier: Client, api: Api) -> tuple[dict[str, str], list[str]]:
    """GET a record with the unusual fields; return what is different, and how it has changed."""
    observed("fields", len(UNUSUAL))
    return _unusually_answered(courier, api)


@once_for_good
def _unusually_answered(courier: Client, api: Api) -> tuple[dict[str, str], list[str]]:
    made = api.create(CUSTOMERS)
    known = api.read(made)
    found = differing(courier, made, known, completed(courier, UNUSUAL))
    after = api.find(made)
    how = "is gone" if after is None else "has changed"
    told = f"customer {made.id} {how} after GET with all of these: {', '.join(UNUSUAL)}"
    return found, [told] if after != known else []


STORED = "stored"
KEPT = "not stored"
BESIDE_FIELDS = "written beside fields"


def unusually_written(courier: Client, api: Api) -> dict[str, str]:
    """PUT a name with the unusual fields; return those with which it is not stored, and how."""
    observed("fields", len(UNUSUAL))
    return _unusually_written(courier, api)


@once_for_good
def _unusually_written(courier: Client, api: Api) -> dict[str, str]:
    fields = completed(courier, UNUSUAL)
    return at_fault(fields, STORED, lambda some: _written_with(courier, api, some))


def _written_with(courier: Client, api: Api, fields: Fields) -> str:
    """PUT a name of a customer with fields; return `STORED`, or what happened instead.

    A PUT that was taken, to be carried out later, counts as stored: a field asks for that.
    """
    made, before = api.shared_record_with_values(CUSTOMERS, BESIDE_FIELDS)
    name = api.fresh()
    response = courier.put(made.path, data={"name": name}, headers=fields)
    after = api.find(made)
    if after is None:
        return f"{response.status_code}, and the customer is gone"
    if response.status_code == HTTPStatus.ACCEPTED:
        return STORED
    if after.get("name") == name:
        return (
            STORED if response.status_code == HTTPStatus.OK else f"{response.status_code}, stored"
        )
    how = KEPT if after.get("name") == before.get("name") else "something else is stored"
    return f"{response.status_code}, {how}"


def not_kept(found: Mapping[str, str]) -> dict[str, str]:
    """Return the outcomes that are neither that of the PUT nor that of its refusal."""
    fine = (STORED, KEPT)
    return {name: outcome for name, outcome in found.items() if not outcome.endswith(fine)}


@once_per_run
def beyond_ascii(api: Api) -> tuple[Identity, Record]:
    """Return a customer whose name no other charset than UTF-8 can write, and its record."""
    made = api.create(CUSTOMERS, name=BEYOND_ASCII)
    return made, api.read(made)


def looks_before(api: Api, courier: Client) -> tuple[Identity, dict[str, Fields]]:
    """Create a customer and GET it alone and in a list, more than a second before any change.

    Return it, and by the target of each GET the conditions with which a client asks again. Ends the
    case as not applicable where no answer has a date or a tag.
    """
    values = api.values(CUSTOMERS)
    made = api.create(CUSTOMERS, **values)
    found = {}
    for target in (made.path, f"{CUSTOMERS.collection}?custnr={values['custnr']}"):
        response = courier.get(target)
        date = response.headers.get("Last-Modified") or response.headers.get("Date")
        told = {"If-Modified-Since": date, "If-None-Match": response.headers.get("ETag")}
        known = {name: value for name, value in told.items() if value}
        if response.ok and known:
            found[target] = known
    time.sleep(A_SECOND)
    return made, found or not_applicable("no answer has a date or a tag")


def hidden_by_conditions(
    api: Api, courier: Client, made: Identity, looks: Mapping[str, Fields], name: str
) -> list[str]:
    """GET with each condition; return those that hide the name that a customer has by then."""

    def look() -> list[str]:
        answers = {target: courier.get(target, headers={**looks[target]}) for target in looks}
        return [
            f"GET {target} is answered {response.status_code}, as if nothing had changed"
            for target, response in answers.items()
            if (record_with_id(response, made) or {}).get("name") != name
        ]

    observed("conditions", len(looks))
    return lasting(api, look)


def not_refused(found: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that hold other data, or tell of trouble.

    Left out is that a request was taken, to be carried out later, as one of the fields asks for.
    """
    trouble = {str(each) for each in TROUBLE}
    return {
        name: answer
        for name, answer in found.items()
        if answer in trouble or (" " in answer and not answer.startswith(TAKEN))
    }


def completed(client: Client, fields: Fields) -> Fields:
    """Return fields with what is only known of a target: the user name, and the paths of URLs."""
    known = {
        "{username}": client.target.credentials.username,
        "{customers}": target_of(client.url("/customers")),
        "{ping}": target_of(client.url(PING)),
    }
    return {
        name: reduce(lambda text, each: text.replace(*each), known.items(), value)
        for name, value in fields.items()
    }


def expecting(asked: Request) -> RawRequest:
    """Return a request that announces its form and has Expect: 100-continue."""
    body = encoded(cast("Mapping[str, str]", asked.options.get("data", {})))
    fields = {
        "Expect": "100-continue",
        "Content-Type": FORM_TYPE,
        "Content-Length": str(len(body)),
        **{name: str(value) for name, value in asked.options.get("headers", {}).items()},
    }
    return RawRequest(asked.method, asked.path, fields=tuple(fields.items()), body=body)


def without_challenge(anonymous: Client) -> dict[str, str]:
    """GET without credentials, with all fields; return those with which a 401 has no challenge."""
    fields = completed(anonymous, UNUSUAL)
    observed("fields", len(fields))

    def outcome(some: Fields) -> str:
        response = anonymous.get(CUSTOMERS.collection, headers=some)
        is_challenge = refusal(response) == CHALLENGED
        is_right = is_challenge or response.status_code != HTTPStatus.UNAUTHORIZED
        return SAME if is_right else "401 without a challenge"

    return at_fault(fields, SAME, outcome)


def cut_lists(courier: Client, api: Api) -> dict[str, str]:
    """GET call records with the unusual fields; return those with which fewer are listed.

    An answer that refuses a field is not judged.
    """
    api.offers.require_path(CDRS.collection)
    count = len(ids_in(api.get(CDRS.collection), CDRS))
    if not count:
        unobservable("the account has no call records")
    observed("fields", len(UNUSUAL))

    def outcome(some: Fields) -> str:
        response = courier.get(CDRS.collection, headers=some)
        listed = len(ids_in(response, CDRS))
        is_whole = response.status_code != HTTPStatus.OK or listed >= count
        return SAME if is_whole else f"{listed} of {count} calls"

    return at_fault(completed(courier, UNUSUAL), SAME, outcome)

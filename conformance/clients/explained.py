"""Whose fault a refused write is: the server's, or a reason of the account's own.

An account may have a quota, a field that stays as it is, characters that it does not take, or lack
a feature; none of that is a breach of the document. A write that is refused with 400, 403, 409 or
422 is held against the same write with plain values, and against plain values in every other way:
where these are taken at that time, the way of the first is to blame, or its values are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from conformance.clients.once import once_per_run
from conformance.clients.owners import note_full, other_owner, owner_of_new
from conformance.clients.refusal_words import called_missing
from conformance.spec.addressing import Form, Override, collection_path
from conformance.spec.resources import CUSTOMERS, NOT_DESCRIBED
from conformance.spec.status_codes import OWN_REASONS, UNSUPPORTED
from conformance.verdicts import Busy, NotApplicable, SetupFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity
    from conformance.spec.resources import Resource
    from conformance.wire.responses import Response

    Put = Callable[[Identity, Mapping[str, str]], Response]
    Post = Callable[[Mapping[str, str]], Response]

NO_ROOM = frozenset({402, 429, 507})
"""Other status codes by which an account says that it takes no more records."""

NO_SUCH_PLACE = frozenset({404, *UNSUPPORTED})
"""The status codes of a collection that a server does not have."""

PLAIN = "Plain text"
"""A text that every field takes that holds any text."""

TWIN = "twins of refused writes"
"""The purpose of the record that plain values are written to."""


def require_taken(
    api: Api, identity: Identity, values: Mapping[str, str], response: Response, put: Put
) -> None:
    """End the case where a PUT is refused for a reason of the account, as inconclusive unless said.

    It is not applicable where the account takes a plain text in place of the values.

    `put` sends values to another record in the way in question. A PUT that is refused, although
    plain values are taken in another way, or the same ones beside all others, is left to the rule.
    """
    if response.status_code not in OWN_REASONS or not values:
        return
    resource = identity.resource
    twin = api.shared_record(resource, TWIN)
    plain = {"name": api.fresh()}
    whole = {**api.account.values(resource), **values}
    if whole.keys() != values.keys() and put(twin, whole).ok:
        return
    if is_plain(api, values) or not put(twin, plain).ok:
        if any(_has_effect(api, twin, other(api, twin, plain), plain) for other in OTHER_PUTS):
            return
        raise SetupFailed(in_its_words(f"every PUT of a {resource.singular}", response))
    message = in_its_words(f"a PUT of {told(values)}", response)
    raise _not_taken(message, only_texts=put(twin, dict.fromkeys(values, PLAIN)).ok)


def _not_taken(message: str, *, only_texts: bool) -> SetupFailed | NotApplicable:
    """Return how a case ends where values are refused and plain ones are taken in their place.

    Which characters an account takes in a text is its own affair; what else it does not take has to
    be found out.
    """
    return NotApplicable(message) if only_texts else SetupFailed(message)


def _differ_in_texts(values: Mapping[str, str], plain: Mapping[str, str]) -> bool:
    """Tell whether values of a new record differ from plain ones in their unique texts alone."""
    unique = {"name", "custnr"}
    kept = {name: value for name, value in values.items() if name not in unique}
    return kept == {name: value for name, value in plain.items() if name not in unique}


def _has_effect(
    api: Api, identity: Identity, response: Response, values: Mapping[str, str]
) -> bool:
    """Tell whether a PUT was taken: a server may answer 200 to parameters that it ignores."""
    shown = api.find(identity) if response.ok else None
    return shown is not None and values.items() <= shown.items()


def posted(
    api: Api,
    resource: Resource,
    parent_id: str | None,
    more: Mapping[str, str],
    post: Post | None = None,
) -> tuple[dict[str, str], Response]:
    """POST a new record, in a way or plainly; return the values sent, and the response.

    It is sent again where the account had to be asked first what it needs, and for another customer
    where that may have as many as it can.
    """
    owner = owner_of_new(api, resource, parent_id)
    send = post or as_a_form(api, resource)
    known = api.account.known(resource)
    values = {**owner, **api.account.values(resource), **more}
    response = send(values)
    if not (response.ok or more) and api.account.has_taken(resource):
        api.hung_up()  # the request before may be in force there, which rules of their own judge
        response = send(values)
    if _may_lack_room(response) and not parent_id and not owner.keys() & more:
        other = other_owner(api, resource, owner.get(CUSTOMERS.id_field, ""))
        if other and (again := send({**values, **other})).ok:
            note_full(api, resource, owner[CUSTOMERS.id_field])
            values, response = {**values, **other}, again
    if _may_lack_room(response) and api.housekeeping.free_all(resource):
        response = send(values)
    if not response.ok and api.account.learn(resource, owner, response, known):
        values = {**owner, **api.account.values(resource), **more}
        response = send(values)
    if response.ok:
        api.account.settle(resource, more, plainly=post is None)
    return values, response


def as_a_form(api: Api, resource: Resource) -> Post:
    """Return what sends the values of a new record as a form.

    Where the collection is not there, that of its owner may be: rules about forms judge the former.
    """

    def post(values: Mapping[str, str]) -> Response:
        response = api.post(resource.collection, data=values)
        if response.status_code not in NO_SUCH_PLACE or resource.parent is None:
            return response
        owner = values.get(resource.parent.id_field)
        below = api.post(collection_path(resource, owner), data=values) if owner else response
        return below if below.ok else response

    return post


def require_texts(
    api: Api,
    resource: Resource,
    values: Mapping[str, str],
    texts: Mapping[str, str],
    response: Response,
) -> None:
    """End the case as not applicable where a new record is refused for its texts alone."""
    if not texts or response.status_code not in OWN_REASONS:
        return
    plain = {
        **values,
        **{name: value for name, value in api.values(resource).items() if name in texts},
    }
    if _differ_in_texts(values, plain) and plain != values:
        again = api.post(resource.collection, data=plain)
        if again.ok:
            api.created(resource, again, plain)
            message = in_its_words(f"a new {resource.singular} with {told(texts)}", response)
            raise _not_taken(message, only_texts=True)


def require_room(api: Api, resource: Resource, parent_id: str | None, response: Response) -> None:
    """Have a case tried once more where the account, or the customer asked for, takes no more.

    There is room then: another customer is taken, or records are given up that were kept for later.
    """
    if not _may_lack_room(response):
        return
    if parent_id is not None and resource.parent:
        api.create_new(resource)
        note_full(api, resource, parent_id)
    elif not (api.account.has_taken(resource) and api.housekeeping.start_over(resource)):
        return
    raise Busy(in_its_words(f"a new {resource.singular}", response))


def _may_lack_room(response: Response) -> bool:
    """Tell whether a new record may be refused since there are as many as the account may have."""
    return response.status_code in OWN_REASONS or response.status_code in NO_ROOM


def posted_in_a_way(
    api: Api,
    resource: Resource,
    parent_id: str | None,
    more: Mapping[str, str],
    post: Post | None,
) -> tuple[dict[str, str], Response]:
    """POST a new record as `posted` does; end the case where the account's own rules refuse it."""
    send = post or as_a_form(api, resource)
    values, response = posted(api, resource, parent_id, more, post)
    require_creatable(api, resource, values, response, send)
    return values, response


def require_creatable(
    api: Api, resource: Resource, values: Mapping[str, str], response: Response, post: Post
) -> None:
    """End the case as inconclusive where a POST is refused for the account's own reason.

    `post` sends values in the way in question. A POST that is refused, although plain values are
    taken in another way, is left to the rule, and so is one that is told to lack what it had.
    """
    if response.status_code not in OWN_REASONS:
        return
    parent_id = values.get(CUSTOMERS.id_field)
    try:
        api.create_new(resource, parent_id)
    except SetupFailed:
        is_taken = not api.account.has_taken(resource) and _taken_otherwise(api, resource)
        if is_taken or called_missing(response.text, values):
            return
        raise
    plain = api.values(resource, parent_id)
    again = post(plain)
    if again.ok:
        api.created(resource, again, plain)
        message = in_its_words(f"a new {resource.singular} with {told(values)}", response)
        raise _not_taken(message, only_texts=_differ_in_texts(values, plain))


@once_per_run
def _taken_otherwise(api: Api, resource: Resource) -> bool:
    """Tell whether a new record is taken as JSON or in the query, if not as a form."""
    values = api.values(resource)
    for options in ({"json": values}, {"params": values}):
        response = api.post(resource.collection, **options)
        if response.ok:
            api.created(resource, response, values)
            return True
    return False


def raise_refusal(resource: Resource, response: Response, what: str) -> NoReturn:
    """Raise the outcome of a case whose preparation was refused.

    It is NotApplicable for a resource that the document does not describe, or that is not offered.
    """
    message = f"{what} was refused with {response.status_code}: {response.text[:120]}"
    if resource in NOT_DESCRIBED or response.status_code in UNSUPPORTED:
        raise NotApplicable(message)
    raise SetupFailed(message)


def is_plain(api: Api, values: Mapping[str, str]) -> bool:
    """Tell whether values are no more than a fresh name."""
    return values.keys() == {"name"} and values["name"].startswith(api.ledger.prefix)


def told(values: Mapping[str, str]) -> str:
    """Return values in a few words."""
    return ", ".join(f"{name} {value!r:.40}" for name, value in values.items())


def in_its_words(what: str, response: Response) -> str:
    """Say that something was refused, in the server's words."""
    words = " ".join(response.text[:200].split()) or "without a word"
    return f"{what} was refused with {response.status_code}: {words}"


def _put_by(
    form: Form, override: Override
) -> Callable[[Api, Identity, Mapping[str, str]], Response]:
    return lambda api, identity, values: api.ask("PUT", identity, form, override, data=values)


def _put_json(api: Api, identity: Identity, values: Mapping[str, str]) -> Response:
    return api.put(identity.path, json=dict(values))


def _put_query(api: Api, identity: Identity, values: Mapping[str, str]) -> Response:
    return api.put(identity.path, params=values)


OTHER_PUTS = (
    *(_put_by(form, override) for override in Override for form in Form),
    _put_json,
    _put_query,
)
"""Every way of a PUT that a server might take instead."""

"""Every way to be refused, in every way to ask for a type, and what the refusals have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from conformance.checks.overrides import require_native_put
from conformance.checks.representations import body_kind, json_problem, xml_problem
from conformance.clients.once import once_for_good
from conformance.config.sampling import one_of, walks_everything
from conformance.spec.addressing import (
    PING,
    Form,
    Override,
    Request,
    overridden,
    request_for,
    with_suffix,
)
from conformance.spec.media_types import ACCEPT, JSON, JSON_TYPE, SUFFIX, XML
from conformance.spec.resources import CDRS, CUSTOMERS, GREETINGS
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from conformance.clients.api import Api
    from conformance.wire.responses import Response

ELEMENT = "cfmark"
MARKUP = f"<{ELEMENT} a=\"b\" c='d'>&]]>å\\"
"""What a refusal may quote: markup that does not end, and every quote."""

CONTROLS = f"{MARKUP}\x01\x1b\x7f"
"""Markup and controls, which XML cannot hold in whatever spelling."""


@dataclass(frozen=True, slots=True)
class AskedType:
    """A way to ask for a type: by a suffix, by Accept, or not at all, which is JSON."""

    kind: str
    by: str = ""

    def __str__(self) -> str:
        """Return the way in words."""
        return f"{self.kind} by {self.by}" if self.by else f"{self.kind} by default"


DEFAULT = AskedType(JSON)
XML_WAYS = (AskedType(XML, "Accept"), AskedType(XML, "a suffix"))
WAYS = (DEFAULT, AskedType(JSON, "Accept"), AskedType(JSON, "a suffix"), *XML_WAYS)


def _own(api: Api) -> str:
    """Return the path of a customer of our own."""
    return api.shared_record(CUSTOMERS).path


def _taken(api: Api) -> Request:
    """Return a POST with the custnr of a customer of ours, which is a refusal if it is unique."""
    custnr = f"{api.fresh()}{MARKUP}"
    api.create_new(CUSTOMERS, custnr=custnr)
    return _form("POST", CUSTOMERS.collection, custnr=custnr, name=MARKUP)


def _form(method: str, path: str, **data: str) -> Request:
    return Request(method, path, {"data": data})


def _query(path: str, **params: str) -> Request:
    return Request("GET", path, {"params": params})


CAUSES: dict[str, Callable[[Api], Request]] = {
    "unknown resource": lambda _: Request("GET", f"/{quote(MARKUP, safe='')}", {}),
    "unknown sub-resource": lambda api: Request("GET", f"{_own(api)}/{quote(MARKUP, safe='')}", {}),
    "unknown resource in a group": lambda _: Request("GET", "/statistics/cf-unknown", {}),
    "POST of an unknown resource": lambda _: _form("POST", "/cf-unknown", name=MARKUP),
    "PUT of an unknown id": lambda api: _form(
        "PUT", f"/customers/{api.samples.unused_id(CUSTOMERS)}", name=MARKUP
    ),
    "DELETE of an unknown id": lambda api: Request(
        "DELETE", f"/customers/{api.samples.unused_id(CUSTOMERS)}", {}
    ),
    "greeting of an unknown customer": lambda api: _form(
        "POST",
        GREETINGS.collection,
        customer_id=api.samples.unused_id(CUSTOMERS),
        name=api.fresh(),
    ),
    "page that is no number": lambda _: _query(CDRS.collection, page=CONTROLS),
    "filter that is no id": lambda _: _query(CDRS.collection, customer_id=CONTROLS),
    "date that is none": lambda _: _query(CDRS.collection, from_date=MARKUP),
    "custnr that is taken": _taken,
    "POST without a custnr": lambda _: _form("POST", "/customers", name=MARKUP),
    "choice that is none": lambda api: _form("PUT", _own(api), receive_monthly_report=CONTROLS),
    "flag that is none": lambda api: _form("PUT", _own(api), freespee_caller_id=MARKUP),
    "value that is too long": lambda api: _form("PUT", _own(api), custnr=MARKUP * 40),
    "custom field that is none": lambda api: _form("PUT", _own(api), custom_99=MARKUP),
    "JSON that ends too early": lambda api: Request(
        "PUT",
        _own(api),
        {"data": b'{"name": "<cfmark &', "headers": {"Content-Type": JSON_TYPE}},
    ),
    "unknown override": lambda api: replace(
        _form("POST", _own(api), name="cf"), path=f"{_own(api)}?_method={quote(MARKUP, safe='')}"
    ),
    "POST of a ping": lambda _: _form("POST", PING, name=MARKUP),
    "DELETE of calls": lambda _: Request("DELETE", CDRS.collection, {}),
}
"""Causes of a refusal, each with the request that has it."""

AT_A_RESOURCE = [
    cause for cause in CAUSES if "unknown resource" not in cause and cause != "unknown sub-resource"
]
"""Those at which a resource is there, whose type a suffix forces."""


def refusals(api: Api, cause: str) -> dict[str, Response]:
    """Send a request in the ways to ask for a type; return the answers by the way.

    In a thorough run in every way, otherwise by default and in one way that asks for XML. Not
    applicable where none of them is refused.
    """
    answers = _refusals(api, cause)
    observed("refusals", len(answers))
    if all(each.ok for each in answers.values()):
        not_applicable(f"{cause}: not refused")
    return answers


@once_for_good
def _refusals(api: Api, cause: str) -> dict[str, Response]:
    request = CAUSES[cause](api)
    ways = WAYS if walks_everything() else (DEFAULT, one_of(XML_WAYS, cause))
    return {str(way): api.send(asked_in(request, way)) for way in ways}


def asked_in(request: Request, way: AskedType) -> Request:
    """Return a request that asks for a type.

    By Accept, too, where the path has two names: a server need not take a suffix behind either.
    """
    places = with_suffix(request.path.partition("?")[0], way.kind)
    if way.by == "Accept" or (way.by and len(places) > 1):
        headers = {**request.options.get("headers", {}), "Accept": ACCEPT[way.kind]}
        return replace(request, options={**request.options, "headers": headers})
    if way.by:
        path, mark, query = request.path.partition("?")
        return replace(request, path=[*places, path + SUFFIX[way.kind]][0] + mark + query)
    return request


def misquoted(response: Response) -> str:
    """Return how a refusal fails to escape what it quotes; "" where it does not."""
    kind = body_kind(response)
    if kind == JSON:
        return json_problem(response.content)
    if kind != XML:
        return ""
    problem = xml_problem(response.content)
    elements = [] if problem else [each.tag for each in response.xml().iter()]
    return "what was sent has become an element" if ELEMENT in elements else problem


def explained_in_json(answers: dict[str, Response]) -> list[str]:
    """Return the ways that ask for XML and are refused in JSON; a challenge is not judged."""
    refused = {
        way: each
        for way, each in answers.items()
        if not each.ok and each.status_code != HTTPStatus.UNAUTHORIZED
    }
    return [way for way, each in refused.items() if XML in way and body_kind(each) == JSON]


def written_by_suffix(api: Api, way: str, kind: str) -> tuple[list[Response], bool]:
    """Write in one way with a suffix in each place; return the answers, and whether one did it.

    It is enough that one of the names in a path takes the suffix.
    """
    answers: list[Response] = []
    for request, done in _WRITES[way](api, kind):
        answers.append(api.send(request))
        observed("writes", 1)
        if done(answers[-1]):
            return answers[-1:], True
    if way == "POST":
        api.create_new(CUSTOMERS)  # such a record is taken at this time, without a suffix
    return answers, False


Trial = tuple[Request, "Callable[[Response], bool]"]


def _puts(api: Api, kind: str, override: Override, form: Form = Form.PATH) -> Iterator[Trial]:
    made, name = api.shared_record(CUSTOMERS), api.fresh()
    if form is Form.PARAMETERS:
        require_native_put(api, CUSTOMERS, form)
    if override is not Override.NATIVE:
        api.offers.require_override(override)
    asked = overridden(request_for("PUT", made, form, data={"name": name}), override)
    for path in with_suffix(asked.path, kind):
        yield replace(asked, path=path), lambda _: api.read(made).get("name") == name


def _posts(api: Api, kind: str) -> Iterator[Trial]:
    values = api.values(CUSTOMERS)
    yield (
        Request("POST", f"/customers{SUFFIX[kind]}", {"data": values}),
        lambda answer: bool(api.stored(CUSTOMERS, answer, "custnr", values["custnr"])),
    )


def _deletes(api: Api, kind: str, override: Override) -> Iterator[Trial]:
    api.offers.require(GREETINGS, "DELETE")
    made = api.create(GREETINGS, api.shared_record(CUSTOMERS).id)
    asked = overridden(request_for("DELETE", made), override)
    for path in with_suffix(asked.path, kind):
        yield replace(asked, path=path), lambda _: api.find(made) is None


_WRITES: dict[str, Callable[[Api, str], Iterator[Trial]]] = {
    "POST": _posts,
    "PUT": lambda api, kind: _puts(api, kind, Override.NATIVE),
    "PUT by parameter": lambda api, kind: _puts(api, kind, Override.NATIVE, Form.PARAMETERS),
    "PUT by _method": lambda api, kind: _puts(api, kind, Override.QUERY),
    "PUT by the header": lambda api, kind: _puts(api, kind, Override.HEADER),
    "PUT by the header and parameter": lambda api, kind: _puts(
        api, kind, Override.HEADER, Form.PARAMETERS
    ),
    "DELETE": lambda api, kind: _deletes(api, kind, Override.NATIVE),
    "DELETE by the header": lambda api, kind: _deletes(api, kind, Override.HEADER),
    "DELETE by _method": lambda api, kind: _deletes(api, kind, Override.QUERY),
}
SUFFIXED_WRITES = tuple(_WRITES)


def other_type(answers: Iterable[Response], kind: str) -> list[str]:
    """Return the representations of answers that are neither of a kind nor without records."""
    kinds = [body_kind(each) for each in answers if each.ok and each.holds_records(CUSTOMERS)]
    return [each for each in kinds if each != kind]

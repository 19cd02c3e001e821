"""Consuming, URL parameters, request data: where parameters come from."""

import json
from collections.abc import Iterable, Mapping
from typing import NoReturn

from .decoding import Decoding
from .message import Request
from .overriding import Overriding
from .refusal import Refusal
from .resources import CUSTOM_FIELD, Resource
from .response_types import JSON


class Parameters(Overriding, Decoding):
    """GET and DELETE take them from the URL, POST and PUT from the body."""

    def query_parameters(self, query: str) -> Mapping[str, str]:
        """The parameters in the URL, an override among them."""
        return self.decoded_query(query)

    def address(
        self, resource: Resource, method: str, ids: Mapping[str, str], query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """The ids that say what is meant, in the path or in the URL's query: both are the same."""
        return self.united(self.address_in_query(resource, method, query), ids)

    def address_in_query(
        self, resource: Resource, method: str, query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """The ids in the query that say what is meant, as ids in the path would."""
        del method
        return {name: query[name] for name in resource.address_names if name in query}

    def parameters(
        self, request: Request, resource: Resource, method: str, query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """The parameters of a request, from where its method takes them."""
        match method:
            case "GET":
                return self.parameters_of_get(query)
            case "DELETE":
                return self.parameters_of_delete(request, query)
            case _:
                return self.parameters_of_writing(request, resource, method, query)

    def parameters_of_get(self, query: Mapping[str, str]) -> Mapping[str, str]:
        """The parameters of a GET."""
        return query

    def parameters_of_delete(self, request: Request, query: Mapping[str, str]) -> Mapping[str, str]:
        """The parameters of a DELETE; one known client sends them as a form."""
        form = {} if self.is_json(request) else self.form_parameters(request.body)
        return self.united(form, query)

    def parameters_of_writing(
        self, request: Request, resource: Resource, method: str, query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """The parameters of a POST or a PUT; what the query says beside an address is ignored."""
        del query
        return self.body_parameters(request, resource, method)

    def united(self, given: Mapping[str, str], address: Mapping[str, str]) -> Mapping[str, str]:
        """Parameters from two places, which may not contradict each other."""
        if not address:
            return given
        for name, value in address.items():
            if given.get(name, value) != value:
                self.contradiction(name, given[name], value)
        return {**given, **address}

    def contradiction(self, name: str, given: str, addressed: str) -> None:
        """Refuse a parameter that was given twice, with different values."""
        del given, addressed
        raise Refusal(400, f"{name[:40]} was given twice, with different values")

    def known(
        self, resource: Resource, method: str, parameters: Mapping[str, str]
    ) -> Mapping[str, str]:
        """The parameters that a method knows; any other is ignored."""
        names = resource.parameters(method)
        known = {}
        for name, value in parameters.items():
            if name in names or self.is_custom(resource, name):
                known[name] = value
            elif name != self.override_parameter:
                self.unknown_parameter(resource, method, name)
        return known

    def is_custom(self, resource: Resource, name: str) -> bool:
        """Whether a parameter is named like a custom field, where there are such."""
        return bool(resource.custom_fields and CUSTOM_FIELD.fullmatch(name))

    def unknown_parameter(self, resource: Resource, method: str, name: str) -> None:
        """Let a parameter that a method does not know be ignored."""

    # Bodies

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """The parameters in a body."""
        if not self.is_json(request):
            return self.form_parameters(request.body)
        if not self.takes_json(resource, method):
            self.json_not_taken()
        return self.json_parameters(request.body)

    def is_json(self, request: Request) -> bool:
        """Whether a body is JSON: every other type, and none, stands for a form."""
        return self.request_type(request) == JSON

    def request_type(self, request: Request) -> str:
        """The media type of a body, without parameters."""
        return (request.header("Content-Type") or "").partition(";")[0].strip().lower()

    def takes_json(self, resource: Resource, method: str) -> bool:
        """Whether a method takes JSON instead of a form."""
        del resource, method
        return True

    def json_not_taken(self) -> None:
        """Refuse JSON where only a form is taken."""
        raise Refusal(400, "This method takes URL-encoded key/value pairs only")

    def form_parameters(self, body: bytes) -> Mapping[str, str]:
        """The parameters in a form."""
        return self.decoded_form(body)

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """The parameters in a JSON object; numbers count as the text that stands for them."""
        text = self.decoded(body)
        try:
            members = json.loads(
                text,
                parse_int=str,
                parse_float=str,
                parse_constant=self.no_parameters,
                object_pairs_hook=Members,
            )
        except (ValueError, RecursionError):
            self.no_parameters(text)
        if not isinstance(members, Members):
            self.no_parameters(text)
        return self.joined((name, self.json_value(name, value)) for name, value in members)

    def json_value(self, name: str, value: object) -> str:
        """The text of a parameter in a JSON object."""
        return value if isinstance(value, str) else self.no_text(name, value)

    def no_text(self, name: str, value: object) -> str:
        """Refuse a JSON value that is neither text nor a number."""
        del name, value
        raise Refusal(400, "A parameter in JSON has to be text or a number")

    def no_parameters(self, text: str) -> NoReturn:
        """Refuse a body that is no JSON object."""
        del text
        raise Refusal(400, "The body is not a JSON object")


class Members(list[tuple[str, object]]):
    """The members of a JSON object, in order, so that a repeated name is not lost."""

    def __init__(self, members: Iterable[tuple[str, object]]) -> None:
        """Keep the members."""
        super().__init__(members)

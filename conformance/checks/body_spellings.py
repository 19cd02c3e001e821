"""Legal spellings of the same body, of a form and of JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from conformance.checks.request_data import require_json_put
from conformance.checks.url_parameters import in_small_digits
from conformance.spec.addressing import every_octet_encoded
from conformance.spec.media_types import FORM_TYPE, JSON_TYPE
from conformance.spec.resources import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity

TEXT = "/é"
"""What can be spelled in several ways, and is no longer than a name even where it is not read."""

FORMS: Mapping[str, Callable[[str], str]] = {
    "escapes in small letters": lambda name: f"name={in_small_digits(name)}",
    "every octet escaped": lambda name: f"name={every_octet_encoded(name)}",
    "blanks as %20": lambda name: f"name={quote(name, safe='')}",
    "blanks as +": lambda name: f"name={quote_plus(name)}",
    "nothing between two signs": lambda name: f"&name={quote_plus(name)}&&",
}
JSONS: Mapping[str, Callable[[str], str]] = {
    "a solidus escaped": lambda name: _json(name).replace("/", "\\/"),
    "escapes in capitals": lambda name: _in_capitals(json.dumps({"name": name})),
    "every character escaped": lambda name: f'{{"name": "{_escaped(name)}"}}',
    "the name escaped": lambda name: _json(name).replace('"name"', '"n\\u0061\\u006De"'),
    "blanks and lines between": lambda name: f'\r\n {{\t"name"\n:\r{json.dumps(name)} }}\n\n',
}
SPELLINGS: tuple[tuple[str, str], ...] = (
    *((FORM_TYPE, spelling) for spelling in FORMS),
    *((JSON_TYPE, spelling) for spelling in JSONS),
)
"""Media types with the names of the spellings of a body of that type."""

PLACES: Mapping[str, Callable[[Mapping[str, str], Mapping[str, str]], dict[str, str]]] = {
    "before": lambda ids, values: {**ids, **values},
    "behind": lambda ids, values: {**values, **ids},
    "between": lambda ids, values: {**dict([*values.items()][:1]), **ids, **values},
}
"""Where the ids of a record stand in a form, whose other fields are given behind them."""


def spelled(media_type: str, spelling: str, name: str) -> bytes:
    """Return a body that holds a name, in one of its spellings."""
    return (JSONS if media_type == JSON_TYPE else FORMS)[spelling](name).encode()


def customer_for(api: Api, media_type: str) -> Identity:
    """Return a customer to PUT such a body to; not applicable where JSON is not offered."""
    return require_json_put(api) if media_type == JSON_TYPE else api.shared_record(CUSTOMERS)


def _json(name: str) -> str:
    return json.dumps({"name": name}, ensure_ascii=False)


def _escaped(text: str) -> str:
    return "".join(f"\\u{ord(each):04x}" for each in text)


def _in_capitals(text: str) -> str:
    """Return JSON with the digits of its escapes in capitals."""
    first, *rest = text.split("\\u")
    return first + "".join(f"\\u{each[:4].upper()}{each[4:]}" for each in rest)

"""Long bodies of forms: whether what stands at their end, or where a buffer ends, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from conformance.checks.long_urls import PADDING
from conformance.checks.text_packs import fields_for_texts
from conformance.spec.addressing import Override, Request, overridden
from conformance.spec.media_types import FORM_TYPE
from conformance.spec.resources import CUSTOMERS
from conformance.verdicts import not_applicable
from conformance.wire.recorder import observed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.clients.api import Api
    from conformance.spec.addressing import Identity

BORDERS = (4096, 8192, 16384, 32768)
"""Where buffers for the body of a form end, in bytes."""

CUTS = (1, 2, 4, 5)
"""How many of the six bytes of an encoded letter stand before a border."""

LETTER = "\u00e5"


def lost_behind(
    api: Api, lengths: Iterable[int], override: Override = Override.NATIVE
) -> list[str]:
    """PUT a name at the end of forms of some lengths; return those of which it is not stored.

    A form that is refused is left out. Not applicable where a short unknown parameter is refused.
    """
    made = api.shared_record(CUSTOMERS)
    found = []
    for length in (0, *lengths):
        name = api.fresh()
        padding = "x" * (length - len(urlencode({PADDING: "", "name": name})))
        data = {PADDING: padding or "x", "name": name}
        asked = overridden(Request("PUT", made.path, {"data": data}), override)
        # A server may also refuse a long body by closing the connection.
        response = api.attempt(asked.method, asked.path, **asked.options).response
        is_taken = response is not None and response.ok
        is_stored = is_taken and api.read(made).get("name") == name
        if length == 0 and not is_stored:
            not_applicable("nothing is stored beside a parameter that is not known")
        observed("forms" if is_taken else "forms refused", 1)
        found += [f"a form of {length} bytes"] if is_taken and not is_stored else []
    return found


def cut_escapes(api: Api) -> list[str]:
    """PUT forms in which an encoded letter lies across the borders of buffers.

    Return what is refused or stored otherwise. Not applicable where it is so with letters that
    stand behind the borders.
    """
    made, fields = api.create(CUSTOMERS), fields_for_texts(api, CUSTOMERS)
    if _stored_otherwise(api, made, fields, 0):
        not_applicable("no form of this length is stored")
    found = [each for cut in CUTS for each in _stored_otherwise(api, made, fields, cut)]
    observed("forms", len(CUTS))
    return found


def _stored_otherwise(api: Api, made: Identity, fields: Iterable[str], cut: int) -> list[str]:
    """PUT texts whose last letters, encoded, begin so many bytes before borders."""
    form, texts = "", {}
    for name, border in zip(fields, BORDERS, strict=False):
        begun = f"&{name}={api.fresh()}"
        texts[name] = begun.partition("=")[2] + LETTER
        form += f"&{PADDING}=" if form else f"{PADDING}="
        form += "x" * (border - cut - len(form + begun)) + begun + quote(LETTER)
    headers = {"Content-Type": FORM_TYPE}
    asked = Request("PUT", made.path, {"data": form.encode(), "headers": headers})
    response = api.attempt(asked.method, asked.path, **asked.options).response
    told = f"{cut} of the bytes of its last letter before the border of a buffer"
    if response is None or not response.ok:
        return [f"a form is refused that has a text with {told}"]
    record = api.read(made)
    return [
        f"{record.get(name)!r} is stored in place of {text!r}, {told}"
        for name, text in texts.items()
        if record.get(name) != text
    ]

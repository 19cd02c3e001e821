"""Payloads of a customer with exactly one named thing wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlencode

from hypothesis import strategies as st

from conformance.spec.media_types import FORM_TYPE, JSON_TYPE
from strategies.customers import CUSTNR_LENGTH, FLAGS, LENGTHS, REPORTS

if TYPE_CHECKING:
    from collections.abc import Mapping


CHOICES = {"receive_monthly_report": REPORTS, "freespee_caller_id": FLAGS}
"""The parameters that have a few possible values, with these values."""

NO_CHOICES = ("3", "9", "-1", "10", "00", "1.0", "0x1", "yes", "true", "on", "\uff11", "1 2", "x")
"""Values that are not among the possible ones, however leniently they are parsed."""

UNKNOWN = ("nickname", "Name", "names", "name_", "x" * 60, "å", "custom_99", "custom_0", "custom_x")
"""Names of parameters that no method has."""

MALFORMED = (b"%", b"%z", b"%zz", b"a%4", b"%u00e5", b"\xff", b"%FF", b"%C3", b"%C0%AF")
"""Ends of a value that are invalid as percent-encoding or as UTF-8 (the last cut or overlong)."""

SURROGATES = (b"%ED%A0%80", b"%ED%A0%BD%ED%B3%9E", b"%F4%90%80%80")
"""Encoded octets that look like UTF-8 but stand for no character: surrogates and out of range."""

OTHER_TYPES = ("text/plain", "application/xml", "text/html", "multipart/form-data", "nonsense", "/")
"""Media types that no method accepts for a request body."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong with a payload, and how to put it into a valid one.

    `values` are added to the valid values and `without` is left out. `tail` is appended to a form
    as it is. `cut` is the number of characters to drop from the end of a JSON body, to which
    `members` are added.
    """

    what: str
    values: Mapping[str, str] = field(default_factory=dict)
    without: str = ""
    tail: bytes = b""
    content_type: str = FORM_TYPE
    cut: int = 0
    members: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Return what is wrong and where, in a few words."""
        told = (*self.values.items(), self.without, self.tail, *self.members.items())
        shown = ", ".join(f"{each!r:.60}" for each in told if each)
        return f"{self.what}: {shown or self.content_type}"

    def put_into(self, right: Mapping[str, str]) -> tuple[str, bytes]:
        """Return the media type and the body of a valid payload with this one thing wrong."""
        values = {name: value for name, value in right.items() if name != self.without}
        if self.content_type == JSON_TYPE:
            text = json.dumps({**values, **self.members})
            return JSON_TYPE, text[: len(text) - self.cut].encode()
        body = urlencode({**values, **self.values}, quote_via=quote_plus).encode()
        return self.content_type, body + self.tail


def too_long_value() -> st.SearchStrategy[Wrong]:
    """Draw a value that is one character longer than its maximum."""
    limits = {**LENGTHS, "custnr": CUSTNR_LENGTH}
    return st.sampled_from(sorted(limits)).map(
        lambda name: Wrong("too long by one", {name: _of_length(name, limits[name] + 1)})
    )


def out_of_range() -> st.SearchStrategy[Wrong]:
    """Draw a value that is not among the few possible ones of its parameter."""
    return st.builds(
        lambda name, value: Wrong("out of range", {name: value}),
        st.sampled_from(sorted(CHOICES)),
        st.sampled_from(NO_CHOICES),
    )


def unknown() -> st.SearchStrategy[Wrong]:
    """Draw a parameter that no method has."""
    return st.sampled_from(UNKNOWN).map(lambda name: Wrong("unknown", {name: "a"}))


def repeated() -> st.SearchStrategy[Wrong]:
    """Draw a parameter that is sent twice, with different values."""
    return st.sampled_from((b"&name=again", b"&%6Eame=again", b"&corporateid=1&corporateid=2")).map(
        lambda tail: Wrong("repeated", tail=tail)
    )


def malformed() -> st.SearchStrategy[Wrong]:
    """Draw a value with invalid percent-encoding or invalid UTF-8."""
    return st.sampled_from((*MALFORMED, *SURROGATES)).map(
        lambda end: Wrong("malformed encoding", tail=b"&corporateid=a" + end)
    )


def other_types() -> st.SearchStrategy[Wrong]:
    """Draw a form that is sent under another media type."""
    return st.sampled_from(OTHER_TYPES).map(lambda type_: Wrong("wrong type", content_type=type_))


def truncated_json() -> st.SearchStrategy[Wrong]:
    """Draw a JSON body that ends too early."""
    return st.integers(1, 20).map(
        lambda cut: Wrong(
            "truncated JSON", content_type=JSON_TYPE, cut=cut, members={"more": "a" * 20}
        )
    )


def mistyped_json() -> st.SearchStrategy[Wrong]:
    """Draw a JSON body with a value that is not a string."""
    return st.sampled_from(([], ["a"], {}, {"a": "b"}, [["a"]], True, False)).map(
        lambda value: Wrong(
            "wrong type in JSON", content_type=JSON_TYPE, members={"corporateid": value}
        )
    )


def empty() -> st.SearchStrategy[Wrong]:
    """Draw a mandatory parameter with an empty value."""
    return st.sampled_from(("name", "custnr")).map(lambda name: Wrong("empty", {name: ""}))


def missing() -> st.SearchStrategy[Wrong]:
    """Draw a mandatory parameter to leave out."""
    return st.sampled_from(("name", "custnr")).map(lambda name: Wrong("missing", without=name))


def wrongs() -> st.SearchStrategy[Wrong]:
    """Draw anything that can be wrong with a PUT of a customer."""
    return st.one_of(
        out_of_range(),
        too_long_value(),
        malformed(),
        truncated_json(),
        mistyped_json(),
        repeated(),
        unknown(),
        other_types(),
        empty(),
    )


def wrongs_of_post() -> st.SearchStrategy[Wrong]:
    """Draw anything that can be wrong with a POST of a customer."""
    return st.one_of(missing(), wrongs())


def _of_length(name: str, length: int) -> str:
    if name == "email":
        label = ("abcd." * 40)[: length - 22].rstrip(".")
        return f"{'l' * (length - len(label) - 13)}@{label}.example.com"
    return "x" * length

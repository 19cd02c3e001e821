"""Payloads of a customer with exactly one thing wrong, which has a name."""

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
"""The parameters that choose among a few values."""

NO_CHOICES = ("3", "9", "-1", "10", "00", "1.0", "0x1", "yes", "true", "on", "\uff11", "1 2", "x")
"""Values that are none of those, whichever way they are read."""

UNKNOWN = ("nickname", "Name", "names", "name_", "x" * 60, "å", "custom_99", "custom_0", "custom_x")
"""Parameters that no method knows."""

MALFORMED = (b"%", b"%z", b"%zz", b"a%4", b"%u00e5", b"\xff", b"%FF", b"%C3", b"%C0%AF")
"""Ends of a value that are neither URL-encoded nor UTF-8; the last are cut and overlong."""

SURROGATES = (b"%ED%A0%80", b"%ED%A0%BD%ED%B3%9E", b"%F4%90%80%80")
"""Octets that look like UTF-8 for what is no character."""

OTHER_TYPES = ("text/plain", "application/xml", "text/html", "multipart/form-data", "nonsense", "/")
"""Types of a body that no method takes."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong with a payload, and how it is put into one that is right.

    `values` are added to the right ones, `without` is left out; `tail` is put behind a form as it
    is, `cut` takes so many characters from the end of a JSON body, `members` are added to it.
    """

    what: str
    values: Mapping[str, str] = field(default_factory=dict)
    without: str = ""
    tail: bytes = b""
    content_type: str = FORM_TYPE
    cut: int = 0
    members: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Return what is wrong, and where, in a few words."""
        told = (*self.values.items(), self.without, self.tail, *self.members.items())
        shown = ", ".join(f"{each!r:.60}" for each in told if each)
        return f"{self.what}: {shown or self.content_type}"

    def put_into(self, right: Mapping[str, str]) -> tuple[str, bytes]:
        """Return the type and the body of a payload with this wrong in it."""
        values = {name: value for name, value in right.items() if name != self.without}
        if self.content_type == JSON_TYPE:
            text = json.dumps({**values, **self.members})
            return JSON_TYPE, text[: len(text) - self.cut].encode()
        body = urlencode({**values, **self.values}, quote_via=quote_plus).encode()
        return self.content_type, body + self.tail


def too_long() -> st.SearchStrategy[Wrong]:
    """A value with one character more than it may have."""
    limits = {**LENGTHS, "custnr": CUSTNR_LENGTH}
    return st.sampled_from(sorted(limits)).map(
        lambda name: Wrong("too long by one", {name: _of_length(name, limits[name] + 1)})
    )


def out_of_range() -> st.SearchStrategy[Wrong]:
    """A value that is none of the few that a parameter can have."""
    return st.builds(
        lambda name, value: Wrong("out of range", {name: value}),
        st.sampled_from(sorted(CHOICES)),
        st.sampled_from(NO_CHOICES),
    )


def unknown() -> st.SearchStrategy[Wrong]:
    """A parameter that nobody knows."""
    return st.sampled_from(UNKNOWN).map(lambda name: Wrong("unknown", {name: "a"}))


def repeated() -> st.SearchStrategy[Wrong]:
    """A parameter that comes twice, with different values."""
    return st.sampled_from((b"&name=again", b"&%6Eame=again", b"&corporateid=1&corporateid=2")).map(
        lambda tail: Wrong("repeated", tail=tail)
    )


def malformed() -> st.SearchStrategy[Wrong]:
    """A value that is not URL-encoded, or not in UTF-8."""
    return st.sampled_from((*MALFORMED, *SURROGATES)).map(
        lambda end: Wrong("malformed encoding", tail=b"&corporateid=a" + end)
    )


def other_types() -> st.SearchStrategy[Wrong]:
    """A form under a type that is not that of a form."""
    return st.sampled_from(OTHER_TYPES).map(lambda type_: Wrong("wrong type", content_type=type_))


def truncated_json() -> st.SearchStrategy[Wrong]:
    """A JSON body that ends too early."""
    return st.integers(1, 20).map(
        lambda cut: Wrong(
            "truncated JSON", content_type=JSON_TYPE, cut=cut, members={"more": "a" * 20}
        )
    )


def mistyped_json() -> st.SearchStrategy[Wrong]:
    """A JSON body with a value that is no text."""
    return st.sampled_from(([], ["a"], {}, {"a": "b"}, [["a"]], True, False)).map(
        lambda value: Wrong(
            "wrong type in JSON", content_type=JSON_TYPE, members={"corporateid": value}
        )
    )


def empty() -> st.SearchStrategy[Wrong]:
    """A mandatory value that is empty."""
    return st.sampled_from(("name", "custnr")).map(lambda name: Wrong("empty", {name: ""}))


def missing() -> st.SearchStrategy[Wrong]:
    """A mandatory parameter that is missing."""
    return st.sampled_from(("name", "custnr")).map(lambda name: Wrong("missing", without=name))


def wrongs() -> st.SearchStrategy[Wrong]:
    """Everything that can be wrong with a PUT of a customer."""
    return st.one_of(
        out_of_range(),
        too_long(),
        malformed(),
        truncated_json(),
        mistyped_json(),
        repeated(),
        unknown(),
        other_types(),
        empty(),
    )


def wrongs_of_post() -> st.SearchStrategy[Wrong]:
    """Everything that can be wrong with a POST of a customer."""
    return st.one_of(missing(), wrongs())


def _of_length(name: str, length: int) -> str:
    if name == "email":
        label = ("abcd." * 40)[: length - 22].rstrip(".")
        return f"{'l' * (length - len(label) - 13)}@{label}.example.com"
    return "x" * length

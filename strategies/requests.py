"""Requests with any path, query, header fields and body that HTTP allows, sensible and odd ones.

None of them writes to a record of another caller: a GET has no override, and a body has no id and
not all that a new customer needs. Left out is what a server in front of the API may answer in its
own way: dot segments, double slashes, encoded slashes, ranges, conditions, and content codings.
"""

from __future__ import annotations

import json
from urllib.parse import quote, quote_plus

from hypothesis import strategies as st

from conformance.spec.addressing import Request
from conformance.spec.media_types import FORM_TYPE, JSON_TYPE
from strategies.invalid import MALFORMED, OTHER_TYPES, SURROGATES
from strategies.moments import moments
from strategies.texts import numbers, texts, words

NUMBERS = ("0", "1", "-1", "1.5", "1e3", "007", "2147483648", "9" * 19, "9" * 40, "٣", "NaN")
"""Numbers that programs often handle wrongly."""

NAMES = ("customers", "sources", "users", "voicemail_greetings", "statistics", "cdrs")
PARAMETERS = (
    *("page", "pagesize", "customer_id", "custnr", "source_id", "user_id", "vm_greeting_id"),
    *("from_date", "to_date", "extended", "newest_first", "status", "class", "å", ""),
)
"""Names of query parameters, known and unknown."""

LISTS = ("/customers", "/sources", "/users", "/customers/voicemail_greetings", "/statistics/cdrs")
ACCEPTED = (
    *("*/*", "application/json", "application/xml", "application/*", "*/*;q=0.1"),
    *("application/xml;q=0.9, application/json", "text/html, */*", "application/json;q=x, */*"),
)
"""Values of Accept that JSON or XML satisfies; one is malformed in part."""

FIELD_NAMES = ("Accept-Language", "Cookie", "Referer", "User-Agent", "X-Requested-With", "X-Odd")


def parameter_values() -> st.SearchStrategy[str]:
    """Draw values of parameters: texts, numbers, keywords, moments, and the empty string."""
    return st.one_of(
        st.sampled_from(NUMBERS), st.just(""), texts(), numbers(), words(), moments(), odd_texts()
    )


def odd_texts() -> st.SearchStrategy[str]:
    """Draw texts of control, format, private-use, unassigned and space characters."""
    # No codec: it would change nothing, and Hypothesis tries each character of Unicode with one.
    odd = st.characters(categories=("Cc", "Cf", "Co", "Cn", "Zs", "Zl", "Zp"))
    return st.text(odd, min_size=1, max_size=5)


def encoded_values() -> st.SearchStrategy[str]:
    """Draw values as a query or a form has them: URL-encoded, or malformed."""
    broken = [end.decode("ascii") for end in (*MALFORMED, *SURROGATES) if end.isascii()]
    return st.one_of(
        parameter_values().map(quote_plus),
        parameter_values().map(lambda value: quote(value, safe="")),
        st.sampled_from(broken),
    )


def queries() -> st.SearchStrategy[str]:
    """Draw query strings of known, unknown and repeated parameters, with and without "="."""
    names = st.sampled_from(PARAMETERS).map(quote_plus)
    pair = st.builds(
        "{}{}{}".format, names, st.sampled_from(("=", "=", "[]=", "")), encoded_values()
    )
    return st.lists(pair, max_size=4).map("&".join)


def paths() -> st.SearchStrategy[str]:
    """Draw paths of lists, of records, and of neither."""
    odd = st.one_of(st.sampled_from(NUMBERS), texts()).map(
        lambda text: quote(text.replace("/", "").replace(".", ""), safe="") or "x"
    )
    segment = st.one_of(st.sampled_from(NAMES), odd)
    suffix = st.sampled_from(("", "", ".json", ".xml", ".yaml"))
    listed = st.builds("{}{}".format, st.sampled_from(LISTS), suffix)
    deep = st.lists(segment, min_size=1, max_size=6).map(lambda each: "/" + "/".join(each))
    record = st.builds("{}/{}".format, listed, odd)
    return st.one_of(listed, listed, listed, record, deep)


def header_fields() -> st.SearchStrategy[dict[str, str]]:
    """Draw Accept, and header fields without a meaning here, with values that HTTP allows."""
    value = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=40)
    odd = st.dictionaries(st.sampled_from(FIELD_NAMES), value, max_size=2)
    return st.builds(
        lambda accept, others: {"Accept": accept, **others}, st.sampled_from(ACCEPTED), odd
    )


def questions() -> st.SearchStrategy[Request]:
    """Draw GET requests."""
    return st.builds(
        lambda path, query, headers: Request(
            "GET", f"{path}?{query}" if query else path, {"headers": headers}
        ),
        paths(),
        queries(),
        header_fields(),
    )


def forms() -> st.SearchStrategy[bytes]:
    """Draw valid and malformed forms that name no customer and cannot create one."""
    names = ("name", "corporateid", "email", "receive_monthly_report", "custom_1", "custom_99", "")
    pair = st.builds("{}={}".format, st.sampled_from(names), encoded_values())
    return st.lists(pair, max_size=4).map(lambda pairs: "&".join(pairs).encode())


def json_bodies() -> st.SearchStrategy[bytes]:
    """Draw JSON of every shape, complete or cut, that names no customer and cannot create one."""
    leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), parameter_values())
    value = st.recursive(leaves, lambda each: st.lists(each, max_size=3), max_leaves=5)
    names = st.sampled_from(("name", "corporateid", "email", "custom_1", "å", "name\x00", ""))
    members = st.dictionaries(names, value, max_size=3)
    return st.builds(
        lambda document, cut: written(document)[: cut or None],
        st.one_of(members, members, value),
        st.sampled_from((0, 0, 0, -1, 1)),
    )


def written(document: object) -> bytes:
    """Return a document as JSON, NaN and infinities included."""
    return json.dumps(document).encode()


def bodies() -> st.SearchStrategy[tuple[str, bytes]]:
    """Draw bodies with a media type: forms and JSON under their own, any bytes under any type."""
    types = st.sampled_from(
        (FORM_TYPE, FORM_TYPE, JSON_TYPE, JSON_TYPE, f"{FORM_TYPE}; charset=x", *OTHER_TYPES)
    )
    return st.one_of(
        st.tuples(st.just(FORM_TYPE), forms()),
        st.tuples(st.just(JSON_TYPE), json_bodies()),
        st.tuples(types, st.one_of(forms(), json_bodies(), st.binary(max_size=30))),
    )

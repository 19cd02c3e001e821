"""Reading responses leniently, where the shape of the envelope is somebody else's rule."""

from __future__ import annotations

import pytest

from conformance.checks.refusals import CHALLENGED, holds_data, refusal
from conformance.spec.resources import CUSTOMERS, USERS
from conformance.wire.documents import Unreadable
from conformance.wire.responses import Response

DIGEST = ("WWW-Authenticate", 'Digest realm="r", nonce="n"')
PAGED = (
    b'<?xml version="1.0"?><customers><total>1</total>'
    b"<customer><customer_id>1</customer_id><name></name></customer></customers>"
)
RECORD = b'{"customer_id": "1", "name": null}'


def answered(body: bytes, *fields: tuple[str, str], status: int = 200) -> Response:
    """Return a response that has a body."""
    return Response(status, fields, body)


@pytest.mark.parametrize(
    "body",
    [
        b'{"customers": [%s]}' % RECORD,
        b'{"total": 1, "page": 0, "customers": [%s]}' % RECORD,
        b'{"customers": %s}' % RECORD,
        b'{"customer": [%s]}' % RECORD,
        b'{"result": %s}' % RECORD,
        b"[%s]" % RECORD,
        b"  %s\n" % RECORD,
        b"\xef\xbb\xbf%s" % RECORD,
    ],
    ids=["envelope", "page", "lone record", "other key", "other, lone", "list", "bare", "BOM"],
)
def test_records_are_read_from_any_envelope(body: bytes) -> None:
    """The documented envelope, another one or none: the record is found."""
    assert answered(body).records(CUSTOMERS) == [{"customer_id": "1", "name": None}]


@pytest.mark.parametrize(
    "body",
    [
        b"<customers><customer><customer_id>1</customer_id><name/></customer></customers>",
        PAGED,
    ],
    ids=["plain", "paged"],
)
def test_records_are_read_from_xml(body: bytes) -> None:
    """Every element with children is a record; an empty element is an empty text."""
    assert answered(body).records(CUSTOMERS) == [{"customer_id": "1", "name": ""}]


@pytest.mark.parametrize("body", [b'{"customers": []}', b"<customers/>"])
def test_an_empty_list_has_no_records(body: bytes) -> None:
    """An empty list can be read."""
    assert answered(body).records(CUSTOMERS) == []
    assert not answered(body).holds_records(CUSTOMERS)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"{}",
        b"[]",
        b'"customers"',
        b'{"errors": ["no"]}',
        b'{"customers": "none"}',
        b'{"customers": null}',
        b'{"users": [{"user_id": "1"}]}',
        b'{"customers": [',
        b"<customers><customer>",
        b"\xff\xfe",
        b"<html><body><p>Welcome</p></body></html>",
    ],
)
def test_what_holds_no_records_is_unreadable(body: bytes) -> None:
    """It says what the body is, so that the rule is inconclusive and not passed by accident."""
    with pytest.raises(Unreadable, match="the body"):
        answered(body).records(CUSTOMERS)
    assert not answered(body).holds_records(CUSTOMERS)


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE customers [<!ENTITY a "b">]><customers>&a;</customers>',
        b'<!DOCTYPE customers SYSTEM "file:///etc/passwd"><customers>&a;</customers>',
        b'<!DOCTYPE customers SYSTEM "a.dtd" [<!ENTITY a SYSTEM "file:///etc/passwd">]><customers/>',
        '<!DOCTYPE customers [<!ENTITY a "b">]><customers>&a;</customers>'.encode("utf-16"),
    ],
    ids=["entity", "external", "both", "UTF-16"],
)
def test_entities_are_not_read(body: bytes) -> None:
    """Entities could make a small body grow, or fetch a file: nothing of it is read."""
    with pytest.raises(Unreadable):
        answered(body).xml()


def test_deep_nesting_is_unreadable() -> None:
    """A body that is nested deeper than a parser goes is the target's fault, not ours."""
    with pytest.raises(Unreadable):
        answered(b"[" * 100_000).records(CUSTOMERS)


def test_a_field_can_come_twice() -> None:
    """All values of a field can be had; its case does not matter."""
    response = answered(b"", ("X-A", "1"), ("x-a", "2"), ("Content-Type", " Text/HTML ; q=1"))

    assert response.all("X-a") == ["1", "2"]
    assert response.headers["X-A"] == "1, 2"
    assert response.media_type == "text/html"
    assert answered(b"").media_type == ""


@pytest.mark.parametrize(
    "declared",
    [b"", b' SYSTEM "http://localhost/a.dtd"', b" PUBLIC '-//A//B' 'http://localhost/a'"],
)
def test_a_document_type_that_declares_nothing_is_passed_over(declared: bytes) -> None:
    """The file that it names is not fetched."""
    body = b'<?xml version="1.0"?>\n<!DOCTYPE customers' + declared + b" >\n<customers/>"

    assert answered(body).xml().tag == "customers"


@pytest.mark.parametrize(("status", "ok"), [(199, False), (200, True), (299, True), (300, False)])
def test_a_status_below_300_is_good(status: int, *, ok: bool) -> None:
    """The class of the status tells whether the request was handled."""
    assert answered(b"", status=status).ok is ok


@pytest.mark.parametrize(
    ("body", "holds"),
    [
        (b'{"customers": []}', True),
        (b'{"ping": "ok"}', True),
        (b'{"errors": [], "users": []}', True),
        (b"<customers/>", True),
        (b'<?xml version="1.0"?><users><user/></users>', True),
        (b'[{"customer_id": "1"}]', True),
        (b'{"customer_id": "1", "name": "Ada"}', True),
        (b"", False),
        (b"null", False),
        (b"{}", False),
        (b'{"errors": ["customers"]}', False),
        (b"<errors/>", False),
        (b"<!DOCTYPE html><html></html>", False),
        (b"customers", False),
    ],
)
def test_an_answer_holds_data_or_not(body: bytes, *, holds: bool) -> None:
    """Data is what the API answers under a resource's name, or a record itself; an error is not."""
    assert holds_data(answered(body)) is holds


def test_no_response_holds_no_data() -> None:
    """Where nothing came, nothing was given away."""
    assert not holds_data(None)


def test_a_refusal_is_told_in_three_words() -> None:
    """Status, challenge and data are what matters of a refusal."""
    refused = answered(b"null", DIGEST, status=401)
    leaking = answered(b'{"users": []}', ("WWW-Authenticate", "Basic realm=x"), status=403)

    assert refusal(refused) == CHALLENGED
    assert refusal(leaking) == (403, "not challenged", "data")
    assert USERS.name == "users"


def test_xml_may_begin_with_a_byte_order_mark() -> None:
    """It is read all the same, and is seen to be data."""
    marked = answered(b"\xef\xbb\xbf<?xml version='1.0'?><customers><customer/></customers>")

    assert marked.xml().tag == "customers"
    assert holds_data(marked)

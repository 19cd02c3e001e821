"""JSON and XML of a target: nothing in it makes reading slow, large or dangerous."""

from __future__ import annotations

import time

import pytest

from conformance.wire.documents import Unreadable, json_value, xml_root

SECONDS = 5.0
ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 101 + b"]" * 101,
        b'{"a":' * 101 + b"1" + b"}" * 101,
        b"[" * 8_000_000,
        b"[" + b"[]," * 300_000 + b"[]]",
        b"[" + b"1," * 600_000 + b"1]",
        b"1" * 1_000_000,
        b"-" + b"1" * 5_000,
        b"{" * 8_000_000,
        b"\xff\xfe\x00",
    ],
    ids=[
        *("deep list", "deep object", "no end", "many lists", "many numbers", "long number"),
        *("long negative number", "open objects", "half a character"),
    ],
)
def test_json_beyond_the_bounds_is_unreadable(content: bytes) -> None:
    """It is told from a value at once, and nothing else is raised."""
    started = time.perf_counter()
    with pytest.raises(Unreadable, match="the body") as raised:
        json_value(content)

    assert time.perf_counter() - started < SECONDS
    assert len(str(raised.value)) < 500


def test_json_within_the_bounds_is_read() -> None:
    """Depth 100, long texts that look like depth, and many records."""
    deep: object = []
    for _ in range(99):
        deep = [deep]

    assert json_value(b"[" * 100 + b"]" * 100) == deep
    assert json_value(b'"' + b"[" * 400_000 + b'"') == "[" * 400_000
    assert json_value(b"[" + b",".join([b'{"a": [1]}'] * 50_000) + b"]") == [{"a": [1]}] * 50_000
    assert json_value(b"1." + b"1" * 1_000_000) == 1 + 1 / 9


@pytest.mark.parametrize(
    "content",
    [
        b"<a>" * 101 + b"</a>" * 101,
        b"<a>" * 2_000_000,
        b"<a>" + b"<b/>" * 600_000 + b"</a>",
        ENTITY.encode(),
        ENTITY.encode("utf-16-le"),
        ENTITY.encode("utf-16-be"),
        ENTITY.encode("utf-16"),
        ENTITY.encode("utf-32-le"),
        b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>',
        b"<?xml version='1.0' encoding='cp037'?>" + ENTITY.encode("cp037"),
        b'<?xml version="1.0"' + b" " * 1000 + b'encoding="cp037"?>' + ENTITY.encode("cp037"),
        b'<?xml version="1.0" encoding="no-such-thing"?><a/>',
        b"<a>&b;</a>",
        b"",
    ],
    ids=[
        *("deep", "no end", "many", "entity", "UTF-16-LE", "UTF-16-BE", "UTF-16", "UTF-32"),
        *("UTF-7", "EBCDIC", "EBCDIC far away", "unknown encoding", "undeclared entity", "nothing"),
    ],
)
def test_xml_beyond_the_bounds_is_unreadable(content: bytes) -> None:
    """It is told from a document at once, and nothing else is raised."""
    started = time.perf_counter()
    with pytest.raises(Unreadable, match="the body"):
        xml_root(content)

    assert time.perf_counter() - started < SECONDS


@pytest.mark.parametrize("encoding", ["UTF-8", "us-ascii", "ISO-8859-1", "windows-1252"])
def test_xml_in_an_encoding_like_ascii_is_read(encoding: str) -> None:
    """That it should be UTF-8 is for a rule to say."""
    assert xml_root(f"<?xml version='1.0' encoding='{encoding}'?><a>b</a>".encode()).text == "b"


def test_xml_within_the_bounds_is_read() -> None:
    """Depth 100 and a long list of calls."""
    assert xml_root(b"<a>" * 100 + b"</a>" * 100).tag == "a"
    assert len(xml_root(b"<a>" + b"<b><c>d</c></b>" * 100_000 + b"</a>")) == 100_000


def test_a_document_type_without_end_takes_no_time() -> None:
    """The work grows with the length alone."""
    started = time.perf_counter()
    for content in (
        b"<!DOCTYPE " * 400_000,
        b"<!DOCTYPE a SYSTEM " + b'"" ' * 1_000_000,
        b"<!DOCTYPE" + b" " * 4_000_000,
        b"<!DOCTYPE a" + b" " * 4_000_000,
    ):
        with pytest.raises(Unreadable):
            xml_root(content)

    assert time.perf_counter() - started < SECONDS


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (rb'["\ud800a", "a\uDFFF"]', ["\ufffda", "a\ufffd"]),
        (rb'{"\udbff": {"a": ["\ud83d"]}}', {"\ufffd": {"a": ["\ufffd"]}}),
        (b'"a\xed\xa0\x80b"', "a\ufffdb"),
        ('"\ud800"'.encode("utf-16", "surrogatepass"), "\ufffd"),
        (rb'["\ud83d\udcde", "\\ud800", 1, null]', ["\U0001f4de", r"\ud800", 1, None]),
    ],
    ids=["ends", "keys", "octets", "UTF-16", "whole ones"],
)
def test_half_a_character_is_read_as_a_replacement(content: bytes, value: object) -> None:
    """So every text that is read can be written; what is whole stays as it is."""
    assert json_value(content) == value

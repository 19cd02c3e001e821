"""Modes that answer as they should, but for one thing in every answer, errors included.

What is asked is done: so a run goes on and on, and meets the alteration wherever it reads.
"""

import base64
import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from reference import Response

from .challenges import authorization
from .framing import JSON, written
from .mode import Family
from .wire import Wire

FAMILY: Final = Family("alteration")
MEGABYTES: Final = 3
LONG: Final = 200.0
"""Seconds within which a run ends whose time is spent by waiting, its clean-up included."""
TEXT: Final = re.compile(rb'"((?:[^"\\]|\\.)*)"(?=\s*[,}\]])')
"""A text in JSON that is a value."""
ID: Final = re.compile(rb'("(?:customer|vm_greeting|source|user)_id"\s*:\s*)"(\d+)"')
NUMBER: Final = re.compile(rb'("(?:total|page|pagesize|numpages)"\s*:\s*)"?\d+"?')
NAME: Final = re.compile(rb'("name"\s*:\s*")')
IDS: Final = (
    b"%s", b"%s.0", b"-%s", b"true", b"null", b"[%s]", b'{"id":"%s"}', b'"%s\\n"', b'" %s"',
    b'"0%s"', b'"%s/../1"', b'"..%%2f%s"', b'"%s?_method=DELETE"', b'"%s;1"', b'"%s#"',
    b'"%s\\u0000"', b'"."', b'"%%2e%%2e"', b'"\\u0661%s"',
)  # fmt: skip
NUMBERS: Final = (
    b"1e400", b"NaN", b"-Infinity", b"-0", b"1" * 4400, b"1E+2", b"0.1e-9999", b"true", b"[]",
    b'"\\u0661"',
)  # fmt: skip
KEYS: Final = rb'"\\u001b]0;x\\u0007\\n::error::\1\\n##[group]\\u009b2J<script>"'


def altered(name: str, sentence: str, body: Callable[[Wire, bytes], bytes]) -> None:
    """Make a mode that alters the body of each answer."""

    @FAMILY.answering(name, sentence)
    def act(wire: Wire) -> None:
        wire.response = without_length(wire.response, body(wire, wire.response.body))
        wire.honest()


def without_length(response: Response, body: bytes) -> Response:
    """An answer with another body, whose length is told anew."""
    kept = tuple(each for each in response.headers if each[0].lower() != "content-length")
    return replace(response, headers=kept, body=body)


def one_of(wire: Wire, choices: tuple[bytes, ...]) -> bytes:
    """One of several, another one for each answer, and the same in each run."""
    return random.Random(wire.around.answers).choice(choices)  # noqa: S311  (no secret)


def proof_of(wire: Wire) -> bytes:
    """The digest that a caller sent."""
    found = re.search(rb'response="?([0-9a-f]+)', authorization(wire))
    return found[1] if found else b"none"


def in_names(body: bytes, text: bytes) -> bytes:
    """A body in which each name begins with a text."""
    return NAME.sub(lambda each: each[1] + text, body)


altered(
    "halves-in-every-text", "Puts half a character before and behind every text.",
    lambda _, body: TEXT.sub(rb'"\\ud800\1\\udfff"', body),
)  # fmt: skip
altered(
    "halves-in-octets", "Puts the octets of half a character into every name.",
    lambda _, body: in_names(body, b"\xed\xa0\x80"),
)  # fmt: skip
altered(
    "unreadable-but-done", "Does all that is asked, and answers what nobody can read.",
    lambda _, body: b"[" * 100_000 + b"]" * 100_000 if body else body,
)  # fmt: skip
altered(
    "empty-but-done", "Does all that is asked, and answers with an empty body.",
    lambda *_: b"",
)  # fmt: skip
altered(
    "ids-of-every-type", "Shows each id in another type or spelling each time.",
    lambda wire, body: ID.sub(lambda each: each[1] + in_place(wire, each[2]), body),
)  # fmt: skip
altered(
    "paging-of-every-number", "Tells of pages in numbers that no program expects.",
    lambda wire, body: NUMBER.sub(lambda each: each[1] + one_of(wire, NUMBERS), body),
)  # fmt: skip
altered(
    "keys-that-act", "Gives the fields of records names that act.",
    lambda _, body: re.sub(rb'"(name|custnr|total)"', KEYS, body),
)  # fmt: skip
altered(
    "keys-by-ten-thousands", "Puts 20,000 further keys into every answer.",
    lambda _, body: b"{" + b"".join(b'"k%d":%d,' % (n, n) for n in range(20_000)) + body[1:]
    if body.startswith(b'{"') else body,
)  # fmt: skip
altered(
    "megabytes-of-blanks", "Puts three megabytes of blanks behind every answer.",
    lambda _, body: body + b" " * (MEGABYTES * 1024 * 1024),
)  # fmt: skip
altered(
    "names-of-half-a-megabyte", "Puts half a megabyte before every name.",
    lambda wire, body: in_names(body, b"%d" % wire.around.answers + b"x" * 512 * 1024),
)  # fmt: skip
altered(
    "elements-by-hundred-thousands", "Puts 100,000 elements into every XML document.",
    lambda _, body: re.sub(rb"</(\w+)>\s*$", b"<x/>" * 100_000 + rb"</\1>", body),
)  # fmt: skip


def in_place(wire: Wire, id_: bytes) -> bytes:
    """What stands in place of an id."""
    form = one_of(wire, IDS)
    return form % id_ if form.count(b"%s") else form.replace(b"%%", b"%")


def octets_in_base64(proof: bytes) -> bytes:
    """The octets that a digest stands for, in Base64."""
    return base64.b64encode(bytes.fromhex(proof.decode())) if proof != b"none" else proof


def escapes(proof: bytes) -> bytes:
    r"""A text in which each character is written as \x41."""
    return b"".join(b"\\x%02x" % octet for octet in proof)


def shows_proof(name: str, what: str, spelling: Callable[[bytes], bytes]) -> None:
    """Make a mode that sends the digest of each request back wherever there is room for it."""

    @FAMILY.answering(f"digest-{name}", f"Sends each digest back {what}, in fields and names.")
    def act(wire: Wire) -> None:
        shown = spelling(proof_of(wire))
        fields = (("X-Seen", shown.decode()), ("Set-Cookie", f"seen={shown.decode()}"))
        quoted = json.dumps(shown.decode())[1:-1].encode()
        answer = without_length(wire.response, in_names(wire.response.body, quoted))
        wire.response = replace(answer, headers=(*answer.headers, *fields))
        wire.honest()


shows_proof("without-its-name", "without a word beside it", bytes)
shows_proof("in-capitals", "in capital letters", bytes.upper)
shows_proof("in-base64", "in Base64", base64.b64encode)
shows_proof("as-octets", "as octets in Base64", octets_in_base64)
shows_proof("by-escapes", "by the escapes of Python", escapes)


@FAMILY.answering()
def trailers_that_mean_something(wire: Wire) -> None:
    """Sends trailers that would change the answer, and that act."""
    trailers = (
        b"Location: https://elsewhere.example/lure\r\nContent-Type: text/html\r\n"
        b"X-Told: ##[error]x\r\nSet-Cookie: a=b\r\n"
    )
    start, _, body = written(wire.request, wire.response).partition(b"\r\n\r\n")
    kept = [line for line in start.split(b"\r\n") if not line.lower().startswith(b"content-length")]
    wire.send(b"\r\n".join([*kept, b"Transfer-Encoding: chunked", b"", b""]))
    wire.send(
        (b"%x\r\n%s\r\n" % (len(body), body) if body else b"") + b"0\r\n" + trailers + b"\r\n"
    )


@FAMILY.answering(ends_within=LONG)
def every_third_in_a_minute(wire: Wire) -> None:
    """Answers well, but every third request with 503 and the word to come again in a minute."""
    if wire.around.answers % 3:
        wire.honest()
    else:
        wire.answer(b"503 Busy", b"Retry-After: 60", JSON, body=b'{"errors":["busy"]}')

"""Modes of digest authentication: challenges that are malformed, huge, endless, or betray."""

import secrets
from dataclasses import replace
from typing import Final

from reference import Response

from .framing import JSON, head, numbered, repeated
from .mode import Family
from .wire import Wire

FAMILY: Final = Family("challenge")
REFUSED: Final = b"401 Unauthorized"
NAME: Final = b"WWW-Authenticate: "
GOOD: Final = b'Digest realm="API", qop="auth", nonce="dcd98b", algorithm=MD5'

CHALLENGES: Final[dict[str, tuple[str, bytes]]] = {
    "challenge-empty": ("a challenge of nothing", b""),
    "challenge-without-nonce": ("a challenge without a nonce", b'Digest realm="API", qop="auth"'),
    "challenge-nonce-empty": ("an empty nonce", b'Digest realm="API", nonce="", qop="auth"'),
    "challenge-malformed": ("a challenge of punctuation marks", b'Digest ,,=",=;"\\"\\=,nonce'),
    "challenge-unterminated": ("a quoted text without an end",
                               b'Digest realm="API", nonce="never ends, qop=auth, a=' + b"\\"),
    "challenge-quotes-many": ("a hundred thousand escaped quotation marks",
                              b'Digest nonce="n", realm="' + b'\\"' * 100_000),
    "challenge-nonce-control": ("a nonce with control characters",
                                b'Digest realm="API", nonce="a\x01\x1b[2J\x7f\x9b", qop="auth"'),
    "challenge-nonce-crlf": ("a nonce with escaped line ends",
                             b'Digest realm="API", nonce="a\\\r\\X-In: 1%0d%0aX: 2", qop="auth"'),
    "challenge-nonce-quote": ("a nonce that ends its quotation marks",
                              b'Digest realm="API", nonce="a\\", uri=\\"/lure", qop="auth"'),
    "challenge-nonce-utf-8": ("a nonce and a realm that are not ASCII",
                              'Digest realm="Åäö山", nonce="\u202eabc", qop="auth"'.encode()),
    "challenge-auth-int": ("auth-int as the only protection",
                           b'Digest realm="API", nonce="dcd98b", qop="auth-int"'),
    "challenge-qop-unknown": ("an unknown protection",
                              b'Digest realm="API", nonce="dcd98b", qop="none, \x1b[1m"'),
    "challenge-algorithm-unknown": ("an unknown algorithm",
                                    b'Digest realm="API", nonce="dcd98b", algorithm=ROT-13'),
    "challenge-algorithm-costly": ("an algorithm that a library may know and cannot be called so",
                                   b'Digest realm="API", nonce="dcd98b", algorithm=SHAKE_256'),
    "challenge-basic": ("a challenge that asks for the password itself", b'Basic realm="API"'),
    "challenge-scheme-unknown": ("an unknown scheme", b'Negotiate realm="API", nonce="dcd98b"'),
    "challenge-realm-escapes": ("a realm with terminal escapes",
                                (b'Digest realm="\x1b]0;owned\x07\x1b[2J##[error]x",'
                                b' nonce="dcd98b", qop="auth"')),
    "challenge-parameters-twice": ("every parameter twice", GOOD + b', realm="B", nonce="other"'),
    "challenge-of-1-mb": ("a challenge of 1 MB",
                          b'Digest realm="API", nonce="' + b"n" * 1024 * 1024 + b'", qop="auth"'),
    "challenge-domain-elsewhere": ("a protection space on another host",
                                   GOOD + b', domain="https://elsewhere.example/"'),
}  # fmt: skip


def challenge(name: str, what: str, value: bytes) -> None:
    """Make a mode of a challenge."""

    @FAMILY.answering(name, f"Refuses with {what}.", at_start_too=True)
    def act(wire: Wire) -> None:
        wire.answer(REFUSED, NAME + value, JSON, body=b"null")


for key, (told, sent) in CHALLENGES.items():
    challenge(key, told, sent)


@FAMILY.answering(at_start_too=True)
def challenge_parameters_endless(wire: Wire) -> None:
    """Refuses with a challenge of parameters without end."""
    wire.send(head(REFUSED)[:-2] + NAME + GOOD)
    wire.repeat(lambda turn: b", p%d=a" % turn * 100)


@FAMILY.answering(at_start_too=True)
def challenge_parameters_many(wire: Wire) -> None:
    """Refuses with a challenge of 5,000 parameters, before the ones that count."""
    many = b"".join(numbered(b"p%d=a, ", 5000))
    wire.answer(REFUSED, NAME + b"Digest " + many + GOOD.removeprefix(b"Digest "), body=b"null")


@FAMILY.answering(at_start_too=True)
def challenges_90(wire: Wire) -> None:
    """Refuses with 90 challenges, the last of which is a good one."""
    wrong = [NAME + b'Digest realm="%d", algorithm=X' % turn for turn in range(89)]
    wire.answer(REFUSED, *wrong, NAME + GOOD, body=b"null")


@FAMILY.answering(at_start_too=True)
def challenges_5000(wire: Wire) -> None:
    """Refuses with 5,000 challenges in as many fields."""
    wire.send(head(REFUSED)[:-2])
    wire.stream(numbered(NAME + b'Digest realm="API", nonce="%d", algorithm=X\r\n', 5000))
    wire.send(b"Content-Length: 0\r\n\r\n")


@FAMILY.answering(at_start_too=True)
def challenges_in_one_field(wire: Wire) -> None:
    """Refuses with 1,000 challenges in one field."""
    wire.answer(REFUSED, NAME + b"".join(repeated(GOOD + b", ", 1000)), body=b"null")


@FAMILY.answering(at_start_too=True)
def stale_for_ever(wire: Wire) -> None:
    """Calls each nonce stale, and gives a new one."""
    nonce = secrets.token_hex(8).encode()
    field = NAME + b'Digest realm="API", qop="auth", nonce="%s", stale=true' % nonce
    wire.answer(REFUSED, field, JSON, body=b"null")


@FAMILY.answering(at_start_too=True)
def refused_for_ever(wire: Wire) -> None:
    """Refuses everybody, with a good challenge each time."""
    nonce = secrets.token_hex(8).encode()
    wire.answer(REFUSED, NAME + b'Digest realm="API", qop="auth", nonce="%s"' % nonce)


@FAMILY.answering(at_start_too=True)
def refused_without_challenge(wire: Wire) -> None:
    """Refuses everybody, and does not say how to be let in."""
    wire.answer(REFUSED, JSON, body=b"null")


@FAMILY.answering()
def every_second_is_stale(wire: Wire) -> None:
    """Calls every second nonce stale although it is not."""
    if wire.around.answers % 2:
        stale_for_ever(wire)
    else:
        wire.honest()


@FAMILY.answering()
def nextnonce_never_good(wire: Wire) -> None:
    """Answers well, and names each time a next nonce that it will not know."""
    info = f'nextnonce="{secrets.token_hex(8)}"'
    wire.response = with_field(wire, "Authentication-Info", info)
    wire.honest()


@FAMILY.answering()
def nextnonce_of_50_kb(wire: Wire) -> None:
    """Answers well, and names a next nonce of 50 KB, which the caller would have to repeat."""
    wire.response = with_field(wire, "Authentication-Info", f'nextnonce="{"n" * 50_000}"')
    wire.honest()


@FAMILY.answering()
def proof_of_server_wrong(wire: Wire) -> None:
    """Answers well, with a proof of knowing the password that proves nothing."""
    info = f'rspauth="{"0" * 32}", qop=auth, cnonce="other", nc=ffffffff'
    wire.response = with_field(wire, "Authentication-Info", info)
    wire.honest()


@FAMILY.answering()
def credentials_echoed(wire: Wire) -> None:
    """Sends the caller's Authorization field back, in fields and body of a good answer."""
    echo = authorization(wire)
    body = b'{"customers":[{"customer_id":"1","name":"%s"}]}' % echo.replace(b'"', b'\\"')
    wire.answer(b"200 OK", JSON, b"X-Echo: " + echo, b"Set-Cookie: a=" + echo, body=body)


@FAMILY.answering()
def credentials_echoed_in_challenge(wire: Wire) -> None:
    """Sends the caller's Authorization field back, in the challenge and body of a refusal."""
    echo = authorization(wire)
    quoted = echo.replace(b'"', b'\\"')
    fields = (NAME + GOOD + b', opaque="%s"' % quoted, b"X-Echo: " + echo)
    wire.answer(REFUSED, *fields, JSON, body=b'{"errors":["%s"]}' % quoted)


@FAMILY.answering()
def credentials_echoed_in_reason(wire: Wire) -> None:
    """Sends the caller's Authorization field back, as the reason phrase."""
    wire.answer(b"400 " + authorization(wire), JSON, body=b'{"errors":["no"]}')


def authorization(wire: Wire) -> bytes:
    """The caller's Authorization field."""
    return (wire.request.header("Authorization") or "").encode("utf-8", "surrogateescape")


def with_field(wire: Wire, name: str, value: str) -> Response:
    """The true answer with one more field."""
    return replace(wire.response, headers=(*wire.response.headers, (name, value)))

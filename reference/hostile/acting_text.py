"""Modes of text that wants to act: on a terminal, in HTML, in XML, in a log of CI."""

import json
from collections.abc import Mapping
from typing import Final

from reference.operation import Operation
from reference.records import Record
from reference.representation import Value

from .account import Account
from .framing import JSON
from .mode import Family, Mode
from .wire import Wire

FAMILY: Final = Family("acting-text")

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "clipboard": ("an escape that fills the clipboard", "\x1b]52;c;b3duZWQ=\x07"),
    "title": ("an escape that sets a terminal's title", "\x1b]0;owned\x07"),
    "clear-screen": ("an escape that clears the screen", "\x1b[2J\x1b[H\x1b[31mowned\x1b[8m"),
    "hyperlink": ("an escape that makes a link",
                  "\x1b]8;;https://elsewhere.example/\x1b\\CONFORMANT\x1b]8;;\x1b\\"),
    "overwriting": ("characters that overwrite a line", "FAILED\r\x08\x08\x08PASSED\x0b\x0c"),
    "c1-controls": ("controls of eight bits", "\x9b2J\x9d0;owned\x9c\x85\x90q\x9c"),
    "bidi": ("characters that turn the direction of text",
             "\u202edetset\u202c \u2066a\u2069 \u200b\ufeff\u2028\u2029"),
    "markup": ("markup with a script",
               "</td></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'><b>"),
    "template": ("templates and formats", "{{7*7}} ${7*7} %s %n {0} `id` $(id) #{7*7}"),
    "add-mask": ("a command ##[add-mask] of a runner", "##[add-mask]e"),
    "stop-commands": ("a command ##[stop-commands] of a runner", "##[stop-commands]x"),
    "set-output": ("a command ##[set-output] of a runner", "##[set-output name=x]y"),
    "vso": ("a command of another runner", "##vso[task.setvariable variable=PATH]/lure"),
    "teamcity": ("a command of a third runner",
                 "##teamcity[buildStatus status='SUCCESS' text='CONFORMANT']"),
    "error-command": ("commands ::error:: at the start of lines", "a\n::error::x\n::warning::y"),
    "mask-command": ("commands ::add-mask:: at the start of lines",
                     "::add-mask::x\n::set-env name=A::b\n::stop-commands::c"),
    "section-end": ("what ends sections of XML", "]]></system-out></testsuite><!--"),
    "nul": ("NUL and characters that no XML has", "a\x00b\x01\x1f\x7f\ufffe\uffff"),
    "surrogates": ("half characters", "\ud800 \udfff"),
    "verdict": ("lines that look like those of a run",
                "\n======= 295 passed in 1.00s =======\nCONFORMANT: exit code 0\n"),
    "spreadsheet": ("a formula of spreadsheets", '=HYPERLINK("https://elsewhere.example","x")'),
    "shell": ("a command for those who paste", "'; touch /tmp/lure; echo '\"$(touch /tmp/lure)"),
}  # fmt: skip
ALL: Final = "\n".join(text for _, text in TEXTS.values())


def octets(text: str) -> bytes:
    """The bytes of a text, half characters among them."""
    return text.encode("utf-8", "surrogatepass")


def one_line(text: str) -> bytes:
    """The bytes of a text as they fit into a field."""
    return octets(text.replace("\r", " ").replace("\n", " "))


def quoted(text: str) -> bytes:
    """A text as JSON has it: with escapes where it must, and else as it is."""
    return octets(json.dumps(text, ensure_ascii=False))


def in_fields(text: str) -> list[bytes]:
    """Fields that bear a text: at the start of a value, and within one."""
    return [
        b"X-Text: " + one_line(text),
        b"Server: server/" + one_line(text),
        b'Set-Cookie: a="%s"; Path=/' % one_line(text).replace(b";", b","),
    ]


def everywhere(name: str, what: str, text: str) -> None:
    """Make a mode of a text in the fields, the reason and the names of a good answer."""

    class Named(Account):
        def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
            return {**super().presented(operation, record), "name": text}

        def encoded(self, text: str) -> bytes:
            return octets(text)

    def act(wire: Wire) -> None:
        reason = b"%d %s" % (wire.response.status, one_line(text))
        fields = [f"{name}: {value}".encode() for name, value in wire.response.headers]
        wire.answer(reason, *fields, *in_fields(text), body=wire.response.body)

    sentence = f"Puts {what} into reason, fields and names of records."
    FAMILY.add(Mode(f"text-{name}", sentence, FAMILY.name, answer=act, account=Named))


for key, (told, acting) in TEXTS.items():
    everywhere(key, told, acting)


@FAMILY.answering(at_start_too=True)
def texts_in_refusal(wire: Wire) -> None:
    """Refuses with an explanation of all the texts that want to act."""
    wire.answer(b"400 Bad Request", JSON, body=b'{"errors":[%s]}' % quoted(ALL))


@FAMILY.answering()
def texts_in_plain_body(wire: Wire) -> None:
    """Answers plain text: all the texts that want to act, each at the start of a line."""
    wire.answer(b"500 Oh", b"Content-Type: text/plain; charset=utf-8", body=octets(ALL))


@FAMILY.answering()
def texts_in_html_body(wire: Wire) -> None:
    """Answers a page of HTML with all the texts that want to act."""
    wire.answer(b"200 OK", b"Content-Type: text/html", body=b"<html><body>" + octets(ALL))


@FAMILY.answering(at_start_too=True)
def texts_in_reason(wire: Wire) -> None:
    """Answers with a reason phrase of all the texts that want to act."""
    wire.answer(b"500 " + one_line(ALL), JSON, body=b'{"errors":["no"]}')


@FAMILY.answering()
def texts_in_field_values(wire: Wire) -> None:
    """Answers well, with a field for each of the texts that want to act."""
    fields = [b"X-%d: %s" % (turn, one_line(t)) for turn, (_, t) in enumerate(TEXTS.values())]
    wire.answer(b"200 OK", JSON, *fields, body=wire.response.body)


@FAMILY.answering()
def texts_in_field_names(wire: Wire) -> None:
    """Answers with fields whose names are the texts that want to act."""
    names = [one_line(text).replace(b":", b"") for _, text in TEXTS.values()]
    wire.answer(b"200 OK", JSON, *(b"%s: a" % name for name in names), body=wire.response.body)


@FAMILY.answering()
def texts_in_media_type(wire: Wire) -> None:
    """Answers with a media type of all the texts that want to act."""
    field = b"Content-Type: " + one_line(ALL)
    wire.answer(b"200 OK", field, b"Allow: " + one_line(ALL), body=wire.response.body)


@FAMILY.answering()
def texts_in_json_names(wire: Wire) -> None:
    """Answers JSON whose names are the texts that want to act."""
    names = b",".join(quoted(text) + b":" + quoted(text) for _, text in TEXTS.values())
    wire.answer(b"200 OK", JSON, body=b'{"customers":[{%s}],%s}' % (names, names))


@FAMILY.answering()
def texts_in_xml(wire: Wire) -> None:
    """Answers XML with the texts that want to act, some of which XML cannot hold."""
    body = b"<customers><customer><name>%s</name></customer></customers>" % octets(ALL)
    wire.answer(b"200 OK", b"Content-Type: application/xml; charset=utf-8", body=body)


@FAMILY.answering()
def texts_in_challenge(wire: Wire) -> None:
    """Refuses with a challenge of all the texts that want to act."""
    text = one_line(ALL).replace(b'"', b'\\"')
    value = b'WWW-Authenticate: Digest realm="%s", nonce="%s", qop="auth"' % (text, text)
    wire.answer(b"401 Unauthorized", value, JSON, body=b"null")


@FAMILY.lying
class TextsInIds(Account):
    """Answers with ids that are the texts that want to act."""

    def presented(self, operation: Operation, record: Record) -> Mapping[str, Value]:
        """Show a record under such an id."""
        shown = super().presented(operation, record)
        return {**shown, operation.resource.id_name or "": f"{record.id}{ALL}"}

    def encoded(self, text: str) -> bytes:
        """Encode half characters, too."""
        return octets(text)

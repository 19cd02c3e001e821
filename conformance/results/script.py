"""A script for a shell that repeats a case from scratch, and deletes what it made.

The ids of records that the run made are variables, set by the lines that make them; so are the
server's address and the beginning of the texts that the run made up. The script works where the
records of the run are gone, again and again, and on another server.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from conformance.config.credentials import RIGHT_IN_SHELL
from conformance.results.records_made import RecordMade, records_made
from conformance.results.reproduction import curl_words, has_digest_by_hand
from conformance.results.shell import Expansion, command, quoted
from conformance.spec.resources import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conformance.config.target import Target
    from conformance.results.shell import Part, Word
    from conformance.wire.exchanges import Exchange

RAW: Final = "raw"
"""The role of a caller whose requests no client library sends, nor curl."""

_RUN = re.compile(r"cf-[0-9a-f]{11}(?=-)")
"""The beginning of each text that a run makes up."""

NEW_RUN: Final = "run=$(printf '%011x' $(($(date +%s%N) / 1000000)))"
"""Makes the beginning of the texts of another run, of the same length."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A case that a script repeats: what it is about, its exchanges, and those of the run before.

    `rule` selects the case by the suite's own command.
    """

    rule: str
    expected: str
    observed: str
    exchanges: Sequence[Exchange]
    before: Iterable[Exchange]


def whole_script(repeated: Repeated, target: Target) -> list[str]:
    """Return the lines of a script that repeats a case, shows the difference, and cleans up.

    Where curl cannot send what was sent, they say so, and what the suite's own command is.
    """
    shown = repeated.exchanges
    told = [
        _comment(f"expected: {repeated.expected}"),
        _comment(f"observed: {repeated.observed}"),
    ]
    if not shown:
        why = "This is seen in answers to what other cases have sent"
        return [*told, *_own_command(why, target, "")]
    if any(each.role == RAW for each in shown):
        why = "curl cannot send the bytes of these requests"
        return [*told, *_own_command(why, target, repeated.rule)]
    made = records_made([*repeated.before, *shown])
    used, steps = steps_of(shown, made)
    lines = [line for each in steps for line in _step(each, used, target, shown)]
    by_hand: list[str] = []
    if any(has_digest_by_hand(each) for each in shown):
        why = "A digest was made by hand; curl sent the right one above, for comparison"
        by_hand = _own_command(why, target, repeated.rule)
    return ["(", *told, *_variables(lines, target), *_clean_up(used, target), *lines, ")", *by_hand]


def steps_of(
    shown: Sequence[Exchange], made: list[RecordMade]
) -> tuple[list[RecordMade], list[Exchange]]:
    """Return the records that exchanges name, and the exchanges after those that make them."""
    needed = {id(each) for each in shown}
    for _ in RESOURCES:  # a record may name its owner, as often as there are kinds of them
        steps = [*(each.by for each in made if id(each.by) in needed), *shown]
        needed |= {id(each.by) for each in made if any(each.is_named_by(step) for step in steps)}
    used = [each for each in made if id(each.by) in needed]
    return used, [*(each.by for each in used if all(each.by is not one for one in shown)), *shown]


def _step(
    exchange: Exchange, used: list[RecordMade], target: Target, shown: Sequence[Exchange]
) -> list[str]:
    """Return the lines for one exchange; one that only makes a record shows nothing."""
    made = next((record for record in used if record.by is exchange), None)
    is_shown = any(each is exchange for each in shown)
    words = _in_shell(
        curl_words(exchange, target, show="-sSi" if is_shown else "-sS"), used, target
    )
    if made is None:
        return [*_heading(exchange), f"{command(words)}; echo"]
    field = made.resource.id_field
    keep = (
        rf"""sed -nE -e 's/.*"{field}": *"?([^",}}]+).*/\1/p' """
        rf"""-e 's/.*<{field}>([^<]+)<.*/\1/p' | head -1"""
    )
    name = made.variable
    if not is_shown:
        needed = f""": "${{{name}:?could not be made}}\""""
        return [f"{name}=$({command(words)} | {keep}); {needed}"]
    return [
        *_heading(exchange),
        f"answer=$({command(words)}); printf '%s\\n' \"$answer\"",
        f"{name}=$(printf '%s\\n' \"$answer\" | {keep}); {name}=${{{name}:-none}}",
    ]


def _heading(exchange: Exchange) -> list[str]:
    parts = urlsplit(exchange.url)
    return [f"echo {quoted((f'== {exchange.method} {parts.path}',))}"]


def _clean_up(used: list[RecordMade], target: Target) -> list[str]:
    """Return the lines that have all records deleted when the script ends, the last made first."""
    if not used:
        return []
    lines = ["clean_up() {"]
    for record in reversed(used):
        url = f"{target.base_url}{record.identity.path}"
        plain = ["curl", "-sS", "-o", "/dev/null", "-X", "DELETE"]
        plain += ["--cacert", str(target.ca_bundle)] if target.ca_bundle is not None else []
        words: list[Word] = [(each,) for each in plain]
        words += [("--digest",), ("-u",), (Expansion(RIGHT_IN_SHELL),), (url,)]
        line = command(_in_shell(words, used, target))
        lines.append(f'case "${{{record.variable}:-none}}" in none) ;; *) {line} ;; esac')
    return [*lines, "}", "trap clean_up EXIT"]


def _in_shell(words: list[Word], used: list[RecordMade], target: Target) -> list[Word]:
    """Return words with variables for ids, for the server, and for the texts of the run."""
    for record in used:
        words = [record.in_word(word) for word in words]
    known = {_origin(url): name for url, name in _servers(target).items()}
    found = [_with_server(word, known) for word in words]
    if target.ca_bundle is not None:
        bundle = (str(target.ca_bundle),)
        found = [(Expansion("${ca_bundle}"),) if each == bundle else each for each in found]
    return [tuple(part for each in word for part in _with_run(each)) for word in found]


def _servers(target: Target) -> dict[str, str]:
    return {target.http_url: "plain_server", target.base_url: "server"}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _with_server(word: Word, known: dict[str, str]) -> Word:
    first, *rest = word or ("",)
    for origin, name in known.items():
        if isinstance(first, str) and first.startswith(f"{origin}/"):
            return (Expansion(f"${{{name}}}"), first.removeprefix(origin), *rest)
    return word


def _with_run(part: Part) -> list[Part]:
    if not isinstance(part, str):
        return [part]
    parts: list[Part] = []
    at = 0
    for found in _RUN.finditer(part):
        parts += [part[at : found.start()], "cf-", Expansion("${run}")]
        at = found.end()
    return [*parts, part[at:]]


def _variables(lines: list[str], target: Target) -> list[str]:
    """Return the lines that set the variables which the others use."""
    text = "\n".join(lines)
    found = [
        f"{name}=${{{name.upper()}:-{_origin(url)}}}"
        for url, name in _servers(target).items()
        if name == "server" or f"${{{name}}}" in text
    ]
    if target.ca_bundle is not None:
        found.append(f"ca_bundle=${{CA_BUNDLE:-{shlex.quote(str(target.ca_bundle))}}}")
    return [*found, *([NEW_RUN] if "${run}" in text else [])]


def _own_command(why: str, target: Target, rule: str) -> list[str]:
    """Return lines that say why curl does not do, and the suite's own command."""
    options = [f"--base-url={target.base_url}"]
    if target.ca_bundle is not None:
        options.append(f"--ca-bundle={target.ca_bundle}")
    if target.denied_address:
        options.append(f"--denied-address={target.denied_address}")
    options += ["--allow-writes"] if target.allow_writes else []
    options.append(f"--http-url={target.http_url}")
    options += [f"--rule={rule}"] if rule else []
    words = " ".join(shlex.quote(each) for each in options)
    told = _comment(f"{why}. The suite itself repeats it, in its checkout:")
    return [told, f"pytest suites {words}"]


def _comment(text: str) -> str:
    return f"# {text}"

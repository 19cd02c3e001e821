"""The table of all settings: options of the command line, keys of a target file.

Each thing that can be said about a run stands here once: pytest's options, the reading of a target
file and what a target is built from follow from it, and self-tests hold schemas/target.schema.json
and the tables of README.md against it.
"""

from __future__ import annotations

import argparse
import math
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from conformance.config import profiles
from conformance.config.checked import (
    checked_address,
    checked_base_url,
    checked_ca_bundle,
    checked_contact,
    checked_directory,
    checked_proxy,
)
from conformance.config.target import DEFAULT_TIMEOUT, MOST_RECORDS, claims_from

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def positive(text: str, number: type[float] = float) -> float:
    """Parse a finite number above 0; raises ArgumentTypeError for anything else."""
    with suppress(ValueError, OverflowError):
        if math.isfinite(value := number(text)) and value > 0:
            return value
    message = f"{text!r} is not a {'whole ' if number is int else ''}number above 0"
    raise argparse.ArgumentTypeError(message)


@dataclass(frozen=True, slots=True)
class Kind:
    """What kind of value a setting has: its JSON Schema, and how argparse reads an option of it."""

    schema: Mapping[str, object]
    arguments: Mapping[str, Any] = field(default_factory=dict)


TEXT = Kind({"type": "string"})
TEXTS = Kind({"type": "array", "items": {"type": "string"}}, {"action": "append"})
PATH = Kind({"type": "string"})
"""A file or directory, which a target file names relative to itself."""
SWITCH = Kind({"type": "boolean"}, {"action": argparse.BooleanOptionalAction})
"""A thing that is permitted or asked for; its option has an opposite with "no-"."""
ACTION = Kind({}, {"action": "store_const", "const": True})
INTEGER = Kind({"type": "integer"}, {"type": int})
COUNT = Kind({"type": "integer", "minimum": 1}, {"type": partial(positive, number=int)})
NUMBER = Kind({"type": "number", "exclusiveMinimum": 0}, {"type": positive})
CLAIMS = Kind({"$ref": "#/$defs/claims"})
PROOFS = ("matrix", "weakenings", "mutants", "examples")
RULEBOOK = ("check", "write", "pages")


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be said about a run.

    `name` is what its value is kept under, `metavar` what its option calls the value; `key` is that
    of the target file, with a table's name and a dot before it. `check` makes of a value what the
    target has, or raises TargetError. What is `about_target` says nothing unless one is named.
    """

    name: str
    kind: Kind
    option: str | None = None
    metavar: str | None = None
    _: KW_ONLY
    key: str | None = None
    help: str
    default: object = None
    check: Callable[[Any], object] | None = None
    about_target: bool = False

    @property
    def text(self) -> str:
        """What the setting says, with its default."""
        return f"{self.help} (default: {self.default})" if self.default else self.help

    @property
    def arguments(self) -> dict[str, Any]:
        """What argparse has to know of the option; a default that has a key is applied later."""
        default = None if self.key else self.default
        said = {"dest": self.name, "default": default, "help": self.text, **self.kind.arguments}
        return said | ({"metavar": self.metavar} if self.metavar else {})


SETTINGS = (
    Setting("base_url", TEXT, "--base-url", "URL", key="base_url", check=checked_base_url,
            help="https URL of the target with the version, as in https://host/2.4.9 (credentials: "
                 "API_USERNAME and API_PASSWORD in the environment); without it the embedded "
                 "reference server is the target"),
    Setting("target_file", TEXT, "--target", "FILE",
            help="TOML file with all there is to say about a target; options win over it"),
    Setting("ca_bundle", PATH, "--ca-bundle", "FILE", key="ca_bundle", check=checked_ca_bundle,
            about_target=True,
            help="PEM file of certificate authorities to trust beside those of this machine's "
                 "system"),
    Setting("proxy", TEXT, "--proxy", "URL", key="proxy", check=checked_proxy, about_target=True,
            help="HTTP proxy, as in http://host:3128, that tunnels every connection (CONNECT); "
                 "rules about plain HTTP and about addresses are not run through it"),
    Setting("allow_writes", SWITCH, "--allow-writes", key="allow_writes",
            help="permit rules to create records, and to change and delete those that they "
                 "created"),
    Setting("records_may_stay", SWITCH, "--records-may-stay", key="records_may_stay",
            help="permit that records of a run stay on the target where they cannot be deleted"),
    Setting("denied_address", TEXT, "--denied-address", "IP", key="denied_address",
            check=checked_address, about_target=True,
            help="a local address to call from that is not on the account's list"),
    Setting("http_url", TEXT, "--http-url", "URL", key="http_url", about_target=True,
            help="where plain HTTP would answer; otherwise port 80 of the base URL's host"),
    Setting("digest_over_http", SWITCH, "--digest-over-http", key="digest_over_http",
            about_target=True,
            help="permit one group of rules to answer a challenge over plain HTTP even to another "
                 "machine"),
    Setting("contact", TEXT, "--contact", "TEXT", key="contact", check=checked_contact,
            help="whom the server's owner may ask about the requests, named in User-Agent"),
    Setting("strict_should", SWITCH, "--strict-should", key="strict_should",
            help="let a deviation from a SHOULD rule fail the certification"),
    Setting("require", Kind({}, {"choices": ("full",)}), "--require", "KIND",
            help="end with 11 where the run is not of this kind (full), as one that may not write"),
    Setting("baseline", TEXT, "--baseline", "FILE",
            help="run.json of an earlier run: what held there must hold, what was broken there "
                 "fails nothing, and ends with 12 once it holds"),
    Setting("reports", PATH, "--reports", "DIR", key="reports", check=checked_directory,
            help="directory of the results", default="reports"),
    Setting("requests", COUNT, "--max-requests", "N", key="limits.requests",
            help="send no more requests than this: rules that come later are inconclusive, and the "
                 "run ends with 11"),
    Setting("seconds", NUMBER, "--max-seconds", "S", key="limits.seconds", default=1800,
            help="send nothing more after so many seconds: rules that come later are inconclusive, "
                 "and the run ends with 11"),
    Setting("requests_per_second", NUMBER, "--rate", "N", key="limits.requests_per_second",
            help="begin no more requests than this in a second, all callers together"),
    Setting("records", COUNT, key="limits.records", default=MOST_RECORDS,
            help="records of ours alive at once: the oldest that no case needs are deleted before "
                 "more are made"),
    Setting("wrong_credentials", COUNT, key="limits.wrong_credentials",
            help="send no more wrong user names, passwords and digests than this: rules that would "
                 "need more are not run"),
    Setting("concurrency", COUNT, "--concurrency", "N", key="limits.concurrency",
            help="run so many cases at a time; with 1 one after another, which counts in a dispute "
                 "(default: 8, or 1 with a rate, in a smoke run and at a quick server on this "
                 "machine)"),
    Setting("timeout", NUMBER, "--timeout", "S", key="limits.timeout", default=DEFAULT_TIMEOUT,
            help="seconds for one whole answer"),
    Setting("claims", CLAIMS, key="claims", check=claims_from,
            help="table of what the target offers; what is not claimed is probed"),
    Setting("profile", Kind({}, {"choices": profiles.NAMES}), "--profile", "NAME",
            default=profiles.DEFAULT,
            help=f"how much the rules with generated payloads try: {', '.join(profiles.NAMES)}"),
    Setting("seed", INTEGER, "--seed", "N", default=1,
            help="seed of the generated payloads: the same one sends the same requests, apart from "
                 "fresh names and ids"),
    Setting("rules", TEXTS, "--rule", "ID", default=[],
            help="select the rule of this id, or one case of it by its parameters, as in "
                 "ID[customers]"),
    Setting("statements", TEXTS, "--statement", "S13", default=[],
            help="select the rules about a statement of the document"),
    Setting("chapters", TEXTS, "--chapter", "NAME", default=[],
            help="select the rules of a chapter of the document, as in --chapter Paging"),
    Setting("levels", TEXTS, "--level", "LEVEL", default=[],
            help="select the rules that are MUST, or those that are SHOULD"),
    Setting("list_rules", ACTION, "--list-rules",
            help="print the rules that would run, one a line: id, level, statements, title"),
    Setting("plan", SWITCH, "--plan",
            help="send one ping, and print what the run would send: rules, requests, records, "
                 "wrong passwords, seconds"),
    Setting("prove", Kind({}, {"choices": PROOFS}), "--prove", "PROOF",
            help="show faults and variants of the reference server to every rule (matrix), each "
                 "assertion of the rules, weakened, to the faults of its rule (weakenings), or "
                 "small changes of the reference server, made by mutmut, to every rule (mutants), "
                 "or one fault to each rule, which docs/examples.json keeps (examples), in place "
                 "of a run"),
    Setting("seeds", COUNT, "--seeds", "N", default=1,
            help="with --prove matrix: show each variant at N seeds, from --seed on"),
    Setting("one_in", COUNT, "--one-in", "N", default=1,
            help="with --prove matrix: show a fault to the rules that it names and to one in N of "
                 "the other cases, which the fault decides"),
    Setting("processes", COUNT, "--processes", "N",
            help="with --prove: show N servers at a time; otherwise one for each of the machine's "
                 "cores"),
    Setting("rulebook", Kind({}, {"choices": RULEBOOK}), "--rulebook", "HOW",
            help="compare rulebook.md with the rules (check), write it anew (write), or write the "
                 "sources of the documentation (pages), in place of a run"),
    Setting("record_costs", Kind({}, {"choices": ("full", "read-only")}), "--record-costs", "KIND",
            help="run against the embedded server, and write what each rule cost into "
                 "suites/costs.tsv, for plans of such runs"),
)  # fmt: skip

"""A commented target file for a server, after a look at it that only reads."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from conformance.clients.roles import Roles
from conformance.config.settings import SETTINGS
from conformance.config.target import TargetError
from conformance.config.target_file import SCHEMA_FILE, build_target
from conformance.runner.preflight import contact, obstacle
from conformance.spec.resources import CUSTOMERS, RESOURCES
from conformance.verdicts import OutcomeError
from conformance.wire.records import readable_records
from conformance.wire.transport import Network

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conformance.clients.api import Api
    from conformance.config.target import Target

UNREACHABLE = 10
SCHEMA_NAME = "conformance.schema.json"
"""The file with the JSON Schema, beside the target file that names it."""

EXAMPLES = {
    "allow_writes": "true",
    "records_may_stay": "true",
    "denied_address": '"192.0.2.7"',
    "http_url": '"http://host:8080"',
    "digest_over_http": "true",
    "contact": '"me@host.example"',
    "strict_should": "true",
    "reports": '"reports"',
    "ca_bundle": '"ca.pem"',
    "proxy": '"http://host:3128"',
    "limits.requests": "10000",
    "limits.seconds": "1800",
    "limits.requests_per_second": "10",
    "limits.records": "50",
    "limits.wrong_credentials": "100",
    "limits.concurrency": "4",
    "limits.timeout": "30",
}
"""What could stand in the file, for what nobody has said yet."""

CLAIMS = """\
# What the owner of the account claims; what is not claimed is probed by a run.
[claims]
{claims}
# foreign_customer_id = "407390"  # a customer of another account
# versions = ["2.4.0"]            # other versions that have to keep answering
# json = ["customers"]            # which resources take JSON bodies

# [claims.methods]                # which methods a resource offers
# customers = ["GET", "POST", "PUT"]

# [claims.required.customers]     # what this account demands of a new one
# custnr = "{{number}}"             # ten digits that no other has; {{unique}} is any text
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at a server has shown; None is what it did not."""

    answers: dict[str, str]
    pagesize: bool | None
    custom_fields: list[str]


def begin(
    base_url: str, output: Path, ca_bundle: str | None, proxy: str | None, *, force: bool
) -> int:
    """Look at a server and write a target file for it; return the exit code."""
    if output.exists() and not force:
        message = f"{str(output)!r} is there: write another one by --output, or over it by --force"
        raise click.UsageError(message)
    said = {"base_url": base_url, "ca_bundle": ca_bundle, "proxy": proxy}
    told = {name: value for name, value in said.items() if value}
    try:
        target = build_target({**told, "reports": str(output.parent)}, os.environ)
    except TargetError as error:
        raise click.UsageError(str(error)) from error
    roles = Roles(target, Network(target.proxy))
    try:
        reason = obstacle(target, contact(roles))
        if reason:
            click.echo(reason, err=True)
            return UNREACHABLE
        seen = look(roles.api)
    finally:
        roles.close()
    return _write(output, text_of(target, output.parent, seen))


def look(api: Api) -> Seen:
    """GET the lists of the account, and a short one; nothing else is sent."""
    answers = {}
    custom: set[str] = set()
    listed = 0
    for each in (each for each in RESOURCES if each.parent is None):
        exchange = api.attempt("GET", each.collection)
        response = exchange.response
        answers[each.name] = exchange.failure or f"answered {response and response.status_code}"
        if each is CUSTOMERS and response is not None:
            records = readable_records(response, each)
            listed = len(records)
            custom = {name for record in records for name in record if re.match(r"custom_\d", name)}
    return Seen(answers, _chooses_pagesize(api, listed), sorted(custom, key=_number))


def text_of(target: Target, directory: Path, seen: Seen) -> str:
    """Return the text of a target file in a directory."""
    lines = [f"#:schema ./{SCHEMA_NAME}", ""]
    lines += ["# A target of freespee-conformance. Credentials are no part of it: they are taken"]
    lines += ["# from API_USERNAME and API_PASSWORD, or from files (API_USERNAME_FILE, ...).", ""]
    known: dict[str, Any] = {"base_url": target.base_url, "proxy": target.proxy}
    if target.ca_bundle is not None:
        known["ca_bundle"] = os.path.relpath(target.ca_bundle, directory).replace(os.sep, "/")
    table = ""
    for each in SETTINGS:
        if not each.key or each.key == "claims":
            continue
        inside, _, key = each.key.rpartition(".")
        if inside != table:
            lines += [_claims(seen), f"[{inside}]"]
            table = inside
        lines.append(f"# {each.text.partition(' (credentials')[0]}")
        value = known.get(each.name)
        lines.append(f"{key} = {json.dumps(value)}" if value else f"# {key} = {EXAMPLES[each.key]}")
        lines.append("")
    return "\n".join(lines)


def _claims(seen: Seen) -> str:
    looked = [f"# GET /{name} was {answer}." for name, answer in seen.answers.items()]
    return "\n".join([*looked, CLAIMS.format(claims="\n".join(_claimed(seen)))])


def _claimed(seen: Seen) -> Iterator[str]:
    """Give the lines of what was seen."""
    if seen.pagesize is None:
        yield "# pagesize = true                 # whether the page size can be asked for"
    else:
        yield f"pagesize = {json.dumps(seen.pagesize)}  # as was seen"
    if seen.custom_fields:
        yield f"custom_fields.customers = {json.dumps(seen.custom_fields)}  # as were seen"


def _chooses_pagesize(api: Api, listed: int) -> bool | None:
    """Tell whether a page of one record can be asked for; None where the account has too few."""
    if listed < 2:  # noqa: PLR2004  (two records are what a page of one tells apart)
        return None
    try:
        asked = api.get(CUSTOMERS.collection, params={"pagesize": "1"})
    except OutcomeError:
        return None
    return {1: True, listed: False}.get(len(readable_records(asked, CUSTOMERS)))


def _number(name: str) -> tuple[int, str]:
    digits = re.sub(r"\D", "", name)
    return int(digits or 0), name


def _write(output: Path, text: str) -> int:
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
        output.with_name(SCHEMA_NAME).write_bytes(SCHEMA_FILE.read_bytes())
    except OSError as error:
        message = f"{str(output)!r} cannot be written ({error.strerror})"
        raise click.UsageError(message) from error
    click.echo(f"{output} is written, and beside it {SCHEMA_NAME} for editors")
    click.echo("Read it, then run: freespee-conformance check")
    return 0

"""The user's description of the target: options, a TOML file, and the environment."""

from __future__ import annotations

import json
import math
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from conformance.config.checked import checked_file, checked_http_url
from conformance.config.nearest import hint
from conformance.config.secret_files import with_secret_files
from conformance.config.settings import PATH, SETTINGS
from conformance.config.target import (
    CREDENTIAL_VARIABLES,
    Budget,
    Target,
    TargetError,
    credentials_from,
    other_credentials_from,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema import ValidationError

SCHEMA_FILE = Path(__file__).parents[2] / "schemas" / "target.schema.json"

Settings = dict[str, Any]
"""Values of settings by their names: what a target file and options say."""


def read_target_file(path: Path) -> Settings:
    """Return the settings of a TOML target file, its paths resolved against its directory.

    Raises TargetError, naming file and key, for a file that is not TOML, an unknown key (with the
    nearest known one) and a value of the wrong type.
    """
    try:
        text = checked_file(path, "target file").read_text(encoding="utf-8")
        document = tomllib.loads(text, parse_float=_finite)
    except UnicodeDecodeError as error:
        message = f"the target file {str(path)!r} is not UTF-8 ({error}): save it as UTF-8"
        raise TargetError(message) from error
    except tomllib.TOMLDecodeError as error:
        message = f"the target file {str(path)!r} is not TOML: {error}"
        raise TargetError(message) from error
    validator = Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))
    for violation in validator.iter_errors(document):
        message = f"the target file {str(path)!r}: {'; '.join(_explanations(violation))}"
        raise TargetError(message)
    settings = {}
    for each in SETTINGS:
        table, _, key = (each.key or "").rpartition(".")
        values = document.get(table, {}) if table else document
        if key in values:
            value = values[key]
            settings[each.name] = str(path.parent / value) if each.kind is PATH else value
    return settings


def build_target(settings: Settings, environ: Mapping[str, str]) -> Target:
    """Return the target of the settings; raises TargetError where they cannot be used."""
    if "base_url" not in settings:
        message = "the target file has no base_url: give it there or as --base-url"
        raise TargetError(message)
    said = fields_of_target(settings)
    said["http_url"] = checked_http_url(settings.get("http_url"), said["base_url"])
    if said.get("proxy") and said.get("denied_address"):
        message = "through a proxy no local address is seen: leave proxy or denied_address out"
        raise TargetError(message)
    secrets = with_secret_files(environ, CREDENTIAL_VARIABLES)
    return Target(
        **said,
        credentials=credentials_from(secrets),
        other_credentials=other_credentials_from(secrets),
    )


def fields_of_target(settings: Settings) -> dict[str, Any]:
    """Return the fields of a target that settings or their defaults say, by their names.

    Raises TargetError for a value that cannot be used.
    """
    said: dict[str, Any] = {}
    for each in SETTINGS:
        value = settings.get(each.name, each.default)
        if each.key and value is not None:
            said[each.name] = each.check(value) if each.check else value
    limits = {limit.name for limit in fields(Budget)} & said.keys()
    return said | {"budget": Budget(**{name: said.pop(name) for name in limits})}


def _finite(text: str) -> float | str:
    """Return a number, or the text of one that is nan or infinite: no setting takes it."""
    return number if math.isfinite(number := float(text)) else text


def _explanations(violation: ValidationError) -> Iterator[str]:
    """Return what is wrong at a place of the file; an unknown key with the nearest known one."""
    where = ".".join(str(part) for part in violation.absolute_path)
    schema = violation.schema
    if violation.validator != "additionalProperties" or not isinstance(schema, dict):
        yield f"{where or 'it'}: {violation.message}"
        return
    known = list(schema["properties"])
    given = violation.instance if isinstance(violation.instance, dict) else {}
    for key in given.keys() - set(known):
        full = f"{where}.{key}" if where else key
        yield f"unknown key {full!r}{hint(key, known, 'the nearest known one')}"

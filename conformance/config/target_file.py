"""The user's description of the target: options, a TOML file, and the environment."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from conformance.config.nearest import nearest
from conformance.config.target import (
    DEFAULT_TIMEOUT,
    Budget,
    Claims,
    Target,
    TargetError,
    checked_address,
    checked_base_url,
    checked_ca_bundle,
    checked_directory,
    checked_file,
    checked_http_url,
    checked_timeout,
    credentials_from,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema import ValidationError

SCHEMA_FILE = Path(__file__).parents[2] / "schemas" / "target.schema.json"

Settings = dict[str, Any]
"""Keys and values of a target file, including those that options give."""

_PATHS = ("ca_bundle", "reports")


def read_target_file(path: Path) -> Settings:
    """Return the settings of a TOML target file, its paths resolved against its directory.

    Raises TargetError, naming file and key, for a file that is not TOML, an unknown key (with the
    nearest known one) and a value of the wrong type.
    """
    try:
        text = checked_file(path, "target file").read_text(encoding="utf-8")
        settings: Settings = tomllib.loads(text)
    except UnicodeDecodeError as error:
        message = f"the target file {str(path)!r} is not UTF-8 ({error}): save it as UTF-8"
        raise TargetError(message) from error
    except tomllib.TOMLDecodeError as error:
        message = f"the target file {str(path)!r} is not TOML: {error}"
        raise TargetError(message) from error
    validator = Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))
    for violation in validator.iter_errors(settings):
        message = f"the target file {str(path)!r}: {'; '.join(_explanations(violation))}"
        raise TargetError(message)
    try:
        checked_timeout(settings.get("limits", {}).get("timeout", DEFAULT_TIMEOUT))
    except TargetError as error:
        message = f"the target file {str(path)!r}: {error}"
        raise TargetError(message) from error
    return settings | {key: str(path.parent / settings[key]) for key in _PATHS if key in settings}


def build_target(settings: Settings, environ: Mapping[str, str]) -> Target:
    """Return the target of the settings; raises TargetError where they cannot be used."""
    if "base_url" not in settings:
        message = "the target file has no base_url: give it there or as --base-url"
        raise TargetError(message)
    base_url = checked_base_url(settings["base_url"])
    claims = settings.get("claims", {})
    ca_bundle, denied = settings.get("ca_bundle"), settings.get("denied_address")
    return Target(
        base_url=base_url,
        credentials=credentials_from(environ),
        http_url=checked_http_url(settings.get("http_url"), base_url),
        reports=checked_directory(Path(settings.get("reports", "reports"))),
        ca_bundle=checked_ca_bundle(Path(ca_bundle)) if ca_bundle else None,
        allow_writes=settings.get("allow_writes", False),
        denied_address=checked_address(denied) if denied else None,
        digest_over_http=settings.get("digest_over_http", False),
        strict_should=settings.get("strict_should", False),
        timeout=checked_timeout(settings.get("limits", {}).get("timeout", DEFAULT_TIMEOUT)),
        budget=budget_from(settings),
        claims=Claims(
            methods={
                name: frozenset(methods) for name, methods in claims.get("methods", {}).items()
            },
            foreign_customer_id=claims.get("foreign_customer_id"),
            versions=tuple(claims.get("versions", ())),
            custom_fields={
                name: tuple(fields) for name, fields in claims.get("custom_fields", {}).items()
            },
            json=frozenset(claims["json"]) if "json" in claims else None,
            pagesize=claims.get("pagesize"),
        ),
    )


def budget_from(settings: Settings) -> Budget:
    """Return the budget of a run from the options, or else from the target file."""
    limits = settings.get("limits", {})
    return Budget(
        requests=settings.get("max_requests", limits.get("requests")),
        seconds=settings.get("max_seconds", limits.get("seconds")),
    )


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
        yield f"unknown key {full!r}; the nearest known one is {nearest(key, known)!r}"

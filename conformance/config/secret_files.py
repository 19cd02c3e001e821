"""Secrets in files, as orchestrators mount them: NAME_FILE names the file that holds NAME."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from conformance.config.target import TargetError

if TYPE_CHECKING:
    from collections.abc import Mapping

SUFFIX = "_FILE"


def with_secret_files(environ: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    """Return an environment that has the secrets of files, too, without a line's end behind them.

    Raises TargetError where a file cannot be read, or a secret is said in both ways.
    """
    found = dict(environ)
    for name in names:
        file = environ.get(name + SUFFIX)
        if not file:
            continue
        if environ.get(name):
            message = f"{name} and {name}{SUFFIX} are both set: leave one of them out"
            raise TargetError(message)
        try:
            found[name] = Path(file).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
            message = f"the file {file!r} of {name}{SUFFIX} cannot be read ({reason})"
            raise TargetError(message) from error
    return found

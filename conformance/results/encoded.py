"""Texts within texts: what a run of Base64, of escapes or of references stands for."""

from __future__ import annotations

import base64
import binascii
import html
import re
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_RUN = re.compile(
    r"""[A-Za-z0-9+/_-]{22,}={0,2}
    |(?:\\+u[0-9A-Fa-f]{4}){4,}
    |(?:\\+x[0-9A-Fa-f]{2}){4,}
    |(?:&\#[xX]?[0-9A-Fa-f]{1,6};){4,}
    |(?:%[0-9A-Fa-f]{2}){4,}""",
    re.VERBOSE,
)
"""What may stand for another text: Base64, escapes of JSON and Python, references, octets."""

_ESCAPE = re.compile(r"[ux]([0-9A-Fa-f]+)")

_LONGEST = 100_000
"""Characters of a run that are looked into."""


def replaced_where(text: str, stands_for_it: Callable[[str], bool], by: str) -> str:
    """Return a text in which each run is replaced that stands for what a function looks for."""

    def of(run: re.Match[str]) -> str:
        return by if any(map(stands_for_it, _meanings(run[0][:_LONGEST]))) else run[0]

    return _RUN.sub(of, text)


def _meanings(run: str) -> Iterator[str]:
    """Give what a run may stand for."""
    if run.startswith("\\"):
        yield "".join(chr(int(each, 16)) for each in _ESCAPE.findall(run))
    elif run.startswith("&"):
        yield html.unescape(run)
    elif run.startswith("%"):
        yield unquote(run)
    else:
        plain = run.rstrip("=").replace("-", "+").replace("_", "/")
        for start in range(4):
            part = plain[start:]
            with suppress(binascii.Error, ValueError):
                octets = base64.b64decode(part[: len(part) // 4 * 4])
                yield octets.decode("latin-1")
                yield octets.hex()

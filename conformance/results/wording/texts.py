"""Texts cut to a length, on one line, and as people read them."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

LONGEST_SENTENCE: Final = 300
"""Characters of a sentence, at most."""

MOST_OF_A_TEXT: Final = 60
"""Characters of one text that are shown."""


def shortened(text: str | bytes, most: int = MOST_OF_A_TEXT) -> str:
    """Return a text on one line, without its middle where it is too long; of bytes, as UTF-8."""
    told = text.decode("utf-8", "backslashreplace") if isinstance(text, bytes) else text
    told = " ".join(told.split()) if "\n" in told else told
    if len(told) <= most:
        return told
    end = most // 3
    return f"{told[: most - end - 1]}…{told[-end:]}"


_BEYOND_ASCII: Final = re.compile("(?:%[89A-F][0-9A-F])+")


def with_letters(text: str) -> str:
    """Return a URL or a form with its letters beyond ASCII as themselves, where they are shown."""

    def letters(found: re.Match[str]) -> str:
        told = unquote(found[0], errors="strict")
        return told if told.isprintable() else found[0]

    try:
        return _BEYOND_ASCII.sub(letters, text)
    except UnicodeDecodeError:
        return text
